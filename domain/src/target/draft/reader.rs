//! Reads the fields of a target form.

use super::{MilestoneDraft, Partial, TargetDraft};
use crate::field::FieldError;
use crate::metric::{Better, Interval, Unit};
use crate::read::{Sign, read_date, read_number};
use crate::target::{Definition, Direction, Guardrail, Milestone, Who};
use crate::{Calendar, Date, Locale, Micros, Period, PersonId, TeamId};

/// Reads fields one by one and collects what is wrong.
pub(super) struct Reader<'a> {
    pub(super) errors: Vec<FieldError>,
    sign: Sign,
    known: &'a dyn Fn(&str) -> Option<Definition>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(locale: Locale, known: &'a dyn Fn(&str) -> Option<Definition>) -> Self {
        let sign = match locale {
            Locale::En => Sign::Dot,
            Locale::Nl => Sign::Comma,
        };
        Self { errors: Vec::new(), sign, known }
    }

    fn fail<T>(&mut self, field: &str, code: &str) -> Option<T> {
        self.errors.push(FieldError::new(field, code));
        None
    }

    /// Reads a field that is blank or a code.
    pub(super) fn code<T>(
        &mut self,
        field: &str,
        text: &str,
        error: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() { None } else { read(text).or_else(|| self.fail(field, error)) }
    }

    pub(super) fn metric(&mut self, field: &str, text: &str) -> Option<Definition> {
        let known = self.known;
        self.code(field, text, "unknown_metric", |id| known(id).filter(|m| m.in_use))
    }

    pub(super) fn direction(&mut self, field: &str, text: &str, metric: Option<&Definition>) -> Option<Direction> {
        if text.trim().is_empty() {
            return Some(match metric?.better {
                Better::Up | Better::Neither => Direction::Reach,
                Better::Down => Direction::ReachAtMost,
            });
        }
        self.code(field, text, "unknown_direction", Direction::from_code)
    }

    pub(super) fn who(&mut self, draft: &TargetDraft) -> Option<Who> {
        let level = match (draft.level.trim(), draft.person.trim(), draft.team.trim()) {
            ("", "", "") => return None,
            ("", "", _) => "team",
            ("", ..) => "person",
            (level, ..) => level,
        };
        match level {
            "organisation" => Some(Who::Organisation),
            "team" => self.required_id("team", &draft.team).map(|id| Who::Team(TeamId::new(id))),
            "person" => self.required_id("person", &draft.person).map(|id| Who::Person(PersonId::new(id))),
            _ => self.fail("level", "unknown_level"),
        }
    }

    fn required_id(&mut self, field: &str, text: &str) -> Option<i64> {
        if text.trim().is_empty() {
            return self.fail(field, "required");
        }
        self.code(field, text, "bad_id", |s| s.parse().ok())
    }

    pub(super) fn period(&mut self, draft: &TargetDraft, calendar: &Calendar) -> Option<Period> {
        if !draft.period.trim().is_empty() {
            return Period::parse(&draft.period, calendar)
                .map_err(|e| self.errors.push(FieldError::new("period", e.code())))
                .ok();
        }
        let from = self.day("from", &draft.from);
        let until = self.day("until", &draft.until);
        match (from, until) {
            (Some(from), Some(until)) => {
                let to = until.add_days(1);
                to.and_then(|to| Period::new(from, to).ok()).or_else(|| self.fail("until", "period_empty"))
            }
            (Some(_), None) if draft.until.trim().is_empty() => self.fail("until", "required"),
            (None, Some(_)) if draft.from.trim().is_empty() => self.fail("from", "required"),
            _ => None,
        }
    }

    fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        if text.trim().is_empty() {
            return None;
        }
        read_date(text, None).map_err(|e| self.errors.push(FieldError::new(field, e.code()))).ok()
    }

    /// A value in the unit of a metric; without one it cannot be read yet.
    pub(super) fn value(&mut self, field: &str, text: &str, metric: Option<&Definition>) -> Option<Micros> {
        let metric = metric?;
        if text.trim().is_empty() {
            return None;
        }
        let number = match read_number(text, Some(self.sign)) {
            Ok(n) => n,
            Err(e) => return self.fail(field, e.code()),
        };
        if number.percent && !metric.unit.is_rate() {
            return self.fail(field, "not_a_rate");
        }
        let mut shown = number;
        if metric.unit.is_rate() {
            shown.scale += 2;
        }
        let Some((micros, rounded)) = shown.to_micros() else {
            return self.fail(field, "number_too_large");
        };
        if rounded {
            return self.fail(field, "too_many_decimals");
        }
        if micros.0 < 0 {
            return self.fail(field, "negative");
        }
        if metric.unit == Unit::Count && micros.0 % 1_000_000 != 0 {
            return self.fail(field, "whole_number");
        }
        if metric.interval == Interval::Wilson && micros.0 > 1_000_000 {
            return self.fail(field, "over_100_percent");
        }
        Some(micros)
    }

    pub(super) fn milestone(&mut self, draft: &MilestoneDraft, metric: Option<&Definition>) -> Option<Milestone> {
        let blank = |s: &str| s.trim().is_empty();
        if blank(&draft.day) && blank(&draft.value) {
            return None;
        }
        if blank(&draft.day) || blank(&draft.value) {
            return self.fail("milestones", "milestone_incomplete");
        }
        let day = self.day("milestones", &draft.day);
        let value = self.value("milestones", &draft.value, metric);
        Some(Milestone { day: day?, value: value? })
    }

    pub(super) fn guardrail(&mut self, draft: &TargetDraft) -> Option<Guardrail> {
        let found = self.metric("guardrail_metric", &draft.guardrail_metric);
        let metric = found.as_ref();
        if metric.is_none() {
            if draft.guardrail_metric.trim().is_empty() && !draft.guardrail_limit.trim().is_empty() {
                return self.fail("guardrail_metric", "required");
            }
            return None;
        }
        let direction = if draft.guardrail_direction.trim().is_empty() {
            metric.map(|m| if m.better == Better::Down { Direction::StayBelow } else { Direction::StayAbove })
        } else {
            self.direction("guardrail_direction", &draft.guardrail_direction, metric)
        };
        if draft.guardrail_limit.trim().is_empty() {
            return self.fail("guardrail_limit", "required");
        }
        let limit = self.value("guardrail_limit", &draft.guardrail_limit, metric)?;
        Some(Guardrail { metric: metric?.id.clone(), direction: direction?, limit })
    }

    pub(super) fn weight(&mut self, text: &str) -> u8 {
        if text.trim().is_empty() {
            return 0;
        }
        let read = read_number(text, Some(self.sign)).ok().and_then(|n| n.to_i64()).and_then(|n| u8::try_from(n).ok());
        read.filter(|w| *w <= 100).or_else(|| self.fail("weight", "weight_range")).unwrap_or(0)
    }

    pub(super) fn text(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if text.chars().count() > most {
            self.errors.push(FieldError::new(field, "too_long").arg("max", most));
        }
        text.to_owned()
    }

    /// Rules between fields.
    pub(super) fn cross_check(&mut self, p: &Partial) {
        if let (Some(direction), Some(value), Some(stretch)) = (p.direction, p.value, p.stretch)
            && !direction.is_met(stretch.to_ratio(), value.to_ratio())
        {
            self.errors.push(FieldError::new("stretch", "stretch_weaker"));
        }
        if let Some(period) = p.period
            && p.milestones.iter().any(|m| !period.contains(m.day))
        {
            self.errors.push(FieldError::new("milestones", "milestone_outside"));
        }
        if let Some(metric) = &p.metric
            && p.guardrails.iter().any(|g| g.metric == metric.id)
        {
            self.errors.push(FieldError::new("guardrail_metric", "guardrail_same_metric"));
        }
    }
}
