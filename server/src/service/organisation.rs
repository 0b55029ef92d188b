//! Makes organisations, users and memberships: what the setup page, the command line and the demo share.

use app::{ApiError, FieldError};
use domain::policy::Role;
use domain::{Currency, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::entity::{audit, membership, organisation, user_account};
use crate::error::{ServiceError, ServiceResult};

/// The kinds of company that are served.
pub const TEMPLATES: [&str; 4] = ["saas", "consultancy", "agency", "retail"];

/// What an organisation needs to begin.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Name shown to people.
    pub name: String,
    /// Short name for links and the command line; made from the name when empty.
    pub slug: String,
    /// One of [`TEMPLATES`].
    pub template: String,
    /// ISO 4217 code of the reporting currency.
    pub currency: String,
    /// IANA time zone.
    pub time_zone: String,
    /// `en` or `nl`.
    pub locale: String,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_start_month: u8,
    /// Whether it is a demo.
    pub is_demo: bool,
}

/// A slug made of a name: lower case, letters and digits, single hyphens.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(60);
    slug.trim_end_matches('-').to_owned()
}

fn check(new: &NewOrganisation) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut refuse = |wrong: bool, field: &str, key: &str| {
        if wrong {
            errors.push(FieldError::new(field, key));
        }
    };
    refuse(new.name.trim().is_empty() || new.name.chars().count() > 100, "name", "setup.error.name");
    refuse(new.slug.is_empty() || slug_of(&new.slug) != new.slug, "slug", "setup.error.slug");
    refuse(!TEMPLATES.contains(&new.template.as_str()), "template", "setup.error.template");
    refuse(new.currency.parse::<Currency>().is_err(), "currency", "setup.error.currency");
    refuse(jiff::tz::TimeZone::get(&new.time_zone).is_err(), "time_zone", "setup.error.time_zone");
    refuse(
        app::page::parse_locale(&new.locale).is_none_or(|l| app::i18n::code(l) != new.locale),
        "locale",
        "setup.error.locale",
    );
    refuse(!(1..=12).contains(&new.fiscal_start_month), "fiscal_start_month", "setup.error.fiscal_start_month");
    errors
}

/// Makes an organisation.
///
/// # Errors
/// Field errors for what is wrong; `slug` when it is taken.
pub async fn create(
    db: &impl ConnectionTrait,
    mut new: NewOrganisation,
    now: Timestamp,
) -> ServiceResult<organisation::Model> {
    if new.slug.is_empty() {
        new.slug = slug_of(&new.name);
    }
    let errors = check(&new);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let row = organisation::ActiveModel {
        id: Set(crate::id::next()),
        name: Set(new.name.trim().to_owned()),
        slug: Set(new.slug),
        template: Set(new.template),
        currency: Set(new.currency),
        time_zone: Set(new.time_zone),
        locale: Set(new.locale),
        fiscal_start_month: Set(i16::from(new.fiscal_start_month)),
        week_start: Set(1),
        working_days: Set(0b001_1111),
        holidays: Set(None),
        min_n: Set(5),
        is_demo: Set(new.is_demo),
        data_version: Set(0),
        page_version: Set(0),
        created_at: Set(now.0),
    };
    row.insert(db).await.map_err(|error| {
        if crate::db::is_duplicate(&error) {
            ServiceError::field("slug", "setup.error.slug_taken")
        } else {
            error.into()
        }
    })
}

/// An e-mail address in the form in which it is stored.
///
/// # Errors
/// A remark on the field `email` when it cannot be one.
pub fn normal_email(email: &str) -> Result<String, FieldError> {
    let email = email.trim().to_lowercase();
    let plausible = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
    if plausible { Ok(email) } else { Err(FieldError::new("email", "account.error.email")) }
}

/// The user of an address, made if there is none. An existing user keeps their name and password.
///
/// # Errors
/// When the address cannot be one, or the database refuses.
pub async fn user_of(
    db: &impl ConnectionTrait,
    email: &str,
    name: &str,
    password_hash: Option<String>,
    now: Timestamp,
) -> ServiceResult<user_account::Model> {
    let email = normal_email(email)?;
    let found = user_account::Entity::find().filter(user_account::Column::Email.eq(&email)).one(db).await?;
    if let Some(user) = found {
        return Ok(user);
    }
    let name = if name.trim().is_empty() { email.split('@').next().unwrap_or_default() } else { name.trim() };
    let row = user_account::ActiveModel {
        id: Set(crate::id::next()),
        email: Set(email.clone()),
        name: Set(name.chars().take(100).collect()),
        password_hash: Set(password_hash),
        locale: Set(None),
        theme: Set(None),
        disabled_at: Set(None),
        created_at: Set(now.0),
    };
    Ok(row.insert(db).await?)
}

/// Gives a user a place in an organisation.
///
/// # Errors
/// A remark on `email` when they have one already.
pub async fn join(
    db: &impl ConnectionTrait,
    org_id: i64,
    user_id: i64,
    role: Role,
    person_id: Option<i64>,
    now: Timestamp,
) -> ServiceResult<membership::Model> {
    let row = membership::ActiveModel {
        org_id: Set(org_id),
        id: Set(crate::id::next()),
        user_id: Set(user_id),
        role: Set(role.code().to_owned()),
        person_id: Set(person_id),
        disabled_at: Set(None),
        created_at: Set(now.0),
    };
    row.insert(db).await.map_err(|error| {
        if crate::db::is_duplicate(&error) {
            ServiceError::Refused(ApiError::field("email", "account.error.already_member"))
        } else {
            error.into()
        }
    })
}

/// Who did something, for the audit log.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// Organisation it was done in.
    pub org_id: i64,
    /// Who; none for the command line.
    pub user_id: Option<i64>,
    /// How: web, cli or api.
    pub via: &'a str,
}

/// Writes down what was done, in the transaction of the deed.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    db: &impl ConnectionTrait,
    actor: Actor<'_>,
    action: &str,
    subject: (&str, Option<i64>),
    detail: serde_json::Value,
    now: Timestamp,
) -> ServiceResult<()> {
    // Pages that were rendered before show what was before.
    organisation::Entity::update_many()
        .col_expr(organisation::Column::PageVersion, Expr::col("page_version").add(1))
        .filter(organisation::Column::Id.eq(actor.org_id))
        .exec(db)
        .await?;
    audit::ActiveModel {
        org_id: Set(actor.org_id),
        id: Set(crate::id::next()),
        at: Set(now.0),
        user_id: Set(actor.user_id),
        actor: Set(actor.via.to_owned()),
        action: Set(action.to_owned()),
        subject_kind: Set(subject.0.to_owned()),
        subject_id: Set(subject.1),
        detail: Set(detail.to_string()),
    }
    .insert(db)
    .await?;
    Ok(())
}
