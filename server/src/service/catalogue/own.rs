//! The organisation's own KPIs: how they are written, checked, saved, and shown in the catalogue.

pub(super) mod check;
pub(super) mod form;
pub(super) mod read;
pub(super) mod save;

use domain::Locale;

use crate::entity::kpi_formula::Model;

/// Its name in a language.
pub(in crate::service) fn name(row: &Model, locale: Locale) -> &str {
    match locale {
        Locale::En => &row.name_en,
        Locale::Nl => &row.name_nl,
    }
}
