//! How messages are sent: signed, once by one node, again after a wait, and never to the inside of a network.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use server::entity::{webhook, webhook_delivery};
use server::query::webhook as rows;
use server::webhook::send::Sender;
use server::webhook::work::round;

use super::{id_of, make, told};
use crate::support::Site;
use crate::support::receiver::{Receiver, sender};

const MINUTE: i64 = 60_000;

/// Asks for a trial of a webhook.
async fn test(site: &Site, address: &str) {
    site.admin().await.post("webhooks/test", &[("id", id_of(address))]).await.assert(200);
}

/// One round of a node on a day.
async fn work(site: &Site, day: &str) -> u64 {
    round(&site.on(day).state, &sender()).await.unwrap()
}

#[tokio::test]
async fn a_receiver_that_fails_twice_gets_the_same_message_a_third_time() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[500, 302]).await;
    let admin = site.admin().await;
    let (address, secret) = make(&admin, &receiver.url).await;
    test(&site, &address).await;
    let mut waits = Vec::new();
    for day in ["2017-08-15", "2017-08-16", "2017-08-17"] {
        assert_eq!(work(&site, day).await, 1);
        assert_eq!(work(&site, day).await, 0, "nothing is due twice");
        let now = site.on(day).state.clock.now().0;
        let row = told(&site, &address).await.remove(0);
        waits.push((row.status.clone(), row.response_code, (row.next_at - now) / MINUTE, row.claimed_until));
    }
    let expected = [("waiting", 500, 1), ("waiting", 302, 5), ("delivered", 200, 0)];
    assert_eq!(waits, expected.map(|(status, code, wait)| (status.to_owned(), Some(code), wait, None)));
    let all = receiver.received();
    assert_eq!(all.len(), 3);
    for message in &all {
        message.assert_signed(&secret);
        assert_eq!(message.body, all[0].body);
        assert_eq!(message.header("maatstaf-delivery"), message.json()["id"].as_str().unwrap());
        assert_eq!(message.header("maatstaf-event"), "test");
    }
    assert_ne!(all[0].header("maatstaf-signature"), all[2].header("maatstaf-signature"), "signed when sent");
    let row = told(&site, &address).await.remove(0);
    assert_eq!((row.attempts, row.response.as_deref()), (3, Some("noted")));
    let page = admin.get(&address).await.assert(200);
    page.assert_has("delivered").assert_has("HTTP 200").assert_has("noted").assert_has("Send again");
}

#[tokio::test]
async fn it_is_given_up_after_six_attempts_and_sent_once_more_by_hand() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[503; 7]).await;
    let admin = site.admin().await;
    let (address, _) = make(&admin, &receiver.url).await;
    test(&site, &address).await;
    let mut waits = Vec::new();
    for day in 15..=20 {
        let day = format!("2017-08-{day}");
        work(&site, &day).await;
        let row = told(&site, &address).await.remove(0);
        waits.push((row.next_at - site.on(&day).state.clock.now().0) / MINUTE);
    }
    assert_eq!(waits, [1, 5, 30, 120, 720, 0]);
    assert_eq!(work(&site, "2017-08-30").await, 0);
    let row = told(&site, &address).await.remove(0);
    assert_eq!((row.status.as_str(), row.attempts), ("failed", 6));
    admin.get(&address).await.assert(200).assert_has("given up").assert_has("HTTP 503");

    let again = [("id", id_of(&address)), ("delivery", &row.id.to_string())];
    for (status, attempts) in [("failed", 7), ("delivered", 8)] {
        admin.submit_form(&address, "webhooks/again", &row.id.to_string(), &again).await.assert(303);
        assert_eq!(work(&site, "2017-08-15").await, 1);
        let row = told(&site, &address).await.remove(0);
        assert_eq!((row.status.as_str(), row.attempts), (status, attempts));
    }
}

#[tokio::test]
async fn two_nodes_send_each_message_once() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[]).await;
    let (address, _) = make(&site.admin().await, &receiver.url).await;
    for _ in 0..12 {
        test(&site, &address).await;
    }
    let (one, two) = (sender(), sender());
    let (one, two) = tokio::join!(round(&site.state, &one), round(&site.state, &two));
    assert_eq!(one.unwrap() + two.unwrap(), 12);
    let mut ids: Vec<String> = receiver.received().iter().map(|r| r.header("maatstaf-delivery").to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), receiver.received().len()), (12, 12));
}

