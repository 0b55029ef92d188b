//! What stands beside the numbers of a demo company: objectives, this quarter's targets, notes.

use domain::{Calendar, Date, Grain, Period, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _};

use super::deals::Seller;
use crate::entity::{note, objective, organisation, target, target_change};
use crate::error::ServiceResult;
use crate::query::deal::Written;

/// Whom the words are about and who wrote them.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// The team that the demo's manager leads.
    pub team: i64,
    /// The rep, as a person.
    pub rep: i64,
    /// The manager, as a user.
    pub manager_user: i64,
    /// The rep, as a user.
    pub rep_user: i64,
}

const MILLION: i64 = 1_000_000;

/// Writes objectives, targets and notes.
///
/// # Errors
/// When the database refuses.
pub async fn write(
    db: &impl ConnectionTrait,
    org: &organisation::Model,
    sellers: &[Seller],
    told: &[Written],
    cast: Cast,
    today: Date,
    now: Timestamp,
) -> ServiceResult<()> {
    let calendar = Calendar::default();
    let Some(quarter) = Period::containing(today, Grain::Quarter, &calendar) else {
        return Ok(());
    };
    let dutch = org.locale == "nl";
    let grow = add_objective(db, org.id, cast.manager_user, "organisation", None, None, texts(dutch).grow, now).await?;
    let team_goal =
        add_objective(db, org.id, cast.manager_user, "team", Some(cast.team), Some(grow), texts(dutch).team, now)
            .await?;
    for seller in sellers {
        let usual = usual_quarter(told, seller.id, quarter);
        let is_rep = seller.id == cast.rep;
        let goal = Goal { person: seller.id, quarter, objective: team_goal, user: cast.manager_user };
        add_target(db, org, goal, Value::revenue(usual.revenue * 105 / 100 / 1000 * 1000), "agreed", now).await?;
        if is_rep {
            add_target(db, org, goal, Value::count(usual.won + 2), "agreed", now).await?;
            add_target(db, org, goal, Value::rate(usual.rate_percent + 2), "proposed", now).await?;
        }
    }
    for (author, kind, rubric, text) in [
        (cast.manager_user, "relationship", Some(4), texts(dutch).note_manager),
        (cast.rep_user, "learning", None, texts(dutch).note_own),
    ] {
        note::ActiveModel {
            org_id: Set(org.id),
            id: Set(crate::id::next()),
            person_id: Set(Some(cast.rep)),
            team_id: Set(None),
            author_id: Set(author),
            kind: Set(kind.to_owned()),
            evidence: Set(text.to_owned()),
            rubric: Set(rubric),
            visibility: Set("shared".to_owned()),
            metric: Set(None),
            from_day: Set(Some(quarter.from().day_number())),
            to_day: Set(Some(quarter.to().day_number())),
            snapshot: Set(None),
            reply_to: Set(None),
            created_at: Set(now.0),
            updated_at: Set(now.0),
            withdrawn_at: Set(None),
        }
        .insert(db)
        .await?;
    }
    Ok(())
}

/// What somebody did in a usual quarter of the year before.
pub struct Usual {
    /// In whole euros.
    pub revenue: i64,
    won: i64,
    rate_percent: i64,
}

/// Looks it up.
pub fn usual_quarter(told: &[Written], person: i64, quarter: Period) -> Usual {
    let (from, to) = (quarter.from().day_number() - 365, quarter.from().day_number());
    let (mut micros, mut won, mut lost) = (0_i64, 0_i64, 0_i64);
    for deal in told.iter().map(|written| &written.after) {
        let is_theirs = deal.person_id == Some(person);
        let is_then = deal.closed_on.is_some_and(|d| (from..to).contains(&d));
        match deal.status {
            1 if is_theirs && is_then => {
                won += 1;
                micros += deal.amount_micros.unwrap_or(0);
            }
            2 if is_theirs && is_then => lost += 1,
            _ => (),
        }
    }
    Usual { revenue: micros / MILLION / 4, won: won / 4, rate_percent: won * 100 / (won + lost).max(1) }
}

#[derive(Clone, Copy)]
struct Goal {
    person: i64,
    quarter: Period,
    objective: i64,
    user: i64,
}

struct Value {
    metric: &'static str,
    micros: i64,
    guardrail: (&'static str, &'static str, i64),
    weight: i16,
}

impl Value {
    fn revenue(euros: i64) -> Self {
        Self {
            metric: "revenue",
            micros: euros.max(1000) * MILLION,
            guardrail: ("win_rate", "stay_above", 200_000),
            weight: 50,
        }
    }

    fn count(deals: i64) -> Self {
        Self {
            metric: "deals_won",
            micros: deals * MILLION,
            guardrail: ("avg_deal_value", "stay_above", 500 * MILLION),
            weight: 20,
        }
    }

