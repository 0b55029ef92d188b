//! Objectives: the wider goals under which targets hang, as a tree.

use leptos::prelude::*;

use super::api::{ArchiveObjective, CreateObjective, list_objectives};
use super::data::{ObjectiveTree, ObjectiveView};
use super::form::choices;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::{
    Card, Choice, Column, Crumb, EmptyState, ExportLinks, Form, Hidden, PageHead, Select, Submit, Table, TextArea,
    TextField, loaded, to,
};

/// Perspectives of the balanced scorecard.
const PERSPECTIVES: [&str; 4] = ["financial", "customer", "process", "growth"];

/// See the module.
#[component]
pub fn ObjectivesPage() -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets)];
    view! {
        <PageHead title=l.t("objectives.title") lead=l.t("objectives.lead") crumbs>
            <ExportLinks of=Route::Objectives.url()/>
        </PageHead>
        {loaded(list_objectives(), move |tree| view! { <Tree tree/> })}
    }
}

#[component]
fn Tree(tree: ObjectiveTree) -> impl IntoView {
    let l = use_locale();
    let may_create = !tree.who.is_empty();
    let is_empty = tree.objectives.is_empty();
    let parents = tree.objectives.iter().map(|o| (o.id.to_string(), indented(o))).collect::<Vec<_>>();
    let columns = vec![
        Column::text(l.t("objectives.column.title")),
        Column::text(l.t("objectives.column.who")),
        Column::text(l.t("objectives.column.horizon")),
        Column::text(l.t("objectives.column.perspective")),
        Column::number(l.t("objectives.column.targets")),
        Column::unseen(l.t("objectives.archive")),
    ];
    let rows = tree.objectives.into_iter().map(|objective| view! { <Row objective/> }).collect_view();
    view! {
        {if is_empty {
            view! { <EmptyState title=l.t("objectives.none_title") text=l.t("objectives.none_text")/> }.into_any()
        } else {
            view! {
                <Table caption=l.t("objectives.title") quiet=true columns>
                    {rows}
                </Table>
            }
                .into_any()
        }}
        {may_create.then(|| view! { <New who=tree.who parents/> })}
    }
}

/// A title with its depth in the tree, for a list of choices.
fn indented(objective: &ObjectiveView) -> String {
    let depth = usize::try_from(objective.depth).unwrap_or(0);
    format!("{}{}", "– ".repeat(depth), objective.title)
}

#[component]
fn Row(objective: ObjectiveView) -> impl IntoView {
    let l = use_locale();
    let depth = format!("tree-title depth-{}", objective.depth.min(5));
    let who = if objective.who.is_empty() { l.t("targets.whole_organisation") } else { objective.who };
    let id = objective.id.to_string();
    let button = objective.may_archive.then(|| {
        view! {
            <Form action={to::<ArchiveObjective>()} id=format!("archive-{id}") class="inline">
                <Hidden name="id" value=id/>
                <Submit label=l.t("objectives.archive") kind="link"/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class=depth>{objective.title}</span>
                {(!objective.why.is_empty()).then(|| view! { <p class="soft">{objective.why}</p> })}
            </th>
            <td>{who}</td>
            <td>{l.t(&format!("objectives.horizon.{}", objective.horizon))}</td>
            <td>{l.t(&format!("objectives.perspective.{}", objective.perspective))}</td>
            <td class="num">{objective.targets}</td>
            <td>{button}</td>
        </tr>
    }
}

#[component]
fn New(who: Vec<(String, String)>, parents: Vec<(String, String)>) -> impl IntoView {
    let l = use_locale();
    let mut above = vec![Choice::new("", l.t("objectives.form.no_parent"))];
    above.extend(choices(parents));
    let horizons =
        ["short", "long"].iter().map(|h| Choice::new(h, l.t(&format!("objectives.horizon.{h}")))).collect::<Vec<_>>();
    let perspectives =
        PERSPECTIVES.iter().map(|p| Choice::new(p, l.t(&format!("objectives.perspective.{p}")))).collect::<Vec<_>>();
    view! {
        <Card title=l.t("objectives.new")>
            <Form action={to::<CreateObjective>()} id="objective">
                <TextField name="title" label=l.t("objectives.form.title") hint=l.t("objectives.form.title_hint")/>
                <TextArea name="why" label=l.t("objectives.form.why") rows=2 optional=true/>
                <Select name="who" label=l.t("objectives.form.who") options=choices(who)/>
                <Select name="parent" label=l.t("objectives.form.parent") options=above optional=true/>
                <Select name="horizon" label=l.t("objectives.form.horizon") options=horizons/>
                <Select name="perspective" label=l.t("objectives.form.perspective") options=perspectives/>
                <Submit label=l.t("objectives.form.save")/>
            </Form>
        </Card>
    }
}
