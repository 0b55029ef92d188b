//! `maatstaf user add`.

use std::io::{IsTerminal as _, Read as _};

use clap::{Args, Subcommand};
use domain::policy::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use super::{Operator, plain};
use crate::entity::{person, team, team_access};
use crate::password::{MAX_LENGTH, MIN_LENGTH, Passwords};
use crate::service::invitation::{self, NewInvitation};
use crate::service::organisation::{self, Actor};

/// Users.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a user. A password is read from standard input; without one an invitation link is printed.
    Add(Add),
}

#[derive(Debug, Args)]
struct Add {
    /// Organisation (its slug).
    #[arg(long)]
    org: String,
    /// E-mail address.
    #[arg(long)]
    email: String,
    /// Role.
    #[arg(long, value_parser = ["owner", "admin", "manager", "rep", "viewer"])]
    role: String,
    /// Team that a manager manages or a viewer sees.
    #[arg(long)]
    team: Option<String>,
    /// Person that the user is (name or own key).
    #[arg(long)]
    person: Option<String>,
    /// Name shown to others; without it the person's, or the first part of the address.
    #[arg(long)]
    name: Option<String>,
    /// Address people use, for the link.
    #[arg(long, env = "MAATSTAF_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    public_url: String,
}

/// Runs the subcommand.
///
/// # Errors
/// When a value is refused; the message names it.
pub async fn run(operator: &Operator, user: User) -> anyhow::Result<u8> {
    let Command::Add(add) = user.command;
    let org = operator.org(&add.org).await?;
    let now = operator.clock.now();
    let role = Role::from_code(&add.role).ok_or_else(|| anyhow::anyhow!("unknown role {}", add.role))?;
    let team = match &add.team {
        None => None,
        Some(name) => Some(find_team(operator, org.id, name).await?),
    };
    let person = match &add.person {
        None => None,
        Some(name) => Some(find_person(operator, org.id, name).await?),
    };
    let hash = match read_password()? {
        None => None,
        Some(password) => Some(Passwords::new()?.hash(password).await?),
    };
    let txn = crate::db::write_txn(&operator.db).await?;
    let actor = Actor { org_id: org.id, user_id: None, via: "cli" };
    let person_id = person.as_ref().map(|p| p.id);
    let detail = serde_json::json!({ "email": add.email, "role": role.code() });
    if let Some(hash) = hash {
        let name = add.name.clone().or(person.map(|p| p.name)).unwrap_or_default();
        let user = organisation::user_of(&txn, &add.email, &name, Some(hash), now).await.map_err(plain)?;
        let membership = organisation::join(&txn, org.id, user.id, role, person_id, now).await.map_err(plain)?;
        if let Some(team) = team {
            let kind = if role == Role::Viewer { "sees" } else { "manages" };
            team_access::ActiveModel {
                org_id: Set(org.id),
                membership_id: Set(membership.id),
                team_id: Set(team.id),
                kind: Set(kind.to_owned()),
            }
            .insert(&txn)
            .await?;
        }
        organisation::record(&txn, actor, "user.add", ("user", Some(user.id)), detail, now).await.map_err(plain)?;
        txn.commit().await?;
        println!("{} was added to {} as {}.", user.email, org.name, role.code());
    } else {
        let new = NewInvitation {
            org_id: org.id,
            email: add.email.clone(),
            role,
            team_id: team.map(|t| t.id),
            person_id,
            created_by: None,
        };
        let token = invitation::create(&txn, new, now).await.map_err(plain)?;
        organisation::record(&txn, actor, "user.invite", ("invitation", None), detail, now).await.map_err(plain)?;
        txn.commit().await?;
        println!(
            "Invitation for {} as {}, for 7 days: {}/invite/{token}",
            add.email,
            role.code(),
            add.public_url.trim_end_matches('/')
        );
    }
    Ok(0)
}

/// The first line of standard input, if something other than a terminal gives one.
fn read_password() -> anyhow::Result<Option<String>> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    input.by_ref().take(4096).read_to_string(&mut text)?;
    let password = text.lines().next().unwrap_or_default().to_owned();
    if password.is_empty() {
        return Ok(None);
    }
    let length = password.chars().count();
    anyhow::ensure!(length >= MIN_LENGTH, "the password is too short: at least {MIN_LENGTH} characters");
    anyhow::ensure!(length <= MAX_LENGTH, "the password is too long: at most {MAX_LENGTH} characters");
    Ok(Some(password))
}

async fn find_team(operator: &Operator, org: i64, name: &str) -> anyhow::Result<team::Model> {
    let found = team::Entity::find()
        .filter(team::Column::OrgId.eq(org))
        .filter(team::Column::Name.eq(name))
        .all(&operator.db)
        .await?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => anyhow::bail!("no team has the name {name}"),
        _ => anyhow::bail!("{} teams have the name {name}", found.len()),
    }
}

async fn find_person(operator: &Operator, org: i64, name: &str) -> anyhow::Result<person::Model> {
    let found = person::Entity::find()
        .filter(person::Column::OrgId.eq(org))
        .filter(person::Column::Key.eq(name).or(person::Column::Name.eq(name)))
        .all(&operator.db)
        .await?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => anyhow::bail!("no person has the name {name}"),
        _ => anyhow::bail!("{} people have the name {name}: use their own key", found.len()),
    }
}
