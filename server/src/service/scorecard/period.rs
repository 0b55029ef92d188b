//! The period of an address, and where its picker leads.

use app::scorecard::api::{PeriodView, Pick};
use domain::{Grain, Period, format};

use super::context::Context;
use crate::authz::Denied;
use crate::error::ServiceResult;

const GRAINS: [Grain; 3] = [Grain::Month, Grain::Quarter, Grain::Year];

/// Reads the period of an address. Without one it is the latest quarter in which anything was decided, so that
/// an organisation that brought in history does not start on an empty page.
pub(in crate::service) fn of_address(c: &Context<'_>, text: &str) -> ServiceResult<Period> {
    if text.is_empty() {
        let day = c.fresh.last_closed.map_or(c.today, |day| day.min(c.today));
        return Ok(Period::containing(day, Grain::Quarter, &c.frame.calendar).ok_or(Denied::NotFound)?);
    }
    let period = Period::parse(text, &c.frame.calendar).map_err(|_| Denied::NotFound)?;
    // Nothing was sold before 1900 or will be after 2200: such an address is a mistake.
    if period.from().year() < 1900 || period.last().year() > 2200 {
        return Err(Denied::NotFound.into());
    }
    Ok(period)
}

fn grain_of(c: &Context<'_>, period: Period) -> Option<Grain> {
    Grain::ALL.into_iter().find(|g| Period::containing(period.from(), *g, &c.frame.calendar) == Some(period))
}

/// The period in words, with its picker.
pub(in crate::service) fn view(c: &Context<'_>, period: Period) -> PeriodView {
    let (locale, calendar) = (c.locale(), &c.frame.calendar);
    let label = |p: Period| format::period(locale, p, calendar);
    let grain = grain_of(c, period);
    let anchor = if period.contains(c.today) { c.today } else { period.last() };
    let grains = GRAINS
        .into_iter()
        .filter_map(|g| {
            let around = Period::containing(anchor, g, calendar)?;
            Some((around.name(calendar), c.words.t(&format!("said.grain.{}", g.code())), grain == Some(g)))
        })
        .collect();
    PeriodView {
        name: period.name(calendar),
        label: label(period),
        days: format!("{} – {}", format::date(locale, period.from()), format::date(locale, period.last())),
        partial: partial(c, period),
        compared: compared(c, period),
        previous: period.previous().map(|p| p.name(calendar)).unwrap_or_default(),
        next: period.next().filter(|n| n.from() <= c.today).map(|n| n.name(calendar)),
        grains,
        recent: recent(c, period, grain),
    }
}

/// Said of a period that has not ended.
fn partial(c: &Context<'_>, period: Period) -> Option<String> {
    if !period.is_partial(c.today) {
        return None;
    }
    let total = period.days();
    let Some(elapsed) = period.elapsed(c.today) else {
        return Some(c.words.t("said.partial.ahead"));
    };
    let args: [(&str, &dyn std::fmt::Display); 2] = [("done", &elapsed.days()), ("total", &total)];
    let key =
        if period.same_part_of_previous(c.today).is_some() { "said.partial.compared" } else { "said.partial.alone" };
    Some(c.words.tf(key, &args))
}

/// What changes are measured against.
fn compared(c: &Context<'_>, period: Period) -> String {
    let Some(previous) = period.previous() else { return String::new() };
    let label = format::period(c.locale(), previous, &c.frame.calendar);
    let key = if period.is_partial(c.today) { "said.compared.part" } else { "said.compared.whole" };
    c.words.tf(key, &[("period", &label)])
}

fn recent(c: &Context<'_>, period: Period, grain: Option<Grain>) -> Vec<Pick> {
    let calendar = &c.frame.calendar;
    let mut all = match grain {
        None => vec![period],
        Some(grain) => {
            let count = match grain {
                Grain::Month => 24,
                Grain::Week | Grain::Quarter => 12,
                Grain::HalfYear | Grain::Year => 6,
            };
            Period::series(c.today.max(period.from()), grain, count, calendar)
        }
    };
    if !all.contains(&period) {
        all.insert(0, period);
    }
    // Periods far back are reached from the one shown: its neighbours are in the list too.
    if let Some(previous) = period.previous().filter(|p| !all.contains(p)) {
        all.insert(0, previous);
    }
    if let Some(next) = period.next().filter(|n| n.from() <= c.today && !all.contains(n)) {
        all.push(next);
    }
    all.sort_by_key(|p| std::cmp::Reverse(p.from()));
    all.dedup();
    let pick = |p: Period| Pick { value: p.name(calendar), label: format::period(c.locale(), p, calendar) };
    all.into_iter().map(pick).collect()
}
