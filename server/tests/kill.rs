//! The server and an import are killed at random moments, again and again: what was acknowledged is there, nothing is
//! half-written, and running it again finishes it. On SQLite and, where there is one, PostgreSQL.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use domain::policy::Scope;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _};
use sea_orm::{PaginatorTrait as _, QuerySelect as _};
use server::entity::{api_token, deal, import, organisation, sales_line, user_account};

const KILLS: usize = 50;
/// After so long no further kill begins, so that a slow machine ends too.
const AT_MOST: Duration = Duration::from_secs(240);
/// Rows of the file: so many that an import is under way when it is killed.
const LINES: usize = 12_000;
/// Deals of a batch.
const BATCH: usize = 40;

const MAPPING: &str = r#"
[columns]
transaction = "transaction"
date = "date"
quantity = "quantity"
unit_price = "unit_price"
customer = "customer"
"#;

struct Machine {
    url: String,
    folder: PathBuf,
}

impl Machine {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maatstaf"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("DATABASE_URL", &self.url)
            .env("MAATSTAF_DATA", &self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    #[track_caller]
    fn text(&self, mut command: Command) -> String {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "{command:?}: {out}{err}");
        out.into_owned()
    }

    fn import(&self) -> Command {
        self.command(&["import", "sales_lines", "lines.csv", "--org", "shop", "--map", "lines.toml", "--json"])
    }

    /// A server on a port of its own, once it listens.
    fn serve(&self) -> (Child, u16) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = self.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.contains("listens"), "{first}");
        (child, port)
    }
}

fn kill(mut child: Child) {
    // It may have come to its end by itself.
    let _ = child.kill();
    child.wait().unwrap();
}

