//! Every address of the product in one place. Links are built from [`Route`], never from text, so that
//! a renamed path cannot leave a dead link behind.

use std::fmt::{Display, Write};

use domain::ids::{DealId, FactId, ImportId, PersonId, TargetId, TeamId, WebhookId};

use crate::analysis::api::Which;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Where a reader lands: own scorecard or team.
    Home,
    /// Sign in.
    Login,
    /// First run: organisation and owner.
    Setup,
    /// Accept an invitation, by its token.
    Invite(String),
    /// Ask for a password reset link.
    Forgot,
    /// Choose a new password, by its token.
    Reset(String),
    /// One person's scorecard.
    Scorecard(PersonId),
    /// Where a figure comes from; the scope is added with [`Url::q`].
    Explain(String),
    /// Deals behind a figure; filters are added with [`Url::q`].
    Deals,
    /// One deal.
    Deal(DealId),
    /// All teams the reader sees.
    Teams,
    /// One team, a row per person.
    Team(TeamId),
    /// What can be analysed.
    Analysis,
    /// One analysis; period and filters are added with [`Url::q`].
    AnalysisOf(Which),
    /// Events, and what happened around them.
    Events,
    /// What happened around one event; the KPI is added with [`Url::q`].
    Event(FactId),
    /// The KPI catalogue; search and filters are added with [`Url::q`].
    Kpis,
    /// The organisation's choices where vendors disagree.
    KpiChoices,
    /// The form for an own KPI.
    KpiNew,
    /// The form for a new version of an own KPI.
    KpiEdit(String),
    /// One KPI of it.
    Kpi(String),
    /// Targets.
    Targets,
    /// The yearly grid of people and months; year, KPI and team are added with [`Url::q`].
    TargetGrid,
    /// The form for a new target; who and what are added with [`Url::q`].
    TargetNew,
    /// One target.
    Target(TargetId),
    /// Objectives above the targets.
    Objectives,
    /// People, for administrators.
    People,
    /// One person, for administrators.
    Person(PersonId),
    /// The team tree, to read and to change.
    TeamTree,
    /// Users, roles, invitations.
    Users,
    /// Facts of a kind; filters are added with [`Url::q`].
    Facts(String),
    /// The form for a new fact of a kind.
    FactNew(String),
    /// One fact of a kind, to read and to correct.
    Fact(String, FactId),
    /// The organisation's settings; the year of the holidays is added with [`Url::q`].
    Settings,
    /// API tokens.
    Tokens,
    /// Webhooks.
    Webhooks,
    /// One webhook with its deliveries.
    Webhook(WebhookId),
    /// Imports.
    Imports,
    /// One import: its dry run, progress and report.
    Import(ImportId),
    /// The rejected rows of an import as a file.
    ImportRejected(ImportId),
    /// The mapping of an import as a file for the command line.
    ImportMapping(ImportId),
    /// The wizard's step of columns.
    ImportColumns(ImportId),
    /// The wizard's step of values and people.
    ImportValues(ImportId),
    /// Own account: name, language, password, sessions.
    Account,
    /// Every component in every state; debug builds only.
    DevUi,
}

