//! From what was typed to what can be read of it, with a remark for each field that cannot.

use app::FieldError;
use app::targets::data::TargetFields;
use domain::policy::{Action, Relation};
use domain::target::{Definition, Distribution, Partial, TargetDraft, Who};
use domain::{Grain, Locale, Micros, Period, Ratio};

use super::model::draft;
use super::rights::relation;
use crate::service::desk::Desk;

/// A form as far as it could be read.
#[derive(Debug)]
pub(super) struct Reading {
    /// The form as the domain takes it.
    pub draft: TargetDraft,
    /// What could be read.
    pub partial: Partial,
    /// What could not.
    pub errors: Vec<FieldError>,
    /// Amounts by hand, one per part.
    pub parts: Vec<i64>,
    /// Their sum.
    pub distributed: Option<Ratio>,
}

/// Reads a form. What is missing is no error here: an unfinished form can be checked too.
pub(super) fn read(desk: &Desk, fields: &TargetFields, is_personal: bool) -> Reading {
    let draft = draft(fields, is_personal);
    let (partial, errors) = draft.read(&desk.frame.calendar, desk.locale(), &|id| desk.definition(id));
    let mut errors: Vec<FieldError> = errors.into_iter().map(|e| remark(e, desk.locale())).collect();
    let mut amounts = Vec::new();
    if let (Distribution::ByHand, Some(metric), Some(period)) = (partial.distribution, &partial.metric, partial.period)
        && metric.grows
    {
        for (name, _) in parts_of(desk, period) {
            amounts.push(amount(desk, metric, &name, fields.more(&name), &mut errors));
        }
    }
    let distributed = (!amounts.is_empty())
        .then(|| amounts.iter().try_fold(Ratio::ZERO, |sum, part| sum.checked_add(Micros(*part).to_ratio())))
        .flatten();
    Reading { draft, partial, errors, parts: amounts, distributed }
}

/// One amount by hand; nothing typed is nothing.
fn amount(desk: &Desk, metric: &Definition, name: &str, text: &str, errors: &mut Vec<FieldError>) -> i64 {
    let alone = TargetDraft { metric: metric.id.clone(), value: text.to_owned(), ..Default::default() };
    let (read, wrong) = alone.read(&desk.frame.calendar, desk.locale(), &|id| desk.definition(id));
    errors.extend(wrong.into_iter().map(|mut e| {
        e.field = name.to_owned();
        remark(e, desk.locale())
    }));
    read.value.map_or(0, |v| v.0)
}

/// The months of a period as fields of the form, with their words.
pub(super) fn parts_of(desk: &Desk, period: Period) -> Vec<(String, String)> {
    let months = period.split(Grain::Month, &desk.frame.calendar);
    months.into_iter().enumerate().map(|(i, (_, month))| (format!("part{}", i + 1), desk.period_label(month))).collect()
}

/// A remark of the domain on a field of the form: its words and the form's own name of the field.
pub(super) fn remark(error: domain::field::FieldError, locale: Locale) -> FieldError {
    let field = match error.field.as_str() {
        "until" => "to",
        "guardrail_metric" => "guardrail",
        "team" | "person" | "level" => "who",
        "milestones" => "milestone1_date",
        other => other,
    };
    let example = match locale {
        Locale::En => "1,234.50",
        Locale::Nl => "1.234,50",
    };
    let mut remark = FieldError::new(field, &format!("targets.error.{}", error.code));
    remark.args = error.args;
    remark.arg("example", example)
}

/// Whether a form is about the caller's own personal goal: said so, or all that they may set for themselves.
pub(super) fn is_personal(desk: &Desk, who: Option<Who>, said: bool) -> bool {
    let is_own = who.is_some_and(|w| relation(&desk.access, w) == Relation::Own);
    said || (is_own
        && !desk.access.allows(Action::SetTarget, Relation::Own)
        && desk.access.allows(Action::SetPersonalGoal, Relation::Own))
}
