//! What crosses between server and screen: webhooks and their deliveries.

use domain::ids::{DeliveryId, WebhookId};
use serde::{Deserialize, Serialize};

use crate::account::api::When;

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Its turn has come.
    Waiting,
    /// An attempt failed; it is tried again.
    Retrying,
    /// The receiver took it.
    Delivered,
    /// It was given up.
    Failed,
}

impl DeliveryState {
    /// Its code, as text keys have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Retrying => "retrying",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// Its shape, so that colour does not say it alone.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Waiting => "○",
            Self::Retrying => "▲",
            Self::Delivered => "●",
            Self::Failed => "■",
        }
    }
}

/// Something that a webhook was told, or is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Identifier, as the receiver gets it.
    pub id: DeliveryId,
    /// Code of what happened.
    pub event: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it happened.
    pub made: When,
    /// The last attempt.
    pub sent: Option<When>,
    /// The next attempt.
    pub next: Option<When>,
    /// HTTP status of the last answer.
    pub code: Option<i32>,
    /// Beginning of the last answer.
    pub answer: Option<String>,
    /// Code of why there was no answer.
    pub fault: Option<String>,
    /// The body that is sent.
    pub payload: String,
}

/// A webhook. Its secret cannot be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookRow {
    /// Identifier.
    pub id: WebhookId,
    /// Where it is sent.
    pub url: String,
    /// Codes of what it is told of.
    pub events: Vec<String>,
    /// Whether it is sent to.
    pub is_active: bool,
    /// Who made it.
    pub creator: String,
    /// When it was made.
    pub created: When,
}

/// The organisation's webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookList {
    /// The newest first, each with the latest that it was told.
    pub webhooks: Vec<(WebhookRow, Option<DeliveryRow>)>,
}

/// One webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookView {
    /// What it is.
    pub webhook: WebhookRow,
    /// What it was told last, the newest first.
    pub deliveries: Vec<DeliveryRow>,
    /// Its secret, if that was just made: the only time that it can be read.
    pub fresh: Option<String>,
}

/// A webhook, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookForm {
    /// Where it is sent.
    pub url: String,
    /// Codes of what it is to be told of.
    pub events: Vec<&'static str>,
}
