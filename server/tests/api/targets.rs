//! Targets: set, answered, settled, changed twice at once, closed by time; and everything that is refused.

use app::targets::data::{ObjectiveTree, PersonTargets, TargetFormView, TargetList, TargetPage};
use app::ui::State;
use app::{ApiError, FieldError};
use domain::TargetId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use server::entity::{deal, team_membership, user_account};

use crate::support::{Persona, Site, date, insert_deal};

type Fields = Vec<(&'static str, String)>;

/// A target on Rob for the third quarter: 12 deals, with a guardrail.
fn target(site: &Site) -> Fields {
    vec![
        ("intent", "propose".into()),
        ("who", format!("person:{}", site.world.rob)),
        ("metric", "deals_won".into()),
        ("period", "2017Q3".into()),
        ("value", "12".into()),
        ("guardrail", "avg_deal_value".into()),
        ("guardrail_limit", "1,000".into()),
        ("weight", "40".into()),
        ("why", "Rob has room for it".into()),
        ("objective", site.world.objective.to_string()),
    ]
}

fn with(mut fields: Fields, name: &'static str, value: &str) -> Fields {
    fields.retain(|(n, _)| *n != name);
    fields.push((name, value.to_owned()));
    fields
}

async fn post(persona: &Persona, function: &str, fields: &Fields) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    persona.post(function, &fields).await
}

async fn save(persona: &Persona, fields: &Fields) -> TargetId {
    post(persona, "targets/save", fields).await.assert(200).json()
}

async fn page(persona: &Persona, id: TargetId) -> TargetPage {
    persona.post_json("targets/page", &json!({"id": id})).await.assert(200).json()
}

fn step(page: &TargetPage) -> Fields {
    vec![("id", page.line.id.to_string()), ("version", page.version.to_string())]
}

async fn of_rob(persona: &Persona, site: &Site) -> PersonTargets {
    let query = json!({"person": site.world.rob.to_string(), "period": "2017Q3"});
    persona.post_json("targets/person", &query).await.assert(200).json()
}

async fn deals(site: &Site, person: i64, count: i32, closed: &str, amount: i64) {
    for _ in 0..count {
        let id = server::id::next();
        let day = date(closed).day_number();
        let row = deal::ActiveModel {
            org_id: Set(site.world.org),
            id: Set(id),
            external_id: Set(id.to_string()),
            person_id: Set(Some(person)),
            is_split: Set(false),
            status: Set(1),
            engaged_on: Set(Some(day - 20)),
            closed_on: Set(Some(day)),
            amount_micros: Set(Some(amount * 1_000_000)),
            currency: Set("EUR".into()),
            reporting_micros: Set(Some(amount * 1_000_000)),
            created_at: Set(0),
            updated_at: Set(0),
            ..Default::default()
        };
        insert_deal(site.db(), row).await;
    }
}

#[tokio::test]
async fn a_proposal_is_answered_settled_and_kept() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    let id = save(&manager, &target(&site)).await;

    let seen = page(&rep, id).await;
    assert_eq!((seen.line.status.as_str(), seen.line.value.as_str()), ("proposed", "≥\u{a0}12"));
    assert!(seen.may.answer && !seen.may.edit && seen.line.waits_for_reader);
    let answer = [step(&seen), vec![("answer", "counter".into()), ("counter_value", "11".into())]].concat();
    assert_eq!(
        post(&rep, "targets/answer", &answer).await.assert(422).remarks(),
        [("comment".to_owned(), "targets.error.comment".to_owned())]
    );
    let answer = with(answer, "comment", "Two weeks of leave");
    post(&rep, "targets/answer", &answer).await.assert(200);

    let countered = page(&manager, id).await;
    assert!(countered.may.settle && countered.line.waits_for_reader);
    let counter = countered.counter.clone().unwrap();
    assert_eq!((counter.value.as_str(), counter.comment.as_str()), ("11", "Two weeks of leave"));
    post(&manager, "targets/settle", &step(&countered)).await.assert(200);

    let agreed = page(&rep, id).await;
    assert_eq!((agreed.line.status.as_str(), agreed.line.value.as_str()), ("running", "≥\u{a0}11"));
    let kinds: Vec<&str> = agreed.changes.iter().map(|c| c.kind.as_str()).collect();
    assert_eq!(kinds, ["agreed", "countered", "proposed", "created"]);
    let (field, from, to) = &agreed.changes[0].fields[0];
    assert_eq!((field.as_str(), from.as_str(), to.as_str()), ("value", "12", "11"));
    // What was agreed is agreed again when it changes.
    let change = with(target(&site), "value", "14");
    let change = [change, vec![("id", id.to_string()), ("version", agreed.version.to_string())]].concat();
    save(&manager, &with(change, "reason", "The leave was moved")).await;
    let changed = page(&rep, id).await;
    assert_eq!(changed.line.status, "proposed");
    assert_eq!(changed.changes[0].comment, "The leave was moved");
}

