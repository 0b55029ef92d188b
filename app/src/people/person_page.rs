//! One person: who they are, and where they belonged over time.

use leptos::prelude::*;

use super::api::{PersonView, SavePerson, get_person};
use super::places::Places;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::of_id;
use crate::ui::*;

/// See the module.
#[component]
pub fn PersonPage() -> impl IntoView {
    loaded(of_id(get_person), move |person| view! { <Person person/> })
}

#[component]
fn Person(person: PersonView) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("people.person.title"), Route::People.href())];
    let now = person.places.iter().find(|p| p.is_now);
    let lead = match now {
        Some(place) => match (&place.team, &place.manager) {
            (Some(team), Some(manager)) => l.tf("people.person.now_both", &[("team", team), ("manager", manager)]),
            (Some(team), None) => l.tf("people.person.now_team", &[("team", team)]),
            (None, Some(manager)) => l.tf("people.person.now_manager", &[("manager", manager)]),
            (None, None) => String::new(),
        },
        None => l.t("people.person.now_nowhere"),
    };
    let may_edit = person.may_edit;
    view! {
        <PageHead title=person.name.clone() lead crumbs>
            <ButtonLink href=Route::Scorecard(person.id).href() label=l.t("people.person.scorecard") icon=Glyph::Scorecard/>
        </PageHead>
        <div class="columns">
            <Places person=person.clone()/>
            {if may_edit {
                view! { <Who person/> }.into_any()
            } else {
                view! { <Facts person/> }.into_any()
            }}
        </div>
    }
}

/// Name, key and address to read.
#[component]
fn Facts(person: PersonView) -> impl IntoView {
    let l = use_locale();
    let email = (!person.email.is_empty()).then_some(person.email);
    view! {
        <Card title=l.t("people.person.who")>
            <dl class="facts">
                <div><dt>{l.t("people.person.key")}</dt><dd>{person.key}</dd></div>
                {email.map(|email| view! { <div><dt>{l.t("account.email")}</dt><dd>{email}</dd></div> })}
            </dl>
        </Card>
    }
}

/// Name, key and address to change.
#[component]
fn Who(person: PersonView) -> impl IntoView {
    let l = use_locale();
    let user = match &person.user {
        Some(email) => l.tf("people.person.signs_in", &[("email", email)]),
        None => l.t("people.person.no_user"),
    };
    view! {
        <Card title=l.t("people.person.who")>
            <Form action={to::<SavePerson>()}>
                <Hidden name="id" value=person.id.to_string()/>
                <Hidden name="seen" value=person.seen.to_string()/>
                <TextField name="name" label=l.t("people.person.name") value=person.name/>
                <TextField name="email" label=l.t("account.email") kind="email" inputmode="email" value=person.email optional=true/>
                <TextField name="key" label=l.t("people.person.key") hint=l.t("people.person.key_hint") value=person.key/>
                <div class="row">
                    <Submit label=l.t("people.save") kind="secondary"/>
                </div>
            </Form>
            <p class="soft">{user} " " {person.user.is_none().then(|| {
                let href = Route::Users.url().q("dialog", "invite").q("person", person.id).href();
                view! { <a href=href>{l.t("people.person.invite")}</a> }
            })}</p>
            <p class="soft">{l.tn("people.person.deals", person.deals, &[])}</p>
        </Card>
    }
}
