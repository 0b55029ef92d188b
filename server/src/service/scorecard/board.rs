//! A team's board, and the board of everything that a caller sees.

use app::route::Route;
use app::scorecard::api::{BoardRow, Link, Pick, Progress, RangeRow, Rate, Standing, TeamBoard, TeamQuery};
use app::ui::{DotData, State};
use domain::metric::Metric;
use domain::{Answer, Period, PersonId, TeamId, format};

use super::context::Context;
use super::person::{MONTHS, board_href, metrics};
use super::standing::Stands;
use super::verdict::{Apart, apart};
use super::{attention, figures, largest, period, remarks, standing};
use crate::authz::Reach;
use crate::chart::trend;
use crate::error::ServiceResult;
use crate::kpi::{self, Point, Who};

/// A team's own figures, in their order, and the counts that stand beside the win rate.
const SHOWN: [&str; 6] = ["revenue", "deals_won", "win_rate", "avg_deal_value", "cycle_days_median", "pipeline_value"];
const BESIDE: [&str; 2] = ["deals_open", "deals_disqualified"];
/// Figures of a row.
const ROW: [&str; 3] = ["revenue", "deals_won", "win_rate"];

/// See the module.
pub(super) async fn board(c: &Context<'_>, query: TeamQuery) -> ServiceResult<TeamBoard> {
    let period = period::of_address(c, &query.period)?;
    let subject = c.subject("", &start(c, query.team)).await?;
    let team = subject.who.team;
    let all = metrics(&[SHOWN.as_slice(), BESIDE.as_slice()].concat());
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &all, subject.who, period, MONTHS).await?;
    let group = all.iter().position(|m| m.id == "win_rate").and_then(|i| card.current.answers.get(i));
    let sees_people = team.is_some_and(|t| c.sees_people_of(t));
    let people = match team.filter(|_| sees_people) {
        Some(team) => Some(people(c, team, period, group).await?),
        None => None,
    };
    let (ranges, range_hidden) = match team {
        // Who sees the rows needs no range without names.
        Some(team) if !sees_people => ranges(c, &all, team, period, &card.current).await?,
        _ => (Vec::new(), None),
    };
    let large = largest::of(c, subject.who, period).await?;
    let totals = all
        .iter()
        .enumerate()
        .take(SHOWN.len())
        .filter_map(|(index, metric)| {
            let mut kpi = figures::row(c, metric, index, &card, &subject)?;
            kpi.remarks = remarks::of(c, metric, &all, &card.current, large.as_ref());
            Some(kpi)
        })
        .collect();
    let (shown, index) = trend::choice(&all[..SHOWN.len()], &query.trend);
    let (words, currency, calendar) = (c.words, c.currency(), &c.frame.calendar);
    let ask = trend::Ask { words, currency, calendar, name: &c.name(shown), unit: shown.unit, index };
    let attention = match &people {
        Some(people) => attention::of(c, team, period, people).await?,
        None => Vec::new(),
    };
    Ok(TeamBoard {
        team,
        name: subject.name.clone(),
        above: above(c, team, period),
        period: period::view(c, period),
        attention,
        totals,
        people: people.map(|rows| rows.into_iter().map(|r| r.row).collect()),
        ranges,
        range_hidden,
        subteams: subteams(c, team, period, group).await?,
        trend: trend::chart(&ask, &card.months),
        trends: all[..SHOWN.len()]
            .iter()
            .map(|m| (m.id.to_owned(), c.words.t(&format!("metric.{}.short", m.id)), m.id == shown.id))
            .collect(),
        teams: teams(c),
        empty: super::person::is_empty(&card).then(|| c.words.t("said.empty.team")),
        as_of: c.as_of(),
    })
}

/// The team of an address; who sees one team only, with those below it, starts there.
fn start(c: &Context<'_>, asked: String) -> String {
    match below(c, None).as_slice() {
        [only] if asked.is_empty() && c.viewer.reach != Reach::All => only.to_string(),
        _ => asked,
    }
}

/// A person's row with what the line of attention needs.
pub(super) struct PersonLine {
    pub row: BoardRow,
    pub stands: Stands,
}

