//! Campaigns and channels: spend, leads, conversion, return.

use super::{COUNT, RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Exact, Money, Not};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Revenue that campaigns brought. Where none is reported it is not known, which is not 0.
pub const CAMPAIGN_REVENUE: Metric = Metric {
    id: "campaign_revenue",
    unit: Unit::Money,
    better: Better::Up,
    kind: Kind::Simple(Measure::CampaignRevenue, Take::Total),
    counted: &[Measure::Orders],
    roll_up: SUM,
    empty: Empty::NotMeasurable,
    interval: Interval::None,
    guardrails: &["roi", "spend"],
    choices: &[],
    templates: &[Template::Agency],
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::CampaignRevenue, Money(42889366)), (Measure::Orders, Count(8043))],
            "42889366.00",
        ),
        Example::worth("a month without orders", &[(Measure::CampaignRevenue, Money(0))], "0"),
        Example::not("none reported", &[], Why::NoData),
    ],
};

/// Spend on campaigns.
pub const SPEND: Metric = Metric {
    id: "spend",
    better: Better::Neither,
    kind: Kind::Simple(Measure::Spend, Take::Total),
    counted: &[Measure::Clicks],
    guardrails: &["roi", "leads"],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Spend, Exact("30590879.82")), (Measure::Clicks, Count(2999919))],
            "30590879.82",
        ),
        Example::worth("a free campaign", &[(Measure::Spend, Money(0))], "0"),
        Example::not("none reported", &[], Why::NoData),
    ],
    ..CAMPAIGN_REVENUE
};

/// Leads of the period, counted where the organisation chose.
pub const LEADS: Metric = Metric {
    id: "leads",
    unit: Unit::Count,
    kind: Kind::Simple(Measure::Leads, Take::Total),
    counted: &[Measure::Leads],
    roll_up: COUNT,
    empty: Empty::Zero,
    guardrails: &["qualified_share", "cpl"],
    choices: &[Choice::LeadsFrom],
    perspective: Perspective::Customer,
    examples: &[
        Example::worth("marketing data of February 2021, all channels", &[(Measure::Leads, Count(65579))], "65579"),
        Example::worth("clicks are no leads", &[(Measure::Clicks, Count(5))], "0"),
        Example::worth("no leads", &[], "0"),
    ],
    ..CAMPAIGN_REVENUE
};

/// Spend ÷ leads.
pub const CPL: Metric = Metric {
    id: "cpl",
    better: Better::Down,
    kind: Kind::Ratio { numerator: &[Measure::Spend], denominator: &[Measure::Leads] },
    counted: &[Measure::Leads],
    roll_up: RECOMPUTE,
    guardrails: &["qualified_share", "lead_to_customer"],
    choices: &[Choice::LeadsFrom],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Spend, Exact("30590879.82")), (Measure::Leads, Count(65579))],
            "466.47",
        ),
        Example::worth("F4.3: 200 ÷ 40", &[(Measure::Spend, Money(200)), (Measure::Leads, Count(40))], "5.00"),
        Example::worth("F4.3: 1,000 ÷ 100", &[(Measure::Spend, Money(1000)), (Measure::Leads, Count(100))], "10.00"),
        Example::not("no leads", &[(Measure::Spend, Money(9))], Why::EmptyBase),
        Example::not(
            "a channel without spend: incomplete, not low",
            &[(Measure::Spend, Not(Why::Incomplete)), (Measure::Leads, Count(7))],
            Why::Incomplete,
        ),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..CAMPAIGN_REVENUE
};

/// Spend ÷ clicks.
pub const CPC: Metric = Metric {
    id: "cpc",
    kind: Kind::Ratio { numerator: &[Measure::Spend], denominator: &[Measure::Clicks] },
    counted: &[Measure::Clicks],
    guardrails: &["lead_conversion", "ctr"],
    choices: &[],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Spend, Exact("30590879.82")), (Measure::Clicks, Count(2999919))],
            "10.20",
        ),
        Example::not("no clicks", &[(Measure::Spend, Money(9))], Why::EmptyBase),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..CPL
};

/// Clicks ÷ impressions.
pub const CTR: Metric = Metric {
    id: "ctr",
    unit: Unit::Ratio,
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::Clicks], denominator: &[Measure::Impressions] },
    counted: &[Measure::Impressions],
    interval: Interval::Wilson,
    guardrails: &["lead_conversion", "cpl"],
    choices: &[],
    perspective: Perspective::Process,
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Clicks, Count(2999919)), (Measure::Impressions, Count(1577722399))],
            "0.001901",
        ),
        Example::worth("nobody clicked", &[(Measure::Impressions, Count(500))], "0"),
        Example::not("never shown", &[], Why::EmptyBase),
    ],
    ..CPL
};

/// Spend ÷ orders.
pub const COST_PER_ORDER: Metric = Metric {
    id: "cost_per_order",
    kind: Kind::Ratio { numerator: &[Measure::Spend], denominator: &[Measure::Orders] },
    counted: &[Measure::Orders],
    guardrails: &["aov", "roi"],
    choices: &[],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Spend, Exact("30590879.82")), (Measure::Orders, Count(8043))],
            "3803.42",
        ),
        Example::not("no orders", &[(Measure::Spend, Money(9))], Why::EmptyBase),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..CPL
};

/// Revenue of campaigns ÷ orders.
pub const AOV: Metric = Metric {
    id: "aov",
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::CampaignRevenue], denominator: &[Measure::Orders] },
    counted: &[Measure::Orders],
    guardrails: &["cost_per_order", "roi"],
    choices: &[],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::CampaignRevenue, Money(42889366)), (Measure::Orders, Count(8043))],
            "5332.51",
        ),
        Example::worth(
            "storeforcesolutions.com: 10,000 ÷ 200",
            &[(Measure::CampaignRevenue, Money(10000)), (Measure::Orders, Count(200))],
            "50.00",
        ),
        Example::not("no orders", &[(Measure::CampaignRevenue, Money(0))], Why::EmptyBase),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..CPL
};

