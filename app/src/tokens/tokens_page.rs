//! The page of API tokens: the list, the form for a new one, and a new one's text, once.

use domain::policy::Scope;
use leptos::prelude::*;

use super::api::{CreateToken, DEFAULT_DAYS, RevokeToken, TokenRow, TokenState, TokensPage as Page, list_tokens};
use crate::i18n::use_locale;
use crate::people::AdminTabs;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::*;

/// See the module.
#[component]
pub fn TokensPage() -> impl IntoView {
    loaded(list_tokens(), move |page| view! { <Tokens page/> })
}

#[component]
fn Tokens(page: Page) -> impl IntoView {
    let l = use_locale();
    let create = here().q("dialog", "token").href();
    let lead = if page.everybody { "tokens.lead" } else { "tokens.lead_own" };
    view! {
        <PageHead title=l.t("tokens.title") lead=l.t(lead)>
            <ExportLinks of=Route::Tokens.url()/>
            <ButtonLink href=create label=l.t("tokens.open") kind="primary" icon=Glyph::Plus/>
        </PageHead>
        <AdminTabs current=Route::Tokens/>
        <div class="stack">
            {page.fresh.map(|fresh| {
                let until = domain::format::date(l.locale(), fresh.until);
                view! {
                    <ShowOnce
                        title=l.t("tokens.fresh_title")
                        text=l.tf("tokens.fresh", &[("name", &fresh.name), ("until", &until)])
                        id="token-text"
                        label=l.t("tokens.token")
                        value=fresh.text
                        copy=l.t("tokens.copy")
                        copied=l.t("tokens.copied")
                        note=l.t("tokens.once")
                    />
                }
            })}
            <List tokens=page.tokens/>
            <p class="soft">
                {l.t("tokens.document")} " "
                <a href="/api/v1/openapi.json" rel="external">"/api/v1/openapi.json"</a>
            </p>
        </div>
        <Dialog name="token" title=l.t("tokens.new")>
            <CreateForm/>
        </Dialog>
    }
}

#[component]
fn List(tokens: Vec<TokenRow>) -> impl IntoView {
    let l = use_locale();
    if tokens.is_empty() {
        return view! { <EmptyState title=l.t("tokens.none") text=l.t("tokens.none_text")/> }.into_any();
    }
    let columns = vec![
        Column::text(l.t("tokens.name")),
        Column::text(l.t("tokens.may")),
        Column::text(l.t("tokens.creator")),
        Column::text(l.t("tokens.created")),
        Column::text(l.t("tokens.until")),
        Column::text(l.t("tokens.last_used")),
        Column::unseen(l.t("tokens.revoke")),
    ];
    let rows = tokens.into_iter().map(|token| view! { <Row token/> }).collect_view();
    view! {
        <Table caption=l.t("tokens.title") columns quiet=true>
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(token: TokenRow) -> impl IntoView {
    let l = use_locale();
    let scopes = token.scopes.iter().map(|s| view! { <li><code>{s.clone()}</code></li> }).collect_view();
    let state = token.state;
    let tag = (state != TokenState::Live)
        .then(|| view! { " " <span class="tag">{l.t(&format!("tokens.state.{}", state.code()))}</span> });
    // One whose creator is disabled would work again with them: it can be ended for good.
    let revoke = matches!(state, TokenState::Live | TokenState::CreatorGone)
        .then(|| view! { <Revoke id=token.id.to_string() name=token.name.clone()/> });
    view! {
        <tr>
            <th scope="row">{token.name} {tag}</th>
            <td><ul class="plain">{scopes}</ul></td>
            <td>{token.creator}</td>
            <td>{token.created.text(l)}</td>
            <td>{domain::format::date(l.locale(), token.until)}</td>
            <td>{token.last_used.map_or_else(|| l.t("tokens.never"), |when| when.text(l))}</td>
            <td class="actions">{revoke}</td>
        </tr>
    }
}

#[component]
fn Revoke(id: String, name: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<RevokeToken>()} id=id.clone() class="inline">
            <Hidden name="id" value=id/>
            <Submit label=l.tf("tokens.revoke_what", &[("name", &name)]) kind="secondary"/>
        </Form>
    }
}

#[component]
fn CreateForm() -> impl IntoView {
    let l = use_locale();
    let help = move |scope: Scope| l.t(&format!("tokens.scope.{}", scope.code().replace(':', "_")));
    view! {
        <Form action={to::<CreateToken>()}>
            <p class="soft">{l.t("tokens.new_lead")}</p>
            <TextField name="name" label=l.t("tokens.name") hint=l.t("tokens.name_hint")/>
            <Checkbox name="read_kpi" label=Scope::ReadKpi.code() hint=help(Scope::ReadKpi)/>
            <Checkbox name="read_facts" label=Scope::ReadFacts.code() hint=help(Scope::ReadFacts)/>
            <Checkbox name="write_facts" label=Scope::WriteFacts.code() hint=help(Scope::WriteFacts)/>
            <TextField
                name="days"
                label=l.t("tokens.days")
                hint=l.t("tokens.days_hint")
                value=DEFAULT_DAYS.to_string()
                inputmode="numeric"
                short=true
            />
            <Submit label=l.t("tokens.make")/>
        </Form>
    }
}
