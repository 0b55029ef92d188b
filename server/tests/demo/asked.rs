//! The questions of each kind of company, asked as a reader asks them: through the engine, with the planted answer.

use std::collections::BTreeMap;

use domain::metric::catalogue;
use domain::{Grain, OrgId, Period};
use server::kpi::{Dimension, Filter, Frame, KpiQuery, KpiRow, Pair, TextColumn, Viewer, Who, ask};

use super::company::{Demo, TODAY, day};

/// An organisation to ask.
struct Company<'a> {
    demo: &'a Demo,
    frame: Frame,
}

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

/// The last twelve whole months.
fn year() -> Period {
    period("2025-05-01", "2026-05-01")
}

impl<'a> Company<'a> {
    async fn of(demo: &'a Demo, slug: &str) -> Self {
        Self { demo, frame: Frame::load(&demo.db, OrgId::new(demo.org(slug))).await.unwrap() }
    }

    async fn rows(&self, query: KpiQuery) -> Vec<KpiRow> {
        let viewer = Viewer::operator(self.frame.org, day(TODAY));
        ask(&self.demo.db, &self.frame, &viewer, &query).await.unwrap()
    }

    fn query(metrics: &[&str], period: Period) -> KpiQuery {
        KpiQuery::new(metrics.iter().map(|id| catalogue::find(id).unwrap()).collect(), period)
    }

    /// A figure of the whole organisation.
    async fn total(&self, metric: &str, period: Period, filters: &[(&str, &str)]) -> f64 {
        let filters = filters.iter().map(|(column, value)| filter(column, value)).collect();
        value(&self.rows(KpiQuery { filters, ..Self::query(&[metric], period) }).await[0])
    }

    /// A figure by each value of a column, or by person.
    async fn by(&self, metric: &str, period: Period, column: &str) -> BTreeMap<String, Result<f64, String>> {
        let by = match column {
            "person" => Dimension::Person,
            "month" => Dimension::Time(Grain::Month),
            column => Dimension::Text(TextColumn::from_name(column).unwrap()),
        };
        let rows = self.rows(KpiQuery { by: vec![by], ..Self::query(&[metric], period) }).await;
        let named = |row: &KpiRow| row.by[0].text.clone().unwrap_or_default();
        let all: BTreeMap<_, _> = rows.iter().map(|row| (named(row), measured(row))).collect();
        println!("{metric} by {column}: {all:?}");
        all
    }

    /// The value of a column with the highest figure.
    async fn highest(&self, metric: &str, period: Period, column: &str) -> String {
        let all = self.by(metric, period, column).await;
        let measured = all.into_iter().filter_map(|(name, value)| Some((name, value.ok()?)));
        measured.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
    }
}

fn filter(column: &str, value: &str) -> Filter {
    Filter::new(TextColumn::from_name(column).unwrap(), Some(value.to_owned()))
}

fn measured(row: &KpiRow) -> Result<f64, String> {
    match row.answer.value.as_ref().into_value() {
        Some(figure) => Ok(figure.to_f64()),
        None => Err(row.answer.value.why().unwrap().code().to_owned()),
    }
}

#[track_caller]
fn value(row: &KpiRow) -> f64 {
    measured(row).unwrap_or_else(|why| panic!("{}: {why}", row.metric.id()))
}

