//! Four demo companies with 24 months of history, the same on every machine. Made only when asked for.

mod agency;
mod consultancy;
mod deals;
mod facts;
mod habits;
mod random;
mod retail;
mod saas;
mod setting;
mod story;
mod words;

use domain::policy::Role;
use domain::{Date, OrgId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, DatabaseConnection, EntityTrait as _, PaginatorTrait as _};

use self::deals::Seller;
use self::random::Random;
use self::story::{STORIES, Story};
use crate::clock::Clock;
use crate::entity::{organisation, person, team, team_access, team_membership};
use crate::error::ServiceResult;
use crate::password::Passwords;
use crate::query;
use crate::rollup::Changes;
use crate::service::organisation::{self as organisations, NewOrganisation};

/// Password of every demo user.
pub const PASSWORD: &str = "maatstaf-demo";

/// Makes the demo companies if there is no organisation yet.
///
/// # Errors
/// When the database refuses; then nothing of them is left.
pub async fn make_if_empty(db: &DatabaseConnection, passwords: &Passwords, clock: Clock) -> anyhow::Result<()> {
    if organisation::Entity::find().count(db).await? > 0 {
        return Ok(());
    }
    let hash = passwords.hash(PASSWORD.to_owned()).await?;
    let txn = crate::db::write_txn(db).await?;
    for story in &STORIES {
        let today = clock.today("Europe/Amsterdam");
        make(&txn, story, &hash, today, clock.now()).await.map_err(crate::cli::plain)?;
    }
    txn.commit().await?;
    Ok(())
}

/// How to sign in to the demo, for the terminal.
pub fn how_to_sign_in() -> String {
    let mut lines = vec![format!("Sign in with password {PASSWORD}:")];
    for story in &STORIES {
        let users = ["owner", "manager", "rep"].map(|who| format!("{who}@{}.example", story.slug));
        lines.push(format!("  {:<20} {}", story.name, users.join("  ")));
    }
    lines.join("\n")
}

async fn make(db: &impl ConnectionTrait, story: &Story, hash: &str, today: Date, now: Timestamp) -> ServiceResult<()> {
    let org = organisations::create(
        db,
        NewOrganisation {
            name: story.name.to_owned(),
            slug: story.slug.to_owned(),
            template: story.template.to_owned(),
            currency: "EUR".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            locale: story.locale.to_owned(),
            fiscal_start_month: 1,
            is_demo: true,
        },
        now,
    )
    .await?;
    let mut random = Random::new(story.slug.len() as u64);
    let top = add_team(db, org.id, story.top, None, now).await?;
    let mut sellers = Vec::new();
    let mut first_team = None;
    for (name, people) in story.teams {
        let training = story.training.filter(|t| t.team == *name);
        let trained = training.and_then(|t| Some((today.first_of_month().add_months(-t.months_ago)?, t.lift)));
        let team_id = add_team(db, org.id, name, Some(top), now).await?;
        let mut lead = None;
        for (at, person_name) in people.iter().enumerate() {
            let joined = (at == people.len() - 1).then(|| today.add_days(-260)).flatten();
            let id = add_person(db, org.id, person_name, story.slug, now).await?;
            add_membership(db, org.id, (id, team_id, lead), joined).await?;
            lead = lead.or(Some(id));
            let pace = if at == 0 { story.deals_per_month / 2 } else { story.deals_per_month };
            sellers.push(Seller { id, skill: random.between(-9, 9), pace, since: joined, trained });
            if first_team.is_none() && at == 1 {
                first_team = lead.map(|lead| (team_id, lead, id));
            }
        }
    }
    let told = deals::tell(story, org.id, &sellers, today, now.0);
    let mut changes = Changes::begin(db, OrgId::new(org.id)).await?;
    query::deal::save(db, &mut changes, told.clone()).await?;
    changes.flush(db).await?;
    let setting = facts::setting(story, &sellers, &told, today);
    facts::write(db, &org, &facts::of(story, &setting), now).await?;
    if let Some((team_id, lead, rep)) = first_team {
        let users = add_users(db, story, &org, hash, (team_id, lead, rep), now).await?;
        let cast = words::Cast { team: team_id, rep, manager_user: users.0, rep_user: users.1 };
        words::write(db, &org, &sellers, &told, cast, today, now).await?;
    }
    Ok(())
}

async fn add_team(
    db: &impl ConnectionTrait,
    org_id: i64,
    name: &str,
    parent_id: Option<i64>,
    now: Timestamp,
) -> ServiceResult<i64> {
    let id = crate::id::next();
    team::ActiveModel {
        org_id: Set(org_id),
        id: Set(id),
        name: Set(name.to_owned()),
        parent_id: Set(parent_id),
        archived_at: Set(None),
        created_at: Set(now.0),
    }
    .insert(db)
    .await?;
    Ok(id)
}

async fn add_person(
    db: &impl ConnectionTrait,
    org_id: i64,
    name: &str,
    slug: &str,
    now: Timestamp,
) -> ServiceResult<i64> {
    let id = crate::id::next();
    let local: String = name.to_lowercase().replace('ë', "e").split_whitespace().collect::<Vec<_>>().join(".");
    person::ActiveModel {
        org_id: Set(org_id),
        id: Set(id),
        key: Set(name.to_owned()),
        name: Set(name.to_owned()),
        email: Set(Some(format!("{local}@{slug}.example"))),
        import_id: Set(None),
        created_at: Set(now.0),
        updated_at: Set(now.0),
    }
    .insert(db)
    .await?;
    Ok(id)
}

async fn add_membership(
    db: &impl ConnectionTrait,
    org_id: i64,
    (person_id, team_id, manager_id): (i64, i64, Option<i64>),
    from: Option<Date>,
) -> ServiceResult<()> {
    team_membership::ActiveModel {
        org_id: Set(org_id),
        id: Set(crate::id::next()),
        person_id: Set(person_id),
        team_id: Set(Some(team_id)),
        manager_id: Set(manager_id),
        from_day: Set(from.map(|d| d.day_number())),
        to_day: Set(None),
        import_id: Set(None),
    }
    .insert(db)
    .await?;
    Ok(())
}

/// The three users of a demo company; returns those of the manager and the rep.
async fn add_users(
    db: &impl ConnectionTrait,
    story: &Story,
    org: &organisation::Model,
    hash: &str,
    (team_id, lead, rep): (i64, i64, i64),
    now: Timestamp,
) -> ServiceResult<(i64, i64)> {
    let mut made = Vec::new();
    for (who, role, person_id) in
        [("owner", Role::Owner, None), ("manager", Role::Manager, Some(lead)), ("rep", Role::Rep, Some(rep))]
    {
        let name = match person_id {
            Some(id) => person::Entity::find_by_id((org.id, id)).one(db).await?.map(|p| p.name).unwrap_or_default(),
            None => "Owner".to_owned(),
        };
        let email = format!("{who}@{}.example", story.slug);
        let user = organisations::user_of(db, &email, &name, Some(hash.to_owned()), now).await?;
        let membership = organisations::join(db, org.id, user.id, role, person_id, now).await?;
        if role == Role::Manager {
            team_access::ActiveModel {
                org_id: Set(org.id),
                membership_id: Set(membership.id),
                team_id: Set(team_id),
                kind: Set("manages".to_owned()),
            }
            .insert(db)
            .await?;
        }
        made.push(user.id);
    }
    Ok((made[1], made[2]))
}
