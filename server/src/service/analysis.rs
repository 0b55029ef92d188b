//! Analyses: each asks the KPI engine for what the reader may see, lets `domain` judge it, and words what comes back.

mod around;
mod baskets;
mod cells;
mod channels;
mod events;
pub(super) mod export;
mod observed;
mod price;
mod recurring;
mod report;
mod there;
mod touched;
mod what_if;
mod winning;

use app::analysis::api::{AnalysisPort, AnalysisQuery, AnalysisView, Empty, EventList, EventQuery, Picker, Which};
use app::caller::Caller;
use app::error::ApiResult;
use app::route::Route;
use app::scorecard::api::{Link, Pick};
use domain::policy::Action;
use domain::{Grain, Period, policy};

use super::Services;
use super::scorecard::context::{Context, Subject};
use super::scorecard::{board, period};
use crate::authz::{Denied, Reach};
use crate::error::{ServiceError, ServiceResult};
use there::There;

/// What an analysis is about.
struct Page<'a> {
    c: &'a Context<'a>,
    subject: Subject,
    period: Period,
    query: &'a AnalysisQuery,
}

#[async_trait::async_trait]
impl AnalysisPort for Services {
    async fn analysis(&self, caller: &Caller, query: AnalysisQuery) -> ApiResult<AnalysisView> {
        Ok(self.analyse(caller, &query).await?)
    }

    async fn events(&self, caller: &Caller) -> ApiResult<EventList> {
        let context = Context::load(self, caller).await?;
        Ok(events::list(&context).await?)
    }

    async fn event(&self, caller: &Caller, query: EventQuery) -> ApiResult<AnalysisView> {
        let context = Context::load(self, caller).await?;
        Ok(around::page(&context, &query).await?)
    }
}

impl Services {
    async fn analyse(&self, caller: &Caller, query: &AnalysisQuery) -> ServiceResult<AnalysisView> {
        let c = Context::load(self, caller).await?;
        let which = Which::from_code(&query.which).ok_or(Denied::NotFound)?;
        let there = There::read(&c).await?;
        let subject = c.subject(&query.person, &query.team).await?;
        let period = start(&c, &there, which, query)?;
        let text = |part: &str| c.words.t(&format!("analysis.{}.{part}", which.code()));
        let mut view = AnalysisView {
            which: Some(which),
            title: text("title"),
            lead: format!("{} · {}", subject.name, text("lead")),
            tabs: there.tabs(&c),
            period: Some(period::view(&c, period)),
            pickers: whose(&c, &query.person, &query.team),
            said: Vec::new(),
            blocks: Vec::new(),
            form: None,
            empty: None,
        };
        if !there.has(which) {
            view.empty = Some(nothing_yet(&c, which));
            return Ok(view);
        }
        let page = Page { c: &c, subject, period, query };
        let filled = match which {
            Which::Recurring => recurring::fill(&page, &mut view).await,
            Which::Winning => winning::fill(&page, &mut view).await,
            Which::Channels => channels::fill(&page, &mut view).await,
            Which::Baskets => baskets::fill(&page, &mut view).await,
        };
        match filled {
            // Who sees nobody's figures yet may open the page all the same.
            Err(ServiceError::Denied(Denied::NotFound)) if query.person.is_empty() && query.team.is_empty() => {
                view.empty = Some(nothing_seen(&c));
                Ok(view)
            }
            filled => filled.map(|()| view),
        }
    }
}

/// The period of an address; without one the latest quarter with facts of the kind.
fn start(c: &Context<'_>, there: &There, which: Which, query: &AnalysisQuery) -> ServiceResult<Period> {
    if !query.period.is_empty() {
        return period::of_address(c, &query.period);
    }
    let day = there.last(which).map_or(c.today, |day| day.min(c.today));
    Ok(Period::containing(day, Grain::Quarter, &c.frame.calendar).ok_or(Denied::NotFound)?)
}

/// The choice of a team or a person, where there is one.
fn whose(c: &Context<'_>, person: &str, team: &str) -> Vec<Picker> {
    let mut pickers = Vec::new();
    let teams = board::teams(c);
    if teams.len() > 2 || !team.is_empty() {
        pickers.push(Picker {
            name: "team".to_owned(),
            label: c.words.t("ui.team"),
            current: team.to_owned(),
            options: teams,
        });
    }
    let mut people: Vec<Pick> = c
        .frame
        .people
        .iter()
        .filter(|(id, _)| c.sees_person(**id))
        .map(|(id, member)| Pick { value: id.to_string(), label: member.name.clone() })
        .collect();
    people.sort_by_cached_key(|pick| pick.label.to_lowercase());
    if people.len() > 1 {
        people.insert(0, Pick { value: String::new(), label: c.words.t("found.everybody") });
        pickers.push(Picker {
            name: "person".to_owned(),
            label: c.words.t("scorecard.person"),
            current: person.to_owned(),
            options: people,
        });
    }
    pickers
}

/// Said where the organisation has no facts of the kind.
fn nothing_yet(c: &Context<'_>, which: Which) -> Empty {
    let may_import = !policy::reach(c.access.caller.role, Action::Import).is_empty();
    let code = which.code();
    let text = match (which, &c.viewer.reach) {
        (Which::Channels, Reach::Limited { .. }) => c.words.t("found.channels.of_all"),
        _ => c.words.t(&format!("found.{code}.empty")),
    };
    Empty {
        title: c.words.t("found.nothing"),
        text,
        step: may_import.then(|| Link { label: c.words.t("facts.import"), href: Route::Imports.href() }),
    }
}

/// Said to who may see nobody's figures.
fn nothing_seen(c: &Context<'_>) -> Empty {
    Empty { title: c.words.t("found.nothing"), text: c.words.t("found.nothing_seen"), step: None }
}