/// One row per person, also of those without deals, by name.
async fn people(
    c: &Context<'_>,
    team: TeamId,
    period: Period,
    group: Option<&Answer>,
) -> ServiceResult<Vec<PersonLine>> {
    let board = kpi::team_board(c.db(), &c.frame, &c.viewer, &metrics(&ROW), team, period).await?;
    let ids: Vec<PersonId> = board.people.iter().map(|line| line.person).collect();
    let mut stands = standing::of_people(c, &ids, period).await?;
    let lines = board.people.into_iter().map(|line| {
        let stands = stands.remove(&line.person).unwrap_or_default();
        let href = Route::Scorecard(line.person).url().q("period", period.name(&c.frame.calendar)).href();
        let mut row = row(c, line.name, href, &line.current, group);
        row.person = Some(line.person);
        row.words = stands.words;
        if let Some(target) = stands.on("revenue").or_else(|| stands.on("deals_revenue")) {
            row.revenue.text = c.words.tf("said.of_target", &[("value", &row.revenue.text), ("target", &target.value)]);
            row.revenue.bullet = target.bullet.clone();
        }
        row.standing = standing_of(c, &stands);
        PersonLine { row, stands }
    });
    Ok(lines.collect())
}

fn standing_of(c: &Context<'_>, stands: &Stands) -> Standing {
    let (on, all) = stands.on_track();
    let words = if stands.targets.is_empty() {
        c.words.t("said.standing.none")
    } else if all == 0 {
        c.words.tn("said.standing.waiting", i64::try_from(stands.targets.len()).unwrap_or(0), &[])
    } else {
        c.words.tf("said.standing.on_track", &[("on", &on), ("all", &all)])
    };
    Standing { state: stands.worst(), words }
}

fn row(c: &Context<'_>, name: String, href: String, point: &Point, group: Option<&Answer>) -> BoardRow {
    let text = |i: usize| point.answers.get(i).map(|a| figures::text(c, a)).unwrap_or_default();
    BoardRow {
        person: None,
        name,
        href,
        revenue: Progress { text: text(0), bullet: None },
        deals_won: text(1),
        win_rate: point.answers.get(2).map_or_else(|| rate_of(c, None, group), |a| rate_of(c, Some(a), group)),
        words: None,
        standing: Standing::default(),
        exact: metrics(&ROW).iter().zip(&point.answers).map(|(m, a)| figures::exact_of(c, m, a)).collect(),
    }
}

fn rate_of(c: &Context<'_>, answer: Option<&Answer>, group: Option<&Answer>) -> Rate {
    let none = || Rate { text: String::new(), n: String::new(), dots: None, words: String::new() };
    let Some(answer) = answer else { return none() };
    let text = figures::text(c, answer);
    let Some(value) = figures::float(answer) else { return Rate { text, ..none() } };
    let apart = group.and_then(|g| apart(c, answer, g));
    let words = apart.map(|a| c.words.t(&format!("said.apart.{}", a.code()))).unwrap_or_default();
    let n = format!("n\u{a0}=\u{a0}{}", format::count(c.locale(), answer.n.unwrap_or(0)));
    let interval = figures::interval(c, answer).unwrap_or_default();
    let dots = DotData {
        value: Some(value),
        interval: answer.interval95,
        group: group.and_then(figures::float),
        target: None,
        scale: (0.0, 1.0),
        unclear: !matches!(apart, Some(Apart::Above | Apart::Below)),
        label: format!("{text} ({interval}), {n}, {words}"),
    };
    Rate { text, n, dots: Some(dots), words }
}

