//! A server with two organisations, Acme and Globex, and the people of Acme.

use std::path::PathBuf;
use std::sync::Arc;

use app::caller::Role;
use axum::Router;
use clap::Parser as _;
use domain::Date;
use domain::policy::Scope;
use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::DatabaseConnection;
use server::clock::Clock;
use server::entity::{deal, import, invitation, kpi_formula, person, team, team_access, team_membership};
use server::password::Passwords;
use server::service::organisation::{self, NewOrganisation};
use server::session::{self, Origin};
use server::state::AppState;
use tokio::sync::OnceCell;

use super::database::TestDatabase;
use super::{Persona, facts, tokens, webhooks, words};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// Hashing is prepared once for all tests, and the password's hash is made once.
static PASSWORDS: OnceCell<(Passwords, String)> = OnceCell::const_new();

async fn passwords() -> &'static (Passwords, String) {
    PASSWORDS
        .get_or_init(|| async {
            let passwords = Passwords::new().unwrap();
            let hash = passwords.hash(PASSWORD.to_owned()).await.unwrap();
            (passwords, hash)
        })
        .await
}

/// A date, written as people write it.
pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A server over a database of its own. Today is 2017-08-15 unless [`Site::on`] says otherwise.
#[derive(Debug)]
pub struct Site {
    pub state: AppState,
    pub world: World,
    database: Arc<TestDatabase>,
}

/// Identifiers of what a site holds.
///
/// Acme: Sales / East (Mia manages; Rob, Ria) and Sales / West (Wim). Globex: one team, one person.
#[derive(Clone, Copy, Debug, Default)]
pub struct World {
    pub org: i64,
    pub other_org: i64,
    pub owner: i64,
    pub admin: i64,
    pub manager: i64,
    pub rep: i64,
    pub viewer: i64,
    pub stranger: i64,
    pub sales: i64,
    pub east: i64,
    pub west: i64,
    /// Manager of East, a person and a user.
    pub mia: i64,
    /// In East, the rep's person.
    pub rob: i64,
    /// In East, without a user.
    pub ria: i64,
    /// In West, without a user.
    pub wim: i64,
    /// Wim's only place.
    pub wim_place: i64,
    /// The manager's place in Acme as a user.
    pub manager_membership: i64,
    /// The rep's place in Acme as a user.
    pub rep_membership: i64,
    /// An open invitation for guest@example.com, as a viewer of East.
    pub invitation: i64,
    pub other_team: i64,
    pub other_person: i64,
    /// A deal that Mia won.
    pub deal: i64,
    /// An import of one deal that waits to be checked.
    pub import: i64,
    /// Rob's proposed target.
    pub target_rob: i64,
    /// Ria's proposed target.
    pub target_ria: i64,
    /// East's objective.
    pub objective: i64,
    /// The manager's note on Rob, shared with him.
    pub note_manager: i64,
    /// Rob's own note.
    pub note_rob: i64,
    /// The owner's API token.
    pub token: i64,
    /// Eight calls of Wim's, which only the administrators may correct.
    pub fact: i64,
    /// An event that touched everybody.
    pub event: i64,
    /// A webhook that is told when an import is undone.
    pub webhook: i64,
    /// What it was told, and took.
    pub delivery: i64,
}

#[derive(clap::Parser)]
struct ServeArgs {
    #[command(flatten)]
    serve: server::config::Serve,
}

impl Site {
    /// A site with both organisations.
    pub async fn new() -> Self {
        let mut site = Self::empty().await;
        site.world = fill(&site.state.db).await;
        site
    }

    /// A site without any organisation or user, as after installation.
    pub async fn empty() -> Self {
        Self::over(TestDatabase::new().await).await
    }

    /// A site with both organisations in a SQLite file, where a request waits only this long for the write lock.
    pub async fn in_file(file: &std::path::Path, patience: std::time::Duration) -> Self {
        let mut site = Self::over(TestDatabase::in_file(file, patience).await).await;
        site.world = fill(&site.state.db).await;
        site
    }

    /// The same on PostgreSQL, where there is one.
    pub async fn shared(patience: std::time::Duration) -> Option<Self> {
        let mut site = Self::over(TestDatabase::shared(patience).await?).await;
        site.world = fill(&site.state.db).await;
        Some(site)
    }

