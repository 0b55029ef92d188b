//! The team tree.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use domain::ids::TeamId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// A team as one row of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRow {
    /// Identifier.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// Name with those of the teams above.
    pub path: String,
    /// Team above it.
    pub parent: Option<TeamId>,
    /// How deep it lies, 0 for a root.
    pub depth: u32,
    /// People in it today.
    pub people: i64,
    /// People in it and below it today.
    pub people_below: i64,
    /// Users who manage it, by name.
    pub managers: Vec<String>,
    /// It is kept for history only.
    pub is_archived: bool,
    /// The caller may open its board.
    pub may_open: bool,
}

/// The teams that the caller may know of, parents before children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamList {
    /// The rows.
    pub teams: Vec<TeamRow>,
    /// The caller may change the tree.
    pub may_edit: bool,
}

/// A change of a team, with what its form showed when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamChange {
    /// Which team.
    pub id: TeamId,
    /// New name.
    pub name: String,
    /// New parent; empty for a root.
    pub parent: String,
    /// Name that the form showed.
    pub was_name: String,
    /// Parent that the form showed.
    pub was_parent: String,
}

/// The teams that the caller may know of.
#[server(prefix = "/api", endpoint = "people/teams")]
pub async fn list_teams() -> ApiResult<TeamList> {
    let (caller, ports) = request().await?;
    ports.people.teams(&caller).await
}

/// Adds a team. Owner and admin.
#[server(prefix = "/api", endpoint = "people/add_team")]
pub async fn add_team(#[server(default)] name: String, #[server(default)] parent: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.add_team(&caller, name, parent).await?;
    crate::ui::flash::flash("people.flash.team_added");
    redirect(&Route::TeamTree.href());
    Ok(())
}

/// Renames and moves a team. Owner and admin.
#[server(prefix = "/api", endpoint = "people/save_team")]
pub async fn save_team(
    id: TeamId,
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] was_name: String,
    #[server(default)] was_parent: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.save_team(&caller, TeamChange { id, name, parent, was_name, was_parent }).await?;
    crate::ui::flash::flash("people.flash.team_saved");
    redirect(&Route::TeamTree.href());
    Ok(())
}

/// Archives a team or brings it back. Owner and admin.
#[server(prefix = "/api", endpoint = "people/archive_team")]
pub async fn archive_team(id: TeamId, #[server(default)] archived: bool) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.archive_team(&caller, id, archived).await?;
    crate::ui::flash::flash(if archived { "people.flash.team_archived" } else { "people.flash.team_restored" });
    redirect(&Route::TeamTree.href());
    Ok(())
}
