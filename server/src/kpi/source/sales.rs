//! Lines of sales: sums, and distinct transactions and customers, which do not add up over groups and so are counted
//! from what the lines name, cell by cell. Sums and transactions are stored; what is told apart further is read from
//! the lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Measure, MeasureValue, Period, Why};
use sea_orm::ConnectionTrait;

use super::sweep::{Asked, Sweep};
use super::{Money, Source, count, number};
use crate::kpi::KpiError;
use crate::kpi::asked::of_pair;
use crate::kpi::cells::{Cells, Place, Plan};
use crate::kpi::time::Window;
use crate::query::aggregate::{self, Group};
use crate::query::column::{Table, TextColumn};
use crate::query::kept_customers::{self, Day};
use crate::query::sale;

/// Measures that need the customers of a period.
const OF_CUSTOMERS: [Measure; 4] =
    [Measure::CustomersBuying, Measure::CustomersRepeating, Measure::CustomersReturning, Measure::CustomersBoughtAgain];

/// Measures that need the transactions.
const OF_RECEIPTS: [Measure; 2] = [Measure::Transactions, Measure::CustomersRepeating];
/// Of these those that are told apart by category, which nothing stored is.
const OF_PAIRS: [Measure; 2] = [Measure::AttachBase, Measure::AttachBoth];

/// Texts as numbers, so that they can be counted cheaply.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn of(&mut self, text: &str) -> usize {
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let next = self.0.len();
        self.0.insert(text.to_owned(), next);
        next
    }
}

/// What the lines of one cell add up to.
#[derive(Default)]
struct Basket {
    /// Transactions, where they are stored.
    transactions: i128,
    sold: Money,
    returned: Money,
    units: i128,
    discount: Money,
    list: Money,
    receipts: Vec<usize>,
    /// Customer and transaction.
    visits: Vec<(usize, usize)>,
    /// Transactions by customer, where they are stored.
    times: BTreeMap<usize, i64>,
    /// What was sold of the first category of a pair, and of the second.
    pair: [Kind; 2],
}

/// What was sold of one category.
#[derive(Default)]
struct Kind {
    receipts: BTreeSet<usize>,
    units: i128,
}

impl Basket {
    /// Adds the sums of lines that are alike.
    fn add(&mut self, group: &Group) {
        let missing = unconverted(group);
        if is_return(group) {
            self.returned.add(group.sums[1].total, missing);
            return;
        }
        self.sold.add(group.sums[0].total, missing);
        self.units += group.sums[2].total;
        self.discount.add(group.sums[3].total, missing);
        self.list.add(group.sums[4].total, missing);
        self.transactions += group.sums.get(sale::SUMS.len()).map_or(0, |sum| sum.total);
    }
}

fn is_return(group: &Group) -> bool {
    group.marks[0] == Some(1)
}

/// Of how many lines the amount has no exchange rate.
fn unconverted(group: &Group) -> i64 {
    group.count - group.sums[0].stated
}

pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let Some(sweep) = Sweep::of(plan) else { return Ok(()) };
    let asks = |all: &[Measure]| all.iter().any(|m| plan.measures.contains(m));
    let is_stored = sweep.reads_stored();
    let of_customers = asks(&OF_CUSTOMERS);
    let needs_customers = of_customers && !is_stored;
    let needs_receipts = if is_stored { asks(&OF_PAIRS) } else { asks(&OF_PAIRS) || asks(&OF_RECEIPTS) };
    let pair = plan.pair.filter(|_| plan.measures.iter().any(|m| of_pair(*m)));
    if pair.is_none() {
        for measure in plan.measures.iter().filter(|m| of_pair(**m)) {
            cells.set_unknown(*measure, MeasureValue::Not(Why::NeedsPair));
        }
    }
    let mut texts = Vec::new();
    texts.extend(needs_receipts.then_some(TextColumn::Transaction));
    texts.extend(needs_customers.then_some(TextColumn::Customer));
    texts.extend(pair.map(|_| TextColumn::Category));
    let asked = Asked { texts: &texts, only: Some(sale::NO_ADJUSTMENTS), marks: &[sale::KIND], sums: &sale::SUMS };
    let (mut receipts, mut customers) = (Numbers::default(), Numbers::default());
    let mut baskets: BTreeMap<Place, Basket> = BTreeMap::new();
    let mut is_unconverted = false;
    if is_stored {
        is_unconverted = stored(db, &sweep, &mut baskets).await?;
        if of_customers {
            stored_visits(db, &sweep, &mut baskets, &mut customers).await?;
        }
    }
    let groups =
        if is_stored && texts.is_empty() { Vec::new() } else { sweep.groups(db, Table::SalesLines, asked).await? };
    for group in groups {
        let receipt = sweep.text(&group, 0).filter(|_| needs_receipts).map(|t| receipts.of(t));
        let customer = sweep.text(&group, usize::from(needs_receipts)).filter(|_| needs_customers);
        let customer = customer.map(|t| customers.of(t));
        let category = pair.and_then(|_| sweep.text(&group, texts.len() - 1));
        is_unconverted |= unconverted(&group) > 0;
        for place in sweep.places(&group) {
            let basket = baskets.entry(place).or_default();
            if !is_stored {
                basket.add(&group);
            }
            if is_return(&group) {
                continue;
            }
            basket.receipts.extend(receipt);
            basket.visits.extend(customer.map(|c| (c, receipt.unwrap_or(0))));
            let place =
                pair.zip(category).and_then(|(pair, name)| [pair.from(), pair.to()].iter().position(|p| *p == name));
            if let Some(kind) = place.and_then(|i| basket.pair.get_mut(i)) {
                kind.receipts.extend(receipt);
                kind.units += group.sums[2].total;
            }
        }
    }
    let missing = if is_unconverted {
        aggregate::first_of(db, plan.frame.org, Table::SalesLines, sale::UNCONVERTED).await?
    } else {
        None
    };
    let first_days = if asks(&[Measure::CustomersReturning]) {
        let all = if is_stored {
            let names = customers.0.keys().map(String::as_str);
            kept_customers::days_of(db, plan.frame.org, Day::FirstSale, names).await?
        } else {
            sale::first_days(db, plan.frame.org).await?
        };
        HashMap::from_iter(all.iter().filter_map(|(c, day)| Some((*customers.0.get(c)?, *day))))
    } else {
        HashMap::new()
    };
    let mut buyers: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    for (place, basket) in baskets {
        let of_money = [
            (Measure::SalesRevenue, basket.sold),
            (Measure::ReturnsAmount, basket.returned),
            (Measure::SalesDiscount, basket.discount),
            (Measure::SalesList, basket.list),
        ];
        for (measure, sum) in of_money {
            cells.put(&place, Source::Sales, measure, sum.value(missing));
        }
        cells.put(&place, Source::Sales, Measure::UnitsSold, number(basket.units));
        let [first, second] = basket.pair;
        for (measure, value) in [
            (Measure::AttachBase, count(first.receipts.len() as i128)),
            (Measure::AttachBoth, count(first.receipts.intersection(&second.receipts).count() as i128)),
            (Measure::AttachUnitsBase, number(first.units)),
            (Measure::AttachUnitsSecond, number(second.units)),
        ] {
            if pair.is_some() {
                cells.put(&place, Source::Sales, measure, value);
            }
        }
        let distinct = BTreeSet::from_iter(basket.receipts).len() as i128;
        let transactions = if is_stored { basket.transactions } else { distinct };
        cells.put(&place, Source::Sales, Measure::Transactions, count(transactions));
        let visits = BTreeSet::from_iter(basket.visits);
        let mut times = basket.times;
        visits.iter().for_each(|(customer, _)| *times.entry(*customer).or_default() += 1);
        let repeating = times.values().filter(|n| **n > 1).count();
        let from = i64::from(plan.windows[place.1].period.from().day_number());
        let returning = times.keys().filter(|c| first_days.get(*c).is_some_and(|day| *day < from)).count();
        for (measure, n) in [
            (Measure::CustomersBuying, times.len()),
            (Measure::CustomersRepeating, repeating),
            (Measure::CustomersReturning, returning),
        ] {
            cells.put(&place, Source::Sales, measure, count(n as i128));
        }
        buyers.insert(place, times.into_keys().collect());
    }
    if asks(&[Measure::CustomersPrevious, Measure::CustomersBoughtAgain]) {
        bought_again(db, plan, cells, &buyers, &mut customers).await?;
    }
    Ok(())
}