    async fn over(database: TestDatabase) -> Self {
        // What the server logs as its own fault stands with the test that failed by it.
        let log = tracing_subscriber::fmt().with_test_writer().with_max_level(tracing::Level::WARN);
        let _ = log.try_init();
        let args = ServeArgs::parse_from(["test", "--trust-proxy", "--public-url", "http://kpi.example"]);
        let state = AppState {
            db: database.db.clone(),
            clock: Clock::Fixed(date("2017-08-15")),
            passwords: passwords().await.0.clone(),
            serve: Arc::new(args.serve),
            data_dir: Arc::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR"))),
            rosters: server::roster::Rosters::default(),
            jobs: server::service::imports::Jobs::default(),
            site: server::http::assets::Site::find(None),
            leptos: server::http::leptos_options(),
        };
        Self { state, world: World::default(), database: Arc::new(database) }
    }

    /// The same site on another day.
    #[must_use]
    pub fn on(&self, day: &str) -> Self {
        let state = AppState { clock: Clock::Fixed(date(day)), ..self.state.clone() };
        Self { state, world: self.world, database: self.database.clone() }
    }

    /// The same site, where webhooks may go to this machine.
    #[must_use]
    pub fn with_loopback(&self) -> Self {
        let serve = server::config::Serve { webhook_loopback: true, ..self.state.serve.as_ref().clone() };
        let state = AppState { serve: Arc::new(serve), ..self.state.clone() };
        Self { state, world: self.world, database: self.database.clone() }
    }

    /// The same site with another bound for uploads, in a folder of its own.
    #[must_use]
    pub fn with_upload_limit(&self, bytes: u64, folder: &std::path::Path) -> Self {
        let serve = server::config::Serve { upload_limit: bytes, ..self.state.serve.as_ref().clone() };
        let data_dir = Arc::new(folder.to_owned());
        let state = AppState { serve: Arc::new(serve), data_dir, ..self.state.clone() };
        Self { state, world: self.world, database: self.database.clone() }
    }

    pub fn db(&self) -> &DatabaseConnection {
        &self.state.db
    }

    pub fn router(&self) -> Router {
        server::router(self.state.clone())
    }

    /// A browser without cookies.
    pub fn anonymous(&self) -> Persona {
        Persona::new(self.router(), None)
    }

    pub async fn owner(&self) -> Persona {
        self.signed_in(self.world.owner, self.world.org).await
    }

    pub async fn admin(&self) -> Persona {
        self.signed_in(self.world.admin, self.world.org).await
    }

    pub async fn manager(&self) -> Persona {
        self.signed_in(self.world.manager, self.world.org).await
    }

    pub async fn rep(&self) -> Persona {
        self.signed_in(self.world.rep, self.world.org).await
    }

    pub async fn viewer(&self) -> Persona {
        self.signed_in(self.world.viewer, self.world.org).await
    }

    /// The owner of the other organisation.
    pub async fn other_tenant(&self) -> Persona {
        self.signed_in(self.world.stranger, self.world.other_org).await
    }

    /// Somebody of Acme by role.
    pub async fn role(&self, role: Role) -> Persona {
        match role {
            Role::Owner => self.owner().await,
            Role::Admin => self.admin().await,
            Role::Manager => self.manager().await,
            Role::Rep => self.rep().await,
            Role::Viewer => self.viewer().await,
        }
    }

    /// A browser in which a user is signed in.
    pub async fn signed_in(&self, user: i64, org: i64) -> Persona {
        let now = self.state.clock.now();
        let origin = Origin { address: "192.0.2.1".into(), user_agent: "Test browser".into() };
        let token = session::start(self.db(), user, Some(org), &origin, None, now).await.unwrap();
        Persona::new(self.router(), Some(&token))
    }

    /// Another user of Acme.
    pub async fn add_user(&self, name: &str, role: Role, person: Option<i64>) -> i64 {
        add_user(self.db(), self.world.org, name, role, person).await.0
    }

    /// Another team of Acme.
    pub async fn add_team(&self, name: &str, parent: Option<i64>) -> i64 {
        add_team(self.db(), self.world.org, name, parent).await
    }

    /// Another person of Acme, in a team since ever.
    pub async fn add_person(&self, name: &str, team: Option<i64>, manager: Option<i64>) -> i64 {
        add_person(self.db(), self.world.org, name, team, manager).await.0
    }
}

