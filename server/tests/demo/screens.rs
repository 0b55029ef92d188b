//! The pages of analysis show what the demo companies' facts hold.

use std::path::PathBuf;
use std::sync::Arc;

use app::analysis::api::{AnalysisPort as _, AnalysisQuery, AnalysisView, Block, CellView, EventQuery};
use app::caller::Caller;
use clap::Parser as _;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use server::clock::Clock;
use server::entity::{event, user_account};
use server::password::Passwords;
use server::service::Services;
use server::service::account::caller_in;
use server::state::AppState;

use super::company::{Demo, TODAY, day};

/// A year up to today, as an address names it.
const YEAR: &str = "2025-05-21..2026-05-21";

#[derive(clap::Parser)]
struct ServeArgs {
    #[command(flatten)]
    serve: server::config::Serve,
}

/// A company's pages, as one of its users sees them.
struct Screens {
    services: Services,
    caller: Caller,
}

impl Screens {
    async fn of(demo: &Demo, slug: &str, role: &str) -> Self {
        let state = AppState {
            db: demo.db.clone(),
            clock: Clock::Fixed(day(TODAY)),
            passwords: Passwords::new().unwrap(),
            serve: Arc::new(ServeArgs::parse_from(["test"]).serve),
            data_dir: Arc::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR"))),
            rosters: server::roster::Rosters::default(),
            jobs: server::service::imports::Jobs::default(),
            site: server::http::assets::Site::find(None),
            leptos: server::http::leptos_options(),
        };
        let email = format!("{role}@{slug}.example");
        let user = user_account::Entity::find().filter(user_account::Column::Email.eq(email));
        let user = user.one(&demo.db).await.unwrap().unwrap();
        let caller = caller_in(&state, Some(demo.org(slug)), user.id).await.unwrap().unwrap();
        Self { services: Services::new(state), caller }
    }

    async fn analysis(&self, which: &str, period: &str, by: &str) -> AnalysisView {
        let query = AnalysisQuery {
            which: which.to_owned(),
            period: period.to_owned(),
            by: by.to_owned(),
            ..AnalysisQuery::default()
        };
        self.services.analysis(&self.caller, query).await.unwrap()
    }

    async fn event(&self, demo: &Demo, slug: &str, scope: &str, query: EventQuery) -> AnalysisView {
        let of_scope = event::Column::OrgId.eq(demo.org(slug)).and(event::Column::Scope.eq(scope));
        let found = event::Entity::find().filter(of_scope).one(&demo.db).await.unwrap().unwrap();
        let query = EventQuery { id: found.id.to_string(), ..query };
        self.services.event(&self.caller, query).await.unwrap()
    }
}

#[track_caller]
fn block<'v>(view: &'v AnalysisView, id: &str) -> &'v Block {
    let found = view.blocks.iter().find(|block| block.id == id);
    found.unwrap_or_else(|| panic!("no {id} in {:?}", view.blocks.iter().map(|b| &b.id).collect::<Vec<_>>()))
}

#[track_caller]
fn row<'v>(view: &'v AnalysisView, id: &str, name: &str) -> &'v [CellView] {
    let rows = &block(view, id).table.as_ref().unwrap().rows;
    let found = rows.iter().find(|row| row[0].text == name);
    found.unwrap_or_else(|| panic!("no {name} in {rows:?}"))
}

fn value(cell: &CellView) -> f64 {
    cell.exact.as_ref().unwrap_or_else(|| panic!("no value: {cell:?}")).parse().unwrap()
}

#[track_caller]
fn says(view: &AnalysisView, part: &str) {
    assert!(view.said.iter().any(|said| said.text.contains(part)), "no “{part}” in {:?}", view.said);
}

