//! Before and after an event: any KPI in equally long periods, of what it touched and of all else.

use std::collections::BTreeSet;

use app::analysis::api::{AnalysisView, Empty, EventQuery, Picker, Said};
use app::route::Route;
use app::scorecard::api::{Link, Pick};
use domain::before_after::around;
use domain::metric::{Kind, Metric, Template, catalogue};
use domain::{Period, format};

use super::observed::{Form, seen, steps};
use super::report::Report;
use super::there::There;
use super::{events, price, whose};
use crate::error::ServiceResult;
use crate::kpi::{self, About, Kpi, KpiQuery, Pair, Sides, TextColumn, Touch, made_of};
use crate::query::column::Table;
use crate::query::completeness;
use crate::service::scorecard::context::{Context, Subject};

/// Months before and after that can be chosen.
const MONTHS: [i32; 4] = [3, 6, 9, 12];
const USUAL_MONTHS: i32 = 6;

/// What is looked at around an event.
pub(super) struct Around<'a> {
    pub c: &'a Context<'a>,
    pub subject: Subject,
    pub touch: Touch,
    /// Equally long: up to the event, and from it on.
    pub periods: (Period, Period),
}

/// The page of an event.
pub(super) async fn page(c: &Context<'_>, query: &EventQuery) -> ServiceResult<AnalysisView> {
    let (event, day, touched) = events::find(c, &query.id).await?;
    let subject = c.subject(&query.person, &query.team).await?;
    let kind = c.words.t(&format!("imports.choice.kind.{}", event.kind));
    let lead = format!("{} · {kind} · {}", format::date(c.locale(), day), touched.words(c));
    let mut view = AnalysisView {
        which: None,
        title: event.title.clone(),
        lead,
        tabs: There::read(c).await?.tabs(c),
        period: None,
        pickers: whose(c, &query.person, &query.team),
        said: Vec::new(),
        blocks: Vec::new(),
        form: None,
        empty: None,
    };
    let months = query.months.parse().ok().filter(|n| MONTHS.contains(n)).unwrap_or(USUAL_MONTHS);
    let Some(touch) = touched.touch else {
        view.empty = Some(empty(c, "found.events.unknown_scope", &touched.text));
        return Ok(view);
    };
    let Some(periods) = around(day, months, c.today) else {
        view.empty = Some(empty(c, "found.events.ahead", &format::date(c.locale(), day)));
        return Ok(view);
    };
    let offered = offered(c, &touch).await?;
    let Some(chosen) = offered.iter().find(|kpi| kpi.id() == query.kpi).or_else(|| first(c, &offered)) else {
        view.empty = Some(empty(c, "found.events.no_kpi", &touched.text));
        return Ok(view);
    };
    view.pickers.extend(pickers(c, &offered, chosen, months));
    let page = Around { c, subject, touch, periods };
    let pair = match chosen.needs_pair(c.frame.revenue) {
        false => None,
        true => {
            view.pickers.extend(categories(&page, query).await?);
            Pair::new(&query.from, &query.to)
        }
    };
    if chosen.needs_pair(c.frame.revenue) && pair.is_none() {
        view.said.push(Said::plain(c.words.t("found.events.needs_pair")));
    } else {
        kpi_block(&page, chosen, pair.as_ref(), &mut view).await?;
    }
    if event.kind == "price_change" {
        price::fill(&page, query, &mut view).await?;
    }
    Ok(view)
}

fn empty(c: &Context<'_>, key: &str, text: &str) -> Empty {
    Empty {
        title: c.words.t("found.events.nothing"),
        text: c.words.tf(key, &[("text", &text)]),
        step: Some(Link { label: c.words.t("analysis.events.title"), href: Route::Events.href() }),
    }
}

/// The KPIs whose facts can be told apart by what was touched, and of which there are any facts.
async fn offered(c: &Context<'_>, touch: &Touch) -> ServiceResult<Vec<Kpi>> {
    let all = BTreeSet::from([
        Table::Deals,
        Table::Subscriptions,
        Table::CampaignDays,
        Table::Leads,
        Table::SalesLines,
        Table::Activities,
        Table::Satisfaction,
    ]);
    let days = completeness::last_days(c.db(), c.access.caller.org_id, &all, c.today).await?;
    let there: BTreeSet<Table> = all.into_iter().zip(days).filter(|(_, day)| day.is_some()).map(|(t, _)| t).collect();
    let tells = |table: &Table| match touch {
        Touch::Everything => true,
        Touch::Team(_) | Touch::Person(_) => table.has_person(),
        Touch::Facts(filter) => match &filter.column {
            TextColumn::Attribute(_) => true,
            column => TextColumn::of(*table).any(|known| known == column),
        },
    };
    let fits = |kpi: &Kpi| {
        let measures = kpi.needed(c.frame.revenue);
        let tables: Vec<Table> = made_of::tables(&measures).into_iter().filter(|table| there.contains(table)).collect();
        !tables.is_empty() && tables.iter().all(tells)
    };
    let is_told = |metric: &&'static Metric| !matches!(metric.kind, Kind::Cumulative(_));
    let known = catalogue::all().iter().filter(is_told).map(Kpi::from);
    let own = c.frame.own.all_latest().filter_map(|row| Kpi::find(&c.frame, &row.key));
    let mut found: Vec<Kpi> = known.chain(own).filter(fits).collect();
    found.sort_by_cached_key(|kpi| name(c, kpi).to_lowercase());
    Ok(found)
}

