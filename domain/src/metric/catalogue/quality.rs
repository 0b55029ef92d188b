//! What customers say.

use super::RECOMPUTE;
use crate::Why;
use crate::metric::Given::{Count, Exact};
use crate::metric::{Better, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Template, Unit};

/// Mean score of customer satisfaction.
pub const CSAT: Metric = Metric {
    id: "csat",
    unit: Unit::Number,
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::CsatScore], denominator: &[Measure::CsatAnswers] },
    counted: &[Measure::CsatAnswers],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::None,
    guardrails: &["activities", "return_rate"],
    choices: &[],
    templates: &Template::ALL,
    perspective: Perspective::Customer,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "scores 5, 4 and 3",
            &[(Measure::CsatScore, Exact("5 + 4 + 3")), (Measure::CsatAnswers, Count(3))],
            "4.00",
        ),
        Example::worth(
            "scores 4.5 and 4",
            &[(Measure::CsatScore, Exact("8.5")), (Measure::CsatAnswers, Count(2))],
            "4.25",
        ),
        Example::not("nobody answered", &[], Why::EmptyBase),
    ],
};

/// Share of promoters (9 and 10) − share of detractors (6 and less), in points from −100 to 100.
pub const NPS: Metric = Metric {
    id: "nps",
    kind: Kind::Formula("(nps_promoters − nps_detractors) × 100 ÷ nps_answers"),
    counted: &[Measure::NpsAnswers],
    guardrails: &["csat", "return_rate"],
    examples: &[
        Example::worth(
            "70 promoters, 20 passives, 10 detractors",
            &[
                (Measure::NpsAnswers, Count(100)),
                (Measure::NpsPromoters, Count(70)),
                (Measure::NpsDetractors, Count(10)),
            ],
            "60.00",
        ),
        Example::worth(
            "everybody a detractor",
            &[(Measure::NpsAnswers, Count(4)), (Measure::NpsDetractors, Count(4))],
            "-100",
        ),
        Example::not("nobody answered", &[], Why::EmptyBase),
    ],
    ..CSAT
};