/// Adds stored sums; answers whether any amount lacks an exchange rate. A receipt counts once in each day and for each
/// person, and in a cell once.
async fn stored(
    db: &impl ConnectionTrait,
    sweep: &Sweep<'_>,
    baskets: &mut BTreeMap<Place, Basket>,
) -> Result<bool, KpiError> {
    let mut is_unconverted = false;
    for group in sweep.kept(db, &sale::KEPT).await? {
        is_unconverted |= unconverted(&group) > 0;
        for place in sweep.places(&group) {
            baskets.entry(place).or_default().add(&group);
        }
    }
    let mut seen: BTreeSet<(Place, String)> = BTreeSet::new();
    for group in sweep.spread(db, false).await? {
        let receipt = sweep.text(&group, 0).unwrap_or_default();
        for place in sweep.places(&group) {
            let is_first = seen.insert((place.clone(), receipt.to_owned()));
            baskets.entry(place).or_default().transactions -= i128::from(group.count) - i128::from(is_first);
        }
    }
    Ok(is_unconverted)
}

/// Adds stored purchases of customers.
async fn stored_visits(
    db: &impl ConnectionTrait,
    sweep: &Sweep<'_>,
    baskets: &mut BTreeMap<Place, Basket>,
    customers: &mut Numbers,
) -> Result<(), KpiError> {
    for group in kept_customers::visits_of(db, &sweep.customers()).await? {
        let Some(customer) = sweep.text(&group, 0).map(|t| customers.of(t)) else { continue };
        for place in sweep.places(&group) {
            *baskets.entry(place).or_default().times.entry(customer).or_default() += group.count;
        }
    }
    let mut seen: BTreeSet<(Place, String, usize)> = BTreeSet::new();
    for group in sweep.spread(db, true).await? {
        let receipt = sweep.text(&group, 0).unwrap_or_default();
        let Some(customer) = sweep.text(&group, 1).map(|t| customers.of(t)) else { continue };
        for place in sweep.places(&group) {
            let is_first = seen.insert((place.clone(), receipt.to_owned(), customer));
            let times = baskets.entry(place).or_default().times.entry(customer).or_default();
            *times -= group.count - i64::from(is_first);
        }
    }
    Ok(())
}

/// Customers of the period before each window, with the same scope and filters, and who of them bought again.
async fn bought_again(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    cells: &mut Cells<'_>,
    buyers: &BTreeMap<Place, BTreeSet<usize>>,
    customers: &mut Numbers,
) -> Result<(), KpiError> {
    // Before the calendar begins there is no period before; then nobody bought in it.
    let before: Vec<Option<Period>> = plan.windows.iter().map(|w| w.period.previous()).collect();
    let windows: Vec<Window> = plan
        .windows
        .iter()
        .zip(&before)
        .map(|(window, before)| Window::new(before.unwrap_or(window.period), plan.today))
        .collect();
    let earlier = Plan { windows: &windows, ..plan.clone() };
    let Some(sweep) = Sweep::of(&earlier) else { return Ok(()) };
    let asked = Asked { texts: &[TextColumn::Customer], only: Some(sale::SALES), ..Asked::default() };
    let mut previous: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    let groups = if sweep.reads_stored() {
        kept_customers::visits_of(db, &sweep.customers()).await?
    } else {
        sweep.groups(db, Table::SalesLines, asked).await?
    };
    for group in groups {
        let Some(customer) = sweep.text(&group, 0).map(|t| customers.of(t)) else { continue };
        for place in sweep.places(&group).into_iter().filter(|p| before[p.1].is_some()) {
            previous.entry(place).or_default().insert(customer);
        }
    }
    let nobody = BTreeSet::new();
    for (place, of_place) in previous {
        let again = of_place.intersection(buyers.get(&place).unwrap_or(&nobody)).count();
        cells.put(&place, Source::Sales, Measure::CustomersPrevious, count(of_place.len() as i128));
        cells.put(&place, Source::Sales, Measure::CustomersBoughtAgain, count(again as i128));
    }
    Ok(())
}
