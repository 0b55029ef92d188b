//! What is kept between requests is never older than what was written: people, places and teams on the team board.

use app::people::api::PersonView;
use app::scorecard::api::TeamBoard;
use domain::TeamId;
use serde_json::json;

use crate::support::{Persona, Site};

/// The team's name and its people on the board.
async fn board(who: &Persona, team: i64) -> (String, Vec<String>) {
    let query = json!({"query": {"team": TeamId::new(team).to_string(), "period": "2017Q2", "trend": ""}});
    let board: TeamBoard = who.post_json("scorecard/team", &query).await.assert(200).json();
    (board.name, board.people.unwrap().rows.into_iter().map(|row| row.name).collect())
}

#[tokio::test]
async fn the_board_shows_every_change_at_once() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    let (wim, west, east) = (w.wim.to_string(), w.west.to_string(), w.east.to_string());
    let shown = async |team: i64| board(&owner, team).await;
    assert_eq!(shown(w.west).await, ("West".into(), vec!["Wim West".into()]));
    let seen = owner.post("people/person", &[("id", &wim)]).await.assert(200).json::<PersonView>().seen.to_string();
    owner.post("people/save_person", &[("id", &wim), ("name", "Willem"), ("seen", &seen)]).await.assert(200);
    assert_eq!(shown(w.west).await.1, ["Willem"]);

    let fields = [
        ("id", west.as_str()),
        ("name", "Far west"),
        ("parent", ""),
        ("was_name", "West"),
        ("was_parent", &w.sales.to_string()),
    ];
    owner.post("people/save_team", &fields).await.assert(200);
    assert_eq!(shown(w.west).await.0, "Far west");

    let fields = [("name", "Nina New"), ("team", west.as_str()), ("from", "2017-01-01")];
    owner.post("people/add_person", &fields).await.assert(200);
    assert_eq!(shown(w.west).await.1, ["Nina New", "Willem"]);

    owner.post("people/add_place", &[("person", &wim), ("team", &east), ("from", "2017-02-01")]).await.assert(200);
    assert_eq!(shown(w.west).await.1, ["Nina New"]);
    assert!(shown(w.east).await.1.contains(&"Willem".to_owned()));
    // The manager of the other team sees the person from now on, as one who is below them.
    let manager = site.manager().await;
    assert!(board(&manager, w.east).await.1.contains(&"Willem".to_owned()));

    let place = owner.post("people/person", &[("id", &wim)]).await.assert(200).json::<PersonView>().places[0].clone();
    let fields = [("person", wim.as_str()), ("id", &place.id), ("seen", &place.seen)];
    owner.post("people/remove_place", &fields).await.assert(200);
    assert!(!shown(w.east).await.1.contains(&"Willem".to_owned()));
}
