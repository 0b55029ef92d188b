//! The app: page data, layout and the table of routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::account;
use crate::analysis;
use crate::catalogue;
use crate::home::HomePage;
use crate::i18n::use_locale;
use crate::layout::Layout;
use crate::page::provide_page_data;
use crate::people;
use crate::scorecard::{DealPage, DealsPage, ExplainPage, ScorecardPage, TeamPage};
use crate::targets::{NewTargetPage, ObjectivesPage, TargetGridPage, TargetPageView, TargetsPage};
use crate::ui::dev::DevUi;
use crate::ui::error_view::NotFound;

/// Everything inside `<body>`. All routes render fully on the server before they are sent
/// (`SsrMode::Async`): a page is complete without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_page_data();
    let l = use_locale();
    let product = l.t("ui.product");
    view! {
        <Title formatter=move |page: String| if page.is_empty() { product.clone() } else { format!("{page} · {product}") }/>
        <Router>
            <Layout>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    // account
                    <Route path=path!("/login") view=account::LoginPage ssr=SsrMode::Async/>
                    <Route path=path!("/forgot") view=account::ForgotPage ssr=SsrMode::Async/>
                    <Route path=path!("/setup") view=account::SetupPage ssr=SsrMode::Async/>
                    <Route path=path!("/invite/:token") view=account::InvitePage ssr=SsrMode::Async/>
                    <Route path=path!("/reset/:token") view=account::ResetPage ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=account::AccountPage ssr=SsrMode::Async/>

                    // people
                    <Route path=path!("/people/teams") view=people::TeamsPage ssr=SsrMode::Async/>
                    <Route path=path!("/people") view=people::PeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("/people/:id") view=people::PersonPage ssr=SsrMode::Async/>
                    <Route path=path!("/users") view=people::UsersPage ssr=SsrMode::Async/>

                    // settings
                    <Route path=path!("/settings") view=crate::settings::SettingsPage ssr=SsrMode::Async/>

                    // tokens
                    <Route path=path!("/tokens") view=crate::tokens::TokensPage ssr=SsrMode::Async/>

                    // webhooks
                    <Route path=path!("/webhooks") view=crate::webhooks::WebhooksPage ssr=SsrMode::Async/>
                    <Route path=path!("/webhooks/:id") view=crate::webhooks::WebhookPage ssr=SsrMode::Async/>

                    // scorecard
                    <Route path=path!("/scorecard") view=ScorecardPage ssr=SsrMode::Async/>
                    <Route path=path!("/scorecard/:person") view=ScorecardPage ssr=SsrMode::Async/>
                    <Route path=path!("/explain/:metric") view=ExplainPage ssr=SsrMode::Async/>
                    <Route path=path!("/deals") view=DealsPage ssr=SsrMode::Async/>
                    <Route path=path!("/deals/:deal") view=DealPage ssr=SsrMode::Async/>
                    <Route path=path!("/teams") view=TeamPage ssr=SsrMode::Async/>
                    <Route path=path!("/teams/:team") view=TeamPage ssr=SsrMode::Async/>

                    // analysis
                    <Route path=path!("/analysis") view=analysis::AnalysisHome ssr=SsrMode::Async/>
                    <Route path=path!("/analysis/events") view=analysis::EventsPage ssr=SsrMode::Async/>
                    <Route path=path!("/analysis/events/:id") view=analysis::EventPage ssr=SsrMode::Async/>
                    <Route path=path!("/analysis/:which") view=analysis::AnalysisPage ssr=SsrMode::Async/>

                    // catalogue
                    <Route path=path!("/kpis") view=catalogue::CataloguePage ssr=SsrMode::Async/>
                    <Route path=path!("/kpis/choices") view=crate::catalogue::ChoicesPage ssr=SsrMode::Async/>
                    <Route path=path!("/kpis/new") view=catalogue::FormulaPage ssr=SsrMode::Async/>
                    <Route path=path!("/kpis/:id/edit") view=catalogue::FormulaPage ssr=SsrMode::Async/>
                    <Route path=path!("/kpis/:id") view=catalogue::KpiPage ssr=SsrMode::Async/>

                    // targets
                    <Route path=path!("/targets") view=TargetsPage ssr=SsrMode::Async/>
                    <Route path=path!("/targets/new") view=NewTargetPage ssr=SsrMode::Async/>
                    <Route path=path!("/targets/grid") view=TargetGridPage ssr=SsrMode::Async/>
                    <Route path=path!("/targets/:id") view=TargetPageView ssr=SsrMode::Async/>
                    <Route path=path!("/objectives") view=ObjectivesPage ssr=SsrMode::Async/>

                    // notes

                    // facts
                    <Route path=path!("/facts/:kind") view=crate::facts::FactsPage ssr=SsrMode::Async/>
                    <Route path=path!("/facts/:kind/new") view=crate::facts::NewFactPage ssr=SsrMode::Async/>
                    <Route path=path!("/facts/:kind/:id") view=crate::facts::FactPage ssr=SsrMode::Async/>
                    // imports
                    <Route path=path!("/imports") view=crate::imports::ImportsPage ssr=SsrMode::Async/>
                    <Route path=path!("/imports/:id") view=crate::imports::ImportPage ssr=SsrMode::Async/>
                    <Route path=path!("/imports/:id/columns") view=crate::imports::ColumnsPage ssr=SsrMode::Async/>
                    <Route path=path!("/imports/:id/values") view=crate::imports::ValuesPage ssr=SsrMode::Async/>

                    // developers
                    <Route path=path!("/dev/ui") view=DevUi ssr=SsrMode::Async/>
                </Routes>
            </Layout>
        </Router>
    }
}
