use proptest::prelude::*;

use super::*;
use crate::metric::{Answer, catalogue};
use crate::{Currency, Date, Micros, Outcome, Why};

fn money(units: i64) -> Option<Outcome<Micros>> {
    Some(Outcome::Value(Micros::from_units(units).unwrap()))
}

fn totals(facts: impl IntoIterator<Item = ChannelFact>) -> Totals {
    let mut t = Totals::default();
    facts.into_iter().for_each(|f| t.add(&f));
    t
}

fn text(answer: &Answer) -> Result<String, Why> {
    answer.value.map(|f| f.exact.to_decimal(6).unwrap()).into_result()
}

fn of(id: &str, totals: &Totals) -> Answer {
    totals.answer(catalogue::find(id).unwrap())
}

fn kpi(id: &str, fact: ChannelFact) -> Result<String, Why> {
    text(&of(id, &totals([fact])))
}

/// F4.3, published examples.
#[test]
fn published_values() {
    let cpl = |spend, leads| kpi("cpl", ChannelFact { spend: money(spend), leads: Some(leads), ..Default::default() });
    assert_eq!(cpl(200, 40), Ok("5.000000".into()));
    assert_eq!(cpl(1000, 100), Ok("10.000000".into()));
    let returns =
        |k, revenue, cost| kpi(k, ChannelFact { spend: money(cost), revenue: money(revenue), ..Default::default() });
    // [GA1]: all costs 600 + 200 for the return on investment, the ads alone for the return on ad spend.
    assert_eq!(returns("roi", 6 * 200, 600 + 200), Ok("0.500000".into()));
    assert_eq!(returns("roas", 6 * 200, 200), Ok("6.000000".into()));
    assert_eq!(returns("roi", 1500, 500 + 700), Ok("0.250000".into()));
    assert_eq!(returns("roas", 5, 1), Ok("5.000000".into()));
    assert_eq!(returns("roas", 100, 10), Ok("10.000000".into()));
    // [NM1], [SO1]: average order value.
    let aov = |revenue, orders| {
        kpi("aov", ChannelFact { revenue: money(revenue), orders: Some(orders), ..Default::default() })
    };
    assert_eq!((aov(500, 50), aov(10_000, 200)), (Ok("10.000000".into()), Ok("50.000000".into())));
}

#[test]
fn the_conversion_chain_has_n_and_intervals() {
    let fact = ChannelFact {
        spend: money(600),
        impressions: Some(10_000),
        clicks: Some(200),
        leads: Some(52),
        qualified_leads: Some(31),
        customers: Some(20),
        orders: Some(60),
        revenue: money(900),
    };
    let t = totals([fact]);
    let found = KPIS.map(|id| (id, text(&of(id, &t)).unwrap()));
    let expected = [
        ("cpl", "11.538462"),
        ("cpc", "3.000000"),
        ("cost_per_order", "10.000000"),
        ("ctr", "0.020000"),
        ("lead_conversion", "0.260000"),
        ("qualified_share", "0.596154"),
        ("lead_to_customer", "0.384615"),
        ("order_conversion", "1.153846"),
        ("aov", "15.000000"),
        ("roi", "0.500000"),
        ("roas", "1.500000"),
    ];
    assert_eq!(found, expected.map(|(id, v)| (id, v.to_owned())));
    // F4.4: 31 of 52 and 20 of 52.
    let interval = |id: &str| of(id, &t).interval95.map(|(a, b)| format!("{:.1}–{:.1}", 100.0 * a, 100.0 * b));
    assert_eq!(interval("qualified_share").as_deref(), Some("46.1–71.8"));
    assert_eq!(interval("lead_to_customer").as_deref(), Some("26.5–52.0"));
    assert_eq!(interval("order_conversion"), None, "more orders than leads are no proportion");
    assert_eq!(interval("roas"), None);
    assert_eq!((of("cpl", &t).n, of("ctr", &t).n, of("roi", &t).n), (Some(52), Some(10_000), Some(60)));
}

#[test]
fn a_channel_without_spend_makes_cost_per_lead_incomplete() {
    let paid = ChannelFact { spend: money(100), leads: Some(10), ..Default::default() };
    let unknown = ChannelFact { spend: None, ..paid };
    let free = ChannelFact { spend: money(0), ..paid };
    assert_eq!(text(&of("cpl", &totals([paid, unknown]))), Err(Why::Incomplete));
    assert_eq!(kpi("cpl", unknown), Err(Why::Incomplete));
    assert_eq!(text(&of("cpl", &totals([paid, free]))), Ok("5.000000".into()));
    // A channel that counts neither clicks nor impressions does not spoil the others' rate.
    let shown = ChannelFact { impressions: Some(50), clicks: Some(5), ..Default::default() };
    assert_eq!(text(&of("ctr", &totals([shown, paid]))), Ok("0.100000".into()));
    assert_eq!(text(&of("lead_conversion", &totals([shown, paid]))), Err(Why::Incomplete));
}