/// What members see of each other: the team's figure and the range, from five people on.
async fn ranges(
    c: &Context<'_>,
    all: &[&'static Metric],
    team: TeamId,
    period: Period,
    total: &Point,
) -> ServiceResult<(Vec<RangeRow>, Option<String>)> {
    let found = kpi::team_range(c.db(), &c.frame, &c.viewer, &all[..SHOWN.len()], team, period).await?;
    if found.iter().all(Option::is_none) {
        return Ok((Vec::new(), Some(c.words.t("said.range_hidden"))));
    }
    let rows = all.iter().zip(&found).zip(&total.answers).filter_map(|((metric, range), answer)| {
        let range = range.as_ref()?;
        Some(RangeRow { name: c.name(metric), range: figures::team_range(c, answer, Some(range)) })
    });
    Ok((rows.collect(), None))
}

/// Teams directly below one, or at the top of what the caller sees, by name.
async fn subteams(
    c: &Context<'_>,
    team: Option<TeamId>,
    period: Period,
    group: Option<&Answer>,
) -> ServiceResult<Vec<BoardRow>> {
    let mut rows = Vec::new();
    for id in below(c, team) {
        let who = Who::team(id);
        let points = kpi::points(c.db(), &c.frame, &c.viewer, &metrics(&ROW), who, &[period]).await?;
        let Some(point) = points.first() else { continue };
        let name = c.frame.team_name(id).unwrap_or_default().to_owned();
        let mut row = row(c, name, board_href(c, id, period), point, group);
        row.standing.words = members(c, id, period);
        rows.push(row);
    }
    rows.sort_by_cached_key(|r| r.name.to_lowercase());
    Ok(rows)
}

fn members(c: &Context<'_>, team: TeamId, period: Period) -> String {
    let teams = c.frame.tree.subtree(team);
    let (from, to) = (period.from().day_number(), period.to().day_number());
    let inside = |stay: &kpi::Stay| stay.from < to && from < stay.to && stay.team.is_some_and(|t| teams.contains(&t));
    let n = c.frame.people.values().filter(|m| m.stays.iter().any(inside)).count();
    c.words.tn("said.members", i64::try_from(n).unwrap_or(0), &[])
}

/// Whether the caller may open a team's board.
fn sees(c: &Context<'_>, team: TeamId) -> bool {
    match &c.viewer.reach {
        Reach::All => true,
        Reach::Limited { teams, totals, .. } => teams.contains(&team) || totals.contains(&team),
    }
}

fn below(c: &Context<'_>, team: Option<TeamId>) -> Vec<TeamId> {
    let parents = &c.frame.tree.parents;
    let is_top = |id: &TeamId| {
        let parent = parents.get(id).copied().flatten();
        match team {
            Some(team) => parent == Some(team) && c.sees_people_of(team),
            None => !parent.is_some_and(|p| sees(c, p)),
        }
    };
    parents.keys().filter(|id| sees(c, **id) && is_top(id)).copied().collect()
}

/// The way down to a team, as far as the caller may walk it.
fn above(c: &Context<'_>, team: Option<TeamId>, period: Period) -> Vec<Link> {
    let Some(team) = team else { return Vec::new() };
    let mut links = Vec::new();
    let mut at = c.frame.tree.parents.get(&team).copied().flatten();
    while let Some(id) = at.filter(|id| sees(c, *id) && links.len() < c.frame.tree.parents.len()) {
        links.push(Link {
            label: c.frame.team_name(id).unwrap_or_default().to_owned(),
            href: board_href(c, id, period),
        });
        at = c.frame.tree.parents.get(&id).copied().flatten();
    }
    if c.viewer.reach == Reach::All || below(c, None).len() > 1 {
        let href = Route::Teams.url().q("period", period.name(&c.frame.calendar)).href();
        links.push(Link { label: c.words.t("team.all"), href });
    }
    links.reverse();
    links
}

/// Teams that the caller may open, as a tree written with indents, everything first.
pub(in crate::service) fn teams(c: &Context<'_>) -> Vec<Pick> {
    let mut all: Vec<(String, TeamId)> =
        c.frame.tree.parents.keys().filter(|id| sees(c, **id)).map(|id| (c.frame.tree.path(*id), *id)).collect();
    all.sort_by_cached_key(|(path, _)| path.to_lowercase());
    let everything = Pick { value: String::new(), label: c.words.t("team.all") };
    let indent = |path: &str| "\u{2003}".repeat(path.matches(" / ").count());
    let picks = all.into_iter().map(|(path, id)| Pick {
        value: id.to_string(),
        label: format!("{}{}", indent(&path), c.frame.team_name(id).unwrap_or_default()),
    });
    std::iter::once(everything).chain(picks).collect()
}

/// A state that asks somebody to act.
pub(super) fn asks_for_action(state: State) -> bool {
    matches!(state, State::OffTrack | State::GuardrailBroken)
}
