//! Scorecard, team board, Explain and the deals behind a figure.

pub mod api;
mod data;
mod deals_data;
mod explain_data;
mod team_data;
