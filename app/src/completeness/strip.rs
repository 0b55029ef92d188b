//! The strip that says how complete the facts are.

use domain::{Date, format};
use leptos::prelude::*;

use super::api::{KindState, LastImport, SourceState, get_completeness};
use crate::i18n::{Texts, use_locale};
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::*;

/// Of every kind of fact that the organisation uses, or of those that a KPI is made of.
#[component]
pub fn CompletenessStrip(
    /// The KPI.
    #[prop(optional, into)]
    metric: String,
) -> impl IntoView {
    let l = use_locale();
    loaded_block(get_completeness(metric), move |kinds| {
        (!kinds.is_empty()).then(|| view! { <Card title=l.t("completeness.title")><Kinds kinds/></Card> })
    })
}

/// The way to [`CompletenessDialog`], for pages that are asked for too often to carry it each time.
#[component]
pub fn CompletenessLink() -> impl IntoView {
    let l = use_locale();
    view! { <ButtonLink href=here().q("dialog", DIALOG).href() label=l.t("completeness.title") kind="link"/> }
}

/// The same as the strip, read when it is opened.
#[component]
pub fn CompletenessDialog() -> impl IntoView {
    let l = use_locale();
    view! {
        <Dialog name=DIALOG title=l.t("completeness.title")>
            {loaded_block(get_completeness(String::new()), move |kinds| {
                if kinds.is_empty() {
                    view! { <p>{l.t("completeness.no_facts")}</p> }.into_any()
                } else {
                    view! { <Kinds kinds/> }.into_any()
                }
            })}
        </Dialog>
    }
}

const DIALOG: &str = "completeness";

#[component]
fn Kinds(kinds: Vec<KindState>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("completeness.kind")),
        Column::text(l.t("completeness.last_day")),
        Column::text(l.t("completeness.sources")),
        Column::text(l.t("completeness.import")),
        Column::text(l.t("completeness.missing")),
    ];
    let rows = kinds.into_iter().map(|state| view! { <Row state/> }).collect_view();
    view! { <Table caption=l.t("completeness.title") columns quiet=true>{rows}</Table> }
}

#[component]
fn Row(state: KindState) -> impl IntoView {
    let l = use_locale();
    let last_day = state.last_day.map_or_else(|| "–".to_owned(), |day| format::date(l.locale(), day));
    let missing = missing(l, &state).into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <tr>
            <th scope="row">{l.t(&format!("imports.kind.{}", state.kind))}</th>
            <td>{last_day}</td>
            <td>{sources(l, state.sources)}</td>
            <td>{imported(l, state.imports)}</td>
            <td><ul class="plain">{missing}</ul></td>
        </tr>
    }
}

/// How far each source reaches.
fn sources(l: Texts, sources: Vec<SourceState>) -> AnyView {
    if sources.is_empty() {
        return "–".into_any();
    }
    let line = |source: SourceState| {
        let name = source.name.unwrap_or_else(|| l.t("completeness.no_name"));
        view! { <li>{format!("{name}: {}", format::date(l.locale(), source.last_day))}</li> }
    };
    view! { <ul class="plain">{sources.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn imported(l: Texts, imports: Vec<LastImport>) -> AnyView {
    if imports.is_empty() {
        return "–".into_any();
    }
    let line = |import: LastImport| {
        let day = format::date(l.locale(), import.day);
        match import.file {
            Some((id, file)) => view! { <li>{day} ", " <a href=Route::Import(id).href()>{file}</a></li> }.into_any(),
            None => view! { <li>{day}</li> }.into_any(),
        }
    };
    view! { <ul class="plain">{imports.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// What is missing, in sentences; that nothing is found missing is said too.
fn missing(l: Texts, state: &KindState) -> Vec<String> {
    if !state.is_there {
        return vec![l.t("completeness.no_facts")];
    }
    let mut said = Vec::new();
    if !state.gaps.is_empty() {
        let months: Vec<String> = state.gaps.iter().map(|day| month(l, *day)).collect();
        said.push(l.tf("completeness.gaps", &[("months", &months.join(", "))]));
    }
    if !state.without_spend.is_empty() {
        let name = |channel: &Option<String>| channel.clone().unwrap_or_else(|| l.t("completeness.no_channel"));
        let channels: Vec<String> = state.without_spend.iter().map(name).collect();
        let key = if state.kind == "leads" { "completeness.lead_spend" } else { "completeness.spend" };
        said.push(l.tf(key, &[("channels", &channels.join(", "))]));
    }
    if !state.without_rate.is_empty() {
        said.push(l.tf("completeness.rate", &[("currencies", &state.without_rate.join(", "))]));
    }
    let stale: Vec<String> = state
        .sources
        .iter()
        .filter(|s| s.is_stale)
        .map(|s| s.name.clone().unwrap_or_else(|| l.t("completeness.no_name")))
        .collect();
    if !stale.is_empty() {
        said.push(l.tf("completeness.stale", &[("sources", &stale.join(", "))]));
    }
    if said.is_empty() {
        said.push(l.t("completeness.nothing"));
    }
    said
}

fn month(l: Texts, day: Date) -> String {
    format!("{} {}", format::month_short(l.locale(), day.month()), day.year())
}
