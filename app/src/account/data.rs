//! What crosses between server and screen: doors, links, sessions, accounts.

use domain::Date;
use domain::ids::{OrgId, SessionId};
use serde::{Deserialize, Serialize};

use crate::caller::Role;

/// What somebody at the door should do first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// There is no organisation yet: the first visitor makes it.
    pub needs_setup: bool,
}

/// Whether a link still works, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link<T> {
    /// It works.
    Open(T),
    /// Its time is over.
    Expired,
    /// It was used.
    Used,
    /// It was withdrawn.
    Revoked,
}

impl<T> Link<T> {
    /// Text key of why it does not work, under `account.link.`; none if it does.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Open(_) => None,
            Self::Expired => Some("account.link.expired"),
            Self::Used => Some("account.link.used"),
            Self::Revoked => Some("account.link.revoked"),
        }
    }
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Organisation to join.
    pub org_name: String,
    /// Who invites; none when it was made on the command line.
    pub invited_by: Option<String>,
    /// Address it was made for.
    pub email: String,
    /// Role it gives.
    pub role: Role,
    /// Team it is about, with the teams above.
    pub team: Option<String>,
    /// The person that the new user will be, and the name to start with.
    pub person: Option<String>,
    /// Last day on which it works.
    pub until: Date,
}

/// A moment in the organisation's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day.
    pub day: Date,
    /// The time as `14:05`.
    pub time: String,
}

impl When {
    /// As read.
    pub fn text(&self, l: crate::i18n::Texts) -> String {
        format!("{}, {}", domain::format::date(l.locale(), self.day), self.time)
    }
}

/// Whose password a reset link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetView {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A browser in which the user is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Identifier.
    pub id: SessionId,
    /// Browser and system, shortened for reading.
    pub browser: String,
    /// Address it was last used from.
    pub address: String,
    /// When the user signed in.
    pub since: When,
    /// Last use.
    pub last_seen: When,
    /// It is the browser that asks.
    pub is_this: bool,
}

/// An organisation in which the user has a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Organisation.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// What the user is there.
    pub role: Role,
    /// It is the one being worked in.
    pub is_current: bool,
}

/// Own account, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Name as shown to others.
    pub name: String,
    /// Address one signs in with.
    pub email: String,
    /// Where one is signed in, this browser first.
    pub sessions: Vec<SessionRow>,
    /// Organisations in which one has a place.
    pub places: Vec<PlaceRow>,
}

/// What the setup page asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpForm {
    /// Name of the organisation.
    pub org_name: String,
    /// Kind of company.
    pub template: String,
    /// Reporting currency.
    pub currency: String,
    /// Time zone.
    pub time_zone: String,
    /// First month of the fiscal year.
    pub fiscal_start_month: String,
    /// Language.
    pub locale: String,
    /// Name of the owner.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// A session that was started: the cookie to set and the page to go to.
#[derive(Clone, Debug)]
pub struct Started {
    /// Value of the `Set-Cookie` header.
    pub cookie: String,
    /// Address of the next page.
    pub next: String,
}
