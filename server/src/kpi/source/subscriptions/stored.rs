//! Recurring revenue from stored sums.
//!
//! A window is made of whole months as far as it can be. Of a month of which it holds a part, the customers are taken
//! out of the sums for whom anything changes in that month, and their subscriptions are given to the engine; for all
//! others the whole month is as good as the part. So are customers of several people, or of one who was in more than one
//! place, where these are told apart: no sum says which of them stayed with whom.

use std::collections::{BTreeMap, BTreeSet};

use domain::recurring::{self, Flows, History, JoinedAndLeft};
use domain::{Date, Period, PersonId, Why};
use sea_orm::ConnectionTrait;

use super::figures::{Figures, asks_churned, asks_daily, asks_monthly, asks_year, not_known};
use super::walks::{Ask, Said, Waiting, Walks, asks, waiting};
use super::{GroupKey, groups};
use crate::kpi::KpiError;
use crate::kpi::cells::{Cells, MOST_LISTED, Plan, columns, keys};
use crate::kpi::scope::Scope;
use crate::mrr::{Customer, Terms};
use crate::query::mrr::{self, Ragged, Whose, churned, is_any_unknown, sums};
use crate::query::subscription;
use crate::rollup::{EVERYBODY, NOBODY};

/// Whether stored sums tell apart what is asked, and all amounts are known.
pub(super) async fn answers(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<bool, KpiError> {
    let is_stored = plan.frame.stored && plan.frame.own_choices && !asks_daily(plan);
    let tells = is_stored && columns(plan).is_empty() && plan.filters.is_empty();
    Ok(tells && !is_any_unknown(db, plan.frame.org).await?)
}

/// Whose sums go into which groups.
struct Owners {
    /// The groups of everybody together.
    totals: Vec<GroupKey>,
    /// The groups of each person who is in the same ones on all days; [`NOBODY`] too.
    people: BTreeMap<i64, Vec<GroupKey>>,
    /// People who are in some groups on some days only.
    moved: Vec<i64>,
}

impl Owners {
    fn of(plan: &Plan<'_>) -> Self {
        let is_everybody = matches!(plan.scope, Scope::Everybody);
        let is_total = |set: &usize| is_everybody && plan.sets.get(*set).is_some_and(Vec::is_empty);
        let (totals, told): (Vec<usize>, Vec<usize>) = (0..plan.sets.len()).partition(is_total);
        let totals = totals.into_iter().map(|set| (set, Vec::new())).collect();
        let mut owners = Self { totals, people: BTreeMap::new(), moved: Vec::new() };
        if told.is_empty() {
            return owners;
        }
        let on = |person: Option<PersonId>, day: i32| -> Vec<GroupKey> {
            if !plan.scope.contains(person, day) {
                return Vec::new();
            }
            let keys = keys(plan, &[], person, &[], day).into_iter().enumerate();
            keys.filter(|(set, _)| told.contains(set)).collect()
        };
        for (person, member) in &plan.frame.people {
            let starts = member.stays.iter().flat_map(|stay| [stay.from, stay.to]).filter(|day| *day < i32::MAX);
            let days: BTreeSet<i32> = starts.chain([i32::MIN]).collect();
            let places: BTreeSet<Vec<GroupKey>> = days.into_iter().map(|day| on(Some(*person), day)).collect();
            if places.len() > 1 {
                owners.moved.push(person.get());
            } else {
                owners.people.extend(places.into_iter().filter(|p| !p.is_empty()).map(|p| (person.get(), p)));
            }
        }
        let of_nobody = on(None, i32::MIN);
        if !of_nobody.is_empty() {
            owners.people.insert(NOBODY, of_nobody);
        }
        owners
    }

    /// The groups that a customer's stored months are in.
    fn groups(&self, owner: Option<i64>) -> impl Iterator<Item = &GroupKey> {
        let of_person = owner.and_then(|owner| self.people.get(&owner)).into_iter().flatten();
        self.totals.iter().filter(move |_| owner.is_some()).chain(of_person)
    }
}

/// The first days of months between which sums are read, in order.
struct Bounds(Vec<Date>);

impl Bounds {
    fn of(asks: &[Ask], waiting: &[Waiting], monthly: bool) -> Self {
        let days = asks.iter().flat_map(|ask| [ask.period.from(), ask.period.to(), ask.day.to()]);
        let months = asks.iter().filter(|_| monthly).flat_map(|ask| recurring::months(ask.period));
        let days = days.chain(months.map(|month| month.from()));
        let all: BTreeSet<Date> = days.chain(waiting.iter().map(|w| w.end)).map(Date::first_of_month).collect();
        Self(all.into_iter().collect())
    }

    fn slot(&self, first_day: Date) -> usize {
        self.0.partition_point(|bound| *bound <= first_day)
    }
}

/// Months of which a window holds a part, or looks at.
fn ragged_months(asks: &[Ask], waiting: &[Waiting], year: bool) -> Vec<i32> {
    let ends = asks.iter().flat_map(|ask| [ask.period.from(), ask.period.to(), ask.day.to()]);
    let year_ago = asks.iter().filter(|_| year).filter_map(|ask| recurring::twelve_months(ask.day));
    // A day that a month lacks was moved to its last.
    let mut all: Vec<Date> = ends.chain(waiting.iter().map(|w| w.end)).collect();
    all.extend(year_ago.filter(|months| months.to() != months.to().first_of_month()).flat_map(|m| [m.from(), m.to()]));
    let months: BTreeSet<i32> =
        all.iter().filter(|day| **day != day.first_of_month()).map(|day| day.first_of_month().day_number()).collect();
    months.into_iter().collect()
}

/// What sums say of a group.
#[derive(Default)]
struct Rest {
    /// What is added before the first bound, between each and the next.
    slots: BTreeMap<usize, Flows>,
    /// Customers who left in windows of other lengths than those that are stored.
    churned: BTreeMap<(Date, Date), i128>,
}

impl Rest {
    /// Balances at a first day of a month.
    fn at(&self, bounds: &Bounds, first_day: Date) -> Flows {
        let before = self.slots.range(..bounds.slot(first_day));
        before.fold(Flows::default(), |sum, (_, flows)| sum.plus(*flows, 1))
    }

    fn figures(&self, plan: &Plan<'_>, bounds: &Bounds, ask: &Ask) -> Figures {
        let (from, to) = whole(ask);
        let (opening, end) = (self.at(bounds, from), self.at(bounds, to));
        let closing = self.at(bounds, ask.day.to().first_of_month());
        let moved = end.plus(opening, -1);
        let customers_churned = match months_between(from, to) {
            0 => 0,
            1 => moved.churned,
            3 => end.churned_in_quarter,
            12 => end.churned_in_year,
            _ => self.churned.get(&(from, to)).copied().unwrap_or(0),
        };
        let year =
            if recurring::twelve_months(ask.day).is_some() && asks_year(plan) { closing } else { Flows::default() };
        let months = if asks_monthly(plan) { recurring::whole_months(ask.period) } else { Vec::new() };
        let starts: Vec<Flows> = months.iter().map(|month| self.at(bounds, month.from())).collect();
        // Of whose sums these are, nothing changed in a month that the window holds a part of.
        let lost = if months.is_empty() { Flows::default() } else { moved };
        Figures {
            opening: opening.net().per_year(),
            new: moved.new,
            expansion: moved.expansion,
            contraction: moved.contraction,
            churn: moved.churn,
            churn_outside_rates: moved.churn_outside_rates,
            expansion_outside_rates: moved.expansion_outside_rates,
            reactivation_outside_rates: moved.reactivation_outside_rates,
            contraction_outside_rates: moved.contraction_outside_rates,
            reactivation: moved.reactivation,
            closing: closing.net().per_year(),
            year_ago: year.year_ago,
            year_ago_now: year.year_ago_now,
            year_ago_kept: year.year_ago_kept,
            customers_opening: opening.customers,
            customers_closing: closing.customers,
            customers_churned: if asks_churned(plan) { customers_churned } else { 0 },
            customers_year_ago: year.customers_year_ago,
            count_new: moved.count_new,
            count_expansion: moved.count_expansion,
            count_reactivation: moved.count_reactivation,
            count_contraction: moved.count_contraction,
            count_churn: moved.count_churn,
            has_whole_month: !months.is_empty(),
            customer_months: starts.iter().map(|start| start.customers).sum(),
            customer_months_lost: lost.churned,
            mrr_months: starts.iter().map(|start| start.net().per_year()).sum(),
            mrr_months_lost: lost.churn - lost.churn_outside_rates,
            net_churn_daily: None,
        }
    }
}

/// The bounds at or before both ends of a window.
fn whole(ask: &Ask) -> (Date, Date) {
    (ask.period.from().first_of_month(), ask.period.to().first_of_month())
}

fn months_between(from: Date, to: Date) -> i32 {
    let index = |day: Date| day.year() * 12 + i32::try_from(day.month()).unwrap_or(0);
    index(to) - index(from)
}

/// Puts the figures of stored sums into the cells they belong to.
pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let (asks, waiting) = (asks(plan), waiting(plan));
    let (bounds, owners) = (Bounds::of(&asks, &waiting, asks_monthly(plan)), Owners::of(plan));
    let odd: BTreeSet<(Date, Date)> = asks
        .iter()
        .filter(|_| asks_churned(plan))
        .map(whole)
        .filter(|(from, to)| !matches!(months_between(*from, *to), 0 | 1 | 3 | 12))
        .collect();
    let mut rests = stored(db, plan, &owners, &bounds, &odd).await?;

    let terms = Terms {
        choices: plan.frame.choices.recurring,
        rates: subscription::rates(db, plan.frame.org, plan.frame.currency).await?,
    };
    let rows = apart(db, plan, &owners, &ragged_months(&asks, &waiting, asks_year(plan))).await?;
    let mut broken = None;
    let groups = groups(plan, &rows, &terms, |customer, _| {
        let taken_out = take_out(&mut rests, customer, &terms, &owners, &bounds, &odd);
        broken = broken.or(taken_out.err());
    });

    let walks = Walks::of(plan);
    let all: BTreeSet<GroupKey> = rests.keys().chain(groups.keys()).cloned().collect();
    let nothing = Rest::default();
    for group_key in all {
        let rest = rests.get(&group_key).unwrap_or(&nothing);
        let (set, key) = &group_key;
        let place = |window: usize| (*set, window, key.clone());
        let group = groups.get(&group_key);
        if let Some(why) = broken.or(group.and_then(|group| group.why)) {
            (0..plan.windows.len()).for_each(|w| not_known(plan, cells, &place(w), why));
            continue;
        }
        let said = group.map(|group| walks.figures(plan, &History::new(&group.subscriptions, terms.choices)));
        let mut said: BTreeMap<usize, Said> = said.into_iter().flatten().collect();
        let has_begun = |end: Date| rest.at(&bounds, end.first_of_month()).begun > 0;
        for w in &waiting {
            if said.contains_key(&w.window) || has_begun(w.end) {
                not_known(plan, cells, &place(w.window), Why::NotStarted);
            }
        }
        for ask in &asks {
            let figures = match said.remove(&ask.window) {
                Some(Said::NotKnown(why)) => {
                    not_known(plan, cells, &place(ask.window), why);
                    continue;
                }
                Some(Said::Figures(figures)) => *figures,
                _ if has_begun(ask.end()) => Figures::default(),
                _ => continue,
            };
            rest.figures(plan, &bounds, ask).plus(&figures).put(cells, &place(ask.window));
        }
    }
    Ok(())
}

