//! Keeps the arrows between the crates as `docs/ARCHITECTURE.md` draws them.

use anyhow::{Result, bail};

use crate::workspace::{cargo, output};

/// What a crate may not pull in, directly or through others.
struct Rule {
    /// What the rule keeps true.
    why: &'static str,
    tree: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const RULES: [Rule; 4] = [
    Rule {
        why: "the browser gets nothing of the server",
        tree: &[
            "--package",
            "app",
            "--no-default-features",
            "--features",
            "hydrate",
            "--target",
            "wasm32-unknown-unknown",
        ],
        forbidden: &[
            "server",
            "migration",
            "sea-orm",
            "sqlx",
            "sqlx-core",
            "tokio",
            "axum",
            "hyper",
            "argon2",
            "charming",
            "chrono",
            "jiff",
        ],
    },
    Rule {
        why: "the screens do not know the database, on the server neither",
        tree: &["--package", "app", "--no-default-features", "--features", "ssr"],
        forbidden: &["server", "migration", "sea-orm", "sqlx", "sqlx-core", "argon2", "charming"],
    },
    Rule {
        why: "the domain knows no framework, no database and no clock",
        tree: &["--package", "domain"],
        forbidden: &[
            "app",
            "server",
            "migration",
            "leptos",
            "sea-orm",
            "sqlx-core",
            "tokio",
            "axum",
            "jiff",
            "chrono",
            "rand",
        ],
    },
    Rule {
        why: "migrations are frozen: they use no code that changes",
        tree: &["--package", "migration"],
        forbidden: &["app", "server", "domain", "leptos"],
    },
];

/// Checks all rules and names every crate that breaks one.
pub fn check() -> Result<()> {
    let mut broken = Vec::new();
    for rule in &RULES {
        let mut tree = cargo(&["tree", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
        let crates = output(tree.args(rule.tree), "cargo tree")?;
        let found = breaches(&crates, rule.forbidden);
        if !found.is_empty() {
            broken.push(format!("{}, but `{}` pulls in {}", rule.why, rule.tree[1], found.join(", ")));
        }
    }
    if !broken.is_empty() {
        bail!("dependency rules are broken:\n{}", broken.join("\n"));
    }
    Ok(())
}

/// The forbidden names in what `cargo tree` printed; its first line is the crate itself.
fn breaches<'a>(tree: &str, forbidden: &[&'a str]) -> Vec<&'a str> {
    let names: Vec<_> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    forbidden.iter().copied().filter(|name| names.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_count() {
        let tree = "app v0.1.0\nleptos v0.8.23\ntokio-util v0.7.0\nhyper v1.0.0 (*)\n";
        assert_eq!(breaches(tree, &["app", "tokio", "hyper"]), ["hyper"]);
    }
}
