//! Strategic Solutions: the proposal template that tells a story wins more, and a year ago the industry team learnt
//! another way of talking to customers. Both are in the deals; here is what stands around them.

use super::habits::{self, Mood};
use super::random::Random;
use super::setting::{Setting, events, later, sheet, write};
use super::story::Story;
use crate::import::Kind;
use crate::import::rows::Sheet;

/// All facts but deals.
pub fn tell(story: &Story, setting: &Setting) -> Vec<Sheet> {
    let mut random = Random::new(202);
    let mood = Mood { answers: 6, glad: 72, dip: None };
    let scope = story.training.map(|t| format!("team={}", t.team)).unwrap_or_default();
    let trained = story.training.map_or(12, |t| t.months_ago);
    let week = [("call", 3, 8), ("meeting", 1, 5), ("e-mail", 5, 14), ("proposal", 0, 2)];
    vec![
        habits::activities(setting, &mut random, 12, &week),
        habits::satisfaction(setting, &mut random, 18, |_| story.accounts.to_vec(), mood),
        occupancy(story, setting, &mut random),
        habits::quotas(setting, "revenue"),
        events(
            setting,
            &[
                (20, "Nieuwe huisstijl voor offertes", "process", ""),
                (trained, "Training: eerst de vraag, dan het voorstel", "approach", &scope),
                (6, "Quickscan energie", "product", ""),
                (2, "Relatiedag gemeenten", "campaign", "segment=Gemeente"),
            ],
        ),
    ]
}

/// How many of a hundred hours were billed, by team and month.
fn occupancy(story: &Story, setting: &Setting, random: &mut Random) -> Sheet {
    let mut hours = sheet(Kind::Measurements, &["date", "measure", "value", "team"]);
    for back in (1..=18).rev() {
        let last = later(setting.month(back - 1), -1);
        for (team, _) in story.teams {
            let value = format!("{}.{}", random.between(66, 81), random.between(0, 9));
            write(&mut hours, &[&last, &"bezettingsgraad", &value, team]);
        }
    }
    hours
}
