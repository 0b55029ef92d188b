//! What `maatstaf import` says and stores: exit codes, dry runs, valid rows taken, the encoding that was found.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const MAPPING: &str = r#"
unknown_people = "create"
currency = "EUR"
[columns]
external_id = "id"
person = "who"
status = "state"
closed_on = "closed"
amount = "amount"
"#;

struct Terminal<'a>(&'a Path);

impl Terminal<'_> {
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_maatstaf"))
            .args(arguments)
            .current_dir(self.0)
            .env("DATABASE_URL", format!("sqlite://{}", self.0.join("t.sqlite").display()))
            .env("MAATSTAF_DATA", self.0)
            .env("MAATSTAF_TODAY", "2026-01-01")
            .output()
            .unwrap()
    }

    /// An import of a file with an exit code; what it printed.
    fn import(&self, file: &[u8], more: &[&str]) -> (Option<i32>, String) {
        std::fs::write(self.0.join("deals.csv"), file).unwrap();
        let import = ["import", "deals", "deals.csv", "--org", "o", "--map", "map.toml"];
        let output = self.run(&[&import[..], more].concat());
        assert!(output.stderr.is_empty() || output.status.code() != Some(101), "no panic");
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    fn json(&self, file: &[u8], more: &[&str]) -> (Option<i32>, Value) {
        let (code, text) = self.import(file, &[more, &["--json"]].concat());
        (code, serde_json::from_str(&text).unwrap())
    }
}

#[test]
fn exit_codes_dry_runs_and_valid_rows() {
    let folder = tempfile::tempdir().unwrap();
    let t = Terminal(folder.path());
    std::fs::write(folder.path().join("map.toml"), MAPPING).unwrap();
    let create = ["org", "create", "--name", "O", "--slug", "o", "--template", "consultancy", "--currency", "EUR"];
    assert!(t.run(&[&create[..], &["--owner", "owner@example.com"]].concat()).status.success());

    let good = b"id,who,state,closed,amount\nA1,Ann,won,2017-03-01,10\nA2,Ann,won,2017-03-02,20\n";
    let bad = [&good[..], b"A3,Ann,won,2017-03-03,\"12,5x\"\nA4,Ann,won,01-04-2017,1\n"].concat();
    let counts =
        |report: &Value| ["rows", "created", "unchanged", "rejected_total"].map(|name| report[name].as_u64().unwrap());

    let (code, report) = t.json(good, &["--dry-run"]);
    assert_eq!((code, counts(&report), &report["written"]), (Some(0), [2, 2, 0, 0], &Value::Bool(false)));
    let (code, report) = t.json(&bad, &[]);
    assert_eq!((code, counts(&report), &report["written"]), (Some(3), [4, 0, 0, 2], &Value::Bool(false)));
    let told: Vec<_> =
        report["rejected"].as_array().unwrap().iter().map(|r| (r["line"].as_u64(), r["code"].as_str())).collect();
    assert_eq!(told, [(Some(4), Some("bad_number")), (Some(5), Some("ambiguous_date"))]);
    assert!(report["rejected"][1]["message"].as_str().unwrap().contains("date_order"), "says which line decides");
    let (code, text) = t.import(&bad, &[]);
    assert_eq!(code, Some(3));
    assert!(text.contains("line 4, amount") && text.contains("--accept-valid"), "{text}");

    // Of a dry run the exit code says the same, and nothing is there afterwards.
    let (code, report) = t.json(&bad, &["--dry-run", "--accept-valid"]);
    assert_eq!((code, counts(&report)), (Some(3), [4, 2, 0, 2]));
    let (code, report) = t.json(&bad, &["--accept-valid"]);
    assert_eq!((code, counts(&report), &report["written"]), (Some(3), [4, 2, 0, 2], &Value::Bool(true)));
    let (code, report) = t.json(good, &[]);
    assert_eq!((code, counts(&report)), (Some(0), [2, 0, 2, 0]));
    let (code, report) = t.json(good, &["--mode", "create"]);
    assert_eq!((code, counts(&report)), (Some(3), [2, 0, 0, 2]));
    assert_eq!(t.import(good, &["--mode", "sometimes"]).0, Some(2));

    // What is not UTF-8 is said; what is partly so is asked.
    let latin = b"id,who,state,closed,amount\nA5,Ren\xE9,won,2017-03-01,10\n";
    let (code, text) = t.import(latin, &["--dry-run"]);
    assert!(code == Some(0) && text.contains("windows-1252"), "{text}");
    let (code, report) = t.json(&[&latin[..], "A6,Zoë,won,2017-03-01,10\n".as_bytes()].concat(), &["--dry-run"]);
    assert_eq!((code, report["rejected"][0]["code"].as_str()), (Some(3), Some("mixed_encoding")));
}
