//! What an API token may be used for. A scope only narrows: the token never does more than its creator may.

/// A kind of use that a token is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Read figures and the catalogue of KPIs.
    ReadKpi,
    /// Read single facts.
    ReadFacts,
    /// Bring facts in.
    WriteFacts,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 3] = [Self::ReadKpi, Self::ReadFacts, Self::WriteFacts];

    /// The name as stored and as the API tells it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReadKpi => "read:kpi",
            Self::ReadFacts => "read:facts",
            Self::WriteFacts => "write:facts",
        }
    }

    /// The scope of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}