#[tokio::test]
async fn a_claim_is_one_nodes_until_it_runs_out() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[]).await;
    let admin = site.admin().await;
    let (address, _) = make(&admin, &receiver.url).await;
    test(&site, &address).await;
    let row = told(&site, &address).await.remove(0);
    let (key, now) = ((row.org_id, row.id), site.state.clock.now());
    // A node takes it and dies.
    let claimed = rows::claim(site.db(), key, now, now.0 + 2 * MINUTE).await.unwrap().unwrap();
    assert_eq!(claimed.attempts, 1);
    assert!(rows::claim(site.db(), key, now, now.0 + 2 * MINUTE).await.unwrap().is_none());
    assert_eq!(work(&site, "2017-08-15").await, 0);
    let again = [("id", id_of(&address)), ("delivery", &row.id.to_string())];
    let answer = admin.post("webhooks/again", &again).await.assert(422);
    assert_eq!(answer.remarks(), [(String::new(), "webhooks.error.under_way".to_owned())]);
    assert_eq!(work(&site, "2017-08-16").await, 1);
    // What the dead one has to say afterwards counts no more.
    let late = rows::Attempt {
        status: rows::FAILED,
        next_at: 0,
        response_code: None,
        response: None,
        fault: Some("timeout"),
        delivered_at: None,
    };
    rows::finish(site.db(), key, claimed.attempts, &late).await.unwrap();
    let row = told(&site, &address).await.remove(0);
    assert_eq!((row.status.as_str(), row.attempts), ("delivered", 2));
}

#[tokio::test]
async fn one_that_does_not_answer_is_left_alone_and_the_others_are_not() {
    let site = Site::new().await.with_loopback();
    let admin = site.admin().await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (dead, _) = make(&admin, &format!("http://{gone}/")).await;
    let receiver = Receiver::answering(&[]).await;
    let (living, _) = make(&admin, &receiver.url).await;
    for _ in 0..30 {
        test(&site, &dead).await;
    }
    test(&site, &living).await;
    work(&site, "2017-08-15").await;
    let now = site.state.clock.now().0;
    let all = told(&site, &dead).await;
    let tried = all.iter().filter(|d| d.attempts > 0).count();
    assert!((1..=8).contains(&tried), "{tried}");
    assert!(all.iter().all(|d| d.status == "waiting" && d.next_at == now + MINUTE));
    assert_eq!(all.iter().find(|d| d.attempts > 0).unwrap().fault.as_deref(), Some("connect"));
    assert_eq!(receiver.received().len(), 1);
    admin.get(&dead).await.assert(200).assert_has("nobody listens there").assert_has("tried again later");
}

#[tokio::test]
async fn nothing_is_sent_to_the_inside_of_a_network() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[]).await;
    let (address, _) = make(&site.admin().await, &receiver.url).await;
    test(&site, &address).await;
    // A name that was fit when it was typed, and leads inside when something is sent.
    let id = id_of(&address).parse::<i64>().unwrap();
    let mut hook =
        webhook::Entity::find_by_id((site.world.org, id)).one(site.db()).await.unwrap().unwrap().into_active_model();
    hook.url = Set(receiver.url.replace("http://127.0.0.1", "https://localhost"));
    hook.update(site.db()).await.unwrap();
    let strict = Sender::new(false).unwrap();
    assert_eq!(round(&site.state, &strict).await.unwrap(), 1);
    let row = told(&site, &address).await.remove(0);
    assert_eq!((row.status.as_str(), row.fault.as_deref()), ("waiting", Some("address")));
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn pauses_hold_what_waits_and_removal_gives_it_up() {
    let site = Site::new().await.with_loopback();
    let receiver = Receiver::answering(&[]).await;
    let admin = site.admin().await;
    let (address, _) = make(&admin, &receiver.url).await;
    let id = [("id", id_of(&address))];
    test(&site, &address).await;
    admin.post("webhooks/pause", &id).await.assert(200);
    assert_eq!(work(&site, "2017-08-15").await, 0);
    admin.post("webhooks/resume", &id).await.assert(200);
    assert_eq!(work(&site, "2017-08-15").await, 1);
    assert_eq!(receiver.events(), ["test"]);

    test(&site, &address).await;
    admin.submit(&address, "webhooks/remove", &id).await.assert(303);
    assert_eq!(work(&site, "2017-08-15").await, 0);
    assert_eq!(told(&site, &address).await[1].status, "failed");
    admin.get(&address).await.assert(404);
    let key = (site.world.org, id_of(&address).parse::<i64>().unwrap());
    let hook = webhook::Entity::find_by_id(key).one(site.db()).await.unwrap().unwrap();
    assert_eq!((hook.secret.as_str(), hook.is_active), ("", false));
    assert_eq!(super::latest_audit(&site).await.action, "webhook.remove");
}

#[tokio::test]
async fn messages_are_kept_for_thirty_days() {
    let site = Site::new().await;
    let (address, _) = make(&site.admin().await, "https://hooks.example.com/").await;
    test(&site, &address).await;
    // The site's own is from 1970.
    let removed = async |day: &str| server::webhook::work::sweep(&site.on(day).state).await.unwrap();
    assert_eq!(removed("2017-09-14").await, 1);
    assert_eq!(removed("2017-09-15").await, 1);
    assert!(webhook_delivery::Entity::find().one(site.db()).await.unwrap().is_none());
}
