//! Teams, people and users: rules, two tabs, and what each role sees of them.

mod teams;
mod users;

use app::people::api::{PeopleFilter, PeoplePage, PersonView};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use server::entity::team_membership;

use crate::support::{Persona, Site, date};

async fn list(who: &Persona, filter: PeopleFilter) -> PeoplePage {
    who.post_json("people/list", &json!({ "filter": filter })).await.assert(200).json()
}

fn names(page: &PeoplePage) -> Vec<&str> {
    page.rows.iter().map(|r| r.name.as_str()).collect()
}

async fn view(who: &Persona, id: i64) -> PersonView {
    who.post("people/person", &[("id", &id.to_string())]).await.assert(200).json()
}

#[tokio::test]
async fn each_role_sees_the_people_it_may_know_of() {
    let site = Site::new().await;
    let all = PeopleFilter::default;
    let page = list(&site.owner().await, all()).await;
    assert_eq!(names(&page), ["Mia Manager", "Ria Rep", "Rob Rep", "Wim West"]);
    assert_eq!(names(&list(&site.manager().await, all()).await), ["Mia Manager", "Ria Rep", "Rob Rep"]);
    assert_eq!(names(&list(&site.rep().await, all()).await), ["Rob Rep"]);
    assert_eq!(names(&list(&site.viewer().await, all()).await), ["Ria Rep", "Rob Rep"]);
    assert_eq!(names(&list(&site.other_tenant().await, all()).await), ["Tess Theirs"]);
    let wim = format!("/people/{}", site.world.wim);
    site.manager().await.get(&wim).await.assert(404).assert_lacks("Wim");
    site.other_tenant().await.get(&wim).await.assert(404);
    site.owner().await.get(&wim).await.assert(200).assert_has("Wim West");
    let rob = format!("/people/{}", site.world.rob);
    site.manager().await.get(&rob).await.assert(200).assert_lacks("dialog=move");
    site.owner().await.get(&rob).await.assert(200).assert_has("dialog=move");
}

#[tokio::test]
async fn people_are_searched_filtered_and_paged() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let filter = PeopleFilter { search: "rEp".into(), ..Default::default() };
    assert_eq!(names(&list(&owner, filter).await), ["Ria Rep", "Rob Rep"]);
    let filter = PeopleFilter { team: Some(domain::TeamId::new(site.world.west)), ..Default::default() };
    assert_eq!(names(&list(&owner, filter).await), ["Wim West"]);
    let filter = PeopleFilter { team: Some(domain::TeamId::new(site.world.sales)), ..Default::default() };
    assert_eq!(list(&owner, filter).await.total, 4);
    for n in 0..60 {
        site.add_person(&format!("Extra {n:02}"), Some(site.world.west), None).await;
    }
    let filter = PeopleFilter { page: 2, ..Default::default() };
    let page = list(&owner, filter).await;
    assert_eq!((page.rows.len(), page.total, page.page), (14, 64, 2));
    owner.get("/people?page=2&state=all").await.assert(200).assert_has("51–64");
    owner.get("/people?page=banana&team=x&state=%3Cscript%3E").await.assert(200);
}

#[tokio::test]
async fn a_person_is_added_with_a_first_place() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let (east, mia) = (site.world.east.to_string(), site.world.mia.to_string());
    let fields = [
        ("name", " Nina New "),
        ("email", "Nina@Example.com"),
        ("key", "n.new"),
        ("team", &east),
        ("manager", &mia),
        ("from", "2017-08-01"),
    ];
    let answer = owner.submit("/people?dialog=add", "people/add_person", &fields).await.assert(303);
    let page = owner.get(answer.location()).await.assert(200);
    page.assert_has("Nina New").assert_has("nina@example.com").assert_has("n.new").assert_has("Sales / East");
    // The key is taken now, and what was typed stays.
    let again = owner.submit("/people?dialog=add", "people/add_person", &fields).await.assert(422);
    again.assert_has("Nina New has this key").assert_has("value=\"n.new\"");
}

#[tokio::test]
async fn wrong_inputs_are_remarks_on_fields() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let (east, theirs) = (site.world.east.to_string(), site.world.other_team.to_string());
    let cases: [(&str, &[(&str, &str)]); 7] = [
        ("name", &[("name", "")]),
        ("email", &[("name", "X"), ("email", "x")]),
        ("key", &[("name", "X"), ("key", "a=b")]),
        ("from", &[("name", "X"), ("team", &east), ("from", "01-02-2017")]),
        ("team", &[("name", "X"), ("team", &theirs)]),
        ("team", &[("name", "X"), ("team", "abc")]),
        ("manager", &[("name", "X"), ("manager", "999")]),
    ];
    for (field, fields) in cases {
        let answer = owner.post("people/add_person", fields).await.assert(422);
        assert_eq!(answer.remarks()[0].0, field, "{fields:?}");
    }
    owner.post("people/save_person", &[("id", "abc"), ("name", "X")]).await.assert(422);
    assert_eq!(list(&owner, PeopleFilter::default()).await.all, 4, "nothing half-written");
}