/// Reads the sums of every group.
async fn stored(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    owners: &Owners,
    bounds: &Bounds,
    odd: &BTreeSet<(Date, Date)>,
) -> Result<BTreeMap<GroupKey, Rest>, KpiError> {
    let (org, mut rests) = (plan.frame.org, BTreeMap::<GroupKey, Rest>::new());
    let days: Vec<i32> = bounds.0.iter().map(|day| day.day_number()).collect();
    let visitors = plan.frame.choices.recurring.joined_and_left == JoinedAndLeft::Counted;
    let listed: Vec<i64> = owners.people.keys().copied().collect();
    let mut whose = Vec::new();
    if !owners.totals.is_empty() {
        whose.push(Whose::Everybody);
    }
    if !listed.is_empty() {
        whose.push(of_people(&listed));
    }
    for whose in whose {
        let of = |person: i64| {
            let totals = owners.totals.iter().filter(move |_| person == EVERYBODY);
            totals.chain(owners.people.get(&person).into_iter().flatten())
        };
        for (person, slots) in sums(db, org, whose, &days).await? {
            for key in of(person) {
                let rest = rests.entry(key.clone()).or_default();
                for (slot, flows) in &slots {
                    let sum = rest.slots.entry(*slot).or_default();
                    *sum = sum.plus(*flows, 1);
                }
            }
        }
        for (from, to) in odd {
            let days = (from.day_number(), to.day_number());
            for (person, customers) in churned(db, org, whose, days, visitors).await? {
                for key in of(person) {
                    let rest = rests.entry(key.clone()).or_default();
                    *rest.churned.entry((*from, *to)).or_default() += i128::from(customers);
                }
            }
        }
    }
    Ok(rests)
}