pub async fn recurring(demo: &Demo) {
    let slug = "techsolutions";
    let owner = Screens::of(demo, slug, "owner").await;
    let view = owner.analysis("recurring", "2026Q1", "").await;
    // Each month adds up, and the bridge is that of the period.
    let months = &block(&view, "months").table.as_ref().unwrap().rows;
    assert_eq!(months.len(), 12);
    for month in months {
        let [open, new, more, back, less, left, close] = [1, 2, 3, 4, 5, 6, 7].map(|at| value(&month[at]));
        assert!((open + new + more + back - less - left - close).abs() < 0.05, "{month:?}");
    }
    let bridge: Vec<f64> = block(&view, "bridge").table.as_ref().unwrap().rows.iter().map(|r| value(&r[1])).collect();
    assert!((bridge[0] + bridge[1] + bridge[2] + bridge[3] - bridge[4] - bridge[5] - bridge[6]).abs() < 0.05);
    assert!(view.form.as_ref().unwrap().result[0].chart.as_ref().unwrap().option.contains("series"));

    // The price change drove customers away: more of those on Pro left, and they bring less than expected.
    let shown = owner.event(demo, slug, "plan=Pro", EventQuery::default()).await;
    println!("price change: {:?}", shown.said);
    let pro = row(&shown, "price", "Pro");
    assert_eq!(value(&pro[1]), 0.2, "read from the subscriptions: {pro:?}");
    assert!(value(&pro[2]) >= 15.0 && value(&pro[5]) < value(&pro[4]), "{pro:?}");
    let extra = &block(&shown, "price_churn").table.as_ref().unwrap().rows[2];
    assert!(value(&extra[3]) > 0.0 && extra[4].text == "higher, beyond noise", "{extra:?}");
    says(&shown, "more left than of the others");
    // What if nobody left any more: more than as today.
    let query =
        AnalysisQuery { which: "recurring".into(), churn: "0".into(), months: "6".into(), ..Default::default() };
    let set = owner.services.analysis(&owner.caller, query).await.unwrap().form.unwrap();
    let rows = &set.result[0].table.as_ref().unwrap().rows;
    assert_eq!(rows.len(), 6);
    assert!(value(&rows[5][6]) > value(&rows[5][7]), "{:?}", rows[5]);
    assert!(rows.iter().all(|row| value(&row[5]) == 0.0));
}

pub async fn winning(demo: &Demo) {
    let slug = "strategic-solutions";
    let owner = Screens::of(demo, slug, "owner").await;
    let view = owner.analysis("winning", "2025", "").await;
    println!("winning: {:?}", view.said);
    // The template that tells a story wins more, whatever else is looked at.
    let story = row(&view, "patterns", "verhaal");
    assert!(value(&story[2]) > value(&story[3]), "{story:?}");
    assert!(story[2].n.is_some_and(|n| n > 20) && story[2].interval.is_some() && story[2].dots.is_some());
    let reasons = &block(&view, "reasons").table.as_ref().unwrap().rows;
    assert!(reasons.iter().any(|row| row[0].text == "prijs"), "{reasons:?}");
    assert!(reasons.windows(2).all(|pair| value(&pair[0][1]) >= value(&pair[1][1])), "{reasons:?}");
    assert_eq!(value(&reasons[reasons.len() - 1][3]), 1.0);
    let closed = row(&view, "definitions", "Winrate");
    assert!(closed[1].n.is_some() && closed[1].interval.is_some());
    // The three effects add up to the change.
    for mix in &block(&view, "mix").table.as_ref().unwrap().rows {
        let [total, rates, mixes, both] = [1, 2, 3, 4].map(|at| value(&mix[at]));
        assert!((rates + mixes + both - total).abs() < 1e-5, "{mix:?}");
    }
    // The training of the team helped it, beyond what changed for all others.
    let query = EventQuery { kpi: "win_rate".into(), months: "12".into(), ..Default::default() };
    let shown = owner.event(demo, slug, "team=Industrie", query).await;
    println!("training: {:?}", shown.said);
    let touched = &block(&shown, "kpi").table.as_ref().unwrap().rows;
    assert!(value(&touched[0][3]) > 0.05 && touched[0][1].n.is_some(), "{touched:?}");
    assert_eq!(touched.len(), 3);
}

