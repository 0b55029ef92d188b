//! The sentence above the numbers.

use domain::metric::Metric;
use domain::{Answer, format};

use super::context::Context;
use super::person::TeamSide;
use super::standing::Stands;
use crate::kpi::Point;

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

/// One or two sentences: targets, then the win rate beside the team's.
pub(super) fn sentence(
    c: &Context<'_>,
    is_own: bool,
    stands: &Stands,
    all: &[&'static Metric],
    point: &Point,
    team: Option<&TeamSide>,
) -> String {
    let (on_track, running) = stands.on_track();
    let targets = if running == 0 {
        c.words.t("said.verdict.no_targets")
    } else {
        c.words.tf("said.verdict.targets", &[("on", &on_track), ("all", &running)])
    };
    let index = all.iter().position(|m| m.id == "win_rate");
    let own = index.and_then(|i| point.answers.get(i));
    let group = index.and_then(|i| team?.total.answers.get(i));
    let rate = own.map(|own| rate(c, is_own, own, group)).unwrap_or_default();
    format!("{targets} {rate}")
}

fn rate(c: &Context<'_>, is_own: bool, own: &Answer, group: Option<&Answer>) -> String {
    let who = if is_own { "own" } else { "other" };
    let Some(value) = format::answer_in_table(c.locale(), own, c.currency()) else {
        return c.words.t(&format!("said.verdict.{who}.nothing"));
    };
    let key = match group.and_then(|g| apart(c, own, g)) {
        None if own.n.unwrap_or(0) < c.frame.min_n => "too_few",
        None => "alone",
        Some(apart) => apart.code(),
    };
    let n = format::count(c.locale(), own.n.unwrap_or(0));
    c.words.tf(&format!("said.verdict.{who}.{key}"), &[("value", &value), ("n", &n)])
}