/// The KPI to begin with.
fn first<'k>(c: &Context<'_>, offered: &'k [Kpi]) -> Option<&'k Kpi> {
    let liked: &[&str] = match c.frame.template {
        Template::Saas => &["customer_churn_rate", "win_rate"],
        Template::Consultancy => &["win_rate"],
        Template::Agency => &["lead_conversion", "cpl", "win_rate"],
        Template::Retail => &["upt", "atv"],
    };
    let find = |id: &&str| offered.iter().find(|kpi| kpi.id() == *id);
    liked.iter().find_map(find).or_else(|| offered.first())
}

pub(super) fn name(c: &Context<'_>, kpi: &Kpi) -> String {
    match kpi {
        Kpi::Catalogue(metric) => c.name(metric),
        Kpi::Own(own) => c.frame.own.latest(own.key()).map_or_else(
            || own.key().to_owned(),
            |row| match c.locale() {
                domain::Locale::En => row.name_en.clone(),
                domain::Locale::Nl => row.name_nl.clone(),
            },
        ),
    }
}

fn pickers(c: &Context<'_>, offered: &[Kpi], chosen: &Kpi, months: i32) -> Vec<Picker> {
    let pick = |kpi: &Kpi| Pick { value: kpi.id().to_owned(), label: name(c, kpi) };
    let span = |n: &i32| Pick { value: n.to_string(), label: c.words.tf("found.events.months", &[("n", n)]) };
    vec![
        Picker {
            name: "kpi".to_owned(),
            label: c.words.t("found.head.metric"),
            current: chosen.id().to_owned(),
            options: offered.iter().map(pick).collect(),
        },
        Picker {
            name: "months".to_owned(),
            label: c.words.t("found.events.window"),
            current: months.to_string(),
            options: MONTHS.iter().map(span).collect(),
        },
    ]
}

/// The two categories of an attach rate: those sold around the event.
async fn categories(page: &Around<'_>, query: &EventQuery) -> ServiceResult<Vec<Picker>> {
    let c = page.c;
    let Ok(period) = Period::new(page.periods.0.from(), page.periods.1.to()) else { return Ok(Vec::new()) };
    let mut ask = KpiQuery::new(catalogue::find("sales_revenue").into_iter().collect::<Vec<_>>(), period);
    ask.by = vec![kpi::Dimension::Text(TextColumn::Category)];
    ask.who = page.subject.who;
    let rows = kpi::ask(c.db(), &c.frame, &c.viewer, &ask).await?;
    let names = rows.into_iter().filter_map(|row| row.by.into_iter().next()?.text);
    let mut options = vec![Pick { value: String::new(), label: "–".to_owned() }];
    options.extend(names.map(|name| Pick { value: name.clone(), label: name }));
    let picker = |name: &str, key: &str, current: &str| Picker {
        name: name.to_owned(),
        label: c.words.t(key),
        current: current.to_owned(),
        options: options.clone(),
    };
    Ok(vec![picker("from", "found.events.bought", &query.from), picker("to", "found.events.bought_with", &query.to)])
}

async fn kpi_block(page: &Around<'_>, kpi: &Kpi, pair: Option<&Pair>, view: &mut AnalysisView) -> ServiceResult<()> {
    let c = page.c;
    let form = Form::of(kpi, c);
    let (earlier, later) = steps(page.periods, form == Form::Level);
    let mut periods = vec![page.periods.0, page.periods.1];
    periods.extend(earlier.iter().chain(&later));
    let about = About { who: page.subject.who, filters: &[], pair };
    let Sides { touched, others } = kpi::sides(c.db(), &c.frame, &c.viewer, kpi, about, &page.touch, &periods).await?;
    let Some(touched) = seen(form, &touched, earlier.len()) else { return Ok(()) };
    let others = others.as_ref().and_then(|sides| seen(form, sides, earlier.len()));
    let report = Report { page, kpi, form, unit: kpi.unit(c.today) };
    let block = report.block(&touched, others.as_ref(), view);
    view.blocks.push(block);
    Ok(())
}
