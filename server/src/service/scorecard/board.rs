//! A team's board, and the board of everything that a caller sees.

use app::route::Route;
use app::scorecard::api::{
    BoardColumn, BoardFigure, BoardRow, BoardRows, Link, Pick, Progress, RangeRow, Rate, Standing, TeamBoard, TeamQuery,
};
use app::ui::{DotData, State};
use domain::metric::{Interval, shown};
use domain::{Answer, Period, PersonId, TeamId, format};

use super::context::{Context, Subject};
use super::face::{Face, Faces, has_facts};
use super::person::{MONTHS, board_href, elsewhere, trend_chart, trends};
use super::standing::Stands;
use super::verdict::{Apart, apart};
use super::{attention, figures, largest, period, remarks, standing};
use crate::authz::Reach;
use crate::error::ServiceResult;
use crate::kpi::{self, Kpi, Point, Who};

/// See the module.
pub(super) async fn board(c: &Context<'_>, query: TeamQuery) -> ServiceResult<TeamBoard> {
    let period = period::of_address(c, &query.period)?;
    let subject = c.subject("", &start(c, query.team)).await?;
    let team = subject.who.team;
    let is_whole = is_organisation(c, &subject);
    let faces = Faces::of(c, ids(c, is_whole), period.last().min(c.today));
    let card = kpi::scorecard(c.db(), &c.frame, &c.viewer, &faces.asked, subject.who, period, MONTHS).await?;
    let line = Line::of(c, &faces, &card.current);
    let sees_people = team.is_some_and(|t| c.sees_people_of(t));
    let people = match team.filter(|_| sees_people) {
        Some(team) => Some(people(c, team, period, &line).await?),
        None => None,
    };
    let (ranges, range_hidden) = match team {
        // Who sees the rows needs no range without names.
        Some(team) if !sees_people => ranges(c, &faces.shown, team, period, &card.current).await?,
        _ => (Vec::new(), None),
    };
    let large = largest::of(c, subject.who, period, &faces.asked).await?;
    let kept = faces.kept(&card.points());
    let totals = kept
        .iter()
        .filter_map(|(index, face)| {
            let mut kpi = figures::row(c, face, *index, &card, &subject)?;
            kpi.remarks = remarks::of(c, &face.kpi, &faces.asked, &card.current, large.as_ref());
            Some(kpi)
        })
        .collect();
    let attention = match &people {
        Some(people) => attention::of(c, team, period, &people.lines).await?,
        None => Vec::new(),
    };
    Ok(TeamBoard {
        team,
        name: subject.name.clone(),
        above: above(c, team, period),
        period: period::view(c, period),
        elsewhere: elsewhere(c, period).filter(|_| !is_whole),
        attention,
        totals,
        people: people.map(|people| people.rows),
        ranges,
        range_hidden,
        subteams: subteams(c, team, period, &line).await?,
        trend: trend_chart(c, &kept, &query.trend, &card.months),
        trends: trends(&kept, &query.trend),
        teams: teams(c),
        empty: super::person::is_empty(&card).then(|| c.words.t("said.empty.team")),
        as_of: c.as_of(),
    })
}

/// Whether a board is of the organisation as a whole.
fn is_organisation(c: &Context<'_>, subject: &Subject) -> bool {
    subject.who == Who::ALL && c.viewer.reach == Reach::All
}

/// What the board of a team shows, or that of the organisation.
fn ids(c: &Context<'_>, is_whole: bool) -> impl Iterator<Item = &'static str> {
    let shown = shown(c.frame.template);
    let first = if is_whole { shown.organisation } else { &[] };
    first.iter().chain(shown.team).copied()
}

/// The figures of a line, with those of the whole beside them.
struct Line<'a> {
    faces: Vec<&'a Face>,
    kpis: Vec<Kpi>,
    whole: Vec<Option<&'a Answer>>,
}

impl<'a> Line<'a> {
    fn of(c: &Context<'_>, faces: &'a Faces, total: &'a Point) -> Self {
        let places = shown(c.frame.template).line.iter().filter_map(|id| faces.position(id));
        let places: Vec<usize> = places.collect();
        let faces: Vec<&'a Face> = places.iter().map(|i| &faces.shown[*i]).collect();
        Self {
            kpis: faces.iter().map(|face| face.kpi.clone()).collect(),
            whole: places.iter().map(|i| total.answers.get(*i)).collect(),
            faces,
        }
    }

    /// Which of its figures have facts in any of these points.
    fn kept(&self, points: &[&Point]) -> Vec<usize> {
        (0..self.faces.len()).filter(|index| has_facts(points, *index)).collect()
    }

    fn columns(&self, kept: &[usize]) -> Vec<BoardColumn> {
        let column = |face: &Face| BoardColumn {
            metric: face.id.clone(),
            name: face.short.clone(),
            is_rate: face.interval == Interval::Wilson,
        };
        kept.iter().map(|index| column(self.faces[*index])).collect()
    }

