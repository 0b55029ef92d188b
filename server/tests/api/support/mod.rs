//! What every test stands on: a site with two organisations, and people who ask it things.
#![allow(dead_code, missing_docs, reason = "each test uses a part")]

mod answer;
mod database;
mod facts;
mod persona;
mod program;
pub mod receiver;
mod site;
pub mod tokens;
pub mod webhooks;
pub mod words;

pub use answer::Answer;
pub use persona::Persona;
pub use program::Program;
#[allow(unused_imports, reason = "for tests to come")]
pub use site::{PASSWORD, Site, World, date, insert_deal};