#[tokio::test]
async fn what_cannot_be_is_said_field_by_field_and_nothing_is_written() {
    let site = Site::new().await;
    let manager = site.manager().await;
    /// What is typed, the field that is wrong, and the remark.
    type Refused<'a> = (&'a [(&'static str, &'a str)], &'a str, &'a str);
    let refused: [Refused<'_>; 9] = [
        (&[("period", "free"), ("from", "2017-09-30"), ("to", "2017-07-01")], "to", "period_empty"),
        (&[("value", "twelve")], "value", "bad_number"),
        (&[("value", "12.5")], "value", "whole_number"),
        (&[("value", "")], "value", "required"),
        (&[("metric", "happiness")], "metric", "unknown_metric"),
        (&[("period", "2017Q9")], "period", "period_syntax"),
        (&[("weight", "101")], "weight", "weight_range"),
        (&[("guardrail", "deals_won"), ("guardrail_limit", "3")], "guardrail", "guardrail_same_metric"),
        (&[("objective", "77")], "objective", "objective"),
    ];
    for (changes, field, code) in refused {
        let fields = changes.iter().fold(target(&site), |f, (name, value)| with(f, name, value));
        let remarks = post(&manager, "targets/save", &fields).await.assert(422).remarks();
        assert!(remarks.contains(&(field.to_owned(), format!("targets.error.{code}"))), "{changes:?}: {remarks:?}");
    }
    let of = |person: i64| format!("person:{person}");
    for (who, status) in [
        (of(site.world.wim), 404),
        (of(site.world.other_person), 404),
        (of(12), 404),
        (of(site.world.mia), 403),
        ("organisation".to_owned(), 404),
        (format!("team:{}", site.world.west), 404),
    ] {
        post(&manager, "targets/save", &with(target(&site), "who", &who)).await.assert(status);
    }
    // Nobody but an owner or admin sets a target for themselves, and a rep for nobody else either.
    let rep = site.rep().await;
    post(&rep, "targets/save", &target(&site)).await.assert(403);
    post(&rep, "targets/save", &with(target(&site), "who", &of(site.world.ria))).await.assert(404);
    post(&site.viewer().await, "targets/save", &target(&site)).await.assert(403);
    let list: TargetList = manager.post_json("targets/list", &json!({"filter": {}})).await.assert(200).json();
    assert_eq!(list.lines.len(), 2, "only those that were there before");
}

#[tokio::test]
async fn two_tabs_never_overwrite_each_other_unseen() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let id = save(&manager, &target(&site)).await;
    let first = [target(&site), vec![("id", id.to_string()), ("version", "1".into())]].concat();
    save(&manager, &with(first.clone(), "value", "13")).await;
    let second = with(first, "value", "15");
    let ApiError::Conflict(stored) = post(&manager, "targets/save", &second).await.assert(409).error() else {
        panic!("no conflict")
    };
    assert!(stored.contains(&("value".into(), "13".into())) && stored.contains(&("version".into(), "2".into())));
    assert!(stored.iter().any(|(name, who)| name == "_who" && who == "manager"));
    assert!(!stored.iter().any(|(name, _)| name == "metric"), "only what differs");
    // Without JavaScript: the same page, what was typed, what is stored, and the new version to save over.
    let fields: Vec<(&str, &str)> = second.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer =
        manager.submit_form(&format!("/targets/{id}?edit=1"), "targets/save", "target", &fields).await.assert(409);
    let answer = answer.assert_has("value=\"15\"").assert_has("Stored now: 13");
    answer.assert_has("name=\"version\" value=\"2\"");
    save(&manager, &with(second, "version", "2")).await;
    assert_eq!(page(&manager, id).await.line.value, "≥\u{a0}15");
    let stale = vec![("id", id.to_string()), ("version", "1".into()), ("reason", "x".into())];
    post(&manager, "targets/cancel", &stale).await.assert(409);
}