impl Route {
    /// The path.
    pub fn href(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Login => "/login".to_owned(),
            Self::Setup => "/setup".to_owned(),
            Self::Invite(token) => format!("/invite/{}", encode(token)),
            Self::Forgot => "/forgot".to_owned(),
            Self::Reset(token) => format!("/reset/{}", encode(token)),
            Self::Scorecard(id) => format!("/scorecard/{id}"),
            Self::Explain(metric) => format!("/explain/{}", encode(metric)),
            Self::Deals => "/deals".to_owned(),
            Self::Deal(id) => format!("/deals/{id}"),
            Self::Teams => "/teams".to_owned(),
            Self::Team(id) => format!("/teams/{id}"),
            Self::Analysis => "/analysis".to_owned(),
            Self::AnalysisOf(which) => format!("/analysis/{}", which.code()),
            Self::Events => "/analysis/events".to_owned(),
            Self::Event(id) => format!("/analysis/events/{id}"),
            Self::Kpis => "/kpis".to_owned(),
            Self::KpiChoices => "/kpis/choices".to_owned(),
            Self::KpiNew => "/kpis/new".to_owned(),
            Self::KpiEdit(key) => format!("/kpis/{}/edit", encode(key)),
            Self::Kpi(id) => format!("/kpis/{}", encode(id)),
            Self::Targets => "/targets".to_owned(),
            Self::TargetGrid => "/targets/grid".to_owned(),
            Self::TargetNew => "/targets/new".to_owned(),
            Self::Target(id) => format!("/targets/{id}"),
            Self::Objectives => "/objectives".to_owned(),
            Self::People => "/people".to_owned(),
            Self::Person(id) => format!("/people/{id}"),
            Self::TeamTree => "/people/teams".to_owned(),
            Self::Users => "/users".to_owned(),
            Self::Facts(kind) => format!("/facts/{}", encode(kind)),
            Self::FactNew(kind) => format!("/facts/{}/new", encode(kind)),
            Self::Fact(kind, id) => format!("/facts/{}/{id}", encode(kind)),
            Self::Settings => "/settings".to_owned(),
            Self::Tokens => "/tokens".to_owned(),
            Self::Webhooks => "/webhooks".to_owned(),
            Self::Webhook(id) => format!("/webhooks/{id}"),
            Self::Imports => "/imports".to_owned(),
            Self::Import(id) => format!("/imports/{id}"),
            Self::ImportRejected(id) => format!("/imports/{id}/rejected.csv"),
            Self::ImportMapping(id) => format!("/imports/{id}/mapping.toml"),
            Self::ImportColumns(id) => format!("/imports/{id}/columns"),
            Self::ImportValues(id) => format!("/imports/{id}/values"),
            Self::Account => "/account".to_owned(),
            Self::DevUi => "/dev/ui".to_owned(),
        }
    }

    /// The list of the facts of a kind; people and deals have lists of their own.
    pub fn of_facts(kind: &str) -> Self {
        match kind {
            "people" => Self::People,
            "deals" => Self::Deals,
            other => Self::Facts(other.to_owned()),
        }
    }

    /// The path as the start of an address with a query.
    pub fn url(&self) -> Url {
        Url { path: self.href(), query: Vec::new() }
    }

    /// Whether a page may be seen without signing in.
    pub fn is_public(path: &str) -> bool {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        matches!(first, "login" | "setup" | "invite" | "forgot" | "reset" | "dev")
    }
}

impl Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.href())
    }
}

/// A path with a query; empty values are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    path: String,
    query: Vec<(String, String)>,
}

impl Url {
    /// The current address with its query, to change one part of it.
    pub fn from_parts(path: &str, query: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { path: path.to_owned(), query: query.into_iter().collect() }
    }

    /// Sets one value of the query, replacing an earlier one; an empty value removes it.
    #[must_use]
    pub fn q(mut self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.query.retain(|(n, _)| n != name);
        if !value.is_empty() {
            self.query.push((name.to_owned(), value));
        }
        self
    }

    /// The table of the same page as a file: `csv` or `xlsx`.
    #[must_use]
    pub fn export(&self, format: &str) -> Self {
        let query = self.query.iter().filter(|(name, _)| name != "after" && name != "dialog").cloned();
        Self { path: format!("/export{}", self.path), query: query.collect() }.q("format", format)
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The values of the query, for hidden fields of a GET form.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// The address as text.
    pub fn href(&self) -> String {
        let mut out = self.path.clone();
        for (i, (name, value)) in self.query.iter().enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            // Writing to a String cannot fail.
            let _ = write!(out, "{}={}", encode(name), encode(value));
        }
        out
    }
}

impl Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.href())
    }
}

/// Percent-encodes what may not stand in one part of an address.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' => {
                out.push(char::from(byte))
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_encoded_and_values_replaced() {
        let url =
            Route::Deals.url().q("period", "2017Q2").q("product", "GTX & Pro").q("period", "2017Q3").q("team", "");
        assert_eq!(url.href(), "/deals?product=GTX%20%26%20Pro&period=2017Q3");
    }

    #[test]
    fn a_file_has_the_filters_of_its_page() {
        let page = Route::Deals.url().q("part", "won").q("after", "17.3");
        assert_eq!(page.export("csv").href(), "/export/deals?part=won&format=csv");
    }

    #[test]
    fn only_doors_are_public() {
        assert!(Route::is_public(&Route::Invite("a/b".into()).href()));
        assert!(!Route::is_public("/"));
        assert!(!Route::is_public(&Route::Targets.href()));
    }
}
