//! What the steps share: the row of steps, and which import the address names.

use domain::ids::ImportId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::*;

/// The import that the address names.
pub(super) fn use_import_id() -> Memo<Option<ImportId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

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
