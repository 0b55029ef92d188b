//! Components without server calls: data goes in, links and forms come out.
//!
//! `use crate::ui::*;` brings all of them. `/dev/ui` shows each in every state (debug builds).

pub mod address;
pub mod bullet;
pub mod button;
pub mod card;
pub mod chart;
pub mod dev;
pub mod dialog;
pub mod dot_whisker;
pub mod empty_state;
pub mod error_view;
pub mod explain;
pub mod export_links;
pub mod field;
pub mod figure;
pub mod flash;
pub mod form;
pub mod icon;
pub mod loaded;
pub mod note_card;
pub mod page_head;
pub mod pagination;
pub mod picker;
pub mod progress;
pub mod sparkline;
pub mod state_badge;
pub mod stepper;
pub mod table;
pub mod tabs;

pub use bullet::{BulletBar, BulletData};
pub use button::ButtonLink;
pub use card::Card;
pub use chart::{Chart, ChartTable, ChartView};
pub use dialog::Dialog;
pub use dot_whisker::{DotData, DotWhisker};
pub use empty_state::EmptyState;
pub use error_view::{ErrorNote, ErrorView, NotFound};
pub use explain::Sentence;
pub use export_links::ExportLinks;
pub use field::{Checkbox, Choice, Hidden, RadioGroup, Select, TextArea, TextField};
pub use figure::{ChangeText, Figure, FigureView, Verdict};
pub use form::{Form, FormSummary, Submit, to};
pub use icon::{Glyph, Icon};
pub use loaded::{loaded, loaded_block};
pub use note_card::{NoteCard, NoteView};
pub use page_head::{Breadcrumbs, Crumb, PageHead};
pub use pagination::Pagination;
pub use picker::{PeriodPicker, QueryPicker};
pub use progress::Progress;
pub use sparkline::Sparkline;
pub use state_badge::{State, StateBadge};
pub use stepper::{Step, Stepper};
pub use table::{Column, Table};
pub use tabs::{Tab, Tabs};