async fn fill(db: &DatabaseConnection) -> World {
    let mut w = World { org: add_org(db, "Acme").await, other_org: add_org(db, "Globex").await, ..World::default() };
    w.sales = add_team(db, w.org, "Sales", None).await;
    w.east = add_team(db, w.org, "East", Some(w.sales)).await;
    w.west = add_team(db, w.org, "West", Some(w.sales)).await;
    w.mia = add_person(db, w.org, "Mia Manager", Some(w.sales), None).await.0;
    w.rob = add_person(db, w.org, "Rob Rep", Some(w.east), Some(w.mia)).await.0;
    w.ria = add_person(db, w.org, "Ria Rep", Some(w.east), Some(w.mia)).await.0;
    (w.wim, w.wim_place) = add_person(db, w.org, "Wim West", Some(w.west), None).await;
    w.owner = add_user(db, w.org, "owner", Role::Owner, None).await.0;
    w.admin = add_user(db, w.org, "admin", Role::Admin, None).await.0;
    (w.manager, w.manager_membership) = add_user(db, w.org, "manager", Role::Manager, Some(w.mia)).await;
    grant(db, w.org, w.manager_membership, w.east, "manages").await;
    (w.rep, w.rep_membership) = add_user(db, w.org, "rep", Role::Rep, Some(w.rob)).await;
    let (viewer, membership) = add_user(db, w.org, "viewer", Role::Viewer, None).await;
    w.viewer = viewer;
    grant(db, w.org, membership, w.east, "sees").await;
    w.other_team = add_team(db, w.other_org, "Theirs", None).await;
    w.deal = add_deal(db, w.org, w.mia).await;
    w.import = add_import(db, w.org).await;
    w.other_person = add_person(db, w.other_org, "Tess Theirs", Some(w.other_team), None).await.0;
    w.invitation = invite(db, w.org, w.east).await;
    w.stranger = add_user(db, w.other_org, "stranger", Role::Owner, None).await.0;
    w.target_rob = words::add_target(db, &w, w.rob).await;
    w.target_ria = words::add_target(db, &w, w.ria).await;
    w.objective = words::add_objective(db, &w).await;
    add_formula(db, w.org).await;
    w.fact = facts::activity(db, w.org, w.wim, date("2017-03-01")).await;
    w.event = facts::event(db, w.org, date("2016-02-15"), None).await;
    (w.webhook, w.delivery) = webhooks::add(db, w.org, w.owner).await;
    w.token = tokens::add(db, w.org, w.owner, &Scope::ALL).await.0;
    w.note_manager = words::add_note(db, &w, w.manager, "shared", "Called back within the hour").await;
    w.note_rob = words::add_note(db, &w, w.rep, "shared", "Asked earlier about planning").await;
    w
}

async fn add_org(db: &DatabaseConnection, name: &str) -> i64 {
    let new = NewOrganisation {
        name: name.into(),
        slug: String::new(),
        template: "consultancy".into(),
        currency: "EUR".into(),
        time_zone: "Europe/Amsterdam".into(),
        locale: "en".into(),
        fiscal_start_month: 1,
        is_demo: false,
    };
    organisation::create(db, new, domain::Timestamp(0)).await.unwrap().id
}

async fn add_import(db: &DatabaseConnection, org: i64) -> i64 {
    let id = server::id::next();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{id}.csv"));
    std::fs::write(&path, "external_id,person,status\nW1,Rob Rep,open\n").unwrap();
    let row = import::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        kind: Set("deals".into()),
        status: Set("uploaded".into()),
        file_name: Set("waiting.csv".into()),
        file_sha256: Set(String::new()),
        file_bytes: Set(0),
        stored_path: Set(Some(path.to_string_lossy().into_owned())),
        mapping: Set("[columns]\nexternal_id = \"external_id\"\nperson = \"person\"\nstatus = \"status\"\n".into()),
        mode: Set("upsert".into()),
        accept_valid: Set(false),
        rows_total: Set(0),
        rows_done: Set(0),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        skipped: Set(0),
        rejected: Set(0),
        report: Set("{}".into()),
        user_id: Set(None),
        created_at: Set(0),
        finished_at: Set(None),
    };
    row.insert(db).await.unwrap();
    id
}