fn of_people(listed: &[i64]) -> Whose<'_> {
    if listed.len() <= MOST_LISTED { Whose::People(listed) } else { Whose::Each }
}

/// The subscriptions of customers whose stored months do not tell what is asked.
async fn apart(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    owners: &Owners,
    months: &[i32],
) -> Result<Vec<subscription::Row>, KpiError> {
    let listed: Vec<i64> = owners.people.keys().copied().collect();
    let people: Option<Vec<PersonId>> = plan.scope.people(i32::MIN, i32::MAX).map(|p| p.into_iter().collect());
    let tells = !owners.people.is_empty() || !owners.moved.is_empty();
    let wanted = Ragged {
        months,
        whose: if owners.totals.is_empty() { of_people(&listed) } else { Whose::Everybody },
        moved: &owners.moved,
        several: tells.then_some(people.as_deref().filter(|p| p.len() <= MOST_LISTED)),
    };
    match mrr::ragged(db, plan.frame.org, wanted) {
        Some(names) => Ok(subscription::of_those(db, plan.frame.org, names).await?),
        None => Ok(Vec::new()),
    }
}

/// Takes a customer whose subscriptions the engine is given out of the sums they are in.
fn take_out(
    rests: &mut BTreeMap<GroupKey, Rest>,
    customer: &Customer,
    terms: &Terms,
    owners: &Owners,
    bounds: &Bounds,
    odd: &BTreeSet<(Date, Date)>,
) -> Result<(), Why> {
    let history = History::new(&customer.subscriptions, terms.choices);
    let months = history.monthly().into_result()?;
    let last = bounds.0.last();
    for key in owners.groups(customer.owner) {
        let rest = rests.entry(key.clone()).or_default();
        for month in months.iter().filter(|month| last.is_some_and(|last| month.first_day < *last)) {
            let sum = rest.slots.entry(bounds.slot(month.first_day)).or_default();
            *sum = sum.plus(month.flows, -1);
        }
        for (from, to) in odd {
            let Ok(period) = Period::new(*from, *to) else { continue };
            let churned = history.retention(period).into_result()?.churned;
            *rest.churned.entry((*from, *to)).or_default() -= i128::from(churned);
        }
    }
    Ok(())
}
