//! The list of people: searched, filtered, paged; who may, adds to it.

use leptos::prelude::*;

use super::api::{AddPerson, PER_PAGE, PeopleFilter, PeoplePage as Page, PersonRow, list_people};
use super::{AdminTabs, choices, dialog_href};
use crate::i18n::use_locale;
use crate::page::{page_data, use_caller};
use crate::route::Route;
use crate::ui::address::{here, query};
use crate::ui::*;

fn filter_in_address() -> PeopleFilter {
    PeopleFilter {
        search: query("q"),
        team: query("team").parse().ok(),
        state: query("state"),
        page: query("page").parse().unwrap_or(1),
    }
}

/// See the module.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let filter = filter_in_address();
    loaded(list_people(filter.clone()), move |page| view! { <List page filter/> })
}

#[component]
fn List(page: Page, filter: PeopleFilter) -> impl IntoView {
    let l = use_locale();
    let add = dialog_href("add");
    let may_edit = page.may_edit;
    let columns = vec![
        Column::text(l.t("people.person.name")),
        Column::text(l.t("people.person.team")),
        Column::text(l.t("people.person.manager")),
        Column::text(l.t("people.person.since")),
        Column::text(l.t("people.person.user")),
    ];
    let rows = page.rows.iter().cloned().map(|person| view! { <Row person/> }).collect_view();
    let (total, number) = (page.total, page.page);
    let nobody = page.all == 0;
    let found = l.tn("people.person.found", page.total, &[("all", &page.all)]);
    let teams = StoredValue::new(page.teams.clone());
    let managers = StoredValue::new(page.managers);
    view! {
        <PageHead title=l.t("people.person.title") lead=l.t("people.person.lead")>
            <ExportLinks of=here()/>
            {may_edit.then(|| view! { <ButtonLink href=add.clone() label=l.t("people.person.add") kind="primary" icon=Glyph::Plus/> })}
        </PageHead>
        {may_edit.then(|| view! { <AdminTabs current=Route::People/> })}
        {if nobody {
            let text = if may_edit { l.t("people.person.empty_edit") } else { l.t("people.person.empty") };
            view! {
                <EmptyState title=l.t("people.person.empty_title") text>
                    {may_edit.then(|| view! { <ButtonLink href=Route::Imports.href() label=l.t("people.person.import") icon=Glyph::Import/> })}
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <Filters filter teams=page.teams/>
                <p class="soft">{found}</p>
                <Table caption=l.t("people.person.title") columns quiet=true>
                    {rows}
                </Table>
                <Pagination page=number per_page=PER_PAGE total/>
            }
            .into_any()
        }}
        {may_edit.then(|| view! { <AddDialog teams managers/> })}
    }
}

#[component]
fn Filters(filter: PeopleFilter, teams: Vec<super::api::Pick>) -> impl IntoView {
    let l = use_locale();
    let url = here().q("page", "").q("dialog", "").q("q", "");
    let hidden = url
        .pairs()
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> })
        .collect_view();
    let states = ["", "left", "all"]
        .map(|s| Choice::new(s, l.t(&format!("people.person.state.{}", if s.is_empty() { "now" } else { s }))))
        .to_vec();
    let team = filter.team.map(|t| t.to_string()).unwrap_or_default();
    view! {
        <div class="row filters">
            <form class="picker" method="get" role="search">
                {hidden}
                <label class="visually-hidden" for="people-search">{l.t("people.person.search")}</label>
                <input class="input" id="people-search" type="search" name="q" data-key=page_data().keys.then_some("/") value=filter.search placeholder=l.t("people.person.search")/>
                <button class="button secondary" type="submit">{l.t("people.person.search_go")}</button>
            </form>
            <QueryPicker name="team" label=l.t("people.person.team") options=choices(&teams, l.t("people.person.all_teams")) current=team/>
            <QueryPicker name="state" label=l.t("people.person.state.label") options=states current=filter.state/>
        </div>
    }
}

#[component]
fn Row(person: PersonRow) -> impl IntoView {
    let l = use_locale();
    let date = |d| domain::format::date(l.locale(), d);
    let time = match (person.is_here, person.since, person.last) {
        (false, _, Some(last)) => l.tf("people.person.left_on", &[("date", &date(last))]),
        (_, Some(since), _) => date(since),
        (true, None, _) => l.t("people.place.ever"),
        (false, None, None) => String::new(),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Person(person.id).href()>{person.name}</a>
                {person.key.map(|key| view! { " " <span class="soft">{key}</span> })}
            </th>
            <td>{person.team.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{person.manager.unwrap_or_else(|| "–".to_owned())}</td>
            <td>{time}</td>
            <td>{if person.has_user { l.t("people.yes") } else { l.t("people.no") }}</td>
        </tr>
    }
}

#[component]
fn AddDialog(teams: StoredValue<Vec<super::api::Pick>>, managers: StoredValue<Vec<super::api::Pick>>) -> impl IntoView {
    let l = use_locale();
    let today = use_caller().map(|c| c.today.to_string()).unwrap_or_default();
    view! {
        <Dialog name="add" title=l.t("people.person.add")>
            <AddForm teams managers today=today.clone()/>
        </Dialog>
    }
}

#[component]
fn AddForm(
    teams: StoredValue<Vec<super::api::Pick>>,
    managers: StoredValue<Vec<super::api::Pick>>,
    today: String,
) -> impl IntoView {
    let l = use_locale();
    view! {
            <Form action={to::<AddPerson>()}>
                <TextField name="name" label=l.t("people.person.name")/>
                <TextField name="email" label=l.t("account.email") kind="email" inputmode="email" optional=true/>
                <TextField name="key" label=l.t("people.person.key") hint=l.t("people.person.key_hint") optional=true/>
                <Select name="team" label=l.t("people.person.team") options=choices(&teams.get_value(), l.t("people.none")) optional=true/>
                <Select name="manager" label=l.t("people.person.manager") options=choices(&managers.get_value(), l.t("people.none")) optional=true/>
                <TextField name="from" label=l.t("people.place.from") hint=l.t("people.place.from_hint") kind="date" value=today short=true optional=true/>
                <Submit label=l.t("people.person.add")/>
            </Form>
    }
}
