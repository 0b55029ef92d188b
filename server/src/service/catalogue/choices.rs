//! The organisation's choices where vendors disagree: seen by who reads the catalogue, changed by its administrators.

use app::ApiError;
use app::caller::Caller;
use app::catalogue::api::{ChoiceView, ChoicesInput, ChoicesVersion, ChoicesView, Definition};
use app::error::FieldError;
use domain::metric::{Choice, Choices, Metric, catalogue};
use domain::policy::{Action, Relation};
use domain::{Timestamp, format};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{name, reader};
use crate::authz::Access;
use crate::entity::kpi_choices;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::rollup::Touched;
use crate::service::Services;
use crate::service::organisation::{Actor, record};
use crate::words::Words;

/// All choices with their history.
pub(super) async fn view(services: &Services, caller: &Caller) -> ServiceResult<ChoicesView> {
    let access = reader(services, caller).await?;
    let db = &services.state.db;
    let (choices, version) = query::choices::newest(db, caller.org_id).await?;
    let words = Words(caller.locale);
    let all = Choice::ALL.iter().map(|choice| ChoiceView {
        code: choice.code().to_owned(),
        options: choice.options().iter().map(|o| (*o).to_owned()).collect(),
        chosen: choices.chosen(*choice).to_owned(),
        kpis: depending(*choice).map(|metric| name(words, metric.id)).collect(),
    });
    Ok(ChoicesView {
        version,
        may_edit: access.allows(Action::ManageSettings, Relation::Organisation),
        choices: all.collect(),
        history: history(db, caller).await?,
    })
}

fn depending(choice: Choice) -> impl Iterator<Item = &'static Metric> {
    catalogue::all().iter().filter(move |metric| metric.choices.contains(&choice))
}

async fn history(db: &impl ConnectionTrait, caller: &Caller) -> ServiceResult<Vec<ChoicesVersion>> {
    let rows = query::choices::versions(db, caller.org_id).await?;
    let users = query::user::some(db, rows.iter().filter_map(|row| row.created_by)).await?;
    let mut told = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let now = query::choices::read(row)?;
        let before = rows.get(at + 1).map(query::choices::read).transpose()?.unwrap_or_default();
        let changed = Choice::ALL.iter().filter(|c| now.chosen(**c) != before.chosen(**c));
        let by = row.created_by.and_then(|user| users.get(&user)).map(|user| user.name.clone()).unwrap_or_default();
        told.push(ChoicesVersion {
            version: row.version,
            at: format::date(caller.locale, Timestamp(row.created_at).date_utc()),
            by,
            changed: changed.map(|c| (c.code().to_owned(), now.chosen(*c).to_owned())).collect(),
        });
    }
    Ok(told)
}

/// Keeps the choices as a new version; the same choices again make none.
pub(super) async fn save(services: &Services, caller: &Caller, input: ChoicesInput) -> ServiceResult<()> {
    let txn = crate::db::patiently(|| crate::db::write_txn(&services.state.db)).await?;
    let access = Access::load(&txn, caller).await?;
    access.require(Action::ManageSettings, Relation::Organisation)?;
    let (before, version) = query::choices::newest(&txn, caller.org_id).await?;
    if input.version != version {
        let stored = Choice::ALL.iter().map(|c| (format!("choice[{}]", c.code()), before.chosen(*c).to_owned()));
        return Err(ServiceError::Refused(ApiError::Conflict(stored.collect())));
    }
    let mut choices = before;
    for (code, option) in &input.choice {
        let field = format!("choice[{code}]");
        let unknown = || ServiceError::from(ApiError::from(FieldError::new(&field, "form.choice")));
        let choice = Choice::ALL.iter().find(|c| c.code() == code).ok_or_else(unknown)?;
        choices = choices.with(*choice, option).ok_or_else(unknown)?;
    }
    if choices == before {
        return Ok(());
    }
    let now = services.state.clock.now();
    let row = kpi_choices::Model {
        org_id: caller.org_id.get(),
        version: version.saturating_add(1),
        choices: serde_json::to_string(&choices)?,
        created_by: Some(caller.user_id.get()),
        created_at: now.0,
    };
    let detail = json!({ "version": row.version, "before": before, "after": choices });
    query::choices::insert(&txn, row).await?;
    if choices.recurring != before.recurring {
        let mut touched = Touched::default();
        touched.all_subscribers();
        if choices.recurring.usage_fees != before.recurring.usage_fees {
            touched.all_customers();
        }
        touched.flush(&txn, caller.org_id, Some(crate::db::REQUEST_PATIENCE)).await?;
    }
    // What is kept of the organisation between requests holds the choices.
    query::people::bump_data_version(&txn, caller.org_id.get()).await?;
    let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
    record(&txn, actor, "kpi_choices.save", ("kpi_choices", None), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

/// The choices on which a metric depends with those that could have been made instead, in order.
pub(super) fn others(choices: Choices, metric: &Metric) -> Vec<(Choice, &'static str, Choices)> {
    let all = metric.choices.iter().flat_map(|choice| choice.options().iter().map(|option| (*choice, *option)));
    let others = all.filter(|(choice, option)| choices.chosen(*choice) != *option);
    others.filter_map(|(choice, option)| Some((choice, option, choices.with(choice, option)?))).collect()
}

/// The choices on which a metric depends, each with its other options and the value under them.
pub(super) fn definitions(choices: Choices, metric: &Metric, values: &[(Choice, &str, String)]) -> Vec<Definition> {
    let of = |choice: &Choice| Definition {
        choice: choice.code().to_owned(),
        chosen: choices.chosen(*choice).to_owned(),
        others: values.iter().filter(|(c, ..)| c == choice).map(|(_, o, v)| ((*o).to_owned(), v.clone())).collect(),
    };
    metric.choices.iter().map(of).collect()
}
