//! The team tree.

use app::people::api::TeamList;

use crate::support::{Persona, Site};

async fn tree(who: &Persona) -> TeamList {
    who.post("people/teams", &[]).await.assert(200).json()
}

fn paths(list: &TeamList) -> Vec<(&str, u32)> {
    list.teams.iter().map(|t| (t.path.as_str(), t.depth)).collect()
}

#[tokio::test]
async fn each_role_sees_its_part_of_the_tree() {
    let site = Site::new().await;
    let all = tree(&site.owner().await).await;
    assert_eq!(paths(&all), [("Sales", 0), ("Sales / East", 1), ("Sales / West", 1)]);
    assert_eq!((all.teams[0].people, all.teams[0].people_below), (1, 4));
    assert_eq!(all.teams[1].managers, ["manager"]);
    for who in [site.manager().await, site.rep().await, site.viewer().await] {
        let list = tree(&who).await;
        let seen: Vec<&str> = list.teams.iter().map(|t| t.name.as_str()).collect();
        assert!(seen.contains(&"East") && !seen.contains(&"West"), "{seen:?}");
        assert!(!list.may_edit);
    }
    assert_eq!(paths(&tree(&site.other_tenant().await).await), [("Theirs", 0)]);
    site.manager().await.get("/people/teams").await.assert(200).assert_lacks("dialog=add");
}

#[tokio::test]
async fn teams_are_added_renamed_moved_and_archived() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    let (sales, west) = (w.sales.to_string(), w.west.to_string());
    let answer =
        owner.submit("/people/teams?dialog=add", "people/add_team", &[("name", "North"), ("parent", &sales)]).await;
    assert_eq!(answer.assert(303).location(), "/people/teams");
    let list = tree(&owner).await;
    assert_eq!(list.teams[2].path, "Sales / North");
    let north = list.teams[2].id.to_string();
    let fields = [
        ("id", north.as_str()),
        ("name", "Far north"),
        ("parent", &west),
        ("was_name", "North"),
        ("was_parent", &sales),
    ];
    owner.post("people/save_team", &fields).await.assert(200);
    assert!(tree(&owner).await.teams.iter().any(|t| t.path == "Sales / West / Far north"));
    owner.post("people/archive_team", &[("id", &north), ("archived", "true")]).await.assert(200);
    let archived = tree(&owner).await.teams.into_iter().find(|t| t.name == "Far north").unwrap();
    assert!(archived.is_archived);
    // An archived team is no choice any more.
    let answer = owner.post("people/add_team", &[("name", "Below"), ("parent", &north)]).await.assert(422);
    assert_eq!(answer.remarks()[0].0, "parent");
    owner.post("people/archive_team", &[("id", &north), ("archived", "false")]).await.assert(200);
}

#[tokio::test]
async fn a_team_never_lies_below_itself() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    let (sales, east) = (w.sales.to_string(), w.east.to_string());
    for parent in [&sales, &east] {
        let fields =
            [("id", sales.as_str()), ("name", "Sales"), ("parent", parent), ("was_name", "Sales"), ("was_parent", "")];
        let answer = owner.post("people/save_team", &fields).await.assert(422);
        assert_eq!(answer.remarks()[0], ("parent".to_owned(), "people.error.team_loop".to_owned()));
    }
}

#[tokio::test]
async fn names_are_unique_below_a_parent_only() {
    let site = Site::new().await;
    let (owner, sales) = (site.owner().await, site.world.sales.to_string());
    let answer = owner.post("people/add_team", &[("name", "East"), ("parent", &sales)]).await.assert(422);
    assert_eq!(answer.remarks()[0], ("name".to_owned(), "people.error.team_name_taken".to_owned()));
    owner.post("people/add_team", &[("name", "East")]).await.assert(200);
    owner.post("people/add_team", &[("name", "East")]).await.assert(422);
    for bad in ["", "  ", "a/b"] {
        let page = owner.submit("/people/teams?dialog=add", "people/add_team", &[("name", bad)]).await.assert(422);
        page.assert_has("without a slash");
    }
}

#[tokio::test]
async fn a_team_with_people_or_teams_is_not_archived() {
    let site = Site::new().await;
    let owner = site.owner().await;
    for team in [site.world.sales, site.world.east] {
        let fields = [("id", team.to_string()), ("archived", "true".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        owner.post("people/archive_team", &fields).await.assert(422);
    }
}

#[tokio::test]
async fn two_tabs_on_one_team_end_in_a_conflict_that_shows_both() {
    let site = Site::new().await;
    let (owner, admin, w) = (site.owner().await, site.admin().await, site.world);
    let (west, sales) = (w.west.to_string(), w.sales.to_string());
    let fields = |name: &'static str| {
        [
            ("id", west.clone()),
            ("name", name.into()),
            ("parent", sales.clone()),
            ("was_name", "West".into()),
            ("was_parent", sales.clone()),
        ]
    };
    let first = fields("Wild west");
    let first: Vec<(&str, &str)> = first.iter().map(|(n, v): &(&str, String)| (*n, v.as_str())).collect();
    owner.post("people/save_team", &first).await.assert(200);
    let second = fields("Far west");
    let second: Vec<(&str, &str)> = second.iter().map(|(n, v): &(&str, String)| (*n, v.as_str())).collect();
    let page = format!("/people/teams?dialog=edit-{west}");
    let answer = admin.submit_form(&page, "people/save_team", &west, &second).await.assert(409);
    answer.assert_has("Stored now: Wild west").assert_has("value=\"Far west\"");
}
