//! Pages as files: the same addresses, the same rights and the same figures as the pages, a piece at a time.

mod company;
mod figures;
mod history;

use std::collections::HashMap;

use app::caller::Caller;
use app::catalogue::api::{CataloguePort, CatalogueQuery, KpiQuery};
use app::facts::api::FactsQuery;
use app::people::api::PeopleFilter;
use app::scorecard::api::{DealsQuery, ExplainQuery, ScorecardQuery, TeamQuery};
use app::targets::data::{GridQuery, TargetFilter};
use domain::ids::{FactId, TargetId, WebhookId};
use domain::metric::catalogue;

use super::facts::Field;
use super::{Services, when};
use crate::error::ServiceResult;
use crate::export::{Cell, Head};
use crate::import::Kind;
use crate::import::store::deals::DEAL;
use crate::query;
use crate::words::Words;

/// Rows that are read at once.
pub(super) const PIECE: u64 = 1_000;

/// A page that can be had as a file, with its filters.
#[derive(Clone, Debug)]
pub enum Source {
    /// Deals behind a number, with the own columns of the file.
    Deals(DealsQuery, Vec<String>),
    /// Facts of a kind, with the fields of the file.
    Facts(FactsQuery, Vec<Field>),
    /// A person's figures.
    Scorecard(ScorecardQuery),
    /// A team's figures and those of its people.
    Team(TeamQuery),
    /// The catalogue.
    Catalogue(CatalogueQuery),
    /// Targets.
    Targets(TargetFilter),
    /// The yearly grid of targets.
    TargetGrid(GridQuery),
    /// A KPI in the periods of its page.
    Kpi(KpiQuery),
    /// Everything behind a number.
    Explain(ExplainQuery),
    /// A fact with what it was before.
    Fact(String, FactId),
    /// Every change of a target.
    Target(TargetId),
    /// Objectives.
    Objectives,
    /// People.
    People(PeopleFilter),
    /// The team tree.
    TeamTree,
    /// Users and invitations.
    Users,
    /// The history of imports.
    Imports,
    /// API tokens.
    Tokens,
    /// Webhooks.
    Webhooks,
    /// What a webhook was told.
    Webhook(WebhookId),
}

impl Source {
    /// The page of an address; none where there is no such page.
    pub fn of_address(path: &str, query: &HashMap<String, String>) -> Option<Self> {
        let q = |name: &str| query.get(name).cloned().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        Some(match *parts.as_slice() {
            // The page of facts of this kind is the page of deals.
            ["deals"] | ["facts", "deals"] => {
                let asked = DealsQuery {
                    person: q("person"),
                    team: q("team"),
                    period: q("period"),
                    part: q("part"),
                    segment: q("segment"),
                    source: q("source"),
                    column: q("column"),
                    value: q("value"),
                    search: q("q"),
                    after: String::new(),
                };
                Self::Deals(asked, Vec::new())
            }
            ["facts", kind] => {
                let asked = FactsQuery {
                    kind: kind.to_owned(),
                    search: q("q"),
                    from: q("from"),
                    to: q("to"),
                    person: q("person"),
                    team: q("team"),
                    filters: query.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
                    after: String::new(),
                };
                Self::Facts(asked, Vec::new())
            }
            ["scorecard", person] => {
                Self::Scorecard(ScorecardQuery { person: person.to_owned(), period: q("period"), trend: String::new() })
            }
            ["teams"] => Self::Team(TeamQuery { team: String::new(), period: q("period"), trend: String::new() }),
            ["teams", team] => {
                Self::Team(TeamQuery { team: team.to_owned(), period: q("period"), trend: String::new() })
            }
            ["kpis"] => {
                Self::Catalogue(CatalogueQuery { q: q("q"), template: q("template"), perspective: q("perspective") })
            }
            ["targets"] => Self::Targets(TargetFilter {
                whose: q("whose"),
                status: q("status"),
                period: q("period"),
                person: q("person").parse().ok(),
                team: q("team").parse().ok(),
            }),
            ["targets", "grid"] => {
                Self::TargetGrid(GridQuery { year: q("year"), kpi: q("kpi"), team: q("team"), skip: String::new() })
            }
            ["kpis", id] => Self::Kpi(KpiQuery { id: id.to_owned(), by: q("by"), from: q("from"), to: q("to") }),
            ["explain", metric] => Self::Explain(ExplainQuery {
                metric: metric.to_owned(),
                person: q("person"),
                team: q("team"),
                period: q("period"),
                from: q("from"),
                to: q("to"),
            }),
            ["facts", kind, id] => Self::Fact(kind.to_owned(), id.parse().ok()?),
            ["targets", id] => Self::Target(id.parse().ok()?),
            ["objectives"] => Self::Objectives,
            ["people"] => {
                Self::People(PeopleFilter { search: q("q"), team: q("team").parse().ok(), state: q("state"), page: 1 })
            }
            ["people", "teams"] => Self::TeamTree,
            ["users"] => Self::Users,
            ["imports"] => Self::Imports,
            ["tokens"] => Self::Tokens,
            ["webhooks"] => Self::Webhooks,
            ["webhooks", id] => Self::Webhook(id.parse().ok()?),
            _ => return None,
        })
    }
}

