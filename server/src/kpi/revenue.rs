//! What revenue is made of: deals, sales or campaigns, as the organisation chose or as its template says. Metrics that depend on it are
//! evaluated with that measure in place of the amount of deals won.

use std::collections::BTreeSet;

use domain::metric::{Choice, Choices, Kind, Metric, RevenueOf, Template, catalogue, evaluate};
use domain::{Answer, Measure, MeasureValues};

/// The metric that `revenue` stands for: what the organisation chose, else what its template says.
pub fn revenue_of(choices: &Choices, template: Template) -> &'static Metric {
    let like = match choices.revenue_of {
        RevenueOf::Template => template,
        RevenueOf::Deals => Template::Consultancy,
        RevenueOf::Sales => Template::Retail,
        RevenueOf::Campaigns => Template::Agency,
    };
    catalogue::revenue_of(like)
}

/// What stands in for the amount and the number of deals won; none where revenue is deals.
fn stand_in(revenue: &Metric) -> Option<[(Measure, Measure); 2]> {
    match (revenue.kind, revenue.counted.first()) {
        (Kind::Simple(amount, _), Some(counted)) if amount != Measure::AmountWon => {
            Some([(Measure::AmountWon, amount), (Measure::DealsWon, *counted)])
        }
        _ => None,
    }
}

/// What stands in for what in a metric. The number of deals won stays what it is where the value is made of it, and is
/// not only counted beside it.
fn pairs(revenue: &Metric, metric: &Metric) -> impl Iterator<Item = (Measure, Measure)> {
    let pairs = stand_in(revenue).filter(|_| metric.choices.contains(&Choice::RevenueOf));
    let is_made_of_deals = pairs.is_some() && metric.computed().contains(&Measure::DealsWon);
    pairs.into_iter().flatten().filter(move |(deals, _)| *deals != Measure::DealsWon || !is_made_of_deals)
}

/// The measures that a metric needs in an organisation with this revenue.
pub fn needed(revenue: &Metric, metric: &Metric) -> BTreeSet<Measure> {
    let mut all = metric.measures();
    for (deals, other) in pairs(revenue, metric) {
        if all.remove(&deals) {
            all.insert(other);
        }
    }
    all
}

/// Of those, the measures that it needs since the start of the fiscal year.
pub fn needed_of_year(revenue: &Metric, metric: &Metric) -> BTreeSet<Measure> {
    let mut all = metric.measures_of_year();
    for (deals, other) in pairs(revenue, metric) {
        if all.remove(&deals) {
            all.insert(other);
        }
    }
    all
}

/// The formula in ids, as it is computed in an organisation with this revenue.
pub fn formula(revenue: &Metric, metric: &Metric) -> String {
    let formula = metric.formula();
    pairs(revenue, metric).fold(formula, |text, (deals, other)| text.replace(deals.id(), other.id()))
}

/// The answer in an organisation with this revenue.
pub(super) fn answer_in(revenue: &Metric, metric: &Metric, values: &MeasureValues) -> Answer {
    let mut own = None;
    for (deals, other) in pairs(revenue, metric) {
        let own = own.get_or_insert_with(|| values.clone());
        own.set(deals, values.get(other));
        own.set_of_year(deals, values.get_of_year(other));
    }
    evaluate(metric, own.as_ref().unwrap_or(values))
}

#[cfg(test)]
mod tests {
    use domain::{MeasureValue, Outcome, Ratio, Why};

    use super::*;

    #[test]
    fn revenue_is_what_the_template_says() {
        let mut values = MeasureValues::new();
        for (measure, units) in [(Measure::AmountWon, 1), (Measure::SalesRevenue, 20), (Measure::CampaignRevenue, 300)]
        {
            values.set(measure, MeasureValue::Money(units * 1_000_000));
        }
        values.set(Measure::TargetRevenue, MeasureValue::Money(40_000_000));
        values.set(Measure::AmountOpen, MeasureValue::Money(5_000_000));
        values.set(Measure::PeopleActive, MeasureValue::Count(2));
        let ratio = |n, d| Outcome::from_option(Ratio::new(n, d), Why::TooLarge);
        for (template, units) in
            [(Template::Saas, 1), (Template::Consultancy, 1), (Template::Retail, 20), (Template::Agency, 300)]
        {
            let value = |id| {
                let metric = catalogue::find(id).unwrap();
                answer_in(catalogue::revenue_of(template), metric, &values).value.map(|figure| figure.exact)
            };
            assert_eq!(value("revenue"), ratio(units, 1), "{template:?}");
            assert_eq!(value("quota_attainment"), ratio(units, 40));
            assert_eq!(value("revenue_per_person"), ratio(units, 2));
            assert_eq!(value("deals_revenue"), ratio(1, 1));
            let left = if units < 40 { ratio(5, 40 - units) } else { Outcome::NotMeasurable(Why::EmptyBase) };
            assert_eq!(value("pipeline_coverage"), left);
        }
    }

    #[test]
    fn only_what_depends_on_revenue_needs_other_facts() {
        let needed = |id: &str, template| needed(catalogue::revenue_of(template), catalogue::find(id).unwrap());
        assert!(needed("revenue", Template::Retail).contains(&Measure::Transactions));
        assert!(!needed("revenue", Template::Retail).contains(&Measure::AmountWon));
        let formula = |template| formula(catalogue::revenue_of(template), catalogue::find("quota_attainment").unwrap());
        assert_eq!(formula(Template::Retail), "sales_revenue ÷ target_revenue");
        assert_eq!(formula(Template::Saas), "amount_won ÷ target_revenue");
        assert!(needed("win_rate", Template::Retail).contains(&Measure::DealsWon));
        assert!(needed("avg_deal_value", Template::Retail).contains(&Measure::AmountWon));
    }
}
