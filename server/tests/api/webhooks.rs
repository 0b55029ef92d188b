//! Webhooks: who may make them, what they are told, how it is sent.

mod events;
mod sending;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use server::entity::{audit, webhook, webhook_delivery};

use crate::support::{Persona, Site};

const EVERYTHING: [&str; 7] = [
    "import_committed",
    "import_failed",
    "import_undone",
    "target_proposed",
    "target_agreed",
    "target_changed",
    "target_closed",
];

/// Makes a webhook that is told everything; gives its address in Maatstaf and its secret.
async fn make(admin: &Persona, url: &str) -> (String, String) {
    let mut fields = vec![("url", url)];
    fields.extend(EVERYTHING.map(|event| (event, "true")));
    let made = admin.submit("/webhooks?dialog=webhook", "webhooks/create", &fields).await.assert(303);
    (made.location().to_owned(), made.cookie("webhook").unwrap())
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// What one webhook is told, the oldest first.
async fn told(site: &Site, address: &str) -> Vec<webhook_delivery::Model> {
    let id: i64 = id_of(address).parse().unwrap();
    webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::WebhookId.eq(id))
        .order_by_asc(webhook_delivery::Column::Id)
        .all(site.db())
        .await
        .unwrap()
}

async fn latest_audit(site: &Site) -> audit::Model {
    audit::Entity::find().order_by_desc(audit::Column::Id).one(site.db()).await.unwrap().unwrap()
}

#[tokio::test]
async fn address_and_events_can_be_changed_and_the_secret_stays() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let (address, secret) = make(&admin, "https://hooks.example.com/in").await;
    let page = format!("{address}?dialog=change");
    admin.get(&page).await.assert(200).assert_has("hooks.example.com/in").assert_has("checked");
    let id = id_of(&address);
    let bad = [("id", id), ("url", "http://10.0.0.1/"), ("target_closed", "true")];
    admin.submit(&page, "webhooks/update", &bad).await.assert(422).assert_has("http://10.0.0.1/");
    let none = [("id", id), ("url", "https://hooks.example.com/new")];
    admin.submit(&page, "webhooks/update", &none).await.assert(422);
    let good = [("id", id), ("url", "https://hooks.example.com/new?key=hidden"), ("target_closed", "true")];
    admin.submit(&page, "webhooks/update", &good).await.assert(303);
    let row = webhook::Entity::find().filter(webhook::Column::Id.eq(id.parse::<i64>().unwrap()));
    let row = row.one(site.db()).await.unwrap().unwrap();
    assert_eq!((row.url.as_str(), row.events.as_str()), (good[1].1, "target.closed"));
    assert_eq!(row.secret, secret);
    let entry = latest_audit(&site).await;
    assert_eq!(entry.action, "webhook.update");
    assert!(!entry.detail.contains("hidden"), "{}", entry.detail);
}

