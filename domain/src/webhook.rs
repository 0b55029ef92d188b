//! Webhooks: what an address outside can be told of, when a delivery is tried again, and which addresses are outside.

mod address;

use serde::{Deserialize, Serialize};

use crate::target::Status;

pub use address::is_public;

/// Something that a webhook can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// An import wrote its facts.
    #[serde(rename = "import.committed")]
    ImportCommitted,
    /// An import kept nothing: it failed, its rows were refused, or somebody stopped it.
    #[serde(rename = "import.failed")]
    ImportFailed,
    /// An import was taken back.
    #[serde(rename = "import.undone")]
    ImportUndone,
    /// A target was put to its person.
    #[serde(rename = "target.proposed")]
    TargetProposed,
    /// A target holds from now on.
    #[serde(rename = "target.agreed")]
    TargetAgreed,
    /// A target that was proposed or agreed is another one now.
    #[serde(rename = "target.changed")]
    TargetChanged,
    /// A target ended before its period did.
    #[serde(rename = "target.closed")]
    TargetClosed,
    /// Nothing happened: somebody tries whether the address answers.
    #[serde(rename = "test")]
    Test,
}

impl Event {
    /// Those that can be chosen; a test comes when it is asked for.
    pub const CHOICES: [Self; 7] = [
        Self::ImportCommitted,
        Self::ImportFailed,
        Self::ImportUndone,
        Self::TargetProposed,
        Self::TargetAgreed,
        Self::TargetChanged,
        Self::TargetClosed,
    ];

    /// Stable code, as receivers see it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ImportCommitted => "import.committed",
            Self::ImportFailed => "import.failed",
            Self::ImportUndone => "import.undone",
            Self::TargetProposed => "target.proposed",
            Self::TargetAgreed => "target.agreed",
            Self::TargetChanged => "target.changed",
            Self::TargetClosed => "target.closed",
            Self::Test => "test",
        }
    }

    /// What it means that a target came from one status (none: it did not exist) to another. A draft is its author's
    /// alone, so that nothing is told of it.
    pub const fn of_target(before: Option<Status>, after: Status) -> Option<Self> {
        match (before, after) {
            (_, Status::Draft) | (None | Some(Status::Draft), Status::Cancelled) => None,
            (_, Status::Cancelled | Status::Reached | Status::Missed) => Some(Self::TargetClosed),
            (None | Some(Status::Draft), Status::Proposed) => Some(Self::TargetProposed),
            (None | Some(Status::Draft | Status::Proposed), Status::Agreed | Status::Running) => {
                Some(Self::TargetAgreed)
            }
            (Some(_), Status::Proposed | Status::Agreed | Status::Running) => Some(Self::TargetChanged),
        }
    }
}

const MINUTE_MS: i64 = 60_000;

/// Waits between the attempts to deliver, in milliseconds.
const BACK_OFF_MS: [i64; 5] = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 720 * MINUTE_MS];

/// How long to wait after this many attempts failed, in milliseconds; none when it is given up.
pub fn wait_after(attempts: u32) -> Option<i64> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    BACK_OFF_MS.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let minutes: Vec<_> = (0..8).map(|n| wait_after(n).map(|ms| ms / MINUTE_MS)).collect();
        assert_eq!(minutes, [None, Some(1), Some(5), Some(30), Some(120), Some(720), None, None]);
    }

    #[test]
    fn drafts_are_nobodys_business() {
        use Status::*;
        assert_eq!(Event::of_target(None, Draft), None);
        assert_eq!(Event::of_target(Some(Draft), Draft), None);
        assert_eq!(Event::of_target(Some(Draft), Cancelled), None);
        assert_eq!(Event::of_target(Some(Draft), Proposed), Some(Event::TargetProposed));
    }

    #[test]
    fn steps_of_a_target_have_names() {
        use Status::*;
        assert_eq!(Event::of_target(None, Proposed), Some(Event::TargetProposed));
        assert_eq!(Event::of_target(None, Agreed), Some(Event::TargetAgreed));
        assert_eq!(Event::of_target(Some(Proposed), Agreed), Some(Event::TargetAgreed));
        assert_eq!(Event::of_target(Some(Proposed), Proposed), Some(Event::TargetChanged));
        assert_eq!(Event::of_target(Some(Agreed), Proposed), Some(Event::TargetChanged));
        assert_eq!(Event::of_target(Some(Agreed), Agreed), Some(Event::TargetChanged));
        assert_eq!(Event::of_target(Some(Agreed), Cancelled), Some(Event::TargetClosed));
    }

    #[test]
    fn a_code_is_what_is_written() {
        for event in Event::CHOICES {
            assert_eq!(serde_json::to_value(event).unwrap(), event.code());
        }
    }
}