#[tokio::test]
async fn a_personal_goal_is_its_persons_alone() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    let goal = with(with(target(&site), "personal", "1"), "objective", "");
    let id = save(&rep, &goal).await;
    let seen = page(&manager, id).await;
    assert_eq!((seen.line.status.as_str(), seen.line.is_personal), ("running", true));
    assert!(!seen.may.edit && !seen.may.cancel);
    let change = [goal.clone(), vec![("id", id.to_string()), ("version", "1".into())]].concat();
    post(&manager, "targets/save", &change).await.assert(403);
    save(&rep, &with(change, "value", "9")).await;
    // Nobody else's goal is personal.
    post(&manager, "targets/save", &goal).await.assert(403);
}

#[tokio::test]
async fn drafts_are_seen_by_who_sets_them_only() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    let id = save(&manager, &with(target(&site), "intent", "draft")).await;
    rep.post_json("targets/page", &json!({"id": id})).await.assert(404);
    assert_eq!(of_rob(&rep, &site).await.lines.len(), 1);
    let draft = page(&manager, id).await;
    assert!(draft.may.propose && draft.line.standing.is_none());
    post(&manager, "targets/propose", &step(&draft)).await.assert(200);
    assert_eq!(page(&rep, id).await.line.status, "proposed");
}

#[tokio::test]
async fn time_closes_a_target_even_if_nothing_changed() {
    let site = Site::new().await;
    let (manager, rep) = (site.manager().await, site.rep().await);
    let mut ids = Vec::new();
    for value in ["2", "3"] {
        let id = save(&manager, &with(target(&site), "value", value)).await;
        let seen = page(&rep, id).await;
        post(&rep, "targets/answer", &with(step(&seen), "answer", "agree")).await.assert(200);
        ids.push(id);
    }
    deals(&site, site.world.rob, 2, "2017-08-01", 5000).await;
    let later = site.on("2017-10-01");
    let manager = later.manager().await;
    let (reached, missed) = (page(&manager, ids[0]).await, page(&manager, ids[1]).await);
    assert_eq!((reached.line.status.as_str(), missed.line.status.as_str()), ("reached", "missed"));
    let state = |p: &TargetPage| p.line.standing.as_ref().map(|s| s.state);
    assert_eq!((state(&reached), state(&missed)), (Some(State::Reached), Some(State::Missed)));
    assert!(!reached.may.edit);
    let reason = with(step(&reached), "reason", "too late");
    assert_eq!(
        post(&manager, "targets/cancel", &reason).await.assert(422).remarks(),
        [(String::new(), "targets.error.closed".to_owned())]
    );
}

#[tokio::test]
async fn reached_with_a_broken_guardrail_is_a_state_of_its_own() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let id = save(&manager, &with(target(&site), "value", "2")).await;
    deals(&site, site.world.rob, 2, "2017-08-01", 400).await;
    let standing = page(&manager, id).await.line.standing.unwrap();
    assert_eq!(standing.state, State::GuardrailBroken);
    let guardrail = standing.guardrail.unwrap();
    assert_eq!((guardrail.state, guardrail.limit.as_str()), (State::LimitBroken, "≥\u{a0}€1,000"));
}

