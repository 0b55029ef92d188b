//! Facts of every kind to insert: each function gives one with nothing filled in but what it must have.

use domain::OrgId;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, DatabaseConnection, EntityTrait, IntoActiveModel};
use server::entity::{
    activity, campaign_day, exchange_rate, lead, measurement, quota, sales_line, satisfaction, subscription,
};
use server::rollup::Touched;

use super::company::{ORG, day};

fn id() -> i64 {
    use std::sync::atomic::{AtomicI64, Ordering};
    static NEXT: AtomicI64 = AtomicI64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The number of a day.
pub fn number(text: &str) -> i64 {
    i64::from(day(text).day_number())
}

/// Whole units in micro-units.
pub fn units(n: i64) -> Option<i64> {
    Some(n * 1_000_000)
}

pub fn text(t: &str) -> Option<String> {
    Some(t.to_owned())
}

/// Inserts facts of one kind, and makes what is stored of facts anew.
pub async fn add<M, A>(db: &DatabaseConnection, rows: Vec<M>)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut rows: Vec<A> = rows.into_iter().map(|m| m.into_active_model().reset_all()).collect();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(500));
        A::Entity::insert_many(rows).exec_without_returning(db).await.unwrap();
        rows = rest;
    }
    renew_all(db).await;
}

/// Makes what is stored of facts anew, as after facts that were written straight into the tables.
pub async fn renew_all(db: &DatabaseConnection) {
    for org in server::entity::organisation::Entity::find().all(db).await.unwrap() {
        let txn = server::db::write_txn(db).await.unwrap();
        let mut touched = Touched::default();
        touched.all_subscribers();
        touched.flush(&txn, OrgId::new(org.id), None).await.unwrap();
        txn.commit().await.unwrap();
    }
}

pub fn subscription(customer: &str, start: &str, per_month: i64) -> subscription::Model {
    let id = id();
    subscription::Model {
        cancelled_on: None,
        part: None,
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        external_id: id.to_string(),
        customer: customer.into(),
        start_on: number(start),
        end_on: None,
        amount_micros: per_month * 1_000_000,
        interval: "month".into(),
        per_year_micros: per_month * 12_000_000,
        currency: "USD".into(),
        plan: None,
        person_id: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn campaign_day(on: &str, channel: Option<&str>) -> campaign_day::Model {
    let id = id();
    campaign_day::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        day: number(on),
        campaign: "Spring".into(),
        channel: channel.map(str::to_owned),
        category: None,
        spend_micros: None,
        spend_reporting_micros: None,
        impressions: None,
        clicks: None,
        leads: None,
        qualified_leads: None,
        orders: None,
        revenue_micros: None,
        revenue_reporting_micros: None,
        currency: "USD".into(),
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn lead(on: &str) -> lead::Model {
    let id = id();
    lead::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        external_id: id.to_string(),
        created_on: number(on),
        channel: None,
        campaign: None,
        source: None,
        person_id: None,
        status: None,
        deal: None,
        qualified: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

/// One piece sold, of a whole amount.
pub fn sale(receipt: &str, on: &str, customer: Option<&str>, amount: i64) -> sales_line::Model {
    let id = id();
    sales_line::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        receipt: receipt.into(),
        day: number(on),
        quantity_micros: 1_000_000,
        unit_price_micros: units(amount),
        amount_micros: amount * 1_000_000,
        reporting_micros: units(amount),
        customer: customer.map(str::to_owned),
        person_id: None,
        shop: None,
        product: None,
        category: None,
        country: None,
        channel: None,
        list_micros: None,
        list_reporting_micros: None,
        discount_micros: None,
        discount_reporting_micros: None,
        kind: 0,
        currency: "USD".into(),
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn activity(on: &str, person: Option<i64>, kind: &str, count: i64) -> activity::Model {
    let id = id();
    activity::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        day: number(on),
        person_id: person,
        activity_type: kind.into(),
        count,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

/// An answer in millionths.
pub fn answer(on: &str, scale: &str, score_micros: i64) -> satisfaction::Model {
    let id = id();
    satisfaction::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        day: number(on),
        scale: scale.into(),
        score_micros,
        customer: None,
        person_id: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn measurement(on: &str, measure: &str, value: i64) -> measurement::Model {
    let id = id();
    measurement::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        day: number(on),
        measure: measure.into(),
        value_micros: value * 1_000_000,
        person_id: None,
        team_id: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

/// A target of the organisation on revenue.
pub fn quota(from: &str, to: &str, value: i64) -> quota::Model {
    let id = id();
    quota::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        metric: "revenue".into(),
        person_id: None,
        team_id: None,
        from_day: number(from),
        to_day: number(to),
        value_micros: value * 1_000_000,
        where_column: None,
        where_value: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn rate(on: &str, currency: &str, rate: &str) -> exchange_rate::Model {
    let id = id();
    exchange_rate::Model {
        org_id: ORG,
        id,
        fact_key: id.to_string(),
        day: number(on),
        currency: currency.into(),
        rate: rate.into(),
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    }
}
