//! Recurring revenue: from stored sums where these tell apart what is asked. Else subscriptions are put into groups, and
//! the engine of `domain` walks each group's history once for all windows that follow the calendar's months.

mod figures;
mod stored;
mod walks;

use std::collections::BTreeMap;

use domain::recurring::{History, Subscription};
use domain::{PersonId, Rates, Why};
use sea_orm::ConnectionTrait;

use self::figures::not_known;
use self::walks::{Said, Walks};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, Key, MOST_LISTED, Plan, columns, keys};
use crate::kpi::scope::Scope;
use crate::mrr::{Customer, Terms};
use crate::query::column::TextColumn;
use crate::query::subscription::{self, Row};

/// Which set of dimensions, and its values.
type GroupKey = (usize, Vec<Key>);

/// Subscriptions of a group, or why their amounts are not known.
#[derive(Default)]
struct Group {
    subscriptions: Vec<Subscription>,
    why: Option<Why>,
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
        let rows = subscription::all(db, plan.frame.org, listed.as_deref(), &texts).await?;
        let rates = subscription::rates(db, plan.frame.org, plan.frame.currency).await?;
        Ok(Self { rows, rates })
    }
}

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    match plan.subscribed {
        Some(subscribed) => spread(plan, subscribed, cells),
        None if stored::answers(db, plan).await? => stored::read(db, plan, cells).await?,
        None => spread(plan, &Subscribed::read(db, plan).await?, cells),
    }
    Ok(())
}

/// Puts the figures of subscriptions into the cells they belong to.
fn spread(plan: &Plan<'_>, subscribed: &Subscribed, cells: &mut Cells<'_>) {
    let terms = Terms { choices: plan.frame.choices.recurring, rates: subscribed.rates.clone() };
    let groups = groups(plan, &subscribed.rows, &terms, |_, _| ());
    let walks = Walks::of(plan);
    for ((set, key), group) in groups {
        let place = |window: usize| (set, window, key.clone());
        if let Some(why) = group.why {
            (0..plan.windows.len()).for_each(|w| not_known(plan, cells, &place(w), why));
            continue;
        }
        for (window, said) in walks.figures(plan, &History::new(&group.subscriptions, terms.choices)) {
            match said {
                Said::Figures(figures) => figures.put(cells, &place(window)),
                Said::NotStarted => not_known(plan, cells, &place(window), Why::NotStarted),
                Said::NotKnown(why) => not_known(plan, cells, &place(window), why),
            }
        }
    }
}

/// The groups of subscriptions, which are by customer and hold all of each. Each customer whose amounts are known is told.
fn groups(
    plan: &Plan<'_>,
    rows: &[Row],
    terms: &Terms,
    mut told: impl FnMut(&Customer, &[Row]),
) -> BTreeMap<GroupKey, Group> {
    let by = columns(plan);
    let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
    for (number, rows) in (0u32..).zip(rows.chunk_by(|a, b| a.customer == b.customer)) {
        let customer = Customer::of(rows, number, terms);
        if let Ok(customer) = &customer {
            told(customer, rows);
        }
        for (i, row) in rows.iter().enumerate().filter(|(_, row)| is_asked(plan, row, by.len())) {
            for (set, key) in keys(plan, &by, row.person, &row.texts, row.start.day_number()).into_iter().enumerate() {
                let group = groups.entry((set, key)).or_default();
                match &customer {
                    Ok(customer) => group.subscriptions.extend(customer.subscriptions.get(i)),
                    Err(why) => group.why = Some(group.why.map_or(*why, |w| w.min(*why))),
                }
            }
        }
    }
    groups
}

/// Whether a subscription is in the scope, by its first day, and passes the filters, whose texts stand after the others.
fn is_asked(plan: &Plan<'_>, row: &Row, texts: usize) -> bool {
    let mut filters = plan.filters.iter().enumerate();
    let is_in = matches!(plan.scope, Scope::Everybody) || plan.scope.contains(row.person, row.start.day_number());
    is_in && filters.all(|(i, filter)| row.texts.get(texts + i).is_some_and(|text| filter.passes(text.as_deref())))
}
