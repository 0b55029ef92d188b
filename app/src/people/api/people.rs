//! People and their places: the team and manager they had, from a day to a day.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use domain::Date;
use domain::ids::{PersonId, TeamId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// People per page.
pub const PER_PAGE: u32 = 50;

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// Part of the name, key or address.
    pub search: String,
    /// A team, with everything below it.
    pub team: Option<TeamId>,
    /// `now` (in a team today), `left` or `all`.
    pub state: String,
    /// Page, from 1.
    pub page: u32,
}

/// A person as one row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Identifier.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Own key, if it is not the name.
    pub key: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Team today, with the teams above; the last one of somebody who left.
    pub team: Option<String>,
    /// Manager today.
    pub manager: Option<String>,
    /// In a team or under a manager today.
    pub is_here: bool,
    /// Since when; none = since ever.
    pub since: Option<Date>,
    /// Last day of somebody who left.
    pub last: Option<Date>,
    /// Somebody signs in as this person.
    pub has_user: bool,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The rows.
    pub rows: Vec<PersonRow>,
    /// How many there are with this filter.
    pub total: i64,
    /// How many there are without it.
    pub all: i64,
    /// Page shown, from 1.
    pub page: u32,
    /// Teams to filter by and to place people in.
    pub teams: Vec<Pick>,
    /// People to choose as manager; empty for who may not edit.
    pub managers: Vec<Pick>,
    /// The caller may add and change people.
    pub may_edit: bool,
}

/// Something to choose in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Identifier, as sent.
    pub id: String,
    /// As read.
    pub label: String,
}

/// A team and manager that a person had, from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Identifier, as sent.
    pub id: String,
    /// Team, with the teams above.
    pub team: Option<String>,
    /// Its identifier, for the form.
    pub team_id: String,
    /// Manager.
    pub manager: Option<String>,
    /// Their identifier, for the form.
    pub manager_id: String,
    /// First day; none = since ever.
    pub from: Option<Date>,
    /// Last day; none = until now.
    pub last: Option<Date>,
    /// It holds today.
    pub is_now: bool,
    /// What the form sends back, to notice that somebody else changed it.
    pub seen: String,
}

/// One person with their places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Identifier.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Own key.
    pub key: String,
    /// Address.
    pub email: String,
    /// Moment of the last change; goes back with the form.
    pub seen: i64,
    /// Places, the newest first.
    pub places: Vec<PlaceRow>,
    /// Address of the user who signs in as this person.
    pub user: Option<String>,
    /// Deals with their name on it.
    pub deals: i64,
    /// Teams to choose.
    pub teams: Vec<Pick>,
    /// People to choose as manager.
    pub managers: Vec<Pick>,
    /// The caller may change this person.
    pub may_edit: bool,
}

/// Name, key and address of a person, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonForm {
    /// Name.
    pub name: String,
    /// Own key; the name when empty.
    pub key: String,
    /// Address; none when empty.
    pub email: String,
}

/// A place, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceForm {
    /// Team; none when empty.
    pub team: String,
    /// Manager; none when empty.
    pub manager: String,
    /// First day; since ever when empty.
    pub from: String,
    /// Last day; until now when empty.
    pub last: String,
}

/// Which place, and how it was when its form was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRef {
    /// Identifier.
    pub id: String,
    /// [`PlaceRow::seen`].
    pub seen: String,
}

/// The people that the caller may know of, a page of them.
#[server(prefix = "/api", endpoint = "people/list", input = leptos::server_fn::codec::Json)]
pub async fn list_people(filter: PeopleFilter) -> ApiResult<PeoplePage> {
    let (caller, ports) = request().await?;
    ports.people.people(&caller, filter).await
}

/// One person with their places.
#[server(prefix = "/api", endpoint = "people/person")]
pub async fn get_person(id: PersonId) -> ApiResult<PersonView> {
    let (caller, ports) = request().await?;
    ports.people.person(&caller, id).await
}

/// Adds a person. Owner and admin.
#[server(prefix = "/api", endpoint = "people/add_person")]
pub async fn add_person(
    #[server(default)] name: String,
    #[server(default)] key: String,
    #[server(default)] email: String,
    #[server(default)] team: String,
    #[server(default)] manager: String,
    #[server(default)] from: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let place = PlaceForm { team, manager, from, last: String::new() };
    let id = ports.people.add_person(&caller, PersonForm { name, key, email }, place).await?;
    crate::ui::flash::flash("people.flash.person_added");
    redirect(&Route::Person(id).href());
    Ok(())
}

/// Changes a person's name, key and address. Owner and admin.
#[server(prefix = "/api", endpoint = "people/save_person")]
pub async fn save_person(
    id: PersonId,
    #[server(default)] name: String,
    #[server(default)] key: String,
    #[server(default)] email: String,
    #[server(default)] seen: i64,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.save_person(&caller, id, PersonForm { name, key, email }, seen).await?;
    crate::ui::flash::flash("people.flash.person_saved");
    redirect(&Route::Person(id).href());
    Ok(())
}

/// Gives a person a place from a day on. Owner and admin.
#[server(prefix = "/api", endpoint = "people/add_place")]
pub async fn add_place(
    person: PersonId,
    #[server(default)] team: String,
    #[server(default)] manager: String,
    #[server(default)] from: String,
    #[server(default)] last: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.add_place(&caller, person, PlaceForm { team, manager, from, last }).await?;
    crate::ui::flash::flash("people.flash.place_added");
    redirect(&Route::Person(person).href());
    Ok(())
}

/// Changes a place. Owner and admin.
#[server(prefix = "/api", endpoint = "people/save_place")]
pub async fn save_place(
    person: PersonId,
    id: String,
    #[server(default)] seen: String,
    #[server(default)] team: String,
    #[server(default)] manager: String,
    #[server(default)] from: String,
    #[server(default)] last: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let place = PlaceForm { team, manager, from, last };
    ports.people.save_place(&caller, person, place, PlaceRef { id, seen }).await?;
    crate::ui::flash::flash("people.flash.place_saved");
    redirect(&Route::Person(person).href());
    Ok(())
}

/// Removes a place that should never have been. Owner and admin.
#[server(prefix = "/api", endpoint = "people/remove_place")]
pub async fn remove_place(person: PersonId, id: String, #[server(default)] seen: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.remove_place(&caller, person, PlaceRef { id, seen }).await?;
    crate::ui::flash::flash("people.flash.place_removed");
    redirect(&Route::Person(person).href());
    Ok(())
}
