//! What was bought together, for the analyses of `domain::basket`.

use std::collections::BTreeMap;

use domain::basket::{Contents, LineKind, SaleLine};
use domain::{Micros, Outcome, Period, Why};
use sea_orm::ConnectionTrait;

use super::asked::About;
use super::scope::Scope;
use super::screens::plan;
use super::source::Lines;
use super::time::Window;
use super::{Frame, KpiError, Viewer, Who};

/// Transactions of a period and what is in them.
#[derive(Clone, Debug)]
pub struct Bought {
    /// By transaction and category.
    pub contents: Contents,
    /// Names of the categories, by number.
    pub categories: Vec<String>,
}

/// Reads what was sold in a period in one statement, by transaction and category.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn bought(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    who: Who,
    period: Period,
) -> Result<Bought, KpiError> {
    let scope = Scope::resolve(frame, viewer, who, &[])?;
    let windows = [Window::so_far(period, viewer.today)];
    let plan = plan(frame, viewer, About::from(who), &scope, &[], vec![Vec::new()], &windows);
    let found = Lines::read(db, &plan).await?;
    let (mut receipts, mut numbers) = (BTreeMap::new(), BTreeMap::new());
    for line in &found.lines {
        let next = u32::try_from(receipts.len()).unwrap_or(u32::MAX);
        receipts.entry(line.receipt.as_str()).or_insert(next);
        if let Some(category) = &line.category {
            numbers.entry(category.clone()).or_insert(0u32);
        }
    }
    numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let lines = found.lines.iter().map(|line| SaleLine {
        transaction: receipts.get(line.receipt.as_str()).copied().unwrap_or_default(),
        date: period.from(),
        customer: None,
        category: line.category.as_ref().and_then(|c| numbers.get(c).copied()),
        quantity: i64::try_from(line.quantity).map_or(Micros(i64::MAX), Micros),
        amount: match (line.amount, found.missing) {
            (None, why) => Outcome::NotMeasurable(why.unwrap_or(Why::NoData)),
            (Some(amount), _) => {
                i64::try_from(amount).map_or(Outcome::NotMeasurable(Why::TooLarge), |m| Outcome::Value(Micros(m)))
            }
        },
        kind: LineKind::Sale,
    });
    let lines: Vec<SaleLine> = lines.collect();
    Ok(Bought { contents: Contents::of(&lines), categories: numbers.into_keys().collect() })
}
