//! Scorecard, team page, Explain and the deals behind a figure.

pub mod api;
