//! The stories as rows, before any database.

use sha2::{Digest as _, Sha256};

use super::super::story::STORIES;
use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A company on a day; everybody usually wins the same.
fn company(story: &Story, today: Date) -> Vec<Sheet> {
    let names = story.teams.iter().flat_map(|(_, people)| people.iter().copied());
    let people = names.map(|name| Person { name, since: None, usual: 12_345 }).collect();
    let deals = (0..200)
        .map(|n| Chance {
            key: format!("D-{n}"),
            created: today.add_days(n - 200).unwrap(),
            source: story.sources[n as usize % story.sources.len()].0.to_owned(),
        })
        .collect();
    of(story, &Setting { today, people, deals })
}

fn digest(sheets: &[Sheet]) -> String {
    let mut hash = Sha256::new();
    for cell in sheets.iter().flat_map(|s| s.rows.iter().flatten()) {
        hash.update((cell.len() as u64).to_le_bytes());
        hash.update(cell.as_bytes());
    }
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[test]
fn the_same_day_tells_the_same_story_on_every_machine() {
    let told: Vec<String> = STORIES.iter().map(|story| digest(&company(story, day("2026-05-20")))).collect();
    // A change of these is a change of what people see in the demo: look at it before writing it down here.
    assert_eq!(told, ["a1cf649ecc5ac154", "7eabf9c774258e12", "057691e49e5e770b", "d1ef07be3eb15791"]);
}

#[test]
fn every_row_has_a_cell_for_each_column_and_no_day_is_to_come() {
    for today in ["2026-05-20", "2026-03-01", "2024-02-29", "2025-12-31"].map(day) {
        for story in &STORIES {
            for sheet in company(story, today) {
                let days: Vec<usize> = (0..sheet.columns.len())
                    .filter(|i| ["date", "start", "end", "created_on"].contains(&sheet.columns[*i]))
                    .collect();
                assert!(!sheet.rows.is_empty(), "{} {}", story.name, sheet.kind.name());
                for row in &sheet.rows {
                    assert_eq!(row.len(), sheet.columns.len(), "{} {}", story.name, sheet.kind.name());
                    for text in days.iter().map(|i| &row[*i]).filter(|text| !text.is_empty()) {
                        assert!(day(text) <= today, "{row:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn people_and_teams_that_facts_name_are_of_the_company() {
    for story in &STORIES {
        let people: Vec<&str> = story.teams.iter().flat_map(|(_, people)| people.iter().copied()).collect();
        let teams: Vec<&str> = story.teams.iter().map(|(team, _)| *team).collect();
        for sheet in company(story, day("2026-05-20")) {
            for (column, known) in [("person", &people), ("who", &people), ("team", &teams)] {
                let Some(at) = sheet.columns.iter().position(|c| *c == column) else { continue };
                for name in sheet.rows.iter().map(|row| row[at].as_str()).filter(|name| !name.is_empty()) {
                    assert!(known.contains(&name), "{name} in {}", sheet.kind.name());
                }
            }
        }
    }
}
