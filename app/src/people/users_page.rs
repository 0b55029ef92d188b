//! Users: who signs in and as what; invitations; links that are shown once.

use leptos::prelude::*;

use super::api::{Handover, InvitationRow, Invite, Pick, RevokeInvitation, UserRow, UsersPage as Page, list_users};
use super::user_card::UserDialog;
use super::{AdminTabs, choices, dialog_href};
use crate::caller::Role;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::query;
use crate::ui::*;

/// See the module.
#[component]
pub fn UsersPage() -> impl IntoView {
    loaded(list_users(), move |page| view! { <Users page/> })
}

#[component]
fn Users(page: Page) -> impl IntoView {
    let l = use_locale();
    let invite = dialog_href("invite");
    let columns = vec![
        Column::text(l.t("people.user.name")),
        Column::text(l.t("account.role")),
        Column::text(l.t("people.user.person")),
        Column::text(l.t("people.user.teams")),
        Column::text(l.t("people.user.last_seen")),
        Column::unseen(l.t("people.change")),
    ];
    let rows = page.users.iter().map(|user| view! { <Row user=user.clone()/> }).collect_view();
    let invitations = page.invitations.clone();
    let handover = page.handover.clone();
    let stored = StoredValue::new(page);
    view! {
        <PageHead title=l.t("people.user.title") lead=l.t("people.user.lead")>
            <ExportLinks of=Route::Users.url()/>
            <ButtonLink href=invite label=l.t("people.invite.open") kind="primary" icon=Glyph::Plus/>
        </PageHead>
        <AdminTabs current=Route::Users/>
        <div class="stack">
            {handover.map(|handover| view! { <HandoverCard handover/> })}
            <Table caption=l.t("people.user.title") columns quiet=true>
                {rows}
            </Table>
            {(!invitations.is_empty()).then(|| view! { <Invitations invitations/> })}
        </div>
        <InviteDialog page=stored/>
        <UserDialog page=stored/>
    }
}

/// A link for somebody, which cannot be read again.
#[component]
fn HandoverCard(handover: Handover) -> impl IntoView {
    let l = use_locale();
    let until = domain::format::date(l.locale(), handover.until);
    let (title, text) = if handover.is_reset {
        ("people.handover.reset_title", "people.handover.reset")
    } else {
        ("people.handover.invite_title", "people.handover.invite")
    };
    let text = l.tf(text, &[("email", &handover.email), ("until", &until)]);
    view! {
        <ShowOnce
            title=l.t(title)
            text
            id="handover-link"
            label=l.t("people.handover.link")
            value=handover.link
            copy=l.t("people.handover.copy")
            copied=l.t("people.handover.copied")
            note=l.t("people.handover.once")
        />
    }
}

#[component]
fn Row(user: UserRow) -> impl IntoView {
    let l = use_locale();
    let person = user.person.clone().map(|(id, name)| view! { <a href=Route::Person(id).href()>{name}</a> });
    let teams = user
        .teams
        .iter()
        .map(|t| {
            let key = if t.manages { "people.user.manages" } else { "people.user.sees" };
            view! { <li>{l.tf(key, &[("team", &t.path)])}</li> }
        })
        .collect_view();
    let edit = user.may_change.then(|| {
        let href = dialog_href(&format!("user-{}", user.id));
        let label = l.tf("people.change_what", &[("what", &user.name)]);
        view! { <a class="button link" href=href aria-label=label>{l.t("people.change")}</a> }
    });
    let last_seen = user.last_seen.map_or_else(|| "–".to_owned(), |when| when.text(l));
    view! {
        <tr>
            <th scope="row">
                {user.name}
                {user.is_self.then(|| view! { " " <span class="tag">{l.t("people.user.you")}</span> })}
                {user.is_disabled.then(|| view! { " " <span class="tag">{l.t("people.user.disabled")}</span> })}
                <div class="soft small">{user.email}</div>
            </th>
            <td>{l.t(&format!("role.{}", user.role.code()))}</td>
            <td>{person}</td>
            <td><ul class="plain">{teams}</ul></td>
            <td>{last_seen}</td>
            <td class="actions">{edit}</td>
        </tr>
    }
}

#[component]
fn Invitations(invitations: Vec<InvitationRow>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("account.email")),
        Column::text(l.t("account.role")),
        Column::text(l.t("people.person.team")),
        Column::text(l.t("people.invite.by")),
        Column::text(l.t("people.invite.until")),
        Column::unseen(l.t("people.invite.revoke")),
    ];
    let rows = invitations
        .into_iter()
        .map(|i| {
            let until = domain::format::date(l.locale(), i.until);
            let expired = i.is_expired.then(|| view! { " " <span class="tag">{l.t("people.invite.expired")}</span> });
            view! {
                <tr>
                    <th scope="row">{i.email.clone()}</th>
                    <td>{l.t(&format!("role.{}", i.role.code()))}</td>
                    <td>{i.team.unwrap_or_else(|| "–".to_owned())}</td>
                    <td>{i.invited_by.unwrap_or_else(|| "–".to_owned())}</td>
                    <td>{until} {expired}</td>
                    <td class="actions"><Revoke id=i.id.to_string()/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t("people.invite.pending")>
            <Table caption=l.t("people.invite.pending") columns quiet=true>
                {rows}
            </Table>
        </Card>
    }
}

#[component]
fn Revoke(id: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<RevokeInvitation>()} id=id.clone() class="inline">
            <Hidden name="id" value=id/>
            <Submit label=l.t("people.invite.revoke") kind="secondary"/>
        </Form>
    }
}

/// The roles that may be given, each with what it may do.
pub fn role_choices(roles: &[Role]) -> Vec<Choice> {
    let l = use_locale();
    roles
        .iter()
        .map(|r| {
            Choice::new(r.code(), l.t(&format!("role.{}", r.code()))).hint(l.t(&format!("role.{}_help", r.code())))
        })
        .collect()
}

#[component]
fn InviteDialog(page: StoredValue<Page>) -> impl IntoView {
    let l = use_locale();
    let person = query("person");
    view! {
        <Dialog name="invite" title=l.t("people.invite.title")>
            <InviteForm page person=person.clone()/>
        </Dialog>
    }
}

#[component]
fn InviteForm(page: StoredValue<Page>, person: String) -> impl IntoView {
    let l = use_locale();
    let picks = move |of: fn(&Page) -> &Vec<Pick>| page.with_value(|p| choices(of(p), l.t("people.none")));
    view! {
                <Form action={to::<Invite>()}>
                    <p class="soft">{l.t("people.invite.lead")}</p>
                    <TextField name="email" label=l.t("account.email") kind="email" inputmode="email"/>
                    <RadioGroup name="role" label=l.t("account.role") options=role_choices(&page.with_value(|p| p.roles.clone())) value="rep"/>
                    <Select name="team" label=l.t("people.person.team") hint=l.t("people.invite.team_hint") options=picks(|p| &p.teams) optional=true/>
                    <Select
                        name="person"
                        label=l.t("people.user.person")
                        hint=l.t("people.invite.person_hint")
                        options=picks(|p| &p.people)
                        value=person
                        optional=true
    />
                    <Submit label=l.t("people.invite.make")/>
                </Form>
        }
}
