//! The organisation's own KPIs: how they are written, checked, saved, and shown in the catalogue.

pub(super) mod check;
pub(super) mod form;
pub(super) mod read;
pub(super) mod save;

use domain::Locale;
use domain::metric::{Better, Perspective};

use crate::entity::kpi_formula::Model;

/// Its name in a language.
pub(in crate::service) fn name(row: &Model, locale: Locale) -> &str {
    match locale {
        Locale::En => &row.name_en,
        Locale::Nl => &row.name_nl,
    }
}

/// Which direction is better.
pub(in crate::service) fn better(row: &Model) -> Better {
    match row.better.as_str() {
        "up" => Better::Up,
        "down" => Better::Down,
        _ => Better::Neither,
    }
}

/// Under which perspective scorecards show it; none: they do not.
pub(in crate::service) fn perspective(row: &Model) -> Option<Perspective> {
    row.perspective.as_deref().and_then(Perspective::from_code)
}