#[tokio::test]
async fn the_form_checks_letter_by_letter_and_shows_the_own_history() {
    let site = Site::new().await;
    deals(&site, site.world.rob, 4, "2017-02-10", 100).await;
    deals(&site, site.world.rob, 6, "2017-05-10", 100).await;
    deals(&site, site.world.rob, 6, "2016-08-10", 100).await;
    let manager = site.manager().await;
    let fields =
        json!({"who": format!("person:{}", site.world.rob), "metric": "deals_won", "period": "2017Q3", "value": "5"});
    let view: TargetFormView = manager.post_json("targets/form", &json!({"fields": fields})).await.assert(200).json();
    let letters: Vec<(&str, bool)> = view.check.letters.iter().map(|l| (l.code.as_str(), l.is_complete)).collect();
    assert_eq!(
        letters,
        [("s", true), ("m", false), ("a", true), ("r", false), ("t", true)],
        "{:?}",
        view.check.letters
    );
    let achievable = view.check.letters[2].sentences.join(" ");
    assert!(achievable.contains("In 2 of the last 8 quarters"), "{achievable}");
    let measurable = view.check.letters[1].sentences.join(" ");
    assert!(measurable.contains("Same period last year: 6"), "{measurable}");
    assert_eq!(view.check.history.unwrap().points.len(), 8);
    assert!(view.guardrails[1].1.ends_with("(suggested)"), "{:?}", view.guardrails);
    assert!(!view.check.remarks.is_empty());

    // One page without JavaScript: the check button sends the fields in the address.
    let path = format!("/targets/new?person={}&metric=deals_won&period=2017Q3&value=5x&why=Room", site.world.rob);
    let answer = manager.get(&path).await.assert(200);
    let answer = answer.assert_has("Achievable").assert_has("value=\"5x\"").assert_has("Not a number");
    answer.assert_has("Q1\u{a0}2017");
    manager.get("/targets/new?person=12").await.assert(404);
}

#[tokio::test]
async fn values_are_read_in_the_readers_notation() {
    let site = Site::new().await;
    let user =
        user_account::ActiveModel { id: Set(site.world.manager), locale: Set(Some("nl".into())), ..Default::default() };
    user.update(site.db()).await.unwrap();
    let manager = site.manager().await;
    let rate = with(with(target(&site), "metric", "win_rate"), "value", "64,9 %");
    let rate = with(with(rate, "guardrail", "avg_deal_value"), "guardrail_limit", "€ 1.200,50");
    let id = save(&manager, &rate).await;
    let seen = page(&manager, id).await;
    assert_eq!(seen.line.value, "≥\u{a0}64,9\u{a0}%");
    assert!(seen.facts.iter().any(|(_, v)| v.contains("€\u{a0}1.200,50")), "{:?}", seen.facts);
    let wrong = with(rate, "value", "64.9");
    let remarks = post(&manager, "targets/save", &wrong).await.assert(422).remarks();
    assert_eq!(remarks, [("value".to_owned(), "targets.error.number_grouping".to_owned())]);
    let seen = manager.get(&format!("/targets/{id}")).await.assert(200);
    seen.assert_has("Specifiek").assert_has("Randvoorwaarde");
}

#[tokio::test]
async fn a_teams_target_shows_what_its_people_come_to() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let team = with(with(target(&site), "who", &format!("team:{}", site.world.east)), "value", "25");
    let id = save(&manager, &team).await;
    let seen = page(&manager, id).await;
    let cascade = seen.cascade.unwrap();
    // Rob and Ria have ten each.
    assert_eq!((cascade.lines.len(), cascade.without.len()), (2, 0));
    assert!(cascade.sentence.contains("Together 20: 80% of the team’s target"), "{}", cascade.sentence);
    assert_eq!(seen.line.status, "running");
    // A rep sees the team's total, but nobody else's target.
    let rep = page(&site.rep().await, id).await;
    assert_eq!(rep.cascade.unwrap().lines.len(), 1);
}

