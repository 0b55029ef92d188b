//! Looks for texts that do not belong where they stand, among the files that git knows.

use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::{output, root};

/// A text that may not stand in some files.
struct Rule {
    why: &'static str,
    /// Whether the rule is about this file.
    file: fn(&str) -> bool,
    /// Whether this line of it breaks the rule.
    line: fn(&str) -> bool,
}

const RULES: [Rule; 7] = [
    Rule {
        why: "lock files name packages and checksums, not the host that served them once",
        file: |path| path.ends_with("package-lock.json"),
        line: |line| line.contains("\"resolved\": \"http"),
    },
    Rule {
        why: "which registry a machine uses is that machine's business",
        file: |path| path.ends_with(".npmrc") || path.ends_with(".cargo/config.toml"),
        line: |line| line.trim_start().starts_with("registry"),
    },
    Rule {
        why: "a caller's rows are read in server/src/query and server/src/authz, with the tenant in each question",
        file: answers_callers,
        line: |line| {
            let global = ["user_account", "session", "organisation"];
            code(line).match_indices("Entity::find").any(|(at, _)| {
                let before = code(line)[..at].trim_end_matches("::");
                !global.iter().any(|table| before.ends_with(table))
            })
        },
    },
    Rule {
        why: "deals are written in server/src/query/deal.rs alone, which keeps the stored sums",
        file: |path| path.starts_with("server/src/") && path != "server/src/query/deal.rs",
        line: |line| {
            let deal = ["deal::ActiveModel", "deal_credit::ActiveModel"].iter().any(|text| code(line).contains(text));
            let writes = ["insert", "update", "delete"].iter().any(|verb| {
                ["deal", "deal_credit"].iter().any(|table| code(line).contains(&format!(" {table}::Entity::{verb}")))
            });
            deal || writes
        },
    },
    Rule {
        why: "facts are written in server/src/import/store/facts.rs alone, which notes what they touch",
        file: |path| path.starts_with("server/src/"),
        line: |line| {
            let facts =
                ["activity", "campaign_day", "lead", "measurement", "sales_line", "satisfaction", "subscription"];
            let made = |table: &str| code(line).contains(&format!(" {table}::ActiveModel"));
            let written = |table: &str| {
                ["insert", "update", "delete"]
                    .iter()
                    .any(|verb| code(line).contains(&format!(" {table}::Entity::{verb}")))
            };
            facts.iter().any(|table| made(table) || written(table))
        },
    },
    Rule {
        why: "domain and app get the time as an argument",
        file: |path| path.ends_with(".rs") && (path.starts_with("domain/src/") || path.starts_with("app/src/")),
        line: |line| {
            ["SystemTime::now", "Instant::now", "Date::now", "Zoned::now"].iter().any(|now| code(line).contains(now))
        },
    },
    Rule {
        why: "a size of the machine means something else in the browser; use i64 or u32",
        file: |path| path.starts_with("app/src/") && path.ends_with("/api.rs"),
        line: |line| code(line).contains("usize") || code(line).contains("isize"),
    },
];

/// Whether this file answers a caller.
fn answers_callers(path: &str) -> bool {
    path.starts_with("server/src/service/") || path.starts_with("server/src/http/")
}

/// Checks all rules and names every place that breaks one.
pub fn check() -> Result<()> {
    let files = output(Command::new("git").current_dir(root()).args(["ls-files"]), "git ls-files")?;
    let mut broken = Vec::new();
    for path in files.lines() {
        let rules: Vec<_> = RULES.iter().filter(|rule| (rule.file)(path)).collect();
        if rules.is_empty() {
            continue;
        }
        // A file that is deleted but not yet committed has no content to check.
        let Ok(content) = std::fs::read_to_string(root().join(path)) else {
            continue;
        };
        for rule in rules {
            broken.extend(places(rule, &content).map(|number| format!("{path}:{number}: {}", rule.why)));
        }
    }
    if !broken.is_empty() {
        bail!("forbidden texts:\n{}", broken.join("\n"));
    }
    Ok(())
}

fn places<'a>(rule: &'a Rule, content: &'a str) -> impl Iterator<Item = usize> + 'a {
    let lines = content.lines().enumerate();
    lines.filter(|(_, line)| (rule.line)(line)).map(|(number, _)| number + 1)
}

/// The line without its comment.
fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_may_say_what_code_may_not() {
        let reads = &RULES[2];
        assert!((reads.file)("server/src/service/targets.rs"));
        assert!(!(reads.file)("server/src/query/target.rs"));
        let content = "// never target::Entity::find()\nlet rows = target::Entity::find();\nsession::Entity::find()\n";
        assert_eq!(places(reads, content).collect::<Vec<_>>(), [2]);
    }
}
