//! Recurring revenue: subscriptions are put into groups, and the engine of `domain` walks each group's history once
//! for all windows that follow the calendar's months.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::recurring::{self, History, Movements, Priced, Retention, Subscription};
use domain::{Date, Measure, MeasureValue, Outcome, Period, PersonId, Rates, Why};
use sea_orm::ConnectionTrait;

use super::Source;
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Key, MOST_LISTED, Plan, columns, keys};
use crate::kpi::scope::Scope;
use crate::query::column::TextColumn;
use crate::query::subscription::{self, Row};

/// Subscriptions of a group, or why their amounts are not known.
#[derive(Default)]
struct Group {
    subscriptions: Vec<Subscription>,
    why: Option<Why>,
}

/// A window as far as it has passed.
struct Ask {
    window: usize,
    /// Its days up to the day of balances.
    period: Period,
    /// The day of balances.
    day: Period,
}

/// Steps that the engine walks over, and which of them make up which window.
struct Walk {
    steps: Vec<Period>,
    windows: Vec<(Ask, Range<usize>)>,
}

/// The subscriptions that a plan is about, with the rates that convert them.
#[derive(Clone, Debug)]
pub(in crate::kpi) struct Subscribed {
    /// By customer.
    rows: Vec<Row>,
    rates: Rates,
}

impl Subscribed {
    /// Reads them; they are the same under all choices of the organisation.
    pub(in crate::kpi) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<Self, KpiError> {
        let people = plan.scope.people(i32::MIN, i32::MAX);
        if people.as_ref().is_some_and(|p| p.is_empty()) {
            return Ok(Self { rows: Vec::new(), rates: Rates::new(plan.frame.currency) });
        }
        let listed: Option<Vec<PersonId>> = people.filter(|p| p.len() <= MOST_LISTED).map(|p| p.into_iter().collect());
        let by = columns(plan);
        let texts: Vec<TextColumn> = by.iter().chain(plan.filters.iter().map(|f| &f.column)).cloned().collect();
        let mut rows = subscription::all(db, plan.frame.org, listed.as_deref(), &texts).await?;
        let rates = subscription::rates(db, plan.frame.org, plan.frame.currency).await?;
        // What never ran is in no figure.
        rows.retain(|row| row.end.is_none_or(|end| row.start < end));
        rows.sort_by(|a, b| a.customer.cmp(&b.customer));
        Ok(Self { rows, rates })
    }
}

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    match plan.subscribed {
        Some(subscribed) => spread(plan, subscribed, cells),
        None => spread(plan, &Subscribed::read(db, plan).await?, cells),
    }
    Ok(())
}

/// Puts the figures of subscriptions into the cells they belong to.
fn spread(plan: &Plan<'_>, subscribed: &Subscribed, cells: &mut Cells<'_>) {
    let by = columns(plan);
    let Subscribed { rows, rates } = subscribed;
    let choices = plan.frame.choices.recurring;
    let mut groups: BTreeMap<(usize, Vec<Key>), Group> = BTreeMap::new();
    for (number, customer) in (0u32..).zip(rows.chunk_by(|a, b| a.customer == b.customer)) {
        let priced: Vec<Priced> = customer.iter().map(|row| priced(row, number)).collect();
        let converted = recurring::convert(&priced, choices.exchange_rate, rates).into_result();
        for (i, row) in customer.iter().enumerate().filter(|(_, row)| is_asked(plan, row, by.len())) {
            for (set, key) in keys(plan, &by, row.person, &row.texts, row.start.day_number()).into_iter().enumerate() {
                let group = groups.entry((set, key)).or_default();
                match &converted {
                    Ok(all) => group.subscriptions.extend(all.get(i)),
                    Err(why) => group.why = Some(group.why.map_or(*why, |w| w.min(*why))),
                }
            }
        }
    }
    let walks = walks(plan);
    for ((set, key), group) in groups {
        if let Some(why) = group.why {
            for window in 0..plan.windows.len() {
                not_known(plan, cells, (set, window, key.clone()), why);
            }
            continue;
        }
        let history = History::new(&group.subscriptions, choices);
        let Some(span) = history.span() else { continue };
        for (w, window) in plan.windows.iter().enumerate().filter(|(_, w)| w.day < w.period.from()) {
            if window.period.to() > span.from() {
                not_known(plan, cells, (set, w, key.clone()), Why::NotStarted);
            }
        }
        for walk in &walks {
            let all = history.movements(&walk.steps);
            for (ask, range) in walk.windows.iter().filter(|(ask, _)| span.from() < ask.period.to().max(ask.day.to())) {
                let place = (set, ask.window, key.clone());
                let total = all.as_ref().and_then(|all| Movements::total(all.get(range.clone()).unwrap_or(&[])));
                match total.and_then(|total| figures(plan, &history, &total, ask)) {
                    Outcome::Value(figures) => {
                        for (measure, value) in figures {
                            cells.put(&place, Source::Subscriptions, measure, value);
                        }
                    }
                    Outcome::NotMeasurable(why) => not_known(plan, cells, place, why),
                }
            }
        }
    }
}