#[test]
fn unknown_revenue_is_no_loss() {
    let spent = ChannelFact { spend: money(100), leads: Some(0), ..Default::default() };
    assert_eq!(kpi("roi", spent), Err(Why::NoData));
    assert_eq!(kpi("roas", spent), Err(Why::NoData));
    let earned = ChannelFact { revenue: money(300), ..spent };
    assert_eq!(text(&of("roi", &totals([spent, earned]))), Err(Why::Incomplete));
    assert_eq!(kpi("roi", ChannelFact { revenue: money(0), ..spent }), Ok("-1.000000".into()));
}

#[test]
fn an_empty_base_and_a_missing_rate_say_so() {
    let spent = ChannelFact { spend: money(100), leads: Some(0), ..Default::default() };
    assert_eq!(kpi("cpl", spent), Err(Why::EmptyBase));
    assert_eq!(kpi("roi", ChannelFact { spend: money(0), revenue: money(5), ..spent }), Err(Why::EmptyBase));
    assert_eq!(kpi("cpl", ChannelFact::default()), Err(Why::NoData));
    let why = Why::MissingRate { currency: Currency::USD, date: Date::MIN };
    let foreign = ChannelFact { spend: Some(Outcome::NotMeasurable(why)), leads: Some(3), ..spent };
    assert_eq!(text(&of("cpl", &totals([spent, foreign, spent]))), Err(why));
}

#[test]
fn budget_share_stands_against_result_share() {
    let fact = |spend, leads| ChannelFact { spend: money(spend), leads: Some(leads), ..Default::default() };
    let mut facts = vec![(Some("search"), fact(300, 60)), (Some("social"), fact(100, 15)), (None, fact(0, 25))];
    let rows = budget_shares(&totals_by(facts.clone()), Column::Leads);
    let shown: Vec<_> = rows
        .iter()
        .map(|r| (r.key, text(&r.budget).unwrap(), text(&r.result).unwrap(), r.gap.into_value().unwrap().to_string()))
        .collect();
    let row = |key, budget: &str, result: &str, gap: &str| (key, budget.to_owned(), result.to_owned(), gap.to_owned());
    assert_eq!(
        shown,
        [
            row(None, "0.000000", "0.250000", "1/4"),
            row(Some("search"), "0.750000", "0.600000", "-3/20"),
            row(Some("social"), "0.250000", "0.150000", "-1/10"),
        ]
    );
    facts.push((Some("partners"), ChannelFact { leads: Some(9), ..Default::default() }));
    let rows = budget_shares(&totals_by(facts), Column::Leads);
    let search = rows.iter().find(|r| r.key == Some("search")).unwrap();
    assert_eq!((text(&search.budget), search.gap), (Err(Why::Incomplete), Outcome::NotMeasurable(Why::Incomplete)));
    assert!(search.result.value.is_measured());
    let nothing = budget_shares(&totals_by([(Some("search"), fact(0, 0))]), Column::Leads);
    assert_eq!(text(&nothing[0].budget), Err(Why::EmptyBase));
}

prop_compose! {
    fn any_fact()(money in prop::array::uniform2(any::<Option<i64>>()), counts in prop::array::uniform6(any::<Option<i64>>()),
                  key in 0u8..4) -> (Option<u8>, ChannelFact) {
        let [spend, revenue] = money.map(|m| m.map(|m| Outcome::Value(Micros(m))));
        let [impressions, clicks, leads, qualified_leads, customers, orders] = counts;
        (key.checked_sub(1), ChannelFact { spend, impressions, clicks, leads, qualified_leads, customers, orders, revenue })
    }
}

proptest! {
    #[test]
    fn parts_sum_to_the_whole_in_any_order_and_nothing_panics(mut facts in prop::collection::vec(any_fact(), 0..20)) {
        let mut merged = Totals::default();
        let groups = totals_by(facts.clone());
        groups.values().for_each(|t| merged.merge(t));
        facts.reverse();
        prop_assert_eq!(merged, totals(facts.into_iter().map(|(_, f)| f)));
        for metric in kpis() {
            let _ = merged.answer(metric);
        }
        for column in Column::ALL {
            prop_assert_eq!(budget_shares(&groups, column).len(), groups.len());
        }
        // Doubled until the sums no longer fit.
        for _ in 0..130 {
            merged.merge(&merged.clone());
        }
        let _ = KPIS.map(|id| of(id, &merged));
    }
}
