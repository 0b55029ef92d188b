//! Lines sold, by transaction and category.

use domain::Why;
use sea_orm::ConnectionTrait;

use super::missing_rate;
use super::sweep::{Asked, Sweep};
use crate::kpi::KpiError;
use crate::kpi::cells::Plan;
use crate::query::aggregate;
use crate::query::column::{Table, TextColumn};
use crate::query::sale;

/// All of one category in one transaction.
pub(in crate::kpi) struct Line {
    pub receipt: String,
    pub category: Option<String>,
    /// In millionths.
    pub quantity: i128,
    /// In micro-units; none where a part of it has no exchange rate.
    pub amount: Option<i128>,
}

/// What was sold in a plan's scope and windows.
pub(in crate::kpi) struct Lines {
    pub lines: Vec<Line>,
    /// Why an amount is not known.
    pub missing: Option<Why>,
}

impl Lines {
    /// Reads them in one statement.
    pub(in crate::kpi) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<Self, KpiError> {
        let Some(sweep) = Sweep::of(plan) else { return Ok(Self { lines: Vec::new(), missing: None }) };
        let texts = [TextColumn::Transaction, TextColumn::Category];
        let asked = Asked { texts: &texts, only: Some(sale::SALES), sums: &sale::SUMS, ..Asked::default() };
        let groups = sweep.groups(db, Table::SalesLines, asked).await?;
        let lines: Vec<Line> = groups
            .iter()
            .filter(|group| !sweep.places(group).is_empty())
            .filter_map(|group| {
                Some(Line {
                    receipt: sweep.text(group, 0)?.to_owned(),
                    category: sweep.text(group, 1).map(str::to_owned),
                    quantity: group.sums[2].total,
                    amount: (group.sums[0].stated == group.count).then_some(group.sums[0].total),
                })
            })
            .collect();
        let missing = if lines.iter().any(|line| line.amount.is_none()) {
            Some(missing_rate(aggregate::first_of(db, plan.frame.org, Table::SalesLines, sale::UNCONVERTED).await?))
        } else {
            None
        };
        Ok(Self { lines, missing })
    }
}
