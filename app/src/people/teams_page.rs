//! The team tree: a list for everybody who may know it, an editor for who manages people.

use leptos::prelude::*;

use super::api::{AddTeam, ArchiveTeam, SaveTeam, TeamList, TeamRow, list_teams};
use super::{AdminTabs, dialog_href, open_dialog};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::*;

/// Deeper teams are drawn no further to the right.
const MAX_INDENT: u32 = 6;

/// See the module.
#[component]
pub fn TeamsPage() -> impl IntoView {
    loaded(list_teams(), move |list| view! { <Tree list/> })
}

#[component]
fn Tree(list: TeamList) -> impl IntoView {
    let l = use_locale();
    let TeamList { teams, may_edit } = list;
    let add = dialog_href("add");
    let is_empty = teams.is_empty();
    let mut columns = vec![
        Column::text(l.t("people.team.name")),
        Column::number(l.t("people.team.people")),
        Column::number(l.t("people.team.people_below")),
        Column::text(l.t("people.team.managers")),
    ];
    if may_edit {
        columns.push(Column::unseen(l.t("people.change")));
    }
    let rows = teams.iter().map(|t| view! { <Row team=t.clone() may_edit/> }).collect_view();
    let all = StoredValue::new(teams);
    let lead = if may_edit { l.t("people.team.lead_edit") } else { l.t("people.team.lead") };
    view! {
        <PageHead title=l.t("people.team.title") lead>
            <ExportLinks of=Route::TeamTree.url()/>
            {may_edit.then(|| view! { <ButtonLink href=add.clone() label=l.t("people.team.add") kind="primary" icon=Glyph::Plus/> })}
        </PageHead>
        {may_edit.then(|| view! { <AdminTabs current=Route::TeamTree/> })}
        {if is_empty {
            let text = if may_edit { l.t("people.team.empty_edit") } else { l.t("people.team.empty") };
            view! { <EmptyState title=l.t("people.team.empty_title") text/> }.into_any()
        } else {
            view! {
                <Table caption=l.t("people.team.title") columns quiet=true>
                    {rows}
                </Table>
            }
            .into_any()
        }}
        {may_edit.then(|| view! { <AddDialog teams=all/> })}
        {may_edit.then(|| view! { <EditDialog teams=all/> })}
    }
}

#[component]
fn Row(team: TeamRow, may_edit: bool) -> impl IntoView {
    let l = use_locale();
    let indent = format!("depth-{}", team.depth.min(MAX_INDENT));
    let name = if team.may_open && !team.is_archived {
        view! { <a href=Route::Team(team.id).href()>{team.name.clone()}</a> }.into_any()
    } else {
        team.name.clone().into_any()
    };
    let edit = may_edit.then(|| {
        let href = dialog_href(&format!("edit-{}", team.id));
        let label = l.tf("people.change_what", &[("what", &team.path)]);
        view! {
            <td class="actions">
                <a class="button link" href=href aria-label=label>{l.t("people.change")}</a>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row" class=indent>
                {name}
                {team.is_archived.then(|| view! { " " <span class="tag">{l.t("people.team.archived")}</span> })}
            </th>
            <td class="num">{team.people}</td>
            <td class="num">{team.people_below}</td>
            <td>{team.managers.join(", ")}</td>
            {edit}
        </tr>
    }
}

fn parents(teams: StoredValue<Vec<TeamRow>>, without: Option<&TeamRow>, none: String) -> Vec<Choice> {
    let below = without.map(|t| format!("{} / ", t.path));
    let open = |t: &&TeamRow| {
        !t.is_archived
            && without.is_none_or(|w| w.id != t.id)
            && below.as_ref().is_none_or(|start| !t.path.starts_with(start))
    };
    teams.with_value(|all| {
        let choices = all.iter().filter(open).map(|t| Choice::new(t.id, t.path.clone()));
        std::iter::once(Choice::new("", none)).chain(choices).collect()
    })
}

#[component]
fn AddDialog(teams: StoredValue<Vec<TeamRow>>) -> impl IntoView {
    let l = use_locale();
    view! {
            <Dialog name="add" title=l.t("people.team.add")>
                <Form action={to::<AddTeam>()}>
                    <TextField name="name" label=l.t("people.team.name")/>
                    <Select
                        name="parent"
                        label=l.t("people.team.parent")
                        hint=l.t("people.team.parent_hint")
                        options=parents(teams, None, l.t("people.team.no_parent"))
    />
                    <Submit label=l.t("people.team.add")/>
                </Form>
            </Dialog>
        }
}

#[component]
fn EditDialog(teams: StoredValue<Vec<TeamRow>>) -> impl IntoView {
    let id = open_dialog("edit-")?;
    let team = teams.with_value(|all| all.iter().find(|t| t.id.to_string() == id).cloned())?;
    Some(view! { <EditTeam team teams/> })
}

#[component]
fn EditTeam(team: TeamRow, teams: StoredValue<Vec<TeamRow>>) -> impl IntoView {
    let l = use_locale();
    let name = format!("edit-{}", team.id);
    let title = l.tf("people.change_what", &[("what", &team.path)]);
    view! {
        <Dialog name title>
            <EditForms team=team.clone() teams/>
        </Dialog>
    }
}

#[component]
fn EditForms(team: TeamRow, teams: StoredValue<Vec<TeamRow>>) -> impl IntoView {
    let l = use_locale();
    let id = team.id.to_string();
    let parent = team.parent.map(|p| p.to_string()).unwrap_or_default();
    let options = parents(teams, Some(&team), l.t("people.team.no_parent"));
    let whole = team.clone();
    view! {
                <div class="stack">
                    <Form action={to::<SaveTeam>()} id=id.clone()>
                        <Hidden name="id" value=id.clone()/>
                        <Hidden name="was_name" value=team.name.clone()/>
                        <Hidden name="was_parent" value=parent.clone()/>
                        <TextField name="name" label=l.t("people.team.name") value=team.name.clone()/>
                        <Select
                            name="parent"
                            label=l.t("people.team.parent")
                            options
                            value=parent
    />
                        <Submit label=l.t("people.save")/>
                    </Form>
                    <hr/>
                    <ArchiveForm team=whole/>
                </div>
        }
}

#[component]
fn ArchiveForm(team: TeamRow) -> impl IntoView {
    let l = use_locale();
    let id = team.id.to_string();
    let (note, label, kind) = if team.is_archived {
        (l.t("people.team.restore_note"), l.t("people.team.restore"), "secondary")
    } else {
        let note = l.tf("people.team.archive_note", &[("people", &team.people)]);
        (note, l.t("people.team.archive"), "danger")
    };
    view! {
        <Form action={to::<ArchiveTeam>()} id=id.clone()>
            <Hidden name="id" value=id/>
            <Hidden name="archived" value=(!team.is_archived).to_string()/>
            <p class="soft">{note}</p>
            <Submit label kind/>
        </Form>
    }
}