    fn row(&self, c: &Context<'_>, name: String, href: String, point: &Point, kept: &[usize]) -> BoardRow {
        let figure = |index: &usize| {
            let answer = point.answers.get(*index)?;
            Some(if self.faces[*index].interval == Interval::Wilson {
                BoardFigure::Rate(rate_of(c, self.faces[*index], answer, self.whole[*index]))
            } else {
                BoardFigure::Amount(Progress { text: figures::text(c, &self.faces[*index].kpi, answer), bullet: None })
            })
        };
        let exact = |index: &usize| Some(figures::exact_of(c, self.faces[*index], point.answers.get(*index)?));
        BoardRow {
            person: None,
            name,
            href,
            figures: kept.iter().filter_map(figure).collect(),
            words: None,
            standing: Standing::default(),
            exact: kept.iter().filter_map(exact).collect(),
        }
    }
}

/// The team of an address; who sees one team only, with those below it, starts there.
fn start(c: &Context<'_>, asked: String) -> String {
    match below(c, None).as_slice() {
        [only] if asked.is_empty() && c.viewer.reach != Reach::All => only.to_string(),
        _ => asked,
    }
}

/// A person's targets and notes, for the line of attention.
pub(super) struct People {
    pub rows: BoardRows,
    pub lines: Vec<Stands>,
}

/// One row per person, also of those without facts, by name.
async fn people(c: &Context<'_>, team: TeamId, period: Period, line: &Line<'_>) -> ServiceResult<People> {
    let board = kpi::team_board(c.db(), &c.frame, &c.viewer, &line.kpis, team, period).await?;
    let ids: Vec<PersonId> = board.people.iter().map(|line| line.person).collect();
    let mut stands = standing::of_people(c, &ids, period).await?;
    let lines: Vec<Stands> = ids.iter().map(|id| stands.remove(id).unwrap_or_default()).collect();
    let points: Vec<&Point> = board.people.iter().map(|line| &line.current).collect();
    let kept = line.kept(&points);
    let rows = board.people.iter().zip(&lines).map(|(one, stands)| {
        let href = Route::Scorecard(one.person).url().q("period", period.name(&c.frame.calendar)).href();
        let mut row = line.row(c, one.name.clone(), href, &one.current, &kept);
        row.person = Some(one.person);
        row.words = stands.words;
        for (index, figure) in kept.iter().zip(&mut row.figures) {
            if let (BoardFigure::Amount(amount), Some(target)) = (figure, stands.on(c, &line.faces[*index].id)) {
                amount.text = c.words.tf("said.of_target", &[("value", &amount.text), ("target", &target.value)]);
                amount.bullet.clone_from(&target.bullet);
            }
        }
        row.standing = standing_of(c, stands);
        row
    });
    let rows = BoardRows { rows: rows.collect(), columns: line.columns(&kept) };
    Ok(People { rows, lines })
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

fn rate_of(c: &Context<'_>, face: &Face, answer: &Answer, group: Option<&Answer>) -> Rate {
    let none = || Rate { text: String::new(), n: String::new(), dots: None, words: String::new() };
    let text = figures::text(c, &face.kpi, answer);
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
    shown: &[Face],
    team: TeamId,
    period: Period,
    total: &Point,
) -> ServiceResult<(Vec<RangeRow>, Option<String>)> {
    let kpis: Vec<Kpi> = shown.iter().map(|face| face.kpi.clone()).collect();
    let found = kpi::team_range(c.db(), &c.frame, &c.viewer, &kpis, team, period).await?;
    if found.iter().all(Option::is_none) {
        return Ok((Vec::new(), Some(c.words.t("said.range_hidden"))));
    }
    let rows = shown.iter().zip(&found).zip(&total.answers).filter_map(|((face, range), answer)| {
        let range = range.as_ref()?;
        Some(RangeRow { name: face.name.clone(), range: figures::team_range(c, face, answer, Some(range)) })
    });
    Ok((rows.collect(), None))
}

/// Teams directly below one, or at the top of what the caller sees, by name.
async fn subteams(c: &Context<'_>, team: Option<TeamId>, period: Period, line: &Line<'_>) -> ServiceResult<BoardRows> {
    let mut found: Vec<(TeamId, String, Point)> = Vec::new();
    for id in below(c, team) {
        let who = Who::team(id);
        let points = kpi::points(c.db(), &c.frame, &c.viewer, &line.kpis, who, &[period]).await?;
        let name = c.frame.team_name(id).unwrap_or_default().to_owned();
        found.extend(points.into_iter().next().map(|point| (id, name, point)));
    }
    found.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    let points: Vec<&Point> = found.iter().map(|(_, _, point)| point).collect();
    let kept = line.kept(&points);
    let rows = found.iter().map(|(id, name, point)| {
        let mut row = line.row(c, name.clone(), board_href(c, *id, period), point, &kept);
        row.standing.words = members(c, *id, period);
        row
    });
    Ok(BoardRows { rows: rows.collect(), columns: line.columns(&kept) })
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
