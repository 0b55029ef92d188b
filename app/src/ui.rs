//! Components without server calls: data goes in, links and forms come out.

pub mod dev;
pub mod error_view;
pub mod flash;
pub mod form;
