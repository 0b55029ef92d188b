//! Where vendors disagree: what was chosen holds for figures at once, by version, and two tabs do not overwrite each
//! other.

use app::catalogue::api::{ChoicesView, KpiDetail};
use domain::OrgId;
use sea_orm::EntityTrait as _;
use serde_json::json;
use server::entity::{audit, customer_mrr, kpi_choices};
use server::mrr::compare;

use crate::support::{Persona, Site};

async fn choices(who: &Persona) -> ChoicesView {
    who.post_json("kpis/choices", &json!({})).await.assert(200).json()
}

async fn revenue(who: &Persona) -> KpiDetail {
    who.post_json("kpis/get", &json!({ "id": "revenue" })).await.assert(200).json()
}

#[tokio::test]
async fn a_choice_is_a_version_and_holds_at_once() {
    let site = Site::new().await;
    let (admin, rep) = (site.admin().await, site.rep().await);
    let first = choices(&admin).await;
    assert_eq!((first.version, first.may_edit, first.history.len()), (0, true, 0));
    assert!(first.choices.iter().all(|c| c.chosen == c.options[0] && !c.kpis.is_empty()));
    assert!(!choices(&rep).await.may_edit);
    let before = revenue(&admin).await;
    let definition = before.definitions.iter().find(|d| d.choice == "revenue_of").unwrap();
    assert_eq!(definition.chosen, "template");
    let sales = definition.others.iter().find(|(option, _)| option == "sales").unwrap();
    let fields = [("version", "0"), ("choice[revenue_of]", "sales"), ("choice[returned]", "new_after_90")];
    admin.post("kpis/save_choices", &fields).await.assert(200);
    let after = revenue(&admin).await;
    let today = after.today.unwrap();
    assert_eq!(&today.value.or(today.why).unwrap(), &sales.1, "what was shown beside it is now the value");
    assert_eq!(after.choices_version, 1);
    let second = choices(&admin).await;
    assert_eq!((second.version, second.history.len()), (1, 1));
    assert_eq!(second.history[0].changed.len(), 2);
    admin.get("/kpis/choices").await.assert(200).assert_has("Sales, before returns");
    rep.get("/kpis/choices").await.assert(200).assert_lacks("Save as a new version");
    // Another tab that was opened before.
    admin.post("kpis/save_choices", &fields).await.assert(409);
    // The same again is no version.
    admin.post("kpis/save_choices", &[("version", "1"), ("choice[revenue_of]", "sales")]).await.assert(200);
    assert_eq!(kpi_choices::Entity::find().all(site.db()).await.unwrap().len(), 1);
    let told = audit::Entity::find().all(site.db()).await.unwrap();
    assert_eq!(told.iter().filter(|a| a.action == "kpi_choices.save").count(), 1);
}

#[tokio::test]
async fn what_is_no_choice_is_refused() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for field in [("choice[revenue_of]", "hope"), ("choice[weather]", "sunny")] {
        admin.post("kpis/save_choices", &[("version", "0"), field]).await.assert(422);
    }
    assert_eq!(choices(&site.other_tenant().await).await.version, 0);
}

#[tokio::test]
async fn recurring_revenue_is_kept_under_what_is_chosen_and_written_by_hand() {
    let site = Site::new().await;
    let admin = site.admin().await;
    // Anna is in no movement of March unless those who join and leave within a month are counted.
    let fields = [
        ("kind", "subscriptions"),
        ("fields[external_id]", "S1"),
        ("fields[customer]", "Anna"),
        ("fields[start]", "2017-03-02"),
        ("fields[end]", "2017-03-20"),
        ("fields[amount]", "12"),
        ("fields[interval]", "month"),
        ("fields[currency]", "EUR"),
    ];
    admin.post("facts/save", &fields).await.assert(200);
    let org = OrgId::new(site.world.org);
    let stored = async || {
        assert_eq!(compare(site.db(), org).await.unwrap().1, Vec::<String>::new());
        customer_mrr::Entity::find().all(site.db()).await.unwrap()
    };
    let before = stored().await;
    assert!(before.iter().any(|row| row.customer == "Anna"));
    let chosen = [("version", "0"), ("choice[joined_and_left]", "counted")];
    admin.post("kpis/save_choices", &chosen).await.assert(200);
    assert_ne!(stored().await, before);
}
