//! What asks for attention on a team's board.

use app::route::Route;
use app::scorecard::api::Link;
use domain::{Period, Ratio, TeamId, format};

use super::board::asks_for_action;
use super::context::Context;
use super::standing::{self, Stands};
use crate::error::ServiceResult;

/// Most urgent first: targets off track, proposals without an answer, people without a target, sums that do not add up.
pub(super) async fn of(
    c: &Context<'_>,
    team: Option<TeamId>,
    period: Period,
    people: &[Stands],
) -> ServiceResult<Vec<Link>> {
    let name = period.name(&c.frame.calendar);
    let targets = Route::Targets.url().q("team", team.map(|t| t.to_string()).unwrap_or_default()).q("period", &name);
    let all = || people.iter().flat_map(|stands| &stands.targets);
    let mut links = Vec::new();
    let mut say = |key: &str, n: usize, href: String| {
        if n > 0 {
            links.push(Link { label: c.words.tn(key, i64::try_from(n).unwrap_or(0), &[]), href });
        }
    };
    let off = all().filter(|t| t.state.is_some_and(asks_for_action)).count();
    say("said.attention.off_track", off, targets.href());
    let open = all().filter(|t| t.status == "proposed").count();
    say("said.attention.open", open, targets.clone().q("status", "proposed").href());
    let without = people.iter().filter(|stands| stands.targets.is_empty()).count();
    say("said.attention.without", without, Route::TargetNew.url().q("period", &name).href());
    if let Some(label) = sum_against_team(c, team, period, people).await? {
        links.push(Link { label, href: targets.href() });
    }
    Ok(links)
}

/// "Σ of people's targets is 92 % of the team's", where both exist and differ.
async fn sum_against_team(
    c: &Context<'_>,
    team: Option<TeamId>,
    period: Period,
    people: &[Stands],
) -> ServiceResult<Option<String>> {
    let Some(team) = team else { return Ok(None) };
    let Some(whole) = standing::team_revenue(c, team, period).await? else { return Ok(None) };
    let parts: Vec<f64> = people
        .iter()
        .filter_map(|stands| stands.on(c, "revenue"))
        .filter_map(|t| t.bullet.as_ref().map(|b| b.target))
        .collect();
    if parts.is_empty() || whole <= 0.0 {
        return Ok(None);
    }
    let percent = (parts.iter().sum::<f64>() / whole * 100.0).round();
    if (percent - 100.0).abs() < 1.0 {
        return Ok(None);
    }
    // Whole percents of a quotient of targets: far inside what an i128 holds.
    let share = Ratio::new(percent as i128, 100).unwrap_or(Ratio::ONE);
    Ok(Some(c.words.tf("said.attention.sum", &[("share", &format::percent(c.locale(), share, 0))])))
}
