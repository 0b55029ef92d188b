//! An invitation: who invites to what, and how to accept.

use leptos::prelude::*;

use super::LinkIsOver;
use super::api::{AcceptInvitation, InvitationView, Join, Link, MIN_PASSWORD, invitation};
use crate::i18n::use_locale;
use crate::page::use_caller;
use crate::route::Route;
use crate::ui::address::param;
use crate::ui::*;

/// See the module.
#[component]
pub fn InvitePage() -> impl IntoView {
    let token = param("token").unwrap_or_default();
    view! {
        {loaded(invitation(token.clone()), move |link| match link {
                    Link::Open(offer) => view! { <Offer offer token/> }.into_any(),
                    over => view! { <LinkIsOver reason=over.reason().unwrap_or("account.link.used")/> }.into_any(),
        })}
    }
}

#[component]
fn Offer(offer: InvitationView, token: String) -> impl IntoView {
    let l = use_locale();
    let lead = match &offer.invited_by {
        Some(name) => l.tf("account.invite.by", &[("name", name), ("org", &offer.org_name)]),
        None => l.tf("account.invite.by_nobody", &[("org", &offer.org_name)]),
    };
    let role = l.t(&format!("role.{}", offer.role.code()));
    let role_help = l.t(&format!("role.{}_help", offer.role.code()));
    let until = domain::format::date(l.locale(), offer.until);
    let fact = |label: &str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{l.t(label)}</dt><dd>{value}</dd></div> })
    };
    let team = fact("account.invite.team", offer.team.clone());
    let person = fact("account.invite.person", offer.person.clone());
    let way = match use_caller() {
        None => view! { <Accept offer=offer.clone() token/> }.into_any(),
        Some(caller) if caller.email == offer.email => view! { <JoinForm token/> }.into_any(),
        Some(caller) => {
            let text = l.tf("account.invite.other_user", &[("email", &offer.email), ("own", &caller.email)]);
            view! {
                <p>{text}</p>
                <form method="post" action="/logout" data-native="">
                    <button class="button secondary" type="submit">{l.t("ui.sign_out")}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <PageHead title=l.tf("account.invite.title", &[("org", &offer.org_name)]) lead/>
        <Card>
            <div class="stack">
                <dl class="facts">
                    <div><dt>{l.t("account.email")}</dt><dd>{offer.email}</dd></div>
                    <div><dt>{l.t("account.role")}</dt><dd>{role} <span class="soft">" "{role_help}</span></dd></div>
                    {team}
                    {person}
                    <div><dt>{l.t("account.invite.until")}</dt><dd>{until}</dd></div>
                </dl>
                {way}
            </div>
        </Card>
    }
}

#[component]
fn Accept(offer: InvitationView, token: String) -> impl IntoView {
    let l = use_locale();
    let sign_in = Route::Login.url().q("next", Route::Invite(token.clone()).href()).href();
    view! {
            <Form action={to::<AcceptInvitation>()} native=true>
                <Hidden name="token" value=token/>
                <TextField name="name" label=l.t("account.name") value=offer.person.unwrap_or_default() autocomplete="name"/>
                <TextField
                    name="password"
                    label=l.t("account.invite.password")
                    hint=l.tf("account.password_hint", &[("min", &MIN_PASSWORD)])
                    kind="password"
                    autocomplete="new-password"
    />
                <Submit label=l.t("account.invite.accept")/>
            </Form>
            <p class="soft">{l.t("account.invite.known")} " " <a href=sign_in rel="external">{l.t("ui.sign_in")}</a></p>
        }
}

#[component]
fn JoinForm(token: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<Join>()} native=true>
            <Hidden name="token" value=token/>
            <Submit label=l.t("account.invite.accept")/>
        </Form>
    }
}