#[tokio::test]
async fn objectives_are_a_tree_made_alone_or_with_a_target() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let new = with(with(target(&site), "objective", ""), "objective_new", "Rob grows");
    let id = save(&manager, &new).await;
    let check = page(&manager, id).await.check;
    assert!(check.letters[3].is_complete, "{:?}", check.letters[3]);
    let tree: ObjectiveTree =
        manager.post_json("objectives/list", &Value::Object(Default::default())).await.assert(200).json();
    let titles: Vec<(&str, u32)> = tree.objectives.iter().map(|o| (o.title.as_str(), o.targets)).collect();
    assert_eq!(titles, [("Customers who stay", 0), ("Rob grows", 1)]);
    let below: Fields = vec![
        ("title", "".into()),
        ("who", format!("team:{}", site.world.east)),
        ("parent", tree.objectives[1].id.to_string()),
        ("horizon", "short".into()),
        ("perspective", "process".into()),
    ];
    let ApiError::Invalid(errors) = post(&manager, "objectives/create", &below).await.assert(422).error() else {
        panic!("no remarks")
    };
    assert!(errors.contains(&FieldError::new("parent", "objectives.error.objective_level_order")), "{errors:?}");
    manager.get("/objectives").await.assert(200).assert_has("Rob grows");
    manager.get("/targets").await.assert(200).assert_has("Rob Rep");
}

#[tokio::test]
async fn who_leaves_owes_the_part_of_the_time_that_they_were_there() {
    let site = Site::new().await;
    let (manager, w) = (site.manager().await, site.world);
    let id = save(&manager, &target(&site)).await;
    let shown = async |who: &Persona| page(who, id).await.line.standing.unwrap();
    let whole = shown(&manager).await;
    assert_eq!((whole.prorated.clone(), whole.bullet.target), (None, 12.0));
    // The third quarter has 92 days, of which 46 are before 16 August.
    let leaves =
        team_membership::ActiveModel { to_day: Set(Some(date("2017-08-16").day_number())), ..Default::default() };
    let of_rob = team_membership::Column::PersonId.eq(w.rob);
    team_membership::Entity::update_many().set(leaves).filter(of_rob).exec(site.db()).await.unwrap();
    // As whatever writes places does.
    server::query::people::bump_data_version(site.db(), w.org).await.unwrap();
    deals(&site, w.rob, 6, "2017-08-10", 100).await;
    let part = shown(&manager).await;
    assert_eq!((part.prorated.as_deref(), part.bullet.target), (Some("6"), 6.0));
    assert!(part.bullet.pace.unwrap() > whole.bullet.pace.unwrap() / 2.0);
    assert_eq!(page(&manager, id).await.line.value, "≥\u{a0}12", "what was agreed stays what it was");
    let text = manager.get(&format!("/targets/{id}")).await.assert(200);
    text.assert_has("in proportion to the time there 6");
}

#[tokio::test]
async fn an_own_kpi_can_be_what_a_target_is_on() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let form: TargetFormView =
        manager.post_json("targets/form", &json!({"fields": {"metric": "own_share"}})).await.assert(200).json();
    assert!(form.metrics.contains(&("own_share".to_owned(), "Own share".to_owned())));
    let of_deals: TargetFormView =
        manager.post_json("targets/form", &json!({"fields": {"metric": "deals_won"}})).await.assert(200).json();
    assert!(of_deals.guardrails.iter().any(|(id, _)| id == "own_share"));
    // A share of what was pursued does not grow with the period, and is typed in percent.
    assert_eq!((form.unit.as_str(), form.is_distributable), ("%", false));
    let fields = with(with(target(&site), "metric", "own_share"), "value", "60");
    let id = save(&manager, &fields).await;
    deals(&site, site.world.rob, 3, "2017-08-01", 100).await;
    let shown = page(&manager, id).await.line;
    assert_eq!((shown.metric_name.as_str(), shown.value.as_str()), ("Own share", "≥\u{a0}60.0%"));
    assert_eq!(shown.standing.unwrap().bullet.actual, Some(1.0));
    let list = manager.get("/targets?whose=all&period=2017Q3").await.assert(200);
    list.assert_has("Own share");
    // One that is out of use takes no new targets; what was agreed on it keeps its name.
    site.admin().await.post("kpis/retire", &[("key", "own_share")]).await.assert(200);
    post(&manager, "targets/save", &fields).await.assert(422);
    assert_eq!(page(&manager, id).await.line.metric_name, "Own share");
}
