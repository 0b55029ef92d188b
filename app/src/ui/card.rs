//! A titled block of a page.

use leptos::prelude::*;

/// A titled block; `action` stands at the right of the title.
#[component]
pub fn Card(
    /// Title; leave empty for none.
    #[prop(optional, into)]
    title: String,
    /// Link or button beside the title.
    #[prop(optional, into)]
    action: ViewFn,
    /// CSS classes besides `card`.
    #[prop(optional, into)]
    class: String,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("card {class}")>
            {(!title.is_empty())
                .then(|| {
                    view! {
                        <header class="card-head">
                            <h2 class="card-title">{title}</h2>
                            <div class="card-action">{action.run()}</div>
                        </header>
                    }
                })}
            {children()}
        </section>
    }
}