/// A piece of a table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// Filters and period, as (name, value).
    pub about: Vec<(String, String)>,
    /// Metrics whose definitions the figures follow.
    pub metrics: Vec<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// Where the next piece begins; none at the end.
    pub next: Option<String>,
}

impl Services {
    /// The same page, with what must not change between its pieces.
    ///
    /// # Errors
    /// As the page itself.
    pub async fn settled(&self, caller: &Caller, source: Source) -> ServiceResult<Source> {
        Ok(match source {
            Source::Facts(query, _) => {
                let fields = self.fields_of(caller, &query.kind).await?;
                Source::Facts(query, fields)
            }
            Source::Deals(query, _) => {
                let own = query::own::names(&self.state.db, caller.org_id, Kind::Deals, DEAL).await?;
                Source::Deals(query, own.into_iter().collect())
            }
            other => other,
        })
    }

    /// A piece of a page's table, from the place that the piece before gave.
    ///
    /// # Errors
    /// As the page itself.
    pub async fn export_piece(&self, caller: &Caller, source: &Source, after: &str) -> ServiceResult<Table> {
        match source.clone() {
            Source::Deals(query, own) => {
                let query = DealsQuery { after: after.to_owned(), ..query };
                super::scorecard::export::deals(self, caller, query, &own).await
            }
            Source::Facts(query, fields) => {
                self.export_facts(caller, FactsQuery { after: after.to_owned(), ..query }, &fields).await
            }
            Source::Scorecard(query) => super::scorecard::export::person(self, caller, query).await,
            Source::Team(query) => super::scorecard::export::team(self, caller, query).await,
            Source::Catalogue(query) => self.export_catalogue(caller, query).await,
            Source::Targets(filter) => self.export_targets(caller, filter, after.parse().unwrap_or(0)).await,
            Source::TargetGrid(query) => super::targets::grid_table(&self.state, caller, query).await,
            Source::Kpi(query) => figures::kpi(self, caller, query).await,
            Source::Explain(query) => figures::explain(self, caller, query).await,
            Source::Fact(kind, id) => history::fact(self, caller, &kind, id).await,
            Source::Target(id) => history::target(self, caller, id).await,
            Source::Objectives => company::objectives(self, caller).await,
            Source::People(filter) => {
                company::people(self, caller, PeopleFilter { page: after.parse().unwrap_or(1), ..filter }).await
            }
            Source::TeamTree => company::teams(self, caller).await,
            Source::Users => company::users(self, caller).await,
            Source::Imports => company::imports(self, caller).await,
            Source::Tokens => company::tokens(self, caller).await,
            Source::Webhooks => company::webhooks(self, caller).await,
            Source::Webhook(id) => company::deliveries(self, caller, id).await,
        }
    }

