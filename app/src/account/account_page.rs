//! The own account: name, password, the browsers in which one is signed in, organisations.

use leptos::prelude::*;

use super::api::{
    AccountView, ChangePassword, EndAll, EndSession, MIN_PASSWORD, PlaceRow, Rename, SessionRow, SwitchOrganisation,
    view_account,
};
use crate::i18n::use_locale;
use crate::ui::*;

/// See the module.
#[component]
pub fn AccountPage() -> impl IntoView {
    let l = use_locale();
    view! {
        <PageHead title=l.t("account.page.title") lead=l.t("account.page.lead")/>
        {loaded(view_account(), move |account| view! { <Account account/> })}
    }
}

#[component]
fn Account(account: AccountView) -> impl IntoView {
    let l = use_locale();
    let AccountView { name, email, sessions, places } = account;
    let signs_in = l.tf("account.page.email", &[("email", &email)]);
    view! {
        <div class="columns">
            <div class="stack">
                <Card title=l.t("account.page.who")>
                    // A new name stands in the frame too, so it takes a new page.
                    <Form action={to::<Rename>()} native=true>
                        <TextField name="name" label=l.t("account.name") value=name autocomplete="name"/>
                        <p class="soft">{signs_in}</p>
                        <div class="row">
                            <Submit label=l.t("account.page.save") kind="secondary"/>
                        </div>
                    </Form>
                </Card>
                <Sessions sessions/>
            </div>
            <div class="stack">
                <Password email/>
                {(places.len() > 1).then(|| view! { <Places places/> })}
            </div>
        </div>
    }
}

#[component]
fn Password(email: String) -> impl IntoView {
    let l = use_locale();
    view! {
            <Card title=l.t("account.page.password")>
                <Form action={to::<ChangePassword>()}>
                    <input class="visually-hidden" type="text" autocomplete="username" value=email readonly tabindex="-1" aria-hidden="true"/>
                    <TextField name="old_password" label=l.t("account.old_password") kind="password" autocomplete="current-password"/>
                    <TextField
                        name="new_password"
                        label=l.t("account.new_password")
                        hint=l.tf("account.password_hint", &[("min", &MIN_PASSWORD)])
                        kind="password"
                        autocomplete="new-password"
    />
                    <p class="soft">{l.t("account.page.password_note")}</p>
                    <div class="row">
                        <Submit label=l.t("account.page.change_password") kind="secondary"/>
                    </div>
                </Form>
            </Card>
        }
}

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("account.session.browser")),
        Column::text(l.t("account.session.last_seen")),
        Column::text(l.t("account.session.since")),
        Column::unseen(l.t("account.session.end")),
    ];
    let rows = sessions
        .into_iter()
        .map(|s| {
            let end = if s.is_this {
                view! { <span class="tag">{l.t("account.session.this")}</span> }.into_any()
            } else {
                view! { <EndOne id=s.id.to_string()/> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{s.browser} <span class="soft">" "{s.address}</span></th>
                    <td>{s.last_seen.text(l)}</td>
                    <td>{s.since.text(l)}</td>
                    <td class="actions">{end}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t("account.session.title")>
            <Table caption=l.t("account.session.title") columns quiet=true>
                {rows}
            </Table>
            <Form action={to::<EndAll>()} native=true>
                <div class="row spread">
                    <p class="soft">{l.t("account.session.all_note")}</p>
                    <Submit label=l.t("account.session.end_all") kind="danger"/>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn EndOne(id: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<EndSession>()} id=id.clone() class="inline">
            <Hidden name="id" value=id/>
            <Submit label=l.t("account.session.end") kind="secondary"/>
        </Form>
    }
}

#[component]
fn Places(places: Vec<PlaceRow>) -> impl IntoView {
    let l = use_locale();
    let rows = places
        .into_iter()
        .map(|place| {
            let role = l.t(&format!("role.{}", place.role.code()));
            let id = place.id.to_string();
            let go = if place.is_current {
                view! { <span class="tag">{l.t("account.place.current")}</span> }.into_any()
            } else {
                view! {
                    <Form action={to::<SwitchOrganisation>()} native=true id=id.clone() class="inline">
                        <Hidden name="org" value=id/>
                        <Submit label=l.t("account.place.go") kind="secondary"/>
                    </Form>
                }
                .into_any()
            };
            view! { <li class="row spread"><span>{place.name} <span class="soft">" "{role}</span></span> {go}</li> }
        })
        .collect_view();
    view! {
        <Card title=l.t("account.place.title")>
            <ul class="stack plain">{rows}</ul>
        </Card>
    }
}
