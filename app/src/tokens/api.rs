//! Data, server functions and port of this feature: the keys by which programs use the API.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use domain::Date;
use domain::ids::TokenId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::account::api::When;
use crate::caller::Caller;
use crate::error::ApiResult;
use crate::port::{hand_over, handed_over, redirect, request};
use crate::route::Route;

/// Name of the cookie that carries a fresh token to the page that shows it, once.
const HANDOVER: &str = "token";

/// Days for which a token works unless told otherwise.
pub const DEFAULT_DAYS: i64 = 90;

/// Whether a token works, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// It works.
    Live,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
    /// Its creator may not work here any more.
    CreatorGone,
}

impl TokenState {
    /// Its code, as text keys have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::CreatorGone => "creator_gone",
        }
    }
}

/// A token as one row of the list. The token itself cannot be shown: it is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Identifier.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Codes of what it may do.
    pub scopes: Vec<String>,
    /// Who made it, and with whose reach it works.
    pub creator: String,
    /// When it was made.
    pub created: When,
    /// Last day on which it works.
    pub until: Date,
    /// Last use; none if never.
    pub last_used: Option<When>,
    /// Whether it works.
    pub state: TokenState,
}

/// A token that was just made: the only time that it can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshToken {
    /// What it is for.
    pub name: String,
    /// The token.
    pub text: String,
    /// Last day on which it works.
    pub until: Date,
}

/// Tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensPage {
    /// Those that the caller may revoke, the ones that work first.
    pub tokens: Vec<TokenRow>,
    /// Whether everybody's are listed, and not only the caller's own.
    pub everybody: bool,
    /// One that was just made.
    pub fresh: Option<FreshToken>,
}

/// A new token, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenForm {
    /// What it is for.
    pub name: String,
    /// Days for which it works.
    pub days: String,
    /// May read figures.
    pub read_kpi: bool,
    /// May read facts.
    pub read_facts: bool,
    /// May bring facts in.
    pub write_facts: bool,
}

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait TokensPort: Send + Sync {
    /// The tokens that the caller may revoke; `fresh` is the one to show once, from the cookie.
    async fn list(&self, caller: &Caller, fresh: Option<String>) -> ApiResult<TokensPage>;
    /// Makes a token; gives its text, which is not kept.
    async fn create(&self, caller: &Caller, form: TokenForm) -> ApiResult<String>;
    /// Ends a token at once.
    async fn revoke(&self, caller: &Caller, id: TokenId) -> ApiResult<()>;
}

/// The tokens that the caller may revoke. Owner, admin: all; manager: their own.
#[server(prefix = "/api", endpoint = "tokens/list")]
pub async fn list_tokens() -> ApiResult<TokensPage> {
    let (caller, ports) = request().await?;
    ports.tokens.list(&caller, handed_over(HANDOVER)).await
}

/// Makes a token. Owner, admin, manager.
#[server(prefix = "/api", endpoint = "tokens/create")]
pub async fn create_token(
    #[server(default)] name: String,
    #[server(default)] days: String,
    #[server(default)] read_kpi: bool,
    #[server(default)] read_facts: bool,
    #[server(default)] write_facts: bool,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let form = TokenForm { name, days, read_kpi, read_facts, write_facts };
    hand_over(HANDOVER, &ports.tokens.create(&caller, form).await?);
    redirect(&Route::Tokens.href());
    Ok(())
}

/// Ends a token at once. Owner, admin: any; manager: their own.
#[server(prefix = "/api", endpoint = "tokens/revoke")]
pub async fn revoke_token(id: TokenId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.tokens.revoke(&caller, id).await?;
    crate::ui::flash::flash("tokens.revoked");
    redirect(&Route::Tokens.href());
    Ok(())
}
