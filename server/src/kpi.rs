//! The KPI query engine: metrics × scope × period × breakdown, one path for screens, command line and API.
//!
//! `scope` decides whose facts may be read at all: a caller's reach is applied here, and arguments can only narrow
//! it. `query::facts` reads grouped deals, `query::aggregate` and others all other facts; `cells` and `source` spread them
//! over windows of time and groups, and `domain` evaluates each cell. Nothing here knows a formula, and nothing in `query`
//! knows a metric, so stored aggregates can take the place of facts without touching either.

mod alternatives;
mod asked;
mod baskets;
mod cells;
mod days;
mod dimension;
mod error;
mod frame;
mod groups;
mod inputs;
mod json;
pub mod made_of;
mod measures;
mod own;
mod question;
mod records;
mod revenue;
mod scope;
mod screens;
mod sides;
mod source;
mod subscribed;
mod tally;
mod text;
mod time;
pub mod typed;

pub use alternatives::{Alternatives, alternatives};
pub use asked::{About, Kpi, Pair};
pub use baskets::{Bought, bought};
pub use dimension::Dimension;
pub use error::KpiError;
pub use frame::{Frame, Member, Stay, calendar_of};
pub use groups::groups;
pub use inputs::{Answered, Input, InputState, Missing, Span, answer, behind, states};
pub use json::to_json;
pub use measures::loaded;
pub use own::{Own, OwnKpi, PLAIN, define};
pub use question::{Flags, KpiQuery, KpiRow, Label, ask};
pub use records::{Behind, RecordPage, records};
pub use revenue::{formula, needed};
pub use scope::{Spans, Viewer, Who, visible};
pub use screens::{
    BoardLine, Point, Range, Scorecard, TeamBoard, points, scorecard, series, team_board, team_range, work_out,
};
pub use sides::{Sides, Touch, sides};
pub use subscribed::{Book, book};
pub use text::to_table;

pub use crate::query::column::{ATTRIBUTES, Filter, Table, TextColumn};
pub use crate::query::facts::DealRow;