fn priced(row: &Row, customer: u32) -> Priced {
    let subscription = Subscription {
        end: row.end,
        cancelled: row.cancelled,
        part: row.part,
        ..Subscription::new(customer, row.start, row.per_year)
    };
    Priced { subscription, currency: row.currency }
}

/// Whether a subscription is in the scope, by its first day, and passes the filters, whose texts stand after the others.
fn is_asked(plan: &Plan<'_>, row: &Row, texts: usize) -> bool {
    let mut filters = plan.filters.iter().enumerate();
    let is_in = matches!(plan.scope, Scope::Everybody) || plan.scope.contains(row.person, row.start.day_number());
    is_in && filters.all(|(i, filter)| row.texts.get(texts + i) == Some(&filter.value))
}

fn not_known(plan: &Plan<'_>, cells: &mut Cells<'_>, place: (usize, usize, Vec<Key>), why: Why) {
    for measure in plan.measures.iter().filter(|m| Source::of(**m) == Source::Subscriptions) {
        cells.put(&place, Source::Subscriptions, *measure, MeasureValue::Not(why));
    }
}

/// Windows that begin with a month, and end with one or where all of them end, are walked over together; any other has
/// a walk of its own, because its first or last month is a part of one.
fn walks(plan: &Plan<'_>) -> Vec<Walk> {
    let is_first = |day: Date| day == day.first_of_month();
    let asks: Vec<Ask> = plan
        .windows
        .iter()
        .enumerate()
        .filter_map(|(window, w)| {
            let end = w.day.add_days(1)?;
            let period = Period::new(w.period.from(), w.period.to().min(end)).ok()?;
            Some(Ask { window, period, day: Period::day(w.day)? })
        })
        .collect();
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
    walks
}

/// The measures of a window from its movements. Who stayed is compared customer by customer, only if that is asked.
fn figures(plan: &Plan<'_>, history: &History, total: &Movements, ask: &Ask) -> Outcome<Vec<(Measure, MeasureValue)>> {
    let asks = |all: &[Measure]| all.iter().any(|m| plan.measures.contains(m));
    let none = Outcome::Value(Retention::default());
    let stayed = if asks(&[Measure::CustomersChurned]) { history.retention(ask.period) } else { none };
    let of_year = [Measure::MrrYearAgo, Measure::MrrYearAgoNow, Measure::MrrYearAgoKept, Measure::CustomersYearAgo];
    let year = match recurring::twelve_months(ask.day).filter(|_| asks(&of_year)) {
        Some(months) => history.retention(months),
        None => none,
    };
    // Balances of another day than the last have a look of their own.
    let balance = if ask.day.to() == ask.period.to() {
        Outcome::Value(*total)
    } else {
        history.movements(&[ask.day]).and_then(|days| Movements::total(&days))
    };
    let money = |mrr: recurring::Mrr| MeasureValue::Exact(mrr.to_ratio());
    stayed.and_then(|stayed| {
        year.and_then(|year| {
            balance.map(|balance| {
                vec![
                    (Measure::MrrOpening, money(total.opening)),
                    (Measure::MrrNew, money(total.new)),
                    (Measure::MrrExpansion, money(total.expansion)),
                    (Measure::MrrContraction, money(total.contraction)),
                    (Measure::MrrChurn, money(total.churn)),
                    (Measure::MrrChurnOutsideRates, money(total.churn_outside_rates)),
                    (Measure::MrrReactivation, money(total.reactivation)),
                    (Measure::MrrClosing, money(balance.closing)),
                    (Measure::CustomersOpening, MeasureValue::Count(total.customers.opening)),
                    (Measure::CustomersClosing, MeasureValue::Count(balance.customers.closing)),
                    (Measure::CustomersChurned, MeasureValue::Count(stayed.churned)),
                    (Measure::MrrYearAgo, money(year.base)),
                    (Measure::MrrYearAgoNow, money(year.now)),
                    (Measure::MrrYearAgoKept, money(year.kept)),
                    (Measure::CustomersYearAgo, MeasureValue::Count(year.customers)),
                ]
            })
        })
    })
}