#[track_caller]
fn of(all: &BTreeMap<String, Result<f64, String>>, name: &str) -> f64 {
    *all[name].as_ref().unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// Does the base grow or leak, where does recurring revenue come from, what did the price change do?
pub async fn saas(demo: &Demo) {
    let c = Company::of(demo, "techsolutions").await;
    let months = c.by("mrr", period("2024-11-01", "2026-05-01"), "month").await;
    assert!(of(&months, "2026-04") > of(&months, "2024-11"), "the base grows");
    let mut closing = c.total("mrr", period("2025-04-01", "2025-05-01"), &[]).await;
    for (part, sign) in [
        ("mrr_new", 1.0),
        ("mrr_expansion", 1.0),
        ("mrr_reactivation", 1.0),
        ("mrr_contraction", -1.0),
        ("mrr_churn", -1.0),
    ] {
        let amount = c.total(part, year(), &[]).await;
        println!("{part} {amount:.2}");
        assert!(amount > 0.0 || (part == "mrr_reactivation" && amount >= 0.0), "{part}");
        closing += sign * amount;
    }
    assert!((closing - c.total("mrr", year(), &[]).await).abs() < 0.01, "opening and movements make the closing");
    // Half a year on both sides of the price change of Pro.
    let (before, after) = (period("2025-04-01", "2025-10-01"), period("2025-10-01", "2026-04-01"));
    let pro = [("plan", "Pro")];
    let grew = [c.total("mrr_expansion", before, &pro).await, c.total("mrr_expansion", after, &pro).await];
    let left = [c.total("customer_churn_rate", before, &pro).await, c.total("customer_churn_rate", after, &pro).await];
    let all = c.total("customer_churn_rate", after, &[]).await;
    println!("Pro: expansion {grew:?}, churn {left:?}, of all {all:.3}");
    assert!(grew[1] > grew[0], "who stayed pays more");
    assert!(left[1] > left[0] && left[1] > all, "and more of them left than before, and than of all");
}

/// Won against decided and pursued, why deals are lost, what wins, and whether the training worked.
pub async fn consultancy(demo: &Demo) {
    let c = Company::of(demo, "strategic-solutions").await;
    let all = period("2024-05-20", "2026-05-20");
    let (decided, pursued) = (c.total("win_rate", all, &[]).await, c.total("win_rate_pursued", all, &[]).await);
    assert!(pursued < decided && decided < 1.0, "{pursued} {decided}");
    assert_eq!(c.highest("deals_lost", all, "lost_reason").await, "prijs");
    assert_eq!(c.highest("win_rate", all, "proposal_template").await, "verhaal");
    for column in ["segment", "source"] {
        assert!(c.by("win_rate", all, column).await.len() > 2, "{column}");
    }
    let event = demo.event("strategic-solutions", "approach", "team=Industrie").await;
    let team = c.frame.tree.names.iter().find(|(_, name)| *name == "Industrie").unwrap().0;
    let of_team = async |from, to| {
        let who = Who::team(*team);
        let query = KpiQuery { who, ..Company::query(&["win_rate"], Period::new(from, to).unwrap()) };
        value(&c.rows(query).await[0])
    };
    let (before, after) = (of_team(event.add_months(-11).unwrap(), event).await, of_team(event, day(TODAY)).await);
    println!("Industrie: {before:.3} before, {after:.3} after");
    assert!(after > before + 0.05, "{before} {after}");
}

/// What a lead costs, what it becomes, what a channel earns: where should budget move?
pub async fn agency(demo: &Demo) {
    let c = Company::of(demo, "digitalboost").await;
    let cpl = c.by("cpl", year(), "channel").await;
    assert_eq!(cpl["podcast"], Err("incomplete".to_owned()), "the costs of the last weeks are missing");
    assert!(of(&cpl, "display") > 10.0 && of(&cpl, "search") < 80.0);
    let quality = c.by("qualified_share", year(), "channel").await;
    assert!(of(&quality, "search") > 0.5 && of(&quality, "display") < 0.25);
    let customers = c.by("lead_to_customer", year(), "channel").await;
    assert!(of(&customers, "search") > 1.5 * of(&customers, "display"), "{customers:?}");
    assert!(customers.values().all(Result::is_ok), "{customers:?}");
    let clicks = c.by("lead_conversion", year(), "channel").await;
    assert!(clicks.values().all(Result::is_ok), "{clicks:?}");
    let roi = c.by("roi", year(), "channel").await;
    assert!(of(&roi, "display") < -0.2 && of(&roi, "search") > 1.0);
    let losing: Vec<&String> =
        roi.iter().filter(|(_, roi)| roi.as_ref().is_ok_and(|roi| *roi < -0.2)).map(|r| r.0).collect();
    assert_eq!(losing, ["display"], "the channel to take budget from");
    // Records of leads and days of campaigns say the same.
    let records = c.by("leads", year(), "campaign").await;
    let mut choices = c.frame.choices;
    choices.leads_from = domain::metric::LeadsFrom::CampaignDays;
    let other = Company { demo, frame: c.frame.choosing(choices) };
    assert_eq!(records, other.by("leads", year(), "campaign").await);
}

/// The value of a basket by person, shop and category, what is bought together, and who comes back.
pub async fn retail(demo: &Demo) {
    let c = Company::of(demo, "fashionfusion").await;
    for column in ["person", "shop", "category"] {
        for metric in ["atv", "upt", "avg_unit_price"] {
            let all = c.by(metric, year(), column).await;
            assert!(all.values().filter(|value| value.is_ok()).count() > 2, "{metric} by {column}");
        }
    }
    let categories = c.by("sales_revenue", year(), "category").await;
    for category in categories.keys().filter(|name| *name != "Accessories") {
        let with = async |second: &str| {
            let pair = Pair::new(category, second);
            value(&c.rows(KpiQuery { pair, ..Company::query(&["attach_rate"], year()) }).await[0])
        };
        let accessories = with("Accessories").await;
        for other in categories.keys().filter(|name| *name != category && *name != "Accessories") {
            assert!(accessories > with(other).await, "{category} with {other}");
        }
    }
    let repeat = c.total("repeat_purchase_rate", year(), &[]).await;
    let returning = c.total("returning_customer_rate", period("2026-01-01", "2026-05-01"), &[]).await;
    println!("repeat {repeat:.2}, returning {returning:.2}");
    assert!((0.5..0.98).contains(&repeat) && (0.3..1.0).contains(&returning));
}
