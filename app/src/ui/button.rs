//! Links that look like buttons. A form's own button is `form::Submit`.

use leptos::prelude::*;

use crate::ui::icon::{Glyph, Icon};

/// A link that looks like a button: goes somewhere, changes nothing.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it does.
    #[prop(into)]
    label: String,
    /// `primary`, `secondary`, `danger` or `link`.
    #[prop(default = "secondary", into)]
    kind: &'static str,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Loads a new page instead of navigating inside the app (downloads, sign-out).
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a class=format!("button {kind}") href=href rel=external.then_some("external")>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {label}
        </a>
    }
}
