//! Tables: sticky head and first column, figures right-aligned, columns that sort by a link.

use leptos::prelude::*;

/// One column's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    label: String,
    numeric: bool,
    hidden: bool,
    sort: Option<(String, Option<bool>)>,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false, hidden: false, sort: None }
    }

    /// A column of figures, right-aligned; its cells are `<td class="num">`.
    pub fn number(label: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::text(label) }
    }

    /// A column whose head is only for screen readers, e.g. of actions.
    pub fn unseen(label: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::text(label) }
    }

    /// Makes the head a link that sorts; `order` is `Some(true)` when sorted upwards now.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, order: Option<bool>) -> Self {
        self.sort = Some((href.into(), order));
        self
    }
}

/// A table that scrolls inside itself. Children are `<tr>` rows whose first cell is `<th scope="row">`.
#[component]
pub fn Table(
    /// Says what the table shows; read by screen readers, seen unless `quiet`.
    #[prop(into)]
    caption: String,
    /// The heads.
    columns: Vec<Column>,
    /// Hides the caption from sight, when a heading above says the same.
    #[prop(optional)]
    quiet: bool,
    /// Tall tables scroll inside with the head in sight.
    #[prop(optional)]
    tall: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let label = caption.clone();
    let heads = columns
        .into_iter()
        .map(|column| {
            let class = if column.numeric { "num" } else { "" };
            let order = column.sort.as_ref().and_then(|s| s.1);
            let aria = order.map(|up| if up { "ascending" } else { "descending" });
            let arrow = match order {
                Some(true) => " ↑",
                Some(false) => " ↓",
                None => "",
            };
            let content = match column.sort {
                Some((href, _)) => {
                    view! { <a href=href>{column.label}<span aria-hidden="true">{arrow}</span></a> }.into_any()
                }
                None if column.hidden => view! { <span class="visually-hidden">{column.label}</span> }.into_any(),
                None => column.label.into_any(),
            };
            view! { <th scope="col" class=class aria-sort=aria>{content}</th> }
        })
        .collect_view();
    view! {
        <div class="table-scroll" class:tall=tall role="region" aria-label=label tabindex="0">
            <table class="table">
                <caption class:visually-hidden=quiet>{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
