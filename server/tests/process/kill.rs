//! The server, its wizard and an import of the command line are killed at random moments, again and again: what was
//! acknowledged is there, nothing is half-written, and going on finishes it.

use std::collections::BTreeMap;
use std::process::Child;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DatabaseConnection, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use sea_orm::{PaginatorTrait as _, QuerySelect as _};
use server::entity::{deal, idempotency_key, import, sales_line};

use crate::machine::{Machine, Server, ask, cookie, lines, open, token};
use crate::support;

const KILLS: usize = 50;
/// Rows of each file: so many that an import is under way for most of the time in which a kill may come.
const LINES: usize = 3_000;
/// Deals of a batch.
const BATCH: usize = 40;

/// How a file is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    CommandLine,
    Wizard,
}

/// One file, and what is known of it.
#[derive(Debug)]
struct File {
    name: String,
    way: Way,
    /// The address of the wizard's import, once there is one.
    address: Option<String>,
    /// Whether somebody was told that it went in.
    acknowledged: bool,
}

/// The batches that a program sends, one after the other, each until it is acknowledged.
#[derive(Debug, Default)]
struct Program {
    acknowledged: usize,
    /// How often a batch that was cut off was sent once more with its own key.
    resent: usize,
    /// How many of those had gone in.
    replayed: usize,
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

impl Program {
    /// Sends batches until so many are acknowledged, or the server dies.
    fn send(mut self, port: u16, token: &str, most: usize) -> Self {
        let bearer = format!("Bearer {token}");
        let mut is_first = true;
        while self.acknowledged < most {
            let number = self.acknowledged;
            let key = format!("batch-{number}");
            let headers =
                [("Authorization", bearer.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", &key)];
            let answer = ask(port, "POST", "/api/v1/facts/deals", &headers, batch(number).as_bytes());
            let Some(answer) = answer else { return self };
            match answer.status {
                200 => {
                    let report: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
                    if report["written"] != true {
                        // Cut off in the middle of the answer: not acknowledged yet.
                        return self;
                    }
                    // What the report says was created under this key, however often it was sent.
                    assert_eq!(report["created"], BATCH, "{}", answer.body);
                    self.resent += usize::from(is_first);
                    self.replayed += usize::from(answer.header("idempotent-replayed") == "true");
                    self.acknowledged += 1;
                    is_first = false;
                }
                503 | 409 => std::thread::sleep(Duration::from_millis(20)),
                _ => panic!("batch {number}: {answer:?}"),
            }
        }
        self
    }
}

/// Uploads a file and says what its columns are; gives the address of the import.
fn prepare_in_wizard(machine: &Machine, port: u16, cookie: &str, file: &File) -> Option<String> {
    let text = std::fs::read_to_string(machine.path(&file.name)).unwrap();
    let body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nsales_lines\r\n--cut\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--cut--\r\n",
        file.name
    );
    let headers = [
        ("Cookie", cookie),
        ("Sec-Fetch-Site", "same-origin"),
        ("Accept", "text/html"),
        ("Content-Type", "multipart/form-data; boundary=cut"),
    ];
    let answer = ask(port, "POST", "/imports", &headers, body.as_bytes())?;
    assert_eq!(answer.status, 303, "{answer:?}");
    Some(answer.header("location").trim_end_matches("/columns").to_owned())
}

/// Carries the wizard's import out, or goes on with it.
fn commit_in_wizard(port: u16, cookie: &str, address: &str) -> Option<u16> {
    let id = address.rsplit('/').next().unwrap();
    let body = format!("__fn=/api/imports/commit&__form=&id={id}");
    let headers = [
        ("Cookie", cookie),
        ("Sec-Fetch-Site", "same-origin"),
        ("Accept", "text/html"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    Some(ask(port, "POST", address, &headers, body.as_bytes())?.status)
}

/// What the page of an import says.
fn page(port: u16, cookie: &str, address: &str) -> Option<String> {
    Some(ask(port, "GET", address, &[("Cookie", cookie), ("Accept", "text/html")], b"")?.body)
}

fn kill(mut child: Child) -> bool {
    // It may have come to its end by itself.
    let is_done = child.try_wait().unwrap().is_some_and(|status| status.success());
    let _ = child.kill();
    child.wait().unwrap();
    is_done
}

async fn stored(db: &DatabaseConnection, file: &File) -> usize {
    let name = file.name.trim_end_matches(".csv");
    let of = sales_line::Column::Receipt.starts_with(format!("{name}-"));
    usize::try_from(sales_line::Entity::find().filter(of).count(db).await.unwrap()).unwrap()
}

/// Work that a dead server had begun is nobody's from two minutes on: they have passed.
async fn let_time_pass(db: &DatabaseConnection) {
    use idempotency_key::Column::{StartedAt, Status};
    let earlier = Expr::col(StartedAt).sub(180_000);
    let begun = idempotency_key::Entity::update_many().col_expr(StartedAt, earlier).filter(Status.is_null());
    begun.exec(db).await.unwrap();
}

fn import(machine: &Machine, file: &File) -> serde_json::Value {
    let said = machine.text(&["import", "sales_lines", &file.name, "--org", "shop", "--map", "lines.toml", "--json"]);
    serde_json::from_str(&said).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    for test in support::databases("kill").await {
        let machine = Machine::with_shop(&test);
        let columns = ["transaction", "date", "quantity", "unit_price", "customer"];
        let mapping: String = columns.iter().map(|name| format!("{name} = \"{name}\"\n")).collect();
        machine.write("lines.toml", &format!("currency = \"EUR\"\n[columns]\n{mapping}"));
        let db = open(&machine).await;
        let (token, cookie) = (token(&db).await, cookie(&db).await);

        let random = &mut StdRng::seed_from_u64(20_261_123);
        let (mut program, mut files, mut cut_off) = (Program::default(), Vec::new(), [0; 2]);
        for round in 0..KILLS {
            let way = if round % 2 == 0 { Way::CommandLine } else { Way::Wizard };
            let mut file = File { name: format!("f{round}.csv"), way, address: None, acknowledged: false };
            machine.write(&file.name, &lines(&format!("f{round}"), LINES));
            let server = machine.serve();
            let port = server.port;
            let importer = match way {
                Way::CommandLine => {
                    let arguments = ["import", "sales_lines", &file.name, "--org", "shop", "--map", "lines.toml"];
                    Some(machine.command(&arguments).spawn().unwrap())
                }
                Way::Wizard => {
                    file.address = prepare_in_wizard(&machine, port, &cookie, &file);
                    None
                }
            };
            let committing = file.address.clone().map(|address| {
                let cookie = cookie.clone();
                tokio::task::spawn_blocking(move || commit_in_wizard(port, &cookie, &address))
            });
            let until = Instant::now() + Duration::from_millis(random.random_range(20..1_000));
            let token = token.clone();
            let sending = tokio::task::spawn_blocking(move || program.send(port, &token, usize::MAX));
            tokio::time::sleep_until(until.into()).await;
            if let Some(address) = &file.address {
                let told = page(port, &cookie, address).unwrap_or_default();
                file.acknowledged = told.contains("This was stored");
            }
            if let Some(importer) = importer {
                file.acknowledged = kill(importer);
            }
            drop::<Server>(server);
            if let Some(committing) = committing {
                committing.await.unwrap();
            }
            program = sending.await.unwrap();
            let_time_pass(&db).await;

            let there = stored(&db, &file).await;
            assert!(there == 0 || there == LINES, "{file:?} went in by half: {there} lines");
            assert!(!file.acknowledged || there == LINES, "{file:?} was acknowledged and is not there");
            if let Some(address) = &file.address {
                let id: i64 = address.rsplit('/').next().unwrap().parse().unwrap();
                let row = import::Entity::find().filter(import::Column::Id.eq(id)).one(&db).await.unwrap().unwrap();
                assert_eq!(row.status == "done", there == LINES, "{row:?}");
            }
            cut_off[usize::from(way == Way::Wizard)] += usize::from(there == 0);
            files.push(file);
            if round % 10 == 9 {
                machine.text(&["verify", "--org", "shop"]);
            }
        }
        assert_eq!(files.len(), KILLS);
        println!(
            "{KILLS} kills; cut off: {} imports of the command line, {} of the wizard; {} batches acknowledged, {} of them \
             sent again after a kill, {} of these had gone in",
            cut_off[0], cut_off[1], program.acknowledged, program.resent, program.replayed
        );
        assert!(cut_off.iter().all(|n| *n > 0), "no kill came in the middle: {cut_off:?}");
        assert!(program.acknowledged > 0 && program.resent > 0, "{program:?}");

        let server = machine.serve();
        // The batch that the last kill cut off.
        let sending = {
            let (token, port, most) = (token.clone(), server.port, program.acknowledged + 1);
            tokio::task::spawn_blocking(move || program.send(port, &token, most))
        };
        // Going on finishes every file, the wizard's as well.
        for file in &files {
            if let Some(address) = &file.address {
                let mut status = None;
                while !page(server.port, &cookie, address).unwrap().contains("This was stored") {
                    status = commit_in_wizard(server.port, &cookie, address);
                    assert!(matches!(status, Some(303 | 503)), "{status:?}");
                }
                assert_eq!(stored(&db, file).await, LINES, "{status:?}");
            }
        }
        drop::<Server>(server);
        let program = sending.await.unwrap();
        for file in files.iter().filter(|file| file.way == Way::CommandLine) {
            let report = import(&machine, file);
            let created = report["created"].as_u64().unwrap() + report["unchanged"].as_u64().unwrap();
            assert_eq!(created, LINES as u64, "run again it goes in whole: {report}");
        }
        let again = import(&machine, &files[0]);
        assert_eq!((&again["created"], &again["updated"], &again["unchanged"]), (&0.into(), &0.into(), &LINES.into()));
        assert_eq!(sales_line::Entity::find().count(&db).await.unwrap(), (KILLS * LINES) as u64);

        let all: Vec<String> =
            deal::Entity::find().select_only().column(deal::Column::ExternalId).into_tuple().all(&db).await.unwrap();
        let mut batches: BTreeMap<usize, usize> = BTreeMap::new();
        for deal in &all {
            let number = deal.trim_start_matches('B').split('-').next().unwrap().parse().unwrap();
            *batches.entry(number).or_default() += 1;
        }
        let expected: BTreeMap<usize, usize> = (0..program.acknowledged).map(|number| (number, BATCH)).collect();
        assert_eq!(batches, expected, "every batch that was acknowledged is there, whole and once");
        machine.text(&["verify", "--org", "shop"]);
        db.close().await.unwrap();
        test.drop().await;
    }
}
