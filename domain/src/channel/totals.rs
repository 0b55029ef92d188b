//! Sums per column, and which columns were stated together.

use std::collections::{BTreeMap, BTreeSet};

use crate::metric::{Answer, Figure, Measure, MeasureValue, MeasureValues, Metric, Unit, evaluate};
use crate::money::MICROS_PER_UNIT;
use crate::sum::Sum;
use crate::{Micros, Outcome, Why};

/// What a channel or campaign cost and brought on a day, or in any span that its costs are known for: who knows
/// spend by month only gives one fact per month. `None`: not stated, which is not zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelFact {
    /// Cost, in the reporting currency.
    pub spend: Option<Outcome<Micros>>,
    /// Times shown.
    pub impressions: Option<i64>,
    /// Clicks.
    pub clicks: Option<i64>,
    /// Leads.
    pub leads: Option<i64>,
    /// Leads found worth pursuing.
    pub qualified_leads: Option<i64>,
    /// Leads that became customers.
    pub customers: Option<i64>,
    /// Orders.
    pub orders: Option<i64>,
    /// What it earned, in the reporting currency.
    pub revenue: Option<Outcome<Micros>>,
}

/// What a [`ChannelFact`] can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Cost.
    Spend,
    /// Times shown.
    Impressions,
    /// Clicks.
    Clicks,
    /// Leads.
    Leads,
    /// Leads found worth pursuing.
    QualifiedLeads,
    /// Leads that became customers.
    Customers,
    /// Orders.
    Orders,
    /// Earnings.
    Revenue,
}

impl Column {
    /// All, in the order of the conversion chain.
    pub const ALL: [Self; 8] = [
        Self::Spend,
        Self::Impressions,
        Self::Clicks,
        Self::Leads,
        Self::QualifiedLeads,
        Self::Customers,
        Self::Orders,
        Self::Revenue,
    ];

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Spend | Self::Revenue => Unit::Money,
            Self::Impressions | Self::Clicks | Self::Leads | Self::QualifiedLeads | Self::Customers | Self::Orders => {
                Unit::Count
            }
        }
    }

    /// The measure that it is in the catalogue.
    pub const fn measure(self) -> Measure {
        match self {
            Self::Spend => Measure::Spend,
            Self::Impressions => Measure::Impressions,
            Self::Clicks => Measure::Clicks,
            Self::Leads => Measure::Leads,
            Self::QualifiedLeads => Measure::QualifiedLeads,
            Self::Customers => Measure::LeadCustomers,
            Self::Orders => Measure::Orders,
            Self::Revenue => Measure::CampaignRevenue,
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Millionths, so that money and counts are summed alike.
    fn of(self, fact: &ChannelFact) -> Option<Outcome<i128>> {
        let money = |amount: Option<Outcome<Micros>>| amount.map(|a| a.map(|m| i128::from(m.get())));
        let count = |n: Option<i64>| n.map(|n| Outcome::Value(i128::from(n) * i128::from(MICROS_PER_UNIT)));
        match self {
            Self::Spend => money(fact.spend),
            Self::Impressions => count(fact.impressions),
            Self::Clicks => count(fact.clicks),
            Self::Leads => count(fact.leads),
            Self::QualifiedLeads => count(fact.qualified_leads),
            Self::Customers => count(fact.customers),
            Self::Orders => count(fact.orders),
            Self::Revenue => money(fact.revenue),
        }
    }
}

/// The facts of one channel, campaign or any other group, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    sums: [Sum; 8],
    /// Columns that any fact stated.
    stated: u8,
    /// Per column, those that were missing on a fact that stated it.
    lacking: [u8; 8],
}

impl Default for Totals {
    fn default() -> Self {
        Self { sums: [Sum::ZERO; 8], stated: 0, lacking: [0; 8] }
    }
}

impl Totals {
    /// Adds a fact.
    pub fn add(&mut self, fact: &ChannelFact) {
        let values = Column::ALL.map(|c| c.of(fact));
        let mask = Column::ALL.iter().zip(&values).filter(|(_, v)| v.is_some()).fold(0, |m, (c, _)| m | c.bit());
        self.stated |= mask;
        for (i, value) in values.into_iter().enumerate() {
            if let Some(value) = value {
                self.sums[i].add(value);
                self.lacking[i] |= !mask;
            }
        }
    }

    /// Adds the totals of another group; only of groups that share no facts.
    pub fn merge(&mut self, other: &Self) {
        self.stated |= other.stated;
        for i in 0..self.sums.len() {
            self.sums[i].add(other.sums[i].micros());
            self.lacking[i] |= other.lacking[i];
        }
    }

    /// The sum of what was stated; [`Why::NoData`] where nothing was.
    pub fn total(&self, column: Column) -> Outcome<Figure> {
        if self.stated & column.bit() == 0 {
            return Outcome::NotMeasurable(Why::NoData);
        }
        self.sums[column as usize].units(column.unit())
    }

    /// The sum of a column, to be set against another one: [`Why::Incomplete`] if a fact that states the other does
    /// not state this one. A column other than spend that was stated nowhere is [`Why::NoData`]: not available.
    pub fn total_beside(&self, column: Column, other: Column) -> Outcome<Figure> {
        let lacks = self.lacking[other as usize] & column.bit() != 0;
        let known = self.stated & column.bit() != 0 || column == Column::Spend;
        if lacks && known { Outcome::NotMeasurable(Why::Incomplete) } else { self.total(column) }
    }

    /// The measures that some metric needs, each set beside the others: incomplete where a fact states another of them
    /// and not this one.
    pub fn measures(&self, needed: &BTreeSet<Measure>) -> MeasureValues {
        let columns: Vec<Column> = Column::ALL.into_iter().filter(|c| needed.contains(&c.measure())).collect();
        let value = |column: &Column| {
            let beside = |other: &&Column| self.total_beside(*column, **other).why() == Some(Why::Incomplete);
            let others = || columns.iter().filter(|other| *other != column);
            if others().any(|other| beside(&other)) {
                return MeasureValue::Not(Why::Incomplete);
            }
            match (self.total(*column), column.unit()) {
                (Outcome::NotMeasurable(why), _) => MeasureValue::Not(why),
                (Outcome::Value(figure), Unit::Count) => i64::try_from(figure.exact.numerator())
                    .map_or(MeasureValue::Not(Why::TooLarge), MeasureValue::Count),
                (Outcome::Value(figure), _) => MeasureValue::Exact(figure.exact),
            }
        };
        columns.iter().map(|column| (column.measure(), value(column))).collect()
    }

    /// A KPI of the group, as the catalogue defines it.
    pub fn answer(&self, metric: &Metric) -> Answer {
        evaluate(metric, &self.measures(&metric.measures()))
    }
}

/// Totals by channel, campaign or any other key; `None` is a group of its own.
pub fn totals_by<K: Ord>(facts: impl IntoIterator<Item = (Option<K>, ChannelFact)>) -> BTreeMap<Option<K>, Totals> {
    let mut groups: BTreeMap<Option<K>, Totals> = BTreeMap::new();
    for (key, fact) in facts {
        groups.entry(key).or_default().add(&fact);
    }
    groups
}
