//! One user to change: role, person, teams, access, reset link.

use leptos::prelude::*;

use super::api::{
    GrantTeam, MakeResetLink, SaveUser, SetUserActive, TeamGrant, UserRow, UsersPage as Page, WithdrawTeam,
};
use super::users_page::role_choices;
use super::{choices, choices_with, open_dialog};
use crate::caller::Role;
use crate::i18n::use_locale;
use crate::ui::*;

/// The dialog of the user that the address names.
#[component]
pub fn UserDialog(
    /// All users.
    page: StoredValue<Page>,
) -> impl IntoView {
    let id = open_dialog("user-")?;
    let user = page.with_value(|p| p.users.iter().find(|u| u.id.to_string() == id).cloned())?;
    user.may_change.then(|| view! { <UserCard user page/> })
}

#[component]
fn UserCard(user: UserRow, page: StoredValue<Page>) -> impl IntoView {
    let name = format!("user-{}", user.id);
    let title = user.name.clone();
    let user = StoredValue::new(user);
    view! {
        <Dialog name title>
            <div class="stack">
                <p class="soft">{user.with_value(|u| u.email.clone())}</p>
                <RoleForm user=user.get_value() page/>
                <Teams user=user.get_value() page/>
                <Access user=user.get_value()/>
            </div>
        </Dialog>
    }
}

#[component]
fn RoleForm(user: UserRow, page: StoredValue<Page>) -> impl IntoView {
    let l = use_locale();
    let id = user.id.to_string();
    let (person, name) = user.person.map(|(id, name)| (id.to_string(), name)).unzip();
    let person = person.unwrap_or_default();
    let options = page.with_value(|p| choices_with(&p.people, l.t("people.none"), &person, name.as_deref()));
    let roles = role_choices(&page.with_value(|p| p.roles.clone()));
    let role = user.role.code();
    let role_field = if user.is_self {
        view! {
            <Hidden name="role" value=role/>
            <p class="soft">{l.t("people.error.own_role")}</p>
        }
        .into_any()
    } else {
        view! { <RadioGroup name="role" label=l.t("account.role") options=roles value=role/> }.into_any()
    };
    view! {
        <Form action={to::<SaveUser>()} id=id.clone()>
            <Hidden name="id" value=id/>
            <Hidden name="was_role" value=role/>
            <Hidden name="was_person" value=person.clone()/>
            {role_field}
            <Select name="person" label=l.t("people.user.person") hint=l.t("people.user.person_hint") options value=person optional=true/>
            <div class="row">
                <Submit label=l.t("people.save")/>
            </div>
        </Form>
    }
}

#[component]
fn Teams(user: UserRow, page: StoredValue<Page>) -> impl IntoView {
    let l = use_locale();
    let id = user.id.to_string();
    let may_manage = !matches!(user.role, Role::Rep | Role::Viewer);
    let kinds = if may_manage { vec!["manages", "sees"] } else { vec!["sees"] };
    let kinds = kinds.into_iter().map(|k| Choice::new(k, l.t(&format!("people.user.kind.{k}")))).collect();
    let grants = user.teams.iter().map(|grant| view! { <Grant id=id.clone() grant=grant.clone()/> }).collect_view();
    // An owner or administrator sees everything as it is.
    let sees_all = matches!(user.role, Role::Owner | Role::Admin);
    view! {
        <section class="stack tight">
            <h3>{l.t("people.user.teams")}</h3>
            {sees_all.then(|| view! { <p class="soft">{l.t("people.user.sees_all")}</p> })}
            <ul class="stack tight plain">{grants}</ul>
            <Form action={to::<GrantTeam>()} id=id.clone() class="row">
                <Hidden name="id" value=id/>
                <Select name="kind" label=l.t("people.user.kind.label") options=kinds/>
                <Select name="team" label=l.t("people.person.team") options=page.with_value(|p| choices(&p.teams, l.t("people.user.choose_team")))/>
                <Submit label=l.t("people.user.grant") kind="secondary"/>
            </Form>
        </section>
    }
}

#[component]
fn Grant(id: String, grant: TeamGrant) -> impl IntoView {
    let l = use_locale();
    let key = if grant.manages { "people.user.manages" } else { "people.user.sees" };
    let team = grant.team.to_string();
    view! {
        <li class="row spread">
            <span>{l.tf(key, &[("team", &grant.path)])}</span>
            <Form action={to::<WithdrawTeam>()} id=team.clone() class="inline">
                <Hidden name="id" value=id/>
                <Hidden name="team" value=team/>
                <Submit label=l.t("people.user.withdraw") kind="link"/>
            </Form>
        </li>
    }
}

#[component]
fn Access(user: UserRow) -> impl IntoView {
    let l = use_locale();
    let id = user.id.to_string();
    let disable = (!user.is_self).then(|| {
        let (label, note, kind) = if user.is_disabled {
            ("people.user.enable", "people.user.enable_note", "secondary")
        } else {
            ("people.user.disable", "people.user.disable_note", "danger")
        };
        let id = id.clone();
        view! {
            <Form action={to::<SetUserActive>()} id=id.clone()>
                <Hidden name="id" value=id/>
                <Hidden name="active" value=user.is_disabled.to_string()/>
                <p class="soft">{l.t(note)}</p>
                <div class="row">
                    <Submit label=l.t(label) kind=kind/>
                </div>
            </Form>
        }
    });
    view! {
        <section class="stack tight">
            <h3>{l.t("people.user.access")}</h3>
            <Form action={to::<MakeResetLink>()} id=id.clone()>
                <Hidden name="id" value=id/>
                <p class="soft">{l.t("people.user.reset_note")}</p>
                <div class="row">
                    <Submit label=l.t("people.user.reset") kind="secondary"/>
                </div>
            </Form>
            {disable}
        </section>
    }
}
