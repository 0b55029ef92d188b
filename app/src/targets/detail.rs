//! A target in full: standing, facts, SMART, agreement, what hangs below it, every change.

use leptos::prelude::*;

use super::check::CheckView;
use super::data::{Cascade, ChangeView, TargetPage};
use super::flow::Flow;
use super::line::{Stands, Tags, TargetEntry};
use crate::i18n::use_locale;
use crate::ui::Card;

/// See the module.
#[component]
pub(super) fn Detail(page: TargetPage) -> impl IntoView {
    let l = use_locale();
    let standing = page.line.standing.clone();
    let help = l.t(&format!("targets.status_help.{}", page.line.status));
    let check = page.check.clone();
    let line = page.line.clone();
    let (cascade, changes) = (page.cascade.clone(), page.changes.clone());
    view! {
        <div class="columns">
            <div class="stack">
                <Card title=l.t("targets.standing")>
                    <p><Tags line/></p>
                    {match standing {
                        Some(standing) => view! { <Stands standing/> }.into_any(),
                        None => view! { <p>{help}</p> }.into_any(),
                    }}
                </Card>
                <Flow page=page.clone()/>
                <Facts page/>
                {cascade.map(|cascade| view! { <CascadeView cascade/> })}
                <Changes changes/>
            </div>
            <aside class="beside" aria-label=l.t("targets.smart.title")>
                <CheckView check/>
            </aside>
        </div>
    }
    .into_any()
}

#[component]
fn Facts(page: TargetPage) -> impl IntoView {
    let l = use_locale();
    let rows = page
        .facts
        .into_iter()
        .map(|(key, value)| view! { <div><dt>{l.t(&key)}</dt><dd>{value}</dd></div> })
        .collect_view();
    let milestones = page
        .milestones
        .into_iter()
        .map(|(day, value, actual)| view! { <li>{day}": "{value}{(!actual.is_empty()).then(|| format!(" ({actual})"))}</li> })
        .collect_view();
    let has_milestones = !milestones.is_empty();
    let why = page.why;
    let has_why = !why.is_empty();
    view! {
        <Card title=l.t("targets.facts")>
            <dl class="facts">{rows}</dl>
            {has_why
                .then(|| {
                    view! {
                        <h3 class="check-title">{l.t("targets.field.why")}</h3>
                        <p class="words">{why}</p>
                    }
                })}
            {has_milestones
                .then(|| {
                    view! {
                        <h3 class="check-title">{l.t("targets.form.milestones")}</h3>
                        <ul>{milestones}</ul>
                    }
                })}
        </Card>
    }
}

#[component]
fn CascadeView(cascade: Cascade) -> impl IntoView {
    let l = use_locale();
    let lines = cascade.lines.into_iter().map(|line| view! { <TargetEntry line show_who=true/> }).collect_view();
    let without = (!cascade.without.is_empty())
        .then(|| l.tf("targets.cascade.without", &[("names", &cascade.without.join(", "))]));
    view! {
        <Card title=l.t("targets.cascade.title")>
            <p class="sentence">{cascade.sentence}</p>
            {lines}
            {without.map(|text| view! { <p class="soft">{text}</p> })}
        </Card>
    }
}

#[component]
fn Changes(changes: Vec<ChangeView>) -> impl IntoView {
    let l = use_locale();
    let items = changes.into_iter().map(|change| view! { <Change change/> }).collect_view();
    view! {
        <Card title=l.t("targets.changes")>
            <ol class="changes">{items}</ol>
        </Card>
    }
}

#[component]
fn Change(change: ChangeView) -> impl IntoView {
    let l = use_locale();
    let fields = change
        .fields
        .into_iter()
        .map(|(name, from, to)| {
            let label = l.t(&format!("targets.field.{name}"));
            let blank = |text: String| if text.is_empty() { "–".to_owned() } else { text };
            view! { <li>{label}": "<del>{blank(from)}</del>" → "<ins>{blank(to)}</ins></li> }
        })
        .collect_view();
    let has_fields = !fields.is_empty();
    let comment = change.comment;
    let has_comment = !comment.is_empty();
    view! {
        <li class="change-entry">
            <p>
                <strong>{l.t(&format!("targets.change.{}", change.kind))}</strong>
                <span class="soft">" · "{change.who}" · "{change.at}</span>
            </p>
            {has_fields.then(|| view! { <ul class="change-fields">{fields}</ul> })}
            {has_comment.then(|| view! { <blockquote class="note-evidence">{comment}</blockquote> })}
        </li>
    }
}