pub async fn channels(demo: &Demo) {
    let slug = "digitalboost";
    let owner = Screens::of(demo, slug, "owner").await;
    let view = owner.analysis("channels", YEAR, "").await;
    println!("channels: {:?}", view.said);
    assert!(value(&row(&view, "channels", "display")[8]) < -0.2, "display loses money");
    assert!(value(&row(&view, "channels", "search")[8]) > 1.0);
    let shares = |name: &str| value(&row(&view, "shares", name)[3]);
    assert!(shares("display") < 0.0 && shares("search") > 0.0);
    says(&view, "display");
    assert_eq!(block(&view, "campaigns").table.as_ref().unwrap().rows.len(), 10);
    // Of the podcasts the costs of the last weeks are missing: incomplete, and in no share.
    let view = owner.analysis("channels", "2026Q2", "leads").await;
    let podcast = row(&view, "channels", "podcast");
    assert_eq!((podcast[3].text.as_str(), podcast[8].text.as_str()), ("onvolledig", "onvolledig"));
    assert!(block(&view, "shares").table.as_ref().unwrap().rows.iter().all(|row| row[0].text != "podcast"));
    says(&view, "podcast");
    // The page made anew turned more clicks into leads, of its own campaigns.
    let query = EventQuery { kpi: "lead_conversion".into(), months: "3".into(), ..Default::default() };
    let shown = owner.event(demo, slug, "attributes.landing_page=/offerte", query).await;
    println!("landing page: {:?}", shown.said);
    let rows = &block(&shown, "kpi").table.as_ref().unwrap().rows;
    assert!(value(&rows[0][3]) > 0.0 && rows[0][4].text == "hoger, meer dan toeval", "{rows:?}");
    // Campaigns are the organisation's: who sees a part of it sees none.
    let rep = Screens::of(demo, slug, "rep").await;
    assert!(rep.analysis("channels", "2026Q1", "").await.empty.is_some());
}

pub async fn baskets(demo: &Demo) {
    let slug = "fashionfusion";
    let owner = Screens::of(demo, slug, "owner").await;
    let view = owner.analysis("baskets", YEAR, "category").await;
    println!("baskets: {:?}", view.said);
    let head = &block(&view, "attach").table.as_ref().unwrap().head;
    let ours = head.iter().position(|(name, _)| name == "Accessories").unwrap();
    // With whatever is bought, accessories are bought most often; baskets with them are larger.
    for line in block(&view, "attach").table.as_ref().unwrap().rows.iter().filter(|r| r[0].text != "Accessories") {
        let rates: Vec<f64> = line.iter().skip(2).filter(|cell| cell.exact.is_some()).map(value).collect();
        assert_eq!(value(&line[ours]), rates.iter().copied().fold(0.0, f64::max), "{line:?}");
    }
    let lift = row(&view, "effect", "Accessories");
    assert!(value(&lift[3]) > value(&lift[4]) && lift[1].n.is_some() && lift[3].interval.is_some(), "{lift:?}");
    says(&view, "Accessories");
    assert!(block(&view, "totals").table.as_ref().unwrap().rows.len() == 9);
    for by in ["shop", "person"] {
        let view = owner.analysis("baskets", "2026Q1", by).await;
        assert!(block(&view, "by").table.as_ref().unwrap().rows.len() >= 4, "{by}");
    }
    // Beside the till of Utrecht more accessories went along.
    let query = EventQuery { kpi: "upt".into(), ..Default::default() };
    let shown = owner.event(demo, slug, "shop=Utrecht", query).await;
    println!("Utrecht: {:?}", shown.said);
    let rows = &block(&shown, "kpi").table.as_ref().unwrap().rows;
    assert!(value(&rows[2][3]) > 0.0, "{rows:?}");
}