#[tokio::test]
async fn a_secret_is_shown_once() {
    let site = Site::new().await;
    let admin = site.admin().await;
    admin.get("/webhooks?dialog=webhook").await.assert(200).assert_has("Import finished").assert_has("target.closed");
    let (address, secret) = make(&admin, "https://hooks.example.com/in?key=hidden").await;
    assert!(secret.starts_with("mws_") && secret.len() == 47, "{secret}");
    admin.get(&address).await.assert(200).assert_has(&secret).assert_has("hooks.example.com/in");
    admin.get(&address).await.assert(200).assert_lacks(&secret);
    admin.get("/webhooks").await.assert(200).assert_lacks(&secret).assert_has("hooks.example.com");
    let entry = latest_audit(&site).await;
    assert_eq!(
        (entry.action.as_str(), entry.subject_id.unwrap().to_string().as_str()),
        ("webhook.create", id_of(&address))
    );
    assert!(!entry.detail.contains("mws_") && !entry.detail.contains("hidden"), "{}", entry.detail);

    let renewed = admin.submit(&address, "webhooks/renew", &[("id", id_of(&address))]).await.assert(303);
    let second = renewed.cookie("webhook").unwrap();
    assert_ne!(second, secret);
    // The old secret, or another webhook's, is not shown even to whoever brings it along.
    admin.set_cookie("webhook", &secret);
    admin.get(&address).await.assert(200).assert_lacks(&secret);
    admin.set_cookie("webhook", &second);
    admin.get(&format!("/webhooks/{}", site.world.webhook)).await.assert(200).assert_lacks(&second);
    assert_eq!(latest_audit(&site).await.action, "webhook.renew");
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_field_by_field() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for (url, key) in [
        ("", "url"),
        ("hooks.example.com", "url"),
        ("http://hooks.example.com/", "tls"),
        ("http://127.0.0.1:1/", "tls"),
        ("https://me:secret@hooks.example.com/", "credentials"),
        ("https://10.0.0.1/", "not_public"),
        ("https://[fd00::1]/", "not_public"),
    ] {
        let answer = admin.post("webhooks/create", &[("url", url)]).await.assert(422);
        let expected =
            [("url", format!("webhooks.error.{key}")), ("import_committed", "webhooks.error.events".to_owned())];
        assert_eq!(answer.remarks(), expected.map(|(field, key)| (field.to_owned(), key)), "{url}");
    }
    // Without JavaScript the form comes back as it was typed.
    let page = admin.submit("/webhooks?dialog=webhook", "webhooks/create", &[("url", "http://x.example/")]).await;
    page.assert(422).assert_has("has to begin with https://").assert_has("http://x.example/");
}

#[tokio::test]
async fn twenty_webhooks_are_enough() {
    let site = Site::new().await;
    let admin = site.admin().await;
    // The site comes with one.
    let first = webhook::Entity::find().one(site.db()).await.unwrap().unwrap();
    for _ in 1..server::service::webhooks::MAX {
        let row = webhook::Model { id: server::id::next(), ..first.clone() };
        webhook::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(site.db()).await.unwrap();
    }
    let fields = [("url", "https://hooks.example.com/"), ("target_agreed", "true")];
    let answer = admin.post("webhooks/create", &fields).await.assert(422);
    assert_eq!(answer.remarks(), [(String::new(), "webhooks.error.too_many".to_owned())]);
    admin.post("webhooks/remove", &[("id", &first.id.to_string())]).await.assert(200);
    admin.post("webhooks/create", &fields).await.assert(200);
}

#[tokio::test]
async fn managers_and_those_below_them_have_none() {
    let site = Site::new().await;
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        persona.get("/webhooks").await.assert(403);
        persona.get(&format!("/webhooks/{}", site.world.webhook)).await.assert(403);
    }
    site.manager().await.get("/tokens").await.assert(200).assert_lacks("href=\"/webhooks\"");
    site.admin().await.get("/tokens").await.assert(200).assert_has("href=\"/webhooks\"");
}

#[tokio::test]
async fn a_message_belongs_to_its_webhook_and_organisation() {
    let site = Site::new().await;
    let w = site.world;
    let admin = site.admin().await;
    let (other, _) = make(&admin, "https://hooks.example.com/two").await;
    let again = |id: String| [("id", id), ("delivery", w.delivery.to_string())];
    let post = async |persona: &Persona, fields: [(&str, String); 2]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        persona.post("webhooks/again", &fields).await
    };
    post(&admin, again(id_of(&other).to_owned())).await.assert(404);
    let stranger = site.other_tenant().await;
    let (theirs, _) = make(&stranger, "https://hooks.example.org/").await;
    post(&stranger, again(id_of(&theirs).to_owned())).await.assert(404);
    post(&stranger, again(w.webhook.to_string())).await.assert(404);
    stranger.get(&format!("/webhooks/{}", w.webhook)).await.assert(404);
    stranger.get("/webhooks").await.assert(200).assert_lacks("hooks.example.com");
    post(&admin, again(w.webhook.to_string())).await.assert(200);
    let entry = latest_audit(&site).await;
    assert_eq!((entry.action.as_str(), entry.subject_id), ("webhook.again", Some(w.webhook)));
}
