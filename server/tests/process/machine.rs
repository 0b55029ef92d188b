//! A machine with the program on it: its data directory, its database, its servers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use domain::Timestamp;
use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, DatabaseConnection, EntityTrait as _};
use server::entity::{api_token, organisation, user_account};
use server::session::{self, Origin};

use crate::support::TestDb;

/// See the module.
#[derive(Debug)]
pub struct Machine {
    pub url: String,
    pub folder: tempfile::TempDir,
}

/// A server process, which dies with this.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have come to its end by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: status, headers, body.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let is_it = |line: &&str| line.split(':').next().is_some_and(|n| n.eq_ignore_ascii_case(name));
        self.head.lines().find(is_it).and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim())
    }
}

impl Machine {
    /// A machine on a database of a test. Of SQLite it has a file of its own, as processes share no memory.
    pub fn new(test: &TestDb) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let in_file = format!("sqlite://{}", folder.path().join("t.sqlite").display());
        let url = if test.url.starts_with("sqlite") { in_file } else { test.url.clone() };
        Self { url, folder }
    }

    /// A machine with an organisation “shop”, its owner and one seller, Ann.
    pub fn with_shop(test: &TestDb) -> Self {
        let machine = Self::new(test);
        let create = ["org", "create", "--name", "Shop", "--slug", "shop", "--template", "retail"];
        machine.text(&[&create[..], &["--currency", "EUR", "--owner", "owner@shop.example"]].concat());
        machine.write("people.csv", "person,team\nAnn,Shop\n");
        machine.write("people.toml", "[columns]\nperson = \"person\"\nteam = \"team\"\n");
        machine.text(&["import", "people", "people.csv", "--org", "shop", "--map", "people.toml"]);
        let mut add =
            machine.command(&["user", "add", "--org", "shop", "--email", "o@shop.example", "--role", "owner"]);
        let mut child = add.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"a password of a test\n").unwrap();
        assert!(child.wait().unwrap().success());
        machine
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maatstaf"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.url)
            .env("MAATSTAF_DATA", self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end: its exit code, and all that it said.
    pub fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        (status.code(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
    }

    /// What a command says that succeeds.
    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        let (code, said) = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        said
    }

    /// A server on a port of its own, once it listens.
    pub fn serve(&self) -> Server {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = self.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let server = Server { child, port };
        assert!(first.contains("listens"), "{first}");
        server
    }
}

/// A connection on which a request was sent; none if the server is gone.
pub fn send(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    Some(stream)
}

/// A whole answer; none if the connection broke before there was one.
pub fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
    let mut stream = send(port, method, path, headers, body)?;
    let mut answer = Vec::new();
    // What was sent before a kill counts, though the end is missing.
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

async fn whose(db: &DatabaseConnection) -> (i64, i64) {
    let org = organisation::Entity::find().one(db).await.unwrap().unwrap();
    let user = user_account::Entity::find().one(db).await.unwrap().unwrap();
    (org.id, user.id)
}

/// A token of the owner that may do everything.
pub async fn token(db: &DatabaseConnection) -> String {
    let (org, user) = whose(db).await;
    let text = format!("{}{}", server::service::tokens::PREFIX, server::token::fresh());
    let row = api_token::ActiveModel {
        org_id: Set(org),
        id: Set(server::id::next()),
        name: Set("Process".into()),
        token_hash: Set(server::token::hash(&text)),
        scopes: Set(Scope::ALL.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ")),
        created_by: Set(user),
        created_at: Set(0),
        expires_at: Set(4_000_000_000_000),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(db).await.unwrap();
    text
}

/// The cookie of the owner's browser.
pub async fn cookie(db: &DatabaseConnection) -> String {
    let (org, user) = whose(db).await;
    let origin = Origin { address: "127.0.0.1".into(), user_agent: "Process".into() };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let now = Timestamp(i64::try_from(now).unwrap());
    let token = session::start(db, user, Some(org), &origin, None, now).await.unwrap();
    format!("{}={token}", server::http::session::cookie_name(false))
}

/// Lines of sales that nobody else has.
pub fn lines(name: &str, count: usize) -> String {
    let mut lines = String::from("transaction,date,quantity,unit_price,customer\n");
    for n in 0..count {
        let (receipt, day) = (n / 3, 1 + n % 28);
        lines.push_str(&format!("{name}-{receipt},2026-02-{day:02},1,{}.25,C{}\n", 1 + n % 90, receipt % 500));
    }
    lines
}

/// Opens the database of a machine from outside.
pub async fn open(machine: &Machine) -> DatabaseConnection {
    server::db::connect(&machine.url).await.unwrap()
}

/// Where a path leads, as text.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}
