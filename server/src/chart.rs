//! Charts as ECharts options, built here and drawn by `public/chart.js`.
//!
//! No JavaScript functions in them (the content policy refuses those): colours are names of our tokens and
//! number formats have names, which the script fills in.

pub mod plain;
pub mod trend;
