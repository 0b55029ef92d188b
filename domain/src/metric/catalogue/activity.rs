//! What people do, and what comes of it.

use super::{RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Money};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Activities of every type.
pub const ACTIVITIES: Metric = Metric {
    id: "activities",
    unit: Unit::Count,
    better: Better::Up,
    kind: Kind::Simple(Measure::Activities, Take::Total),
    counted: &[Measure::Activities],
    roll_up: SUM,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["won_per_activity", "csat"],
    choices: &[],
    templates: &Template::ALL,
    perspective: Perspective::Process,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "12 calls and 3 meetings",
            &[
                (Measure::Activities, Count(15)),
                (Measure::ActivitiesCall, Count(12)),
                (Measure::ActivitiesMeeting, Count(3)),
            ],
            "15",
        ),
        Example::worth("one entry of a count of 8", &[(Measure::Activities, Count(8))], "8"),
        Example::worth("nothing done", &[], "0"),
    ],
};

/// Calls.
pub const ACTIVITIES_CALL: Metric = Metric {
    id: "activities_call",
    kind: Kind::Simple(Measure::ActivitiesCall, Take::Total),
    counted: &[Measure::ActivitiesCall],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesCall, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// Meetings.
pub const ACTIVITIES_MEETING: Metric = Metric {
    id: "activities_meeting",
    kind: Kind::Simple(Measure::ActivitiesMeeting, Take::Total),
    counted: &[Measure::ActivitiesMeeting],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesMeeting, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// E-mails.
pub const ACTIVITIES_EMAIL: Metric = Metric {
    id: "activities_email",
    kind: Kind::Simple(Measure::ActivitiesEmail, Take::Total),
    counted: &[Measure::ActivitiesEmail],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesEmail, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// Demonstrations.
pub const ACTIVITIES_DEMO: Metric = Metric {
    id: "activities_demo",
    kind: Kind::Simple(Measure::ActivitiesDemo, Take::Total),
    counted: &[Measure::ActivitiesDemo],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesDemo, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// Proposals sent.
pub const ACTIVITIES_PROPOSAL: Metric = Metric {
    id: "activities_proposal",
    kind: Kind::Simple(Measure::ActivitiesProposal, Take::Total),
    counted: &[Measure::ActivitiesProposal],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesProposal, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// Activities of another type.
pub const ACTIVITIES_OTHER: Metric = Metric {
    id: "activities_other",
    kind: Kind::Simple(Measure::ActivitiesOther, Take::Total),
    counted: &[Measure::ActivitiesOther],
    examples: &[
        Example::worth("8 of 15", &[(Measure::Activities, Count(15)), (Measure::ActivitiesOther, Count(8))], "8"),
        Example::worth("others do not count", &[(Measure::Activities, Count(3))], "0"),
        Example::worth("nothing done", &[], "0"),
    ],
    ..ACTIVITIES
};

/// Revenue ÷ people active in the period.
pub const REVENUE_PER_PERSON: Metric = Metric {
    id: "revenue_per_person",
    unit: Unit::Money,
    kind: Kind::Ratio { numerator: &[Measure::AmountWon], denominator: &[Measure::PeopleActive] },
    counted: &[Measure::PeopleActive],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["csat", "discount_share"],
    choices: &[Choice::RevenueOf],
    perspective: Perspective::Financial,
    examples: &[
        Example::worth(
            "CRM data set of Maven Analytics: 30 of 35 people sold, all were there",
            &[(Measure::AmountWon, Money(10005534)), (Measure::PeopleActive, Count(35))],
            "285872.40",
        ),
        Example::worth("nothing sold", &[(Measure::PeopleActive, Count(4))], "0"),
        Example::not("nobody active", &[], Why::EmptyBase),
    ],
    ..ACTIVITIES
};

/// Deals won ÷ activities.
pub const WON_PER_ACTIVITY: Metric = Metric {
    id: "won_per_activity",
    unit: Unit::Ratio,
    kind: Kind::Ratio { numerator: &[Measure::DealsWon], denominator: &[Measure::Activities] },
    counted: &[Measure::Activities],
    guardrails: &["activities", "avg_deal_value"],
    choices: &[],
    perspective: Perspective::Process,
    examples: &[
        Example::worth(
            "3 deals on 60 activities",
            &[(Measure::DealsWon, Count(3)), (Measure::Activities, Count(60))],
            "0.050000",
        ),
        Example::worth("nothing won", &[(Measure::Activities, Count(9))], "0"),
        Example::not("nothing done", &[(Measure::DealsWon, Count(2))], Why::EmptyBase),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..REVENUE_PER_PERSON
};
