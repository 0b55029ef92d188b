//! One deal as a form, what it was before, correction and removal: as facts of other kinds, but for their stores.

use std::collections::BTreeMap;

use app::caller::Caller;
use app::facts::api::{FactBefore, FactInput, FactView};
use app::{ApiError, FieldError};
use domain::ids::FactId;
use domain::read::Sign;
use domain::{Date, Micros, Timestamp};
use sea_orm::ConnectionTrait;

use super::fields::Field;
use super::save::{LONGEST, field_name, mapping, names_of, remark};
use super::view::{SHOWN, add_own, changed, form};
use super::{Directory, sign_of};
use crate::authz::Denied;
use crate::entity::deal;
use crate::error::{ServiceError, ServiceResult};
use crate::import::bind::Bound;
use crate::import::csv::{Raw, Record};
use crate::import::kind::deals::{STATUSES, read};
use crate::import::kind::field::Names;
use crate::import::store::deals::{self, DEAL, Shares};
use crate::import::store::{Context, change, directory, rates};
use crate::import::{Fault, Kind, Org};
use crate::query;
use crate::query::column::ATTRIBUTES;
use crate::rollup::Changes;
use crate::service::Services;
use crate::service::imports::Own;
use crate::service::organisation::{Actor, record};

/// A deal with the shares of those credited, if its credit is split.
type Known = (deal::Model, Shares);

async fn known(db: &impl ConnectionTrait, deal: deal::Model) -> ServiceResult<Known> {
    let split = if deal.is_split { vec![deal.id] } else { Vec::new() };
    let mut shares = deals::shares_of(db, deal.org_id, split).await?;
    let of = shares.remove(&deal.id).unwrap_or_default();
    Ok((deal, of))
}

/// A deal that the caller may correct: everybody credited is somebody whose facts they bring in.
async fn open(db: &impl ConnectionTrait, caller: &Caller, own: &Own, id: FactId) -> ServiceResult<Known> {
    let found = query::deal::by_id(db, caller.org_id.get(), id.get()).await?;
    let known = known(db, found.ok_or(Denied::NotFound)?).await?;
    let (deal, shares) = &known;
    let mut credited = deal.person_id.into_iter().chain(shares.iter().map(|(person, _)| *person)).peekable();
    let is_own = own.as_ref().is_none_or(|own| credited.peek().is_some() && credited.all(|p| own.contains(&p)));
    if is_own { Ok(known) } else { Err(Denied::NotFound.into()) }
}

/// What stands in a field of a deal, as a file would say it.
fn text(name: &str, (deal, shares): &Known, names: &dyn Names, sign: Sign) -> String {
    let number = |micros: Option<i64>| {
        let plain = micros.map(|n| Micros(n).to_string()).unwrap_or_default();
        if sign == Sign::Comma { plain.replace('.', ",") } else { plain }
    };
    let percent = |micros: Option<i64>| {
        let plain = number(micros.map(|n| n.saturating_mul(100)));
        if plain.is_empty() { plain } else { format!("{plain} %") }
    };
    let day = |day: Option<i32>| day.and_then(Date::from_day_number).map(|d| d.to_string()).unwrap_or_default();
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    match name {
        "external_id" => deal.external_id.clone(),
        "person" if deal.is_split => {
            let part = |(person, share): &(i64, i64)| {
                format!("{}={}", names.person(*person).unwrap_or_default(), Micros(share.saturating_mul(100)))
            };
            shares.iter().map(part).collect::<Vec<_>>().join(";")
        }
        "person" => deal.person_id.and_then(|id| names.person(id)).unwrap_or_default(),
        "status" => {
            let at = usize::try_from(deal.status).ok();
            at.and_then(|at| STATUSES.get(at)).copied().unwrap_or_default().to_owned()
        }
        "created_on" => day(deal.created_on),
        "engaged_on" => day(deal.engaged_on),
        "closed_on" => day(deal.closed_on),
        "amount" => number(deal.amount_micros),
        "currency" => deal.currency.clone(),
        "discount_pct" => percent(deal.discount_micros),
        "probability" => percent(deal.probability_micros),
        "stage" => own(&deal.stage),
        "account" => own(&deal.account),
        "product" => own(&deal.product),
        "segment" => own(&deal.segment),
        "source" => own(&deal.source),
        "campaign" => own(&deal.campaign),
        "lost_reason" => own(&deal.lost_reason),
        "proposal_template" => own(&deal.proposal_template),
        "country" => own(&deal.country),
        _ => String::new(),
    }
}

/// A deal with its own columns read.
struct Open {
    known: Known,
    own: BTreeMap<String, String>,
}

impl Open {
    fn of(known: Known) -> ServiceResult<Self> {
        let own = query::own::of_json(known.0.attributes.as_deref())?;
        Ok(Self { known, own })
    }

    /// What stands in a field.
    fn text(&self, field: &Field, names: &dyn Names, sign: Sign) -> String {
        match field {
            Field::Ours(column) => text(column.name, &self.known, names, sign),
            Field::Own(name) => self.own.get(name).cloned().unwrap_or_default(),
        }
    }
}