/// The status of an answer, and all of it; none if the connection broke before there was one.
fn post(port: u16, token: &str, key: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!(
        "POST /api/v1/facts/deals HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    // What was sent before a kill counts, though the end is missing.
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some((status, text))
}

fn batch(number: usize) -> String {
    let rows: Vec<_> = (0..BATCH)
        .map(|row| {
            let day = format!("2026-01-{:02}", 1 + (number + row) % 28);
            serde_json::json!({
                "external_id": format!("B{number}-{row}"), "person": "Ann",
                "status": if row % 3 == 0 { "lost" } else { "won" },
                "created_on": "2026-01-01", "closed_on": day, "amount": "12.50",
            })
        })
        .collect();
    serde_json::json!({ "rows": rows }).to_string()
}

async fn token(db: &DatabaseConnection) -> String {
    let org = organisation::Entity::find().one(db).await.unwrap().unwrap();
    let user = user_account::Entity::find().one(db).await.unwrap().unwrap();
    let text = format!("{}{}", server::service::tokens::PREFIX, server::token::fresh());
    let row = api_token::ActiveModel {
        org_id: Set(org.id),
        id: Set(server::id::next()),
        name: Set("Kill".into()),
        token_hash: Set(server::token::hash(&text)),
        scopes: Set(Scope::ALL.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ")),
        created_by: Set(user.id),
        created_at: Set(0),
        expires_at: Set(4_000_000_000_000),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(db).await.unwrap();
    text
}

fn prepare(folder: &Path) {
    let mut lines = String::from("transaction,date,quantity,unit_price,customer\n");
    for n in 0..LINES {
        let (receipt, day) = (n / 3, 1 + n % 28);
        lines.push_str(&format!("T{receipt},2026-02-{day:02},1,{}.25,C{}\n", 1 + n % 90, receipt % 500));
    }
    std::fs::write(folder.join("lines.csv"), lines).unwrap();
    std::fs::write(folder.join("people.csv"), "person,team\nAnn,Shop\n").unwrap();
    std::fs::write(folder.join("people.toml"), "[columns]\nperson = \"person\"\nteam = \"team\"\n").unwrap();
    std::fs::write(folder.join("lines.toml"), format!("currency = \"EUR\"\n{MAPPING}")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    for test in support::databases("kill").await {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path());
        let in_file = format!("sqlite://{}", folder.path().join("t.sqlite").display());
        let url = if test.url.starts_with("sqlite") { in_file } else { test.url.clone() };
        let machine = Machine { url: url.clone(), folder: folder.path().to_owned() };
        let create = ["org", "create", "--name", "Shop", "--slug", "shop", "--template", "retail"];
        let create = machine.command(&[&create[..], &["--currency", "EUR", "--owner", "owner@shop.example"]].concat());
        machine.text(create);
        machine.text(machine.command(&["import", "people", "people.csv", "--org", "shop", "--map", "people.toml"]));
        let mut add =
            machine.command(&["user", "add", "--org", "shop", "--email", "o@shop.example", "--role", "owner"]);
        let mut child = add.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"a password of a test\n").unwrap();
        assert!(child.wait().unwrap().success());
        let db = server::db::connect(&url).await.unwrap();
        let token = token(&db).await;

        let random = &mut StdRng::seed_from_u64(20_261_123);
        let begun = Instant::now();
        let (mut acknowledged, mut sent) = (Vec::new(), 0);
        let mut kills = 0;
        while kills < KILLS && begun.elapsed() < AT_MOST {
            kills += 1;
            let (server, port) = machine.serve();
            let importer = machine.import().spawn().unwrap();
            let until = Instant::now() + Duration::from_millis(random.random_range(20..700));
            let posting = tokio::task::spawn_blocking({
                let token = token.clone();
                move || {
                    let mut done = Vec::new();
                    let mut next = sent;
                    // The connection breaks when the server dies; a busy database is asked again.
                    while let Some((status, answer)) = post(port, &token, &format!("batch-{next}"), &batch(next)) {
                        match status {
                            200 => {
                                done.push(next);
                                next += 1;
                            }
                            503 | 409 => std::thread::sleep(Duration::from_millis(20)),
                            _ => panic!("batch {next}: {answer}"),
                        }
                    }
                    (done, next)
                }
            });
            tokio::time::sleep_until(until.into()).await;
            kill(importer);
            kill(server);
            let (done, next) = posting.await.unwrap();
            // The batch that was under way gets a key of its own next time; it may have gone in.
            sent = next + 1;
            acknowledged.extend(done);
        }
        println!("{kills} kills, {} batches acknowledged", acknowledged.len());
        assert!(!acknowledged.is_empty(), "no batch went in between the kills");

        for number in &acknowledged {
            let of_batch = deal::Column::ExternalId.starts_with(format!("B{number}-"));
            let stored = deal::Entity::find().filter(of_batch).count(&db).await.unwrap();
            assert_eq!(stored, BATCH as u64, "batch {number} was acknowledged");
        }
        let all: Vec<String> =
            deal::Entity::find().select_only().column(deal::Column::ExternalId).into_tuple().all(&db).await.unwrap();
        assert_eq!(all.len() % BATCH, 0, "no batch went in by half");
        let lines = sales_line::Entity::find().count(&db).await.unwrap();
        assert!(lines == 0 || lines == LINES as u64, "an import went in by half: {lines} lines");
        machine.text(machine.command(&["verify", "--org", "shop"]));

        let report: serde_json::Value = serde_json::from_str(&machine.text(machine.import())).unwrap();
        assert_eq!(report["rows"], LINES, "run again it goes in whole");
        let again: serde_json::Value = serde_json::from_str(&machine.text(machine.import())).unwrap();
        assert_eq!((&again["created"], &again["updated"], &again["unchanged"]), (&0.into(), &0.into(), &LINES.into()));
        assert_eq!(sales_line::Entity::find().count(&db).await.unwrap(), LINES as u64);
        machine.text(machine.command(&["verify", "--org", "shop"]));
        let stray = import::Entity::find().filter(import::Column::Status.eq("running")).count(&db).await.unwrap();
        assert_eq!(stray, 0, "no import is left that says it runs");
        db.close().await.unwrap();
        test.drop().await;
    }
}
