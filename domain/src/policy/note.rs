//! Who may read a note. The role plays no part.

use serde::{Deserialize, Serialize};

use super::Verdict;

/// Who may read a note, beside its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The person it is about and their managers.
    Shared,
    /// The managers of the person, not the person.
    Chain,
    /// The person, their managers and their team.
    Team,
}

impl Visibility {
    /// All visibilities.
    pub const ALL: [Self; 3] = [Self::Shared, Self::Chain, Self::Team];

    /// The name as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Chain => "chain",
            Self::Team => "team",
        }
    }

    /// The visibility of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.code() == code)
    }
}

/// What a reader is to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteReader {
    /// Wrote it.
    Author,
    /// It is about them.
    Subject,
    /// Stands up the manager chain of its subject, or manages their team.
    Chain,
    /// In the subject's team.
    Teammate,
    /// Anybody else, an admin and an owner too: a role alone opens no note.
    Other,
}

impl NoteReader {
    /// The name in the printed table.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Subject => "subject",
            Self::Chain => "manager chain",
            Self::Teammate => "teammate",
            Self::Other => "other",
        }
    }

    /// All kinds of readers.
    pub const ALL: [Self; 5] = [Self::Author, Self::Subject, Self::Chain, Self::Teammate, Self::Other];
}

/// Whether a reader may read a note of this visibility, and answer it. The role plays no part.
pub const fn may_read_note(visibility: Visibility, reader: NoteReader) -> Verdict {
    match (reader, visibility) {
        (NoteReader::Author | NoteReader::Chain, Visibility::Shared | Visibility::Chain | Visibility::Team)
        | (NoteReader::Subject, Visibility::Shared | Visibility::Team)
        | (NoteReader::Teammate, Visibility::Team) => Verdict::Yes,
        (NoteReader::Subject, Visibility::Chain)
        | (NoteReader::Teammate, Visibility::Shared | Visibility::Chain)
        | (NoteReader::Other, Visibility::Shared | Visibility::Chain | Visibility::Team) => Verdict::No,
    }
}
