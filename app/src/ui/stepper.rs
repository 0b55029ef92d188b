//! Where the reader is in a form of several steps.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A letter or number in the circle.
    pub mark: String,
    /// Its words.
    pub label: String,
    /// Address, if it can be gone to.
    pub href: Option<String>,
}

/// The steps in order; those before `current` are done.
#[component]
pub fn Stepper(
    /// What the steps lead to, for screen readers.
    #[prop(into)]
    label: String,
    /// The steps.
    steps: Vec<Step>,
    /// Index of the step the reader is at.
    current: usize,
) -> impl IntoView {
    let l = use_locale();
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(i, step)| {
            let class = match i.cmp(&current) {
                std::cmp::Ordering::Less => "step done",
                std::cmp::Ordering::Equal => "step current",
                std::cmp::Ordering::Greater => "step",
            };
            let done = (i < current).then(|| view! { <span class="visually-hidden">{l.t("ui.step_done")}</span> });
            let body = view! {
                <span class="step-mark" aria-hidden="true">{step.mark}</span>
                <span class="step-label">{step.label} {done}</span>
            };
            let content = match step.href {
                Some(href) => view! { <a href=href>{body}</a> }.into_any(),
                None => view! { <span>{body}</span> }.into_any(),
            };
            view! { <li class=class aria-current=(i == current).then_some("step")>{content}</li> }
        })
        .collect_view();
    view! {
        <nav class="stepper" aria-label=label>
            <ol>{items}</ol>
        </nav>
    }
}
