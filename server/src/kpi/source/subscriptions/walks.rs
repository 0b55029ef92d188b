//! Windows as the engine walks over them, and what it says of a group of subscriptions.

use std::ops::Range;

use domain::recurring::{self, History, Movements, Retention};
use domain::{Date, Outcome, Period, Ratio, Why};

use super::figures::{Figures, asks_churned, asks_daily, asks_monthly, asks_year};
use crate::kpi::cells::Plan;

/// A window as far as it has passed.
pub(super) struct Ask {
    pub window: usize,
    /// Its days up to the day of balances.
    pub period: Period,
    /// The day of balances.
    pub day: Period,
}

impl Ask {
    /// What begins on this day or later is in none of its figures.
    pub(super) fn end(&self) -> Date {
        self.period.to().max(self.day.to())
    }
}

/// A window that has not begun, and the end of its period: it is told of whoever has begun until then.
pub(super) struct Waiting {
    pub window: usize,
    pub end: Date,
}

/// Steps that the engine walks over, and which of them make up which window.
struct Walk {
    steps: Vec<Period>,
    windows: Vec<(Ask, Range<usize>)>,
}

/// The windows of a plan.
pub(super) struct Walks {
    walks: Vec<Walk>,
    waiting: Vec<Waiting>,
}

/// What there is to say of a window.
pub(super) enum Said {
    /// Its figures.
    Figures(Box<Figures>),
    /// It has not begun.
    NotStarted,
    /// Its figures are not known.
    NotKnown(Why),
}

/// Windows that have begun, as far as they have passed.
pub(super) fn asks(plan: &Plan<'_>) -> Vec<Ask> {
    let ask = |(window, w): (usize, &crate::kpi::time::Window)| {
        let end = w.day.add_days(1)?;
        let period = Period::new(w.period.from(), w.period.to().min(end)).ok()?;
        Some(Ask { window, period, day: Period::day(w.day)? })
    };
    plan.windows.iter().enumerate().filter_map(ask).collect()
}

/// Windows that have not begun.
pub(super) fn waiting(plan: &Plan<'_>) -> Vec<Waiting> {
    let windows = plan.windows.iter().enumerate().filter(|(_, w)| w.day < w.period.from());
    windows.map(|(window, w)| Waiting { window, end: w.period.to() }).collect()
}

impl Walks {
    /// Windows that begin with a month, and end with one or where all of them end, are walked over together; any other
    /// has a walk of its own, because its first or last month is a part of one.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let is_first = |day: Date| day == day.first_of_month();
        let asks = asks(plan);
        let end = asks.iter().filter(|a| is_first(a.period.from())).map(|a| a.period.to()).max();
        let (together, alone): (Vec<Ask>, Vec<Ask>) = asks
            .into_iter()
            .partition(|a| is_first(a.period.from()) && (is_first(a.period.to()) || Some(a.period.to()) == end));
        let mut walks: Vec<Walk> = alone
            .into_iter()
            .map(|ask| {
                let steps = recurring::months(ask.period);
                let all = 0..steps.len();
                Walk { steps, windows: vec![(ask, all)] }
            })
            .collect();
        let from = together.iter().map(|a| a.period.from()).min();
        let to = together.iter().map(|a| a.period.to()).max();
        if let Some(whole) = from.zip(to).and_then(|(from, to)| Period::new(from, to).ok()) {
            let steps = recurring::months(whole);
            let windows = together.into_iter().map(|ask| {
                let first = steps.partition_point(|s| s.to() <= ask.period.from());
                let end = steps.partition_point(|s| s.to() <= ask.period.to());
                (ask, first..end)
            });
            walks.push(Walk { windows: windows.collect(), steps });
        }
        Self { walks, waiting: waiting(plan) }
    }

    /// What the engine says of a group of subscriptions, window by window; nothing of windows before the first of them.
    pub(super) fn figures(&self, plan: &Plan<'_>, history: &History) -> Vec<(usize, Said)> {
        let Some(span) = history.span() else { return Vec::new() };
        let begun = self.waiting.iter().filter(|w| w.end > span.from());
        let mut all: Vec<(usize, Said)> = begun.map(|w| (w.window, Said::NotStarted)).collect();
        for walk in &self.walks {
            let moved = history.movements(&walk.steps);
            for (ask, range) in walk.windows.iter().filter(|(ask, _)| span.from() < ask.end()) {
                let steps = moved.as_ref().and_then(|moved| Movements::total(moved.get(range.clone()).unwrap_or(&[])));
                let said = match steps.and_then(|total| figures(plan, history, &total, ask)) {
                    Outcome::Value(figures) => Said::Figures(Box::new(figures)),
                    Outcome::NotMeasurable(why) => Said::NotKnown(why),
                };
                all.push((ask.window, said));
            }
        }
        all
    }
}

/// The figures of a window from its movements. Who stayed is compared customer by customer, only if that is asked.
fn figures(plan: &Plan<'_>, history: &History, total: &Movements, ask: &Ask) -> Outcome<Figures> {
    let none = Outcome::Value(Retention::default());
    let stayed = if asks_churned(plan) { history.retention(ask.period) } else { none };
    let monthly = match asks_monthly(plan).then(|| history.month_by_month(ask.period)) {
        None | Some(Outcome::NotMeasurable(Why::NoWholeMonth)) => Outcome::Value(None),
        Some(months) => months.map(Some),
    };
    let year = match recurring::twelve_months(ask.day).filter(|_| asks_year(plan)) {
        Some(months) => history.retention(months),
        None => none,
    };
    // Balances of another day than the last have a look of their own.
    let balance = if ask.day.to() == ask.period.to() {
        Outcome::Value(*total)
    } else {
        history.movements(&[ask.day]).and_then(|days| Movements::total(&days))
    };
    let figures = |stayed, monthly: Option<_>, year, balance| Figures {
        net_churn_daily: asks_daily(plan).then(|| day_by_day(history, ask.period)),
        ..Figures::of(total, &balance, &stayed, monthly.as_ref(), &year)
    };
    stayed.and_then(|stayed| {
        monthly.and_then(|monthly| year.and_then(|year| balance.map(|balance| figures(stayed, monthly, year, balance))))
    })
}

/// Net churn of each day of a period, added up.
fn day_by_day(history: &History, period: Period) -> Outcome<Ratio> {
    history.movements(&recurring::days(period)).and_then(|steps| recurring::net_mrr_churn_by_step(&steps))
}