#[tokio::test]
async fn a_move_ends_the_place_before_and_overlaps_are_refused() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    let (wim, east, west) = (w.wim.to_string(), w.east.to_string(), w.west.to_string());
    let add = |team: &str, from: &str, last: &str| {
        vec![
            ("person".to_owned(), wim.clone()),
            ("team".to_owned(), team.to_owned()),
            ("from".to_owned(), from.to_owned()),
            ("last".to_owned(), last.to_owned()),
        ]
    };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        owner.post("people/add_place", &fields).await
    };
    post(add(&east, "2017-07-01", "")).await.assert(200);
    let person = view(&owner, w.wim).await;
    assert_eq!(person.places.len(), 2);
    assert_eq!(person.places[1].last, Some(crate::support::date("2017-06-30")));
    assert!(person.places[0].is_now);
    for (team, from, last, field) in [
        (&west, "2017-07-01", "", "from"),
        (&west, "2017-01-01", "2017-02-01", "from"),
        (&west, "", "", "from"),
        (&west, "2017-09-01", "2017-08-01", "last"),
    ] {
        let answer = post(add(team, from, last)).await.assert(422);
        assert_eq!(answer.remarks()[0].0, field, "{from}–{last}");
    }
    let answer = post(add("", "2017-09-01", "")).await.assert(422);
    assert_eq!(answer.remarks()[0].0, "team");
}

#[tokio::test]
async fn nobody_becomes_their_own_manager() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    // Rob is under Mia; Mia under Rob would close the circle.
    let fields = [("person", w.mia.to_string()), ("manager", w.rob.to_string()), ("from", "2017-09-01".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = owner.post("people/add_place", &fields).await.assert(422);
    assert_eq!(answer.remarks()[0], ("manager".to_owned(), "people.error.manager_loop".to_owned()));
}

#[tokio::test]
async fn two_tabs_do_not_overwrite_each_other() {
    let site = Site::new().await;
    let (owner, admin, w) = (site.owner().await, site.admin().await, site.world);
    let person = view(&owner, w.wim).await;
    let (id, seen) = (w.wim.to_string(), person.seen.to_string());
    owner.post("people/save_person", &[("id", &id), ("name", "Willem"), ("seen", &seen)]).await.assert(200);
    let late = [("id", id.as_str()), ("name", "Wilhelm"), ("key", "wim"), ("seen", &seen)];
    let page = admin.submit(&format!("/people/{id}"), "people/save_person", &late).await.assert(409);
    page.assert_has("Stored now: Willem").assert_has("value=\"Wilhelm\"");
    assert_eq!(view(&owner, w.wim).await.name, "Willem");

    let place = &view(&owner, w.wim).await.places[0];
    let east = w.east.to_string();
    let change =
        [("person", id.as_str()), ("id", &place.id), ("seen", &place.seen), ("team", &east), ("from", "2017-01-01")];
    owner.post("people/save_place", &change).await.assert(200);
    admin.post("people/save_place", &change).await.assert(409);
    admin.post("people/remove_place", &change[..3]).await.assert(409);
}

#[tokio::test]
async fn what_is_changed_is_written_down_and_figures_are_asked_anew() {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    use server::entity::{audit, organisation};
    let site = Site::new().await;
    let version =
        async || organisation::Entity::find_by_id(site.world.org).one(site.db()).await.unwrap().unwrap().data_version;
    let before = version().await;
    site.owner().await.post("people/add_person", &[("name", "Nina")]).await.assert(200);
    assert!(version().await > before);
    let found = audit::Entity::find().filter(audit::Column::Action.eq("person.add")).all(site.db()).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].user_id, Some(site.world.owner));
    site.owner().await.post("people/add_person", &[("name", "Nina")]).await.assert(422);
    let found = audit::Entity::find().filter(audit::Column::Action.eq("person.add")).all(site.db()).await.unwrap();
    assert_eq!(found.len(), 1, "a refusal leaves no trace of a deed");
}

/// A place of Wim West: in a team under a manager over some days.
async fn place(site: &Site, team: i64, manager: Option<i64>, from: Option<&str>, to: Option<&str>) {
    let day = |text: &str| date(text).day_number();
    let row = team_membership::ActiveModel {
        org_id: Set(site.world.org),
        id: Set(server::id::next()),
        person_id: Set(site.world.wim),
        team_id: Set(Some(team)),
        manager_id: Set(manager),
        from_day: Set(from.map(day)),
        to_day: Set(to.map(day)),
        import_id: Set(None),
    };
    row.insert(site.db()).await.unwrap();
    // As whatever writes places does.
    server::query::people::bump_data_version(site.db(), site.world.org).await.unwrap();
}

#[tokio::test]
async fn a_place_gives_sight_from_its_first_day_until_the_next_one_begins() {
    let site = Site::new().await;
    let w = site.world;
    let manager = site.manager().await;
    let page = format!("/scorecard/{}?period=2017Q2", w.wim);
    let ends =
        team_membership::ActiveModel { to_day: Set(Some(date("2017-09-01").day_number())), ..Default::default() };
    let of_wim = team_membership::Column::Id.eq(w.wim_place);
    team_membership::Entity::update_many().set(ends).filter(of_wim).exec(site.db()).await.unwrap();
    place(&site, w.east, Some(w.mia), Some("2017-09-01"), Some("2017-12-01")).await;
    // Today is 15 August 2017: the place under Mia has not begun.
    manager.get(&page).await.assert(404);
    let on = async |day: &str| site.on(day).manager().await;
    on("2017-09-01").await.get(&page).await.assert(200);
    // Who left stays with the last place; one that is planned changes nothing of it.
    on("2017-12-24").await.get(&page).await.assert(200);
    place(&site, w.west, None, Some("2018-01-01"), None).await;
    on("2017-12-24").await.get(&page).await.assert(200);
    on("2018-01-01").await.get(&page).await.assert(404);
}