    /// What stands around a table in its file.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn export_head(&self, caller: &Caller, table: &Table) -> ServiceResult<Head> {
        let words = Words(caller.locale);
        let zone = when::zone_of(&self.state.db, caller.org_id.get()).await?;
        let made = when::in_zone(self.state.clock.now().0, &zone);
        let mut about = vec![
            (words.t("export.organisation"), Cell::text(&caller.org_name)),
            (words.t("export.table"), Cell::text(&table.title)),
        ];
        about.extend(
            table
                .about
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.clone(), Cell::text(value))),
        );
        let versions: Vec<String> =
            table.metrics.iter().filter_map(|id| Some(format!("{id} {}", catalogue::find(id)?.version))).collect();
        if !versions.is_empty() {
            about.push((words.t("export.definitions"), Cell::text(versions.join(", "))));
        }
        about.push((words.t("export.made"), Cell::text(format!("{} {} ({zone})", made.day, made.time))));
        let cut = words.tf("export.cut", &[("n", &domain::format::count(caller.locale, crate::export::MOST as i64))]);
        Ok(Head { name: table.title.clone(), about, columns: table.columns.clone(), cut })
    }

    async fn export_catalogue(&self, caller: &Caller, query: CatalogueQuery) -> ServiceResult<Table> {
        let words = Words(caller.locale);
        let found = <Self as CataloguePort>::catalogue(self, caller, query.clone()).await?;
        let scope = found.scope.map(|s| (s.who, s.period)).unwrap_or_default();
        let word =
            |key: &str, code: &str| if code.is_empty() { String::new() } else { words.t(&format!("{key}.{code}")) };
        let mut table = Table {
            title: words.t("catalogue.title"),
            about: vec![
                (words.t("export.search"), query.q),
                (words.t("export.template"), word("catalogue.template_name", &query.template)),
                (words.t("export.perspective"), word("scorecard.perspective", &query.perspective)),
                (words.t("export.whose"), scope.0),
                (words.t("ui.period"), scope.1),
            ],
            columns: columns(
                words,
                &["metric", "id", "perspective", "summary", "unit", "value", "n", "why", "version"],
            ),
            ..Table::default()
        };
        for group in found.groups {
            for kpi in group.kpis {
                let (value, n, why) = kpi.today.map(|t| (t.exact, t.n, t.why.unwrap_or_default())).unwrap_or_default();
                table.rows.push(vec![
                    Cell::text(kpi.name),
                    Cell::text(&kpi.id),
                    Cell::text(word("scorecard.perspective", &group.perspective)),
                    Cell::text(kpi.summary),
                    Cell::text(unit(words, caller, &kpi.unit)),
                    Cell::number(value),
                    Cell::number(n.map(|n| n.chars().filter(char::is_ascii_digit).collect())),
                    Cell::text(why),
                    Cell::number(Some(kpi.version.to_string())),
                ]);
            }
        }
        Ok(table)
    }

    async fn export_targets(&self, caller: &Caller, filter: TargetFilter, skip: usize) -> ServiceResult<Table> {
        let words = Words(caller.locale);
        let (found, next) = super::targets::list(&self.state, caller, filter, skip).await?;
        let word =
            |key: &str, code: &str| if code.is_empty() { String::new() } else { words.t(&format!("{key}.{code}")) };
        let period =
            found.periods.iter().find(|(name, _)| *name == found.filter.period).map(|(_, label)| label.clone());
        let rows = found.lines.iter().map(|line| {
            let standing = line.standing.as_ref();
            let metric = catalogue::find(&line.metric);
            vec![
                Cell::text(&line.who),
                Cell::text(&line.metric_name),
                Cell::text(&line.metric),
                Cell::text(&line.period),
                Cell::text(word("targets.status", &line.status)),
                Cell::Number(line.exact_value.clone()),
                Cell::number(line.exact_actual.clone()),
                Cell::text(metric.map(|m| unit(words, caller, m.unit.code())).unwrap_or_default()),
                Cell::count(i64::from(line.weight)),
                Cell::text(standing.map(|s| words.t(&format!("state.{}", s.state.key()))).unwrap_or_default()),
                Cell::text(standing.map(|s| s.sentence.as_str()).unwrap_or_default()),
            ]
        });
        let mut metrics: Vec<String> = found.lines.iter().map(|line| line.metric.clone()).collect();
        metrics.sort();
        metrics.dedup();
        Ok(Table {
            title: words.t("targets.title"),
            about: vec![
                (words.t("targets.whose.label"), word("targets.whose", &found.filter.whose)),
                (words.t("targets.status.label"), word("targets.status", &found.filter.status)),
                (words.t("ui.period"), period.unwrap_or(found.filter.period.clone())),
            ],
            metrics,
            columns: columns(
                words,
                &["who", "metric", "id", "period", "status", "target", "actual", "unit", "weight", "state", "because"],
            ),
            rows: rows.collect(),
            next: next.map(|next| next.to_string()),
        })
    }
}

/// Names of columns in the reader's language.
pub(super) fn columns(words: Words, codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| words.t(&format!("export.col.{code}"))).collect()
}

/// A unit in words.
pub(super) fn unit(words: Words, caller: &Caller, code: &str) -> String {
    words.tf(&format!("catalogue.unit.{code}"), &[("currency", &caller.currency)])
}