async fn add_deal(db: &DatabaseConnection, org: i64, person: i64) -> i64 {
    let id = server::id::next();
    let row = deal::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        external_id: Set("MIA-1".into()),
        person_id: Set(Some(person)),
        is_split: Set(false),
        status: Set(1),
        engaged_on: Set(Some(date("2016-02-01").day_number())),
        closed_on: Set(Some(date("2016-03-01").day_number())),
        amount_micros: Set(Some(1_000_000_000)),
        currency: Set("EUR".into()),
        reporting_micros: Set(Some(1_000_000_000)),
        created_at: Set(0),
        updated_at: Set(0),
        ..Default::default()
    };
    insert_deal(db, row).await;
    id
}

/// Writes a deal of which only what matters is set, with its stored sums.
pub async fn insert_deal(db: &DatabaseConnection, row: deal::ActiveModel) {
    let txn = server::db::write_txn(db).await.unwrap();
    let org = domain::OrgId::new(*row.org_id.as_ref());
    let mut changes = server::rollup::Changes::begin(&txn, org).await.unwrap();
    changes.add(None, Some(&row.insert(&txn).await.unwrap()));
    changes.flush(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

/// An own KPI, `own_share`.
async fn add_formula(db: &DatabaseConnection, org: i64) {
    let row = kpi_formula::ActiveModel {
        org_id: Set(org),
        key: Set("own_share".into()),
        version: Set(1),
        from_day: Set(None),
        name_en: Set("Own share".into()),
        name_nl: Set("Eigen aandeel".into()),
        explanation: Set("Won of all that was pursued.".into()),
        formula: Set("deals_won / deals_pursued".into()),
        better: Set("up".into()),
        perspective: Set(None),
        created_by: Set(None),
        created_at: Set(0),
        retired_at: Set(None),
    };
    row.insert(db).await.unwrap();
}

async fn add_team(db: &DatabaseConnection, org: i64, name: &str, parent: Option<i64>) -> i64 {
    let id = server::id::next();
    let row = team::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        name: Set(name.into()),
        parent_id: Set(parent),
        archived_at: Set(None),
        created_at: Set(0),
    };
    row.insert(db).await.unwrap();
    id
}

/// Gives the person's and their place's identifier.
async fn add_person(
    db: &DatabaseConnection,
    org: i64,
    name: &str,
    team: Option<i64>,
    manager: Option<i64>,
) -> (i64, i64) {
    let id = server::id::next();
    let row = person::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        key: Set(name.into()),
        name: Set(name.into()),
        email: Set(None),
        import_id: Set(None),
        created_at: Set(0),
        updated_at: Set(0),
    };
    row.insert(db).await.unwrap();
    let stay = team_membership::ActiveModel {
        org_id: Set(org),
        id: Set(server::id::next()),
        person_id: Set(id),
        team_id: Set(team),
        manager_id: Set(manager),
        from_day: Set(None),
        to_day: Set(None),
        import_id: Set(None),
    };
    (id, stay.insert(db).await.unwrap().id)
}

async fn invite(db: &DatabaseConnection, org: i64, team: i64) -> i64 {
    let id = server::id::next();
    let row = invitation::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        token_hash: Set(server::token::hash(&server::token::fresh())),
        email: Set("guest@example.com".into()),
        role: Set("viewer".into()),
        team_id: Set(Some(team)),
        person_id: Set(None),
        created_by: Set(None),
        created_at: Set(0),
        expires_at: Set(4_000_000_000_000),
        used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(db).await.unwrap();
    id
}

/// Gives the user's and the membership's identifier.
async fn add_user(db: &DatabaseConnection, org: i64, name: &str, role: Role, person: Option<i64>) -> (i64, i64) {
    let hash = passwords().await.1.clone();
    let email = format!("{name}@example.com");
    let now = domain::Timestamp(0);
    let user = organisation::user_of(db, &email, name, Some(hash), now).await.unwrap();
    let membership = organisation::join(db, org, user.id, role, person, now).await.unwrap();
    (user.id, membership.id)
}

async fn grant(db: &DatabaseConnection, org: i64, membership: i64, team: i64, kind: &str) {
    let row = team_access::ActiveModel {
        org_id: Set(org),
        membership_id: Set(membership),
        team_id: Set(team),
        kind: Set(kind.into()),
    };
    row.insert(db).await.unwrap();
}
