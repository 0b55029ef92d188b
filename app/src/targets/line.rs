//! One target as it stands: bar, figures, state and why.

use leptos::prelude::*;

use super::data::{GuardrailView, Standing, TargetLine};
use crate::i18n::{Texts, use_locale};
use crate::route::Route;
use crate::ui::{BulletBar, StateBadge};

/// "now 17, expected by today 15, heading for 22 (19–25)".
pub fn figures(l: Texts, standing: &Standing) -> String {
    let mut actual = standing.actual.clone();
    if let Some(interval) = &standing.interval {
        actual = format!("{actual} ({interval})");
    }
    let mut parts = vec![l.tf("targets.now", &[("value", &actual)])];
    if let Some(n) = &standing.n {
        parts.push(l.tf("targets.n", &[("n", n)]));
    }
    if let Some(value) = &standing.prorated {
        parts.push(l.tf("targets.prorated", &[("value", value)]));
    }
    if let Some(expected) = &standing.expected {
        parts.push(l.tf("targets.expected", &[("value", expected)]));
    }
    if let Some(forecast) = &standing.forecast {
        parts.push(l.tf("targets.forecast", &[("value", forecast)]));
    }
    parts.join(", ")
}

/// A target with its bar; `show_who` names whom it is for.
#[component]
pub fn TargetEntry(
    /// The target.
    line: TargetLine,
    /// Whether to name whom it is for.
    #[prop(optional)]
    show_who: bool,
) -> impl IntoView {
    let l = use_locale();
    let who = show_who.then(|| line.who.clone());
    let standing = line.standing.clone();
    view! {
        <article class="target">
            <header class="target-head">
                <h3 class="target-name">
                    <a href=Route::Target(line.id).href()>{line.metric_name.clone()}</a>
                </h3>
                <span class="target-value">{line.value.clone()}</span>
                <span class="soft">{who.map(|w| format!("{w} · "))}{line.period_label.clone()}</span>
                <Tags line=line.clone()/>
            </header>
            {match standing {
                Some(standing) => view! { <Stands standing/> }.into_any(),
                None => view! { <p class="soft">{l.t(&format!("targets.status_help.{}", line.status))}</p> }.into_any(),
            }}
        </article>
    }
}

/// What is special about a target: personal, waits for somebody.
#[component]
pub(super) fn Tags(line: TargetLine) -> impl IntoView {
    let l = use_locale();
    let status = (!matches!(line.status.as_str(), "running" | "agreed"))
        .then(|| l.t(&format!("targets.status.{}", line.status)));
    view! {
        {line.is_personal.then(|| view! { <span class="tag">{l.t("targets.personal")}</span> })}
        {status.map(|s| view! { <span class="tag">{s}</span> })}
        {line.waits_for_reader.then(|| view! { <span class="tag strong">{l.t("targets.waits_for_you")}</span> })}
    }
}

/// The bar, the figures, the state and why.
#[component]
pub(super) fn Stands(standing: Standing) -> impl IntoView {
    let l = use_locale();
    let text = figures(l, &standing);
    let state = standing.state;
    view! {
        <BulletBar data=standing.bullet.clone() state=state.key()/>
        <p class="target-figures">
            <StateBadge state/>
            <span>{text}</span>
        </p>
        <p class="target-why soft">{standing.sentence}</p>
        {standing.guardrail.map(|guardrail| view! { <Guardrail guardrail/> })}
    }
}

#[component]
fn Guardrail(guardrail: GuardrailView) -> impl IntoView {
    let l = use_locale();
    let text = l.tf(
        "targets.guardrail_line",
        &[("name", &guardrail.name), ("actual", &guardrail.actual), ("limit", &guardrail.limit)],
    );
    view! {
        <p class="target-guardrail">
            <StateBadge state=guardrail.state/>
            <span>{text}</span>
        </p>
    }
}
