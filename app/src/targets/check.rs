//! The SMART check beside the form: what is complete, what is missing, what history says.

use leptos::prelude::*;

use super::data::{Check, Letter};
use super::history::HistoryView;
use crate::i18n::use_locale;

/// See the module.
#[component]
pub(super) fn CheckView(check: Check) -> impl IntoView {
    let l = use_locale();
    let complete = check.letters.iter().filter(|c| c.is_complete).count();
    let total = check.letters.len();
    let letters = check.letters.into_iter().map(|letter| view! { <LetterView letter/> }).collect_view();
    let errors = check.errors.iter().map(|e| view! { <li>{l.remark(e)}</li> }).collect_view();
    let remarks = check.remarks.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let (has_errors, has_remarks) = (!errors.is_empty(), !remarks.is_empty());
    view! {
        <div class="check" role="status">
            <p class="check-sum">{l.tf("targets.smart.sum", &[("n", &complete), ("total", &total)])}</p>
            {has_errors.then(|| view! { <ul class="check-errors">{errors}</ul> })}
            <ol class="smart">{letters}</ol>
            {check.distributed.map(|text| view! { <p class="check-distributed">{text}</p> })}
            {has_remarks
                .then(|| {
                    view! {
                        <h2 class="check-title">{l.t("targets.linter.title")}</h2>
                        <p class="soft">{l.t("targets.linter.help")}</p>
                        <ul class="check-remarks">{remarks}</ul>
                    }
                })}
            {check.history.map(|history| view! { <HistoryView history/> })}
        </div>
    }
    .into_any()
}

#[component]
fn LetterView(letter: Letter) -> impl IntoView {
    let l = use_locale();
    let class = if letter.is_complete { "smart-letter complete" } else { "smart-letter missing" };
    let state = l.t(if letter.is_complete { "targets.smart.complete" } else { "targets.smart.missing" });
    let sentences = letter.sentences.into_iter().map(|s| view! { <p>{s}</p> }).collect_view();
    view! {
        <li class=class>
            <span class="smart-mark" aria-hidden="true">{letter.code.to_uppercase()}</span>
            <div>
                <p class="smart-name">
                    {l.t(&format!("targets.smart.{}", letter.code))}
                    " "
                    <span class="smart-state">{state}</span>
                </p>
                {sentences}
            </div>
        </li>
    }
}