    fn rate(percent: i64) -> Self {
        Self {
            metric: "win_rate",
            micros: percent * 10_000,
            guardrail: ("deals_won", "stay_above", 3 * MILLION),
            weight: 30,
        }
    }
}

async fn add_target(
    db: &impl ConnectionTrait,
    org: &organisation::Model,
    goal: Goal,
    value: Value,
    status: &str,
    now: Timestamp,
) -> ServiceResult<()> {
    let id = crate::id::next();
    let is_money = value.metric == "revenue";
    target::ActiveModel {
        org_id: Set(org.id),
        id: Set(id),
        metric: Set(value.metric.to_owned()),
        level: Set("person".to_owned()),
        team_id: Set(None),
        person_id: Set(Some(goal.person)),
        from_day: Set(goal.quarter.from().day_number()),
        to_day: Set(goal.quarter.to().day_number()),
        direction: Set("reach".to_owned()),
        baseline_micros: Set(None),
        value_micros: Set(value.micros),
        stretch_micros: Set(is_money.then_some(value.micros / 10 * 12)),
        currency: Set(is_money.then(|| org.currency.clone())),
        distribution: Set("working_days".to_owned()),
        parts: Set("{}".to_owned()),
        objective_id: Set(Some(goal.objective)),
        why: Set(texts(org.locale == "nl").why.to_owned()),
        guardrail_metric: Set(Some(value.guardrail.0.to_owned())),
        guardrail_direction: Set(Some(value.guardrail.1.to_owned())),
        guardrail_micros: Set(Some(value.guardrail.2)),
        weight: Set(value.weight),
        is_personal: Set(false),
        status: Set(status.to_owned()),
        version: Set(1),
        created_by: Set(Some(goal.user)),
        created_at: Set(now.0),
        updated_at: Set(now.0),
    }
    .insert(db)
    .await?;
    target_change::ActiveModel {
        org_id: Set(org.id),
        id: Set(crate::id::next()),
        target_id: Set(id),
        at: Set(now.0),
        user_id: Set(Some(goal.user)),
        kind: Set("created".to_owned()),
        changes: Set("[]".to_owned()),
        comment: Set(String::new()),
    }
    .insert(db)
    .await?;
    Ok(())
}

async fn add_objective(
    db: &impl ConnectionTrait,
    org_id: i64,
    user: i64,
    level: &str,
    team_id: Option<i64>,
    parent_id: Option<i64>,
    (title, why): (&str, &str),
    now: Timestamp,
) -> ServiceResult<i64> {
    let id = crate::id::next();
    objective::Entity::insert(objective::ActiveModel {
        org_id: Set(org_id),
        id: Set(id),
        title: Set(title.to_owned()),
        why: Set(why.to_owned()),
        level: Set(level.to_owned()),
        team_id: Set(team_id),
        person_id: Set(None),
        parent_id: Set(parent_id),
        horizon: Set(if parent_id.is_none() { "long" } else { "short" }.to_owned()),
        perspective: Set(if parent_id.is_none() { "customer" } else { "financial" }.to_owned()),
        created_by: Set(Some(user)),
        created_at: Set(now.0),
        archived_at: Set(None),
    })
    .exec_without_returning(db)
    .await?;
    Ok(id)
}

/// The demo's own words; they are data of the demo companies, not texts of the product.
struct Words {
    grow: (&'static str, &'static str),
    team: (&'static str, &'static str),
    why: &'static str,
    note_manager: &'static str,
    note_own: &'static str,
}

const fn texts(dutch: bool) -> Words {
    if dutch {
        Words {
            grow: ("Klanten die blijven", "Groei die blijft komt van klanten die ons nog eens kiezen."),
            team: ("Gezonde groei dit jaar", "Meer omzet zonder meer korting, met klanten die bij ons passen."),
            why: "Draagt bij aan gezonde groei; de vangrail bewaakt de kwaliteit.",
            note_manager: "Belde na de verloren offerte van vorige maand zelf terug en hoorde waarom. De klant vraagt nu om een nieuw voorstel.",
            note_own: "Ik begin eerder over de planning van de klant. Twee trajecten kwamen daardoor een maand naar voren.",
        }
    } else {
        Words {
            grow: ("Customers who stay", "Growth that lasts comes from customers who choose us again."),
            team: ("Healthy growth this year", "More revenue without more discount, with customers who fit us."),
            why: "Contributes to healthy growth; the guardrail watches over quality.",
            note_manager: "Called back after last month's lost proposal and heard why. The customer now asks for a new one.",
            note_own: "I bring up the customer's own planning earlier. Two deals moved a month forward because of it.",
        }
    }
}