/// Leads ÷ clicks.
pub const LEAD_CONVERSION: Metric = Metric {
    id: "lead_conversion",
    kind: Kind::Ratio { numerator: &[Measure::Leads], denominator: &[Measure::Clicks] },
    counted: &[Measure::Clicks],
    guardrails: &["qualified_share", "lead_to_customer"],
    choices: &[Choice::LeadsFrom],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Leads, Count(65579)), (Measure::Clicks, Count(2999919))],
            "0.021860",
        ),
        Example::worth("no leads", &[(Measure::Clicks, Count(50))], "0"),
        Example::not("no clicks", &[], Why::EmptyBase),
    ],
    ..CTR
};

/// Customers ÷ leads, of the leads of the period.
pub const LEAD_TO_CUSTOMER: Metric = Metric {
    id: "lead_to_customer",
    kind: Kind::Ratio { numerator: &[Measure::LeadCustomers], denominator: &[Measure::Leads] },
    counted: &[Measure::Leads],
    guardrails: &["leads", "discount_share"],
    perspective: Perspective::Customer,
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels, orders taken for customers",
            &[(Measure::LeadCustomers, Count(8043)), (Measure::Leads, Count(65579))],
            "0.122646",
        ),
        Example::worth("no customers yet", &[(Measure::Leads, Count(12))], "0"),
        Example::not("no leads", &[], Why::EmptyBase),
    ],
    ..LEAD_CONVERSION
};

/// Orders ÷ leads.
pub const ORDER_CONVERSION: Metric = Metric {
    id: "order_conversion",
    kind: Kind::Ratio { numerator: &[Measure::Orders], denominator: &[Measure::Leads] },
    counted: &[Measure::Leads],
    guardrails: &["aov", "cost_per_order"],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::Orders, Count(8043)), (Measure::Leads, Count(65579))],
            "0.122646",
        ),
        Example::worth("no orders", &[(Measure::Leads, Count(12))], "0"),
        Example::not("no leads", &[], Why::EmptyBase),
    ],
    ..LEAD_CONVERSION
};

/// Qualified leads ÷ leads.
pub const QUALIFIED_SHARE: Metric = Metric {
    id: "qualified_share",
    kind: Kind::Ratio { numerator: &[Measure::QualifiedLeads], denominator: &[Measure::Leads] },
    counted: &[Measure::Leads],
    guardrails: &["leads", "lead_to_customer"],
    examples: &[
        Example::worth(
            "30 of 120 leads",
            &[(Measure::QualifiedLeads, Count(30)), (Measure::Leads, Count(120))],
            "0.250000",
        ),
        Example::worth("none qualified", &[(Measure::Leads, Count(12))], "0"),
        Example::not("no leads", &[], Why::EmptyBase),
    ],
    ..LEAD_CONVERSION
};

/// (Revenue − cost) ÷ cost; the cost is spend and, where it is recorded, what the goods cost.
pub const ROI: Metric = Metric {
    id: "roi",
    unit: Unit::Ratio,
    kind: Kind::Formula("(campaign_revenue − spend − cost_of_goods) ÷ (spend + cost_of_goods)"),
    roll_up: RECOMPUTE,
    guardrails: &["leads", "qualified_share"],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::CampaignRevenue, Money(42889366)), (Measure::Spend, Exact("30590879.82"))],
            "0.402031",
        ),
        Example::worth(
            "support.google.com/google-ads: 6 × 200, goods 600, advertisements 200",
            &[
                (Measure::CampaignRevenue, Money(1200)),
                (Measure::CostOfGoods, Money(600)),
                (Measure::Spend, Money(200)),
            ],
            "0.50",
        ),
        Example::worth(
            "F4.3: 1,500, cost 500 + advertisements 700",
            &[
                (Measure::CampaignRevenue, Money(1500)),
                (Measure::CostOfGoods, Money(500)),
                (Measure::Spend, Money(700)),
            ],
            "0.25",
        ),
        Example::not("no revenue known: not −100 %", &[(Measure::Spend, Money(100))], Why::NoData),
        Example::not(
            "nothing spent",
            &[(Measure::CampaignRevenue, Money(5)), (Measure::Spend, Money(0))],
            Why::EmptyBase,
        ),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..CAMPAIGN_REVENUE
};

/// Revenue of campaigns ÷ spend.
pub const ROAS: Metric = Metric {
    id: "roas",
    unit: Unit::Ratio,
    kind: Kind::Ratio { numerator: &[Measure::CampaignRevenue], denominator: &[Measure::Spend] },
    guardrails: &["roi", "qualified_share"],
    examples: &[
        Example::worth(
            "marketing data of February 2021, all channels",
            &[(Measure::CampaignRevenue, Money(42889366)), (Measure::Spend, Exact("30590879.82"))],
            "1.402031",
        ),
        Example::worth(
            "F4.3: 100 ÷ 10",
            &[(Measure::CampaignRevenue, Money(100)), (Measure::Spend, Money(10))],
            "10.00",
        ),
        Example::worth(
            "support.google.com/google-ads: ROI 50 %, ROAS 600 %",
            &[
                (Measure::CampaignRevenue, Money(1200)),
                (Measure::CostOfGoods, Money(600)),
                (Measure::Spend, Money(200)),
            ],
            "6.00",
        ),
        Example::not("no revenue known", &[(Measure::Spend, Money(100))], Why::NoData),
        Example::not("nothing reported", &[], Why::NoData),
    ],
    ..ROI
};
