//! A person's places over time: shown to all who may see the person, changed by who manages people.

use leptos::prelude::*;

use super::api::{AddPlace, PersonView, PlaceRow, RemovePlace, SavePlace};
use super::{choices, choices_with, dialog_href, open_dialog};
use crate::i18n::use_locale;
use crate::page::use_caller;
use crate::ui::*;

/// See the module.
#[component]
pub fn Places(
    /// The person.
    person: PersonView,
) -> impl IntoView {
    let l = use_locale();
    let may_edit = person.may_edit;
    let mut columns = vec![
        Column::text(l.t("people.person.team")),
        Column::text(l.t("people.person.manager")),
        Column::text(l.t("people.place.from")),
        Column::text(l.t("people.place.last")),
    ];
    if may_edit {
        columns.push(Column::unseen(l.t("people.change")));
    }
    let is_empty = person.places.is_empty();
    let rows = person.places.iter().map(|p| view! { <Row place=p.clone() may_edit/> }).collect_view();
    let move_link = dialog_href("move");
    let stored = StoredValue::new(person);
    let action = move || {
        may_edit.then(|| view! { <ButtonLink href=move_link.clone() label=l.t("people.place.add") icon=Glyph::Plus/> })
    };
    view! {
        <Card title=l.t("people.place.title") action>
            {if is_empty {
                view! { <EmptyState title=l.t("people.place.empty_title") text=l.t("people.place.empty")/> }.into_any()
            } else {
                view! {
                    <Table caption=l.t("people.place.title") columns quiet=true>
                        {rows}
                    </Table>
                }
                .into_any()
            }}
            <p class="soft">{l.t("people.place.note")}</p>
            {may_edit.then(|| view! { <MoveDialog person=stored/> })}
            {may_edit.then(|| view! { <EditDialog person=stored/> })}
        </Card>
    }
}

#[component]
fn Row(place: PlaceRow, may_edit: bool) -> impl IntoView {
    let l = use_locale();
    let date = |d| domain::format::date(l.locale(), d);
    let from = place.from.map_or_else(|| l.t("people.place.ever"), date);
    let last = place.last.map_or_else(|| l.t("people.place.until_now"), date);
    let edit = may_edit.then(|| {
        let href = dialog_href(&format!("place-{}", place.id));
        let label = l.tf("people.change_what", &[("what", &from)]);
        view! {
            <td class="actions">
                <a class="button link" href=href aria-label=label>{l.t("people.change")}</a>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {place.team.unwrap_or_else(|| "–".to_owned())}
                {place.is_now.then(|| view! { " " <span class="tag">{l.t("people.place.now")}</span> })}
            </th>
            <td>{place.manager.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{from.clone()}</td>
            <td>{last}</td>
            {edit}
        </tr>
    }
}

#[component]
fn MoveDialog(person: StoredValue<PersonView>) -> impl IntoView {
    let l = use_locale();
    let today = use_caller().map(|c| c.today.to_string()).unwrap_or_default();
    let title = l.tf("people.place.add_title", &[("name", &person.with_value(|p| p.name.clone()))]);
    view! {
        <Dialog name="move" title>
            <MoveForm person today=today.clone()/>
        </Dialog>
    }
}

#[component]
fn MoveForm(person: StoredValue<PersonView>, today: String) -> impl IntoView {
    let l = use_locale();
    view! {
            <Form action={to::<AddPlace>()}>
                <p class="soft">{l.t("people.place.add_note")}</p>
                <Hidden name="person" value=person.with_value(|p| p.id.to_string())/>
                <Select name="team" label=l.t("people.person.team") options=person.with_value(|p| choices(&p.teams, l.t("people.none")))/>
                <Select
                    name="manager"
                    label=l.t("people.person.manager")
                    options=person.with_value(|p| choices(&p.managers, l.t("people.none")))
                    value=person.with_value(current_manager)
                    optional=true
                />
                <TextField name="from" label=l.t("people.place.from") hint=l.t("people.place.from_hint") kind="date" value=today short=true/>
                <TextField name="last" label=l.t("people.place.last") hint=l.t("people.place.last_hint") kind="date" short=true optional=true/>
                <Submit label=l.t("people.place.add")/>
            </Form>
    }
}

fn current_manager(person: &PersonView) -> String {
    person.places.iter().find(|p| p.is_now).map(|p| p.manager_id.clone()).unwrap_or_default()
}

#[component]
fn EditDialog(person: StoredValue<PersonView>) -> impl IntoView {
    let id = open_dialog("place-")?;
    let place = person.with_value(|p| p.places.iter().find(|place| place.id == id).cloned())?;
    Some(view! { <EditPlace place person/> })
}

#[component]
fn EditPlace(place: PlaceRow, person: StoredValue<PersonView>) -> impl IntoView {
    let l = use_locale();
    let name = format!("place-{}", place.id);
    view! {
        <Dialog name title=l.t("people.place.edit")>
            <EditForms place=place.clone() person/>
        </Dialog>
    }
}

#[component]
fn EditForms(place: PlaceRow, person: StoredValue<PersonView>) -> impl IntoView {
    let l = use_locale();
    let who = person.with_value(|p| p.id.to_string());
    let (whole, whose) = (place.clone(), who.clone());
    let iso = |d: Option<domain::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    view! {
            <div class="stack">
                <Form action={to::<SavePlace>()} id=place.id.clone()>
                    <p class="soft">{l.t("people.place.edit_note")}</p>
                    <Hidden name="person" value=who/>
                    <Hidden name="id" value=place.id.clone()/>
                    <Hidden name="seen" value=place.seen.clone()/>
                    <Select
                        name="team"
                        label=l.t("people.person.team")
                        options=person.with_value(|p| choices_with(&p.teams, l.t("people.none"), &place.team_id, place.team.as_deref()))
                        value=place.team_id.clone()
                    />
                    <Select
                        name="manager"
                        label=l.t("people.person.manager")
                        options=person.with_value(|p| choices(&p.managers, l.t("people.none")))
                        value=place.manager_id.clone()
                        optional=true
                    />
                    <TextField name="from" label=l.t("people.place.from") hint=l.t("people.place.from_hint") kind="date" value=iso(place.from) short=true optional=true/>
                    <TextField name="last" label=l.t("people.place.last") hint=l.t("people.place.last_hint") kind="date" value=iso(place.last) short=true optional=true/>
                    <Submit label=l.t("people.save")/>
                </Form>
                <hr/>
                <RemoveForm place=whole who=whose/>
            </div>
    }
}

#[component]
fn RemoveForm(place: PlaceRow, who: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<RemovePlace>()} id=place.id.clone()>
            <Hidden name="person" value=who/>
            <Hidden name="id" value=place.id/>
            <Hidden name="seen" value=place.seen/>
            <p class="soft">{l.t("people.place.remove_note")}</p>
            <Submit label=l.t("people.place.remove") kind="danger"/>
        </Form>
    }
}
