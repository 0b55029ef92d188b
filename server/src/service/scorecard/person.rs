//! One person's scorecard.

use app::scorecard::api::{PerspectiveView, Pick, Scorecard, ScorecardQuery};
use domain::metric::{Metric, Perspective, catalogue};
use domain::policy::Action;
use domain::{Period, PersonId, TeamId};

use super::context::{Context, Subject};
use super::{figures, largest, period, remarks, standing, verdict};
use crate::chart::trend;
use crate::error::ServiceResult;
use crate::kpi::{self, Range, Who};

/// Figures of a scorecard, in its order, and the count that stands beside the win rate.
const SHOWN: [&str; 8] = [
    "revenue",
    "avg_deal_value",
    "pipeline_value",
    "deals_won",
    "win_rate",
    "cycle_days_mean",
    "cycle_days_median",
    "discount_share",
];
/// Asked, but shown as a remark.
const BESIDE: [&str; 3] = ["deals_open", "deals_disqualified", "deals_given_away"];

/// Months of a trend.
pub(super) const MONTHS: usize = 12;

/// Metrics of the catalogue by id.
pub(super) fn metrics(ids: &[&str]) -> Vec<&'static Metric> {
    ids.iter().filter_map(|id| catalogue::find(id)).collect()
}

/// The team that a person is compared with, its total and range.
pub(super) struct TeamSide {
    pub total: kpi::Point,
    pub ranges: Vec<Option<Range>>,
}

/// See the module.
pub(super) async fn scorecard(c: &Context<'_>, query: ScorecardQuery) -> ServiceResult<Scorecard> {
    let row = c.person(&query.person).await?;
    let person = PersonId::new(row.id);
    let period = period::of_address(c, &query.period)?;
    let who = Who::person(person);
    let subject = Subject { who, name: row.name.clone(), home: app::route::Route::Scorecard(person).href() };
    let all = metrics(&[SHOWN.as_slice(), BESIDE.as_slice()].concat());
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &all, who, period, MONTHS).await?;
    let stay = c.frame.stay_at(person, period.last().min(c.today).day_number()).copied();
    let team_id =
        stay.and_then(|s| s.team).filter(|t| c.access.allows(Action::SeeTeamTotal, c.access.relation_to_team(*t)));
    let team = match team_id {
        Some(id) => Some(team_side(c, &all, id, period).await?),
        None => None,
    };
    let large = largest::of(c, who, period).await?;
    let stands = standing::of_person(c, person, period).await?;
    let is_own = c.access.caller.person_id == Some(person);
    let mut kpis = Vec::new();
    for (index, metric) in all.iter().enumerate().take(SHOWN.len()) {
        let Some(mut kpi) = figures::row(c, metric, index, &card, &subject) else { continue };
        kpi.remarks = remarks::of(c, metric, &all, &card.current, large.as_ref());
        kpi.team = team.as_ref().and_then(|t| {
            let total = t.total.answers.get(index)?;
            Some(figures::team_range(c, total, t.ranges.get(index)?.as_ref()))
        });
        kpis.push((metric.perspective, kpi));
    }
    let (shown, chosen) = trend::choice(&all[..SHOWN.len()], &query.trend);
    let trends = all[..SHOWN.len()]
        .iter()
        .map(|m| (m.id.to_owned(), c.words.t(&format!("metric.{}.short", m.id)), m.id == shown.id))
        .collect();
    Ok(Scorecard {
        person,
        name: row.name.clone(),
        is_own,
        team: stay.and_then(|s| s.team).and_then(|t| Some((t, c.frame.team_name(t)?.to_owned()))),
        team_href: team_id.map(|t| board_href(c, t, period)),
        manager: stay.and_then(|s| s.manager).and_then(|m| c.frame.person_name(m)).map(str::to_owned),
        period: period::view(c, period),
        verdict: verdict::sentence(c, is_own, &stands, &all, &card.current, team.as_ref()),
        perspectives: perspectives(c, kpis),
        trend: trend::chart(
            &trend::Ask {
                words: c.words,
                currency: c.currency(),
                calendar: &c.frame.calendar,
                name: &c.name(shown),
                unit: shown.unit,
                index: chosen,
            },
            &card.months,
        ),
        trends,
        people: people(c),
        no_words: (stands.words == Some(0)).then(|| c.words.t("said.no_words")),
        empty: is_empty(&card).then(|| c.words.t("said.empty.person")),
        as_of: c.as_of(),
    })
}

/// The team's total and the range of its people.
async fn team_side(c: &Context<'_>, all: &[&'static Metric], team: TeamId, period: Period) -> ServiceResult<TeamSide> {
    let who = Who::team(team);
    let mut points = kpi::points(c.db(), &c.frame, &c.viewer, all, who, &[period]).await?;
    let total = points.pop().ok_or(crate::authz::Denied::NotFound)?;
    let ranges = kpi::team_range(c.db(), &c.frame, &c.viewer, all, team, period).await?;
    Ok(TeamSide { total, ranges })
}

pub(super) fn board_href(c: &Context<'_>, team: TeamId, period: Period) -> String {
    app::route::Route::Team(team).url().q("period", period.name(&c.frame.calendar)).href()
}

/// Whether nothing at all was decided in the period and the year before its end.
pub(super) fn is_empty(card: &kpi::Scorecard) -> bool {
    let nothing = |point: &kpi::Point| point.answers.iter().all(|a| a.value.value().is_none_or(|f| f.exact.is_zero()));
    nothing(&card.current) && card.months.iter().all(nothing)
}

fn perspectives(c: &Context<'_>, kpis: Vec<(Perspective, app::scorecard::api::Kpi)>) -> Vec<PerspectiveView> {
    Perspective::ALL
        .into_iter()
        .map(|p| {
            let kpis: Vec<_> = kpis.iter().filter(|(of, _)| *of == p).map(|(_, kpi)| kpi.clone()).collect();
            let empty = kpis.is_empty().then(|| c.words.t(&format!("said.perspective_empty.{}", p.code())));
            PerspectiveView {
                code: p.code().to_owned(),
                name: c.words.t(&format!("scorecard.perspective.{}", p.code())),
                kpis,
                empty,
            }
        })
        .collect()
}

/// People whose scorecard the caller may open, by name.
fn people(c: &Context<'_>) -> Vec<Pick> {
    let mut all: Vec<(String, Pick)> = c
        .frame
        .people
        .iter()
        .filter(|(id, _)| c.sees_person(**id))
        .map(|(id, member)| (member.name.to_lowercase(), Pick { value: id.to_string(), label: member.name.clone() }))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().map(|(_, pick)| pick).collect()
}
