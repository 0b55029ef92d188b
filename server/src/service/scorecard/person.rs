//! One person's scorecard.

use app::scorecard::api::{Link, PerspectiveView, Pick, Scorecard, ScorecardQuery};
use domain::metric::{Perspective, shown};
use domain::policy::Action;
use domain::{Period, PersonId, TeamId};

use super::context::{Context, Subject};
use super::face::{Face, Faces};
use super::{figures, largest, period, remarks, standing, verdict};
use crate::authz::Reach;
use crate::chart::trend;
use crate::error::ServiceResult;
use crate::kpi::{self, Kpi, Range, Who};

/// Months of a trend.
pub(super) const MONTHS: usize = 12;

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
    let last = period.last().min(c.today);
    let faces = Faces::of(c, shown(c.frame.template).person.iter().copied(), last);
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &faces.asked, who, period, MONTHS).await?;
    let stay = c.frame.stay_at(person, last.day_number()).copied();
    let team_id =
        stay.and_then(|s| s.team).filter(|t| c.access.allows(Action::SeeTeamTotal, c.access.relation_to_team(*t)));
    let team = match team_id {
        Some(id) => Some(team_side(c, &faces.asked, id, period).await?),
        None => None,
    };
    let large = largest::of(c, who, period, &faces.asked).await?;
    let stands = standing::of_person(c, person, period).await?;
    let is_own = c.access.caller.person_id == Some(person);
    let kept = faces.kept(&card.points());
    let mut kpis = Vec::new();
    for (index, face) in &kept {
        let Some(mut kpi) = figures::row(c, face, *index, &card, &subject) else { continue };
        kpi.remarks = remarks::of(c, &face.kpi, &faces.asked, &card.current, large.as_ref());
        kpi.team = team.as_ref().and_then(|t| {
            let total = t.total.answers.get(*index)?;
            Some(figures::team_range(c, face, total, t.ranges.get(*index)?.as_ref()))
        });
        kpis.push((face.perspective, kpi));
    }
    Ok(Scorecard {
        person,
        name: row.name.clone(),
        is_own,
        team: stay.and_then(|s| s.team).and_then(|t| Some((t, c.frame.team_name(t)?.to_owned()))),
        team_href: team_id.map(|t| board_href(c, t, period)),
        manager: stay.and_then(|s| s.manager).and_then(|m| c.frame.person_name(m)).map(str::to_owned),
        period: period::view(c, period),
        verdict: verdict::sentence(c, &stands, &kept, &card, team.as_ref()),
        elsewhere: elsewhere(c, period),
        perspectives: perspectives(c, kpis),
        trend: trend_chart(c, &kept, &query.trend, &card.months),
        trends: trends(&kept, &query.trend),
        people: people(c),
        no_words: (stands.words == Some(0)).then(|| c.words.t("said.no_words")),
        empty: is_empty(&card).then(|| c.words.t("said.empty.person")),
        as_of: c.as_of(),
    })
}

/// The figure that the trend shows: the one asked for, or the leading one.
fn in_trend<'a>(kept: &[(usize, &'a Face)], asked: &str) -> Option<(usize, &'a Face)> {
    kept.iter().find(|(_, face)| face.id == asked).or_else(|| kept.first()).copied()
}

/// Twelve months of one of the figures.
pub(super) fn trend_chart(
    c: &Context<'_>,
    kept: &[(usize, &Face)],
    asked: &str,
    months: &[kpi::Point],
) -> app::ui::ChartView {
    let Some((index, face)) = in_trend(kept, asked) else { return app::ui::ChartView::default() };
    let (words, currency, calendar) = (c.words, c.currency(), &c.frame.calendar);
    trend::chart(&trend::Ask { words, currency, calendar, name: &face.name, unit: face.unit, index }, months)
}

/// What the trend can show, as (id, name, whether it is this one).
pub(super) fn trends(kept: &[(usize, &Face)], asked: &str) -> Vec<(String, String, bool)> {
    let now = in_trend(kept, asked).map(|(index, _)| index);
    kept.iter().map(|(index, face)| (face.id.clone(), face.short.clone(), Some(*index) == now)).collect()
}

/// Where the figures are that can be told of the organisation only; none where there are none.
pub(super) fn elsewhere(c: &Context<'_>, period: Period) -> Option<Link> {
    let only = shown(c.frame.template).organisation;
    let names: Vec<String> = only.iter().map(|id| c.words.t(&format!("metric.{id}.name"))).collect();
    let is_seen = c.viewer.reach == Reach::All;
    let href = || app::route::Route::Teams.url().q("period", period.name(&c.frame.calendar)).href();
    (!names.is_empty()).then(|| Link {
        label: c.words.tf("said.elsewhere", &[("names", &names.join(", "))]),
        href: if is_seen { href() } else { String::new() },
    })
}

/// The team's total and the range of its people.
async fn team_side(c: &Context<'_>, all: &[Kpi], team: TeamId, period: Period) -> ServiceResult<TeamSide> {
    let who = Who::team(team);
    let mut points = kpi::points(c.db(), &c.frame, &c.viewer, all, who, &[period]).await?;
    let total = points.pop().ok_or(crate::authz::Denied::NotFound)?;
    let ranges = kpi::team_range(c.db(), &c.frame, &c.viewer, all, team, period).await?;
    Ok(TeamSide { total, ranges })
}

pub(super) fn board_href(c: &Context<'_>, team: TeamId, period: Period) -> String {
    app::route::Route::Team(team).url().q("period", period.name(&c.frame.calendar)).href()
}

/// Whether nothing at all was counted in the period and the year before its end.
pub(super) fn is_empty(card: &kpi::Scorecard) -> bool {
    let nothing = |point: &kpi::Point| point.answers.iter().all(|a| a.value.value().is_none_or(|f| f.exact.is_zero()));
    nothing(&card.current) && card.months.iter().all(nothing)
}

/// The figures by perspective; that of the leading KPI stands first.
fn perspectives(c: &Context<'_>, kpis: Vec<(Perspective, app::scorecard::api::Kpi)>) -> Vec<PerspectiveView> {
    let leading = kpis.first().map(|(of, _)| *of);
    let mut order = Perspective::ALL;
    order.sort_by_key(|p| Some(*p) != leading);
    order
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
