//! Identifiers: one type per kind of thing, so that a deal's id is never taken for a person's.
//!
//! On the wire they are decimal strings: JavaScript's numbers lose digits above 2⁵³.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct ParseIdError;

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or the same as text")
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<i64, E> {
        Ok(v)
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<i64, E> {
        i64::try_from(v).map_err(|_| E::custom(ParseIdError))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<i64, E> {
        v.parse().map_err(|_| E::custom(ParseIdError))
    }
}

/// Reads an i64 that may be written as a number or as text.
pub(crate) fn i64_from_any<'de, D: Deserializer<'de>>(d: D) -> Result<i64, D::Error> {
    d.deserialize_any(IdVisitor)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Wraps a number that the database or the server's generator gave.
            pub const fn new(raw: i64) -> Self {
                Self(raw)
            }

            /// The bare number, for the database.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(s: &str) -> Result<Self, ParseIdError> {
                s.trim().parse().map(Self).map_err(|_| ParseIdError)
            }
        }

        impl From<i64> for $name {
            fn from(raw: i64) -> Self {
                Self(raw)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                i64_from_any(d).map(Self)
            }
        }
    )*};
}

ids! {
    /// An organisation (tenant).
    OrgId,
    /// Somebody who signs in.
    UserId,
    /// Somebody who sells; may have no user.
    PersonId,
    /// A team in the organisation's tree.
    TeamId,
    /// A deal.
    DealId,
    /// A target.
    TargetId,
    /// An objective.
    ObjectiveId,
    /// A note.
    NoteId,
    /// An import of a file or a batch.
    ImportId,
    /// An invitation or reset link.
    InvitationId,
    /// A session of a signed-in user.
    SessionId,
    /// A user's place in an organisation, with a role.
    MembershipId,
    /// An entry in the audit log.
    AuditId,
    /// An API token.
    TokenId,
    /// A webhook.
    WebhookId,
    /// Something that a webhook was told.
    DeliveryId,
    /// A fact of any kind but people and deals.
    FactId,
    /// An event that charts annotate.
    EventId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_wire_an_id_is_text_and_keeps_every_digit() {
        let id = DealId::new(i64::MAX);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"9223372036854775807\"");
        assert_eq!(serde_json::from_str::<DealId>(&json).unwrap(), id);
        assert_eq!(serde_json::from_str::<DealId>("12").unwrap(), DealId::new(12));
        assert!(serde_json::from_str::<DealId>("\"x\"").is_err());
        assert!(serde_json::from_str::<DealId>("18446744073709551615").is_err());
    }

    #[test]
    fn text_round_trips() {
        assert_eq!("42".parse::<OrgId>(), Ok(OrgId::new(42)));
        assert_eq!("".parse::<OrgId>(), Err(ParseIdError));
        assert_eq!(OrgId::new(7).to_string(), "7");
    }
}
