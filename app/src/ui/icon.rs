//! A few line icons, always beside a word.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A person's scorecard.
    Scorecard,
    /// A team.
    Team,
    /// A target.
    Target,
    /// What figures say.
    Analysis,
    /// What figures mean.
    Catalogue,
    /// People and users.
    People,
    /// An import.
    Import,
    /// The own account.
    Account,
    /// Where a figure comes from.
    Info,
    /// Something to add.
    Plus,
    /// Back, previous.
    Left,
    /// Next.
    Right,
    /// Saving a file.
    Download,
    /// Closing.
    Close,
    /// A check mark.
    Check,
    /// Written words.
    Note,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Scorecard => "M4 19h16M7 16V9M12 16V5M17 16v-4",
            Self::Team => {
                "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3 2.7-5 6-5s6 2 6 5M16 5.5a3 3 0 0 1 0 5M18 14.5c1.8.7 3 2.3 3 4.5"
            }
            Self::Target => "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
            Self::Analysis => "M4 4v16h16M7 15l4-5 3 3 5-7",
            Self::Catalogue => "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6",
            Self::People => {
                "M4 5h16v14H4zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 16c0-1.5 1.3-2.5 3-2.5s3 1 3 2.5M15 9h3M15 13h3"
            }
            Self::Import => "M12 4v11M8 11l4 4 4-4M5 19h14",
            Self::Account => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c0-4 3.6-6 8-6s8 2 8 6",
            Self::Info => "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11v5M12 8v.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Left => "M14 6l-6 6 6 6",
            Self::Right => "M10 6l6 6-6 6",
            Self::Download => "M12 4v10M8 10l4 4 4-4M5 20h14",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Check => "M5 12l5 5 9-10",
            Self::Note => "M5 4h14v16H5zM8 9h8M8 13h8M8 17h4",
        }
    }
}

/// The icon; decoration, so hidden from screen readers.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
}
