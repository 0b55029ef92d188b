//! KPIs of a channel.

use super::Column::{self, Clicks, Customers, Impressions, Leads, Orders, QualifiedLeads, Revenue, Spend};
use super::Totals;
use crate::metric::{Answer, Figure, Interval, Unit};
use crate::{Outcome, Why};

/// A KPI of a channel, a campaign or any group of them: always Σ ÷ Σ (product definition; F4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelKpi {
    /// Cost per lead: spend ÷ leads.
    Cpl,
    /// Cost per click: spend ÷ clicks.
    Cpc,
    /// Spend ÷ orders.
    CostPerOrder,
    /// Click-through rate: clicks ÷ impressions.
    Ctr,
    /// Leads ÷ clicks.
    LeadConversion,
    /// Qualified leads ÷ leads.
    QualifiedShare,
    /// Customers ÷ leads.
    LeadToCustomer,
    /// Orders ÷ leads.
    OrderConversion,
    /// Average order value: revenue ÷ orders.
    Aov,
    /// Return on investment: (revenue − spend) ÷ spend.
    Roi,
    /// Return on ad spend: revenue ÷ spend.
    Roas,
}

impl ChannelKpi {
    /// All: costs first, then the conversion chain, then earnings.
    pub const ALL: [Self; 11] = [
        Self::Cpl,
        Self::Cpc,
        Self::CostPerOrder,
        Self::Ctr,
        Self::LeadConversion,
        Self::QualifiedShare,
        Self::LeadToCustomer,
        Self::OrderConversion,
        Self::Aov,
        Self::Roi,
        Self::Roas,
    ];

    /// Stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cpl => "cpl",
            Self::Cpc => "cpc",
            Self::CostPerOrder => "cost_per_order",
            Self::Ctr => "ctr",
            Self::LeadConversion => "lead_conversion",
            Self::QualifiedShare => "qualified_share",
            Self::LeadToCustomer => "lead_to_customer",
            Self::OrderConversion => "order_conversion",
            Self::Aov => "aov",
            Self::Roi => "roi",
            Self::Roas => "roas",
        }
    }

    /// Above and below the line; of the return on investment the spend is taken off above.
    const fn columns(self) -> (Column, Column) {
        match self {
            Self::Cpl => (Spend, Leads),
            Self::Cpc => (Spend, Clicks),
            Self::CostPerOrder => (Spend, Orders),
            Self::Ctr => (Clicks, Impressions),
            Self::LeadConversion => (Leads, Clicks),
            Self::QualifiedShare => (QualifiedLeads, Leads),
            Self::LeadToCustomer => (Customers, Leads),
            Self::OrderConversion => (Orders, Leads),
            Self::Aov => (Revenue, Orders),
            Self::Roi | Self::Roas => (Revenue, Spend),
        }
    }

    /// Its value for a group. n is what is counted below the line; of conversions Wilson's interval stands beside.
    pub fn of(self, totals: &Totals) -> Answer {
        let (above, below) = self.columns();
        let mut numerator = totals.total_beside(above, below);
        let denominator = totals.total_beside(below, above);
        if self == Self::Roi {
            numerator = numerator.and_then(|revenue| denominator.and_then(|spend| minus(revenue, spend)));
        }
        // Of two columns of the same unit it is a share; two counts have an interval.
        let unit = if above.unit() == below.unit() { Unit::Ratio } else { Unit::Money };
        let interval = if above.unit() == Unit::Count { Interval::Wilson } else { Interval::None };
        let mut answer = Answer::quotient(numerator, denominator, unit, interval);
        if below.unit() == Unit::Count {
            answer.n = answer.denominator.and_then(|f| i64::try_from(f.exact.numerator()).ok());
        }
        answer
    }
}

fn minus(a: Figure, b: Figure) -> Outcome<Figure> {
    Outcome::from_option(a.exact.checked_sub(b.exact), Why::TooLarge).map(|r| Figure::new(r, a.unit))
}
