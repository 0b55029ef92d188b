//! Two servers on one PostgreSQL: each tells what the other does.

use std::time::{Duration, Instant};

use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use server::entity::sales_line;

use crate::machine::{Machine, Server, ask, cookie, lines, open, send, token};
use crate::support;

/// Runs on PostgreSQL alone: SQLite has one server.
fn is_shared(machine: &Machine) -> bool {
    !machine.url.starts_with("sqlite")
}

/// What a listening page is told, until there is something or time is over.
fn told(stream: &mut impl std::io::Read, patience: Duration) -> Option<i64> {
    let end = Instant::now() + patience;
    let mut text = String::new();
    let mut piece = [0; 4096];
    while Instant::now() < end {
        match stream.read(&mut piece) {
            Ok(0) => return None,
            Ok(read) => text.push_str(&String::from_utf8_lossy(&piece[..read])),
            Err(_) => continue,
        }
        if let Some(version) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
            return Some(version.trim().parse().unwrap());
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_pushed_to_one_node_is_told_by_the_other_within_two_seconds() {
    for test in support::databases("live").await {
        let machine = Machine::with_shop(&test);
        if is_shared(&machine) {
            let db = open(&machine).await;
            let (token, cookie) = (format!("Bearer {}", token(&db).await), cookie(&db).await);
            let (here, there) = (machine.serve(), machine.serve());
            let mut page = send(there.port, "GET", "/live", &[("Cookie", &cookie)], b"").unwrap();
            page.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
            let first = told(&mut page, Duration::from_secs(5)).expect("a version to begin with");
            let body = r#"{"rows":[{"external_id":"N1","person":"Ann","status":"open"}]}"#;
            let headers = [("Authorization", token.as_str()), ("Content-Type", "application/json")];
            let sent = Instant::now();
            let answer = ask(here.port, "POST", "/api/v1/facts/deals", &headers, body.as_bytes()).unwrap();
            assert_eq!(answer.status, 200, "{answer:?}");
            let next = told(&mut page, Duration::from_secs(2)).expect("the other node tells of it");
            assert!(
                next > first && sent.elapsed() < Duration::from_secs(2),
                "{next} after {first}, {:?}",
                sent.elapsed()
            );
            db.close().await.unwrap();
        }
        test.drop().await;
    }
}

/// Uploads a long file to a server and begins to carry it out; gives the address of the import.
fn begin(machine: &Machine, server: &Server, cookie: &str) -> String {
    let text = lines("long", 60_000);
    machine.write("long.csv", &text);
    let body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nsales_lines\r\n--cut\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"long.csv\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--cut--\r\n"
    );
    let answer = post(server, cookie, "/imports", "multipart/form-data; boundary=cut", body.as_bytes());
    assert_eq!(answer.0, 303);
    let address = answer.1.trim_end_matches("/columns").to_owned();
    let fields = format!("__fn=/api/imports/commit&__form=&id={}", address.rsplit('/').next().unwrap());
    assert_eq!(form(server, cookie, &address, &fields), 303);
    address
}

fn post(server: &Server, cookie: &str, path: &str, kind: &str, body: &[u8]) -> (u16, String) {
    let headers =
        [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html"), ("Content-Type", kind)];
    let answer = ask(server.port, "POST", path, &headers, body).unwrap();
    (answer.status, answer.header("location").to_owned())
}

fn form(server: &Server, cookie: &str, path: &str, fields: &str) -> u16 {
    post(server, cookie, path, "application/x-www-form-urlencoded", fields.as_bytes()).0
}

fn page(server: &Server, cookie: &str, address: &str) -> String {
    ask(server.port, "GET", address, &[("Cookie", cookie), ("Accept", "text/html")], b"").unwrap().body
}

#[tokio::test(flavor = "multi_thread")]
async fn every_node_says_truly_what_an_import_does_and_can_stop_it() {
    for test in support::databases("nodes").await {
        let machine = Machine::with_shop(&test);
        if is_shared(&machine) {
            let db = open(&machine).await;
            let cookie = cookie(&db).await;
            let (here, there) = (machine.serve(), machine.serve());
            let address = begin(&machine, &here, &cookie);
            let told = page(&there, &cookie, &address);
            assert!(told.contains("rows done"), "the other node says that it runs: {told}");
            assert!(page(&there, &cookie, "/imports").contains("running"), "in the list as well");
            let id = address.rsplit('/').next().unwrap();
            assert_eq!(form(&there, &cookie, &address, &format!("__fn=/api/imports/cancel&__form=&id={id}")), 303);
            let end = Instant::now() + Duration::from_secs(20);
            while page(&here, &cookie, &address).contains("rows done") {
                assert!(Instant::now() < end, "the other node could not stop it");
                std::thread::sleep(Duration::from_millis(200));
            }
            for node in [&here, &there] {
                assert!(page(node, &cookie, "/imports").contains("stopped"));
            }
            assert_eq!(sales_line::Entity::find().count(&db).await.unwrap(), 0);

            // Begun once more, and cut off with its node: the other one says so at once.
            let address = begin(&machine, &here, &cookie);
            assert!(page(&there, &cookie, &address).contains("rows done"));
            drop(here);
            let end = Instant::now() + Duration::from_secs(5);
            while page(&there, &cookie, &address).contains("rows done") {
                assert!(Instant::now() < end, "an import without a node still runs");
                std::thread::sleep(Duration::from_millis(100));
            }
            assert!(page(&there, &cookie, "/imports").contains("failed"));
            assert_eq!(sales_line::Entity::find().count(&db).await.unwrap(), 0);
            db.close().await.unwrap();
        }
        test.drop().await;
    }
}
