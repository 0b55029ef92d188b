//! What the steps share: the title and the row of steps.

use domain::ids::ImportId;
use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::*;

/// The steps of the wizard; those before the current can be gone back to until the import is done.
#[component]
pub(super) fn Steps(
    /// The import.
    id: ImportId,
    /// The step the reader is at: 0 upload, 1 columns, 2 values, 3 check, 4 report.
    current: usize,
) -> impl IntoView {
    let l = use_locale();
    let open = current < 4;
    let targets = [None, Some(Route::ImportColumns(id)), Some(Route::ImportValues(id)), Some(Route::Import(id)), None];
    let steps = ["upload", "columns", "values", "check", "report"]
        .into_iter()
        .zip(targets)
        .enumerate()
        .map(|(i, (name, route))| Step {
            mark: (i + 1).to_string(),
            label: l.t(&format!("imports.step.{name}")),
            href: route.filter(|_| open && i < current).map(|r| r.href()),
        })
        .collect::<Vec<_>>();
    view! { <Stepper label=l.t("imports.steps") steps current/> }
}

/// The title of a step with the file's name.
#[component]
pub(super) fn Head(
    /// Text key of the title.
    title: &'static str,
    /// Name of the file.
    file: String,
) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("imports.title"), Route::Imports)];
    view! { <PageHead title=l.tf(title, &[("file", &file)]) crumbs/> }
}
