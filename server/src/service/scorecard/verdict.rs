//! The sentence above the numbers.

use app::scorecard::api::Change;
use domain::metric::Interval;
use domain::{Answer, format};

use super::context::Context;
use super::face::Face;
use super::figures;
use super::person::TeamSide;
use super::standing::Stands;
use crate::kpi;

/// Where a rate lies beside its group's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// Too few facts to say anything.
    TooFew,
    /// The group's rate lies within the interval.
    Unclear,
    /// Above it.
    Above,
    /// Below it.
    Below,
}

impl Apart {
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFew => "too_few",
            Self::Unclear => "unclear",
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

/// Where a rate lies beside its group's; none where either is not measurable.
pub(super) fn apart(c: &Context<'_>, own: &Answer, group: &Answer) -> Option<Apart> {
    let (low, high) = own.interval95?;
    let group = group.value.value()?.to_f64();
    Some(if own.n.unwrap_or(0) < c.frame.min_n {
        Apart::TooFew
    } else if group > high {
        Apart::Below
    } else if group < low {
        Apart::Above
    } else {
        Apart::Unclear
    })
}

/// One or two sentences: targets, then the leading figure beside the team's or the period before.
pub(super) fn sentence(
    c: &Context<'_>,
    stands: &Stands,
    kept: &[(usize, &Face)],
    card: &kpi::Scorecard,
    team: Option<&TeamSide>,
) -> String {
    let (on_track, running) = stands.on_track();
    let targets = if running == 0 {
        c.words.t("said.verdict.no_targets")
    } else {
        c.words.tf("said.verdict.targets", &[("on", &on_track), ("all", &running)])
    };
    let leading = kept.first().and_then(|(index, face)| {
        let own = card.current.answers.get(*index)?;
        if face.interval == Interval::Wilson {
            return Some(rate(c, face, own, team.and_then(|t| t.total.answers.get(*index))));
        }
        Some(amount(c, face, own, figures::change_of(c, face, *index, card)))
    });
    format!("{targets} {}", leading.unwrap_or_default()).trim_end().to_owned()
}

fn rate(c: &Context<'_>, face: &Face, own: &Answer, group: Option<&Answer>) -> String {
    let value = match figures::value(c, &face.kpi, own) {
        Ok(value) => value,
        Err(why) => return nothing(c, face, &why),
    };
    let key = match group.and_then(|g| apart(c, own, g)) {
        None if own.n.unwrap_or(0) < c.frame.min_n => "too_few",
        None => "alone",
        Some(apart) => apart.code(),
    };
    let n = format::count(c.locale(), own.n.unwrap_or(0));
    c.words.tf(&format!("said.verdict.rate.{key}"), &[("name", &face.name), ("value", &value), ("n", &n)])
}

fn amount(c: &Context<'_>, face: &Face, own: &Answer, change: Option<Change>) -> String {
    let value = match figures::value(c, &face.kpi, own) {
        Ok(value) => value,
        Err(why) => return nothing(c, face, &why),
    };
    match change {
        Some(change) if !change.before.is_empty() => c.words.tf(
            "said.verdict.amount.changed",
            &[("name", &face.name), ("value", &value), ("change", &change.text), ("before", &change.before)],
        ),
        _ => c.words.tf("said.verdict.amount.alone", &[("name", &face.name), ("value", &value)]),
    }
}

fn nothing(c: &Context<'_>, face: &Face, why: &str) -> String {
    c.words.tf("said.verdict.nothing", &[("name", &face.name), ("why", &why)])
}
