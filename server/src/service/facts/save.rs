//! Corrections by hand: read as a row of a file, written as somebody's own change.

use app::caller::Caller;
use app::facts::api::FactInput;
use app::{ApiError, FieldError};
use domain::ids::FactId;
use domain::read::{Order, Sign};

use super::fields::{Fact, Field};
use super::view::may_open;
use super::{kind_of, sign_of};
use crate::error::{ServiceError, ServiceResult};
use crate::import::bind::Bound;
use crate::import::csv::{Raw, Record};
use crate::import::fact::Table;
use crate::import::kind::field;
use crate::import::store::change::{self, to_json};
use crate::import::store::directory::Directory;
use crate::import::store::facts;
use crate::import::store::teams::Teams;
use crate::import::store::{Context, rates};
use crate::import::{Fault, Kind, Mapping, Org};
use crate::query;
use crate::query::column::ATTRIBUTES;
use crate::service::Services;
use crate::service::organisation::{Actor, record};

/// Characters of a field; what a column holds is checked when it is read.
pub(super) const LONGEST: usize = 2_000;

impl Services {
    pub(super) async fn save_fact(&self, caller: &Caller, input: FactInput) -> ServiceResult<FactId> {
        let own = self.may_import(caller).await?;
        let (kind, table, read) = kind_of(&input.kind)?;
        let names = names_of(kind, &input);
        let value = |name: &&str| input.fields.get(*name).map(|v| v.trim()).unwrap_or_default();
        if let Some(long) = names.iter().find(|name| value(name).chars().count() > LONGEST) {
            return Err(ApiError::from(FieldError::new(&field_name(long), "form.too_long")).into());
        }
        let header: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let refused = |fault: &Fault| ServiceError::from(remark(fault, caller));
        let bound = Bound::new(kind, &mapping(&names, sign_of(caller)), &header)
            .map_err(|faults| faults.first().map_or(ServiceError::from(ApiError::NotFound), refused))?;
        let record = Record::of(1, names.iter().map(value));
        let fact = read(bound.row(Raw::plain(&record))).map_err(|fault| refused(&fault))?;

        let now = self.state.clock.now();
        let org = Org { id: caller.org_id.get(), currency: caller.currency.clone() };
        let txn = crate::db::patiently(|| crate::db::write_txn(&self.state.db)).await?;
        let before = match input.id {
            Some(id) => {
                let found = query::fact::held(&txn, table, caller.org_id, id.get()).await?;
                Some(may_open(table, &own, found)?)
            }
            None => None,
        };
        if let Some((_, fact)) = before.as_ref().filter(|(_, fact)| fact.updated_at != input.changed_at) {
            let people = super::Directory::load(&txn, caller.org_id.get()).await?;
            let fact = Fact::of(fact.clone())?;
            let own =
                names.iter().filter_map(|name| name.strip_prefix(ATTRIBUTES)).chain(fact.own.keys().map(|n| &**n));
            let stored = Field::with(kind, own.map(str::to_owned).collect())
                .into_iter()
                .map(|field| (field_name(&field.name()), field.text(table, &fact, &people, sign_of(caller))));
            return Err(ApiError::Conflict(stored.collect()).into());
        }
        let mut ctx = Context {
            people: own,
            provided: bound.provided(),
            locale: caller.locale,
            ..Context::by_hand(rates::load(&txn, &org).await?, org, now)
        };
        let mut people = Directory::load(&txn, ctx.org.id).await?;
        let teams = Teams::load(&txn, ctx.org.id).await?;
        let stored = before.as_ref().map(|(key, fact)| (key.as_str(), fact));
        let written =
            facts::correct(&txn, &mut ctx, &mut people, &teams, table, stored, fact).await?.map_err(|f| refused(&f))?;
        let id = FactId::new(written.after.id);
        if let Some(old) = &written.before {
            change::by_hand(&txn, &ctx, table, old, caller.user_id.get()).await?;
        }
        facts::save(&txn, &mut ctx, table, &[written]).await?;
        if kind == Kind::Rates {
            rates::after_change(&txn, &mut ctx).await?;
        }
        ctx.flush(&txn).await?;
        let action = if before.is_some() { "fact.correct" } else { "fact.create" };
        self.told(&txn, caller, action, table, id, before.map(|(_, old)| to_json(table, &old))).await?;
        txn.commit().await?;
        Ok(id)
    }

    pub(super) async fn remove_fact(&self, caller: &Caller, kind: &str, id: FactId) -> ServiceResult<()> {
        let own = self.may_import(caller).await?;
        let (kind, table, _) = kind_of(kind)?;
        let now = self.state.clock.now();
        let org = Org { id: caller.org_id.get(), currency: caller.currency.clone() };
        let txn = crate::db::patiently(|| crate::db::write_txn(&self.state.db)).await?;
        let (_, old) = may_open(table, &own, query::fact::held(&txn, table, caller.org_id, id.get()).await?)?;
        let mut ctx = Context::by_hand(rates::load(&txn, &org).await?, org, now);
        facts::remove(&txn, &mut ctx, table, id.get()).await?;
        if kind == Kind::Rates {
            rates::after_change(&txn, &mut ctx).await?;
        }
        ctx.flush(&txn).await?;
        self.told(&txn, caller, "fact.remove", table, id, Some(to_json(table, &old))).await?;
        txn.commit().await?;
        Ok(())
    }

    async fn told(
        &self,
        txn: &sea_orm::DatabaseTransaction,
        caller: &Caller,
        action: &str,
        table: &Table,
        id: FactId,
        before: Option<serde_json::Value>,
    ) -> ServiceResult<()> {
        crate::import::bump(txn, caller.org_id.get()).await?;
        let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
        let detail = serde_json::json!({ "before": before });
        record(txn, actor, action, (table.name, Some(id.get())), detail, self.state.clock.now()).await
    }
}

/// The fields that a form of a kind has: the columns of ours, and those of the organisation's own that it sends.
pub(super) fn names_of(kind: Kind, input: &FactInput) -> Vec<&str> {
    let mut own: Vec<&str> = input.fields.keys().map(String::as_str).filter(|n| n.starts_with(ATTRIBUTES)).collect();
    own.sort_unstable();
    field::columns(kind).map(|(_, column)| column.name).chain(own).collect()
}

pub(super) fn field_name(name: &str) -> String {
    format!("fields[{name}]")
}

pub(super) fn mapping(names: &[&str], sign: Sign) -> Mapping {
    Mapping {
        columns: names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect(),
        date_order: Some(Order::Ymd),
        decimal: Some(sign),
        ..Mapping::default()
    }
}

pub(super) fn remark(fault: &Fault, caller: &Caller) -> ApiError {
    let field = fault.column.as_deref().map(field_name).unwrap_or_default();
    FieldError::new(&field, "imports.remark").arg("text", fault.message(caller.locale)).into()
}
