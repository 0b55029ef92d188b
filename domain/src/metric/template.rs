//! What the screens show of each kind of company: its leading KPI first, and what must be watched beside it.

use super::Template;

/// Figures by the kind of company, as ids of the catalogue. Each is one that its facts can tell of whoever it is shown
/// of: a campaign names nobody, so what it cost is a figure of the organisation only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// A person's card, the leading KPI first.
    pub person: &'static [&'static str],
    /// A team's board, the leading KPI first.
    pub team: &'static [&'static str],
    /// Before those of a team on the board of the organisation, of which alone they can be told.
    pub organisation: &'static [&'static str],
    /// A line of a board, for each of its people or teams.
    pub line: &'static [&'static str],
}

const SAAS: Shown = Shown {
    person: &[
        "mrr",
        "mrr_new",
        "gross_mrr_churn_rate",
        "customer_churn_rate",
        "revenue",
        "avg_deal_value",
        "pipeline_value",
        "deals_won",
        "win_rate",
        "cycle_days_median",
        "discount_share",
        "nps",
    ],
    team: &[
        "mrr",
        "mrr_new",
        "gross_mrr_churn_rate",
        "customer_churn_rate",
        "revenue",
        "deals_won",
        "win_rate",
        "avg_deal_value",
        "cycle_days_median",
        "pipeline_value",
        "nps",
    ],
    organisation: &[],
    line: &["mrr", "revenue", "deals_won", "win_rate"],
};

const CONSULTANCY: Shown = Shown {
    person: &[
        "win_rate",
        "revenue",
        "avg_deal_value",
        "pipeline_value",
        "deals_won",
        "cycle_days_mean",
        "cycle_days_median",
        "discount_share",
    ],
    team: &["win_rate", "revenue", "deals_won", "avg_deal_value", "cycle_days_median", "pipeline_value"],
    organisation: &[],
    line: &["win_rate", "deals_won", "revenue"],
};

const AGENCY: Shown = Shown {
    person: &[
        "leads",
        "qualified_share",
        "lead_to_customer",
        "deals_revenue",
        "deals_won",
        "win_rate",
        "avg_deal_value",
        "pipeline_value",
        "activities",
        "nps",
    ],
    team: &[
        "leads",
        "qualified_share",
        "lead_to_customer",
        "deals_revenue",
        "deals_won",
        "win_rate",
        "avg_deal_value",
        "pipeline_value",
        "activities",
        "nps",
    ],
    organisation: &["cpl", "roi", "roas", "spend", "revenue", "lead_conversion"],
    line: &["leads", "qualified_share", "deals_revenue", "deals_won", "win_rate"],
};

const RETAIL: Shown = Shown {
    person: &[
        "atv",
        "upt",
        "avg_unit_price",
        "revenue",
        "repeat_purchase_rate",
        "returning_customer_rate",
        "return_rate",
        "sales_discount_share",
        "csat",
    ],
    team: &[
        "atv",
        "upt",
        "avg_unit_price",
        "revenue",
        "repeat_purchase_rate",
        "returning_customer_rate",
        "return_rate",
        "sales_discount_share",
        "csat",
    ],
    organisation: &[],
    line: &["atv", "revenue", "upt", "repeat_purchase_rate", "return_rate"],
};

/// What a kind of company is shown.
pub const fn shown(template: Template) -> &'static Shown {
    match template {
        Template::Saas => &SAAS,
        Template::Consultancy => &CONSULTANCY,
        Template::Agency => &AGENCY,
        Template::Retail => &RETAIL,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::metric::{FactKind, Kind, Measure, Status, catalogue};

    fn all(shown: &Shown) -> impl Iterator<Item = &'static str> {
        [shown.organisation, shown.person, shown.team, shown.line].into_iter().flatten().copied()
    }

    #[test]
    fn every_figure_is_in_use_and_shown_once() {
        for template in Template::ALL {
            let shown = shown(template);
            for id in all(shown) {
                let metric = catalogue::find(id).unwrap_or_else(|| panic!("{id}"));
                assert_eq!(metric.status, Status::Active, "{id}");
            }
            for list in [shown.person, shown.team, shown.organisation, shown.line] {
                assert_eq!(list.len(), BTreeSet::from_iter(list).len(), "{template:?}: twice");
            }
            let twice = shown.organisation.iter().find(|id| shown.team.contains(id));
            assert_eq!(twice, None, "{template:?}");
        }
    }

    #[test]
    fn the_leading_kpi_comes_first_with_one_of_its_guardrails() {
        let leading = Template::ALL.map(|t| {
            let shown = shown(t);
            *shown.organisation.iter().chain(shown.person).next().unwrap()
        });
        assert_eq!(leading, ["mrr", "win_rate", "cpl", "atv"]);
        for (template, id) in Template::ALL.into_iter().zip(leading) {
            let metric = catalogue::find(id).unwrap();
            let is_beside = |g: &&&str| all(shown(template)).any(|id| id == **g);
            assert!(metric.guardrails.iter().filter(is_beside).count() > 0, "{id}: {:?}", metric.guardrails);
        }
    }

    #[test]
    fn a_line_has_figures_of_the_board_above_it() {
        for template in Template::ALL {
            let shown = shown(template);
            assert!(shown.line.iter().all(|id| shown.team.contains(id)), "{template:?}");
        }
    }

    #[test]
    fn what_campaigns_tell_is_shown_of_the_organisation_only() {
        let of_campaigns = |measures: &[Measure]| measures.iter().any(|m| m.def().fact == FactKind::CampaignDays);
        for template in Template::ALL {
            let shown = shown(template);
            for id in [shown.person, shown.team, shown.line].into_iter().flatten() {
                let is_of_nobody = match catalogue::find(id).unwrap().kind {
                    Kind::Simple(measure, _) | Kind::Cumulative(measure) => of_campaigns(&[measure]),
                    Kind::Sum(measures) => of_campaigns(measures),
                    Kind::Ratio { numerator, denominator } | Kind::Cohort { numerator, denominator } => {
                        of_campaigns(numerator) || of_campaigns(denominator)
                    }
                    Kind::Derived(_) | Kind::Formula(_) => false,
                };
                assert!(!is_of_nobody, "{template:?}: {id}");
            }
        }
    }
}