impl Services {
    pub(super) async fn see_deal(&self, caller: &Caller, id: Option<FactId>) -> ServiceResult<FactView> {
        let names = Directory::load(&self.state.db, caller.org_id.get()).await?;
        let sign = sign_of(caller);
        let own = self.may_import(caller).await?;
        let mut fields = Field::all(&self.state.db, caller, Kind::Deals).await?;
        let Some(id) = id else {
            return Ok(form(Kind::Deals, None, 0, &fields, |_| String::new()));
        };
        let deal = Open::of(open(&self.state.db, caller, &own, id).await?)?;
        let changes = query::fact::history(&self.state.db, DEAL, caller.org_id, id.get(), SHOWN).await?;
        let by = self.changers(caller, &changes).await?;
        add_own(&mut fields, deal.own.keys());
        let changed_at = deal.known.0.updated_at;
        let mut view = form(Kind::Deals, Some(id), changed_at, &fields, |field| deal.text(field, &names, sign));
        // Each change is told against what came of it.
        let mut after = deal;
        for (change, by) in changes.into_iter().zip(by) {
            let Some(before) = deals::from_json(&change.before) else { break };
            let before = Open::of(before)?;
            add_own(&mut fields, before.own.keys());
            let at = domain::format::date(caller.locale, Timestamp(change.changed_at).date_utc());
            let told = changed(&fields, |field| (before.text(field, &names, sign), after.text(field, &names, sign)));
            view.history.push(FactBefore { at, by, before: told });
            after = before;
        }
        Ok(view)
    }

    pub(super) async fn save_deal(&self, caller: &Caller, input: FactInput) -> ServiceResult<FactId> {
        let own = self.may_import(caller).await?;
        let names = names_of(Kind::Deals, &input);
        let value = |name: &&str| input.fields.get(*name).map(|v| v.trim()).unwrap_or_default();
        if let Some(long) = names.iter().find(|name| value(name).chars().count() > LONGEST) {
            return Err(ApiError::from(FieldError::new(&field_name(long), "form.too_long")).into());
        }
        let header: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let refused = |fault: &Fault| ServiceError::from(remark(fault, caller));
        let bound = Bound::new(Kind::Deals, &mapping(&names, sign_of(caller)), &header)
            .map_err(|faults| faults.first().map_or(ServiceError::from(ApiError::NotFound), refused))?;
        let record_of = Record::of(1, names.iter().map(value));
        let row = read(bound.row(Raw::plain(&record_of))).map_err(|fault| refused(&fault))?;

        let org = Org { id: caller.org_id.get(), currency: caller.currency.clone() };
        let txn = crate::db::patiently(|| crate::db::write_txn(&self.state.db)).await?;
        // Read under the lock on the sums: they are changed by the difference from what is stored.
        let mut changes = Changes::begin(&txn, caller.org_id).await?;
        let before = match input.id {
            Some(id) => Some(open(&txn, caller, &own, id).await?),
            None => None,
        };
        if let Some(known) = before.as_ref().filter(|(deal, _)| deal.updated_at != input.changed_at) {
            let people = Directory::load(&txn, caller.org_id.get()).await?;
            let deal = Open::of(known.clone())?;
            let own =
                names.iter().filter_map(|name| name.strip_prefix(ATTRIBUTES)).chain(deal.own.keys().map(|n| &**n));
            let fields = Field::with(Kind::Deals, own.map(str::to_owned).collect()).into_iter();
            let stored = fields.map(|f| (field_name(&f.name()), deal.text(&f, &people, sign_of(caller))));
            return Err(ApiError::Conflict(stored.collect()).into());
        }
        if before.as_ref().is_some_and(|(deal, _)| deal.external_id != value(&"external_id")) {
            // By its key the next file knows it again.
            return Err(ServiceError::field(&field_name("external_id"), "facts.key_stays"));
        }
        let mut ctx = Context {
            people: own,
            provided: bound.provided(),
            locale: caller.locale,
            ..Context::by_hand(rates::load(&txn, &org).await?, org, self.state.clock.now())
        };
        let mut people = directory::Directory::load(&txn, ctx.org.id).await?;
        let old = before.as_ref().map(|(deal, shares)| deals::to_json(deal, shares));
        let written = deals::correct(&txn, &mut ctx, &mut people, before, row).await?.map_err(|f| refused(&f))?;
        let id = FactId::new(written.after.id);
        if let Some(old) = &old {
            change::kept_by_hand(&txn, &ctx, DEAL, id.get(), old, caller.user_id.get()).await?;
        }
        query::deal::save(&txn, &mut changes, vec![written]).await?;
        changes.flush(&txn).await?;
        let action = if old.is_some() { "fact.correct" } else { "fact.create" };
        self.deal_told(&txn, caller, action, id, old).await?;
        txn.commit().await?;
        Ok(id)
    }

    pub(super) async fn remove_deal(&self, caller: &Caller, id: FactId) -> ServiceResult<()> {
        let own = self.may_import(caller).await?;
        let txn = crate::db::patiently(|| crate::db::write_txn(&self.state.db)).await?;
        let mut changes = Changes::begin(&txn, caller.org_id).await?;
        let (deal, shares) = open(&txn, caller, &own, id).await?;
        let old = deals::to_json(&deal, &shares);
        query::deal::remove(&txn, &mut changes, &[deal]).await?;
        changes.flush(&txn).await?;
        self.deal_told(&txn, caller, "fact.remove", id, Some(old)).await?;
        txn.commit().await?;
        Ok(())
    }

    async fn deal_told(
        &self,
        txn: &sea_orm::DatabaseTransaction,
        caller: &Caller,
        action: &str,
        id: FactId,
        before: Option<serde_json::Value>,
    ) -> ServiceResult<()> {
        let actor = Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" };
        let detail = serde_json::json!({ "before": before });
        record(txn, actor, action, (DEAL, Some(id.get())), detail, self.state.clock.now()).await
    }
}
