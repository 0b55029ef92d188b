//! The mapping step: which column of theirs is which of ours, with the first rows under our names.

use leptos::prelude::*;

use super::api::{ColumnField, ColumnsStep, SaveColumns, import_columns};
use super::steps::{Head, Steps};
use crate::i18n::{Texts, use_locale};
use crate::ui::address::of_id;
use crate::ui::*;

/// See the module.
#[component]
pub fn ColumnsPage() -> impl IntoView {
    loaded(of_id(import_columns), move |step| view! { <Content step/> })
}

#[component]
fn Content(step: ColumnsStep) -> impl IntoView {
    let l = use_locale();
    let (rows, columns) = (step.rows, step.headers.len());
    let found = match &step.sheet {
        Some(sheet) => l.tf("imports.found_sheet", &[("rows", &rows), ("columns", &columns), ("sheet", sheet)]),
        None => l.tf(
            "imports.found",
            &[("rows", &rows), ("columns", &columns), ("encoding", &step.encoding), ("delimiter", &step.delimiter)],
        ),
    };
    let used: Vec<ColumnField> = step.columns.iter().filter(|c| !c.theirs.is_empty()).cloned().collect();
    let (kind, headers) = (step.kind.clone(), step.headers.clone());
    let fields = step.columns.iter().map(|c| field(l, &kind, c, &headers)).collect_view();
    let orders = ["", "dmy", "mdy", "ymd"]
        .map(|o| Choice::new(o, l.t(&format!("imports.order.{}", if o.is_empty() { "none" } else { o }))))
        .to_vec();
    let signs = [("", "none"), (".", "point"), (",", "comma")]
        .map(|(v, k)| Choice::new(v, l.t(&format!("imports.decimal.{k}"))))
        .to_vec();
    view! {
        <Head title="imports.columns_title" file=step.file/>
        <Steps id=step.id current=1/>
        <p>{found}</p>
        {step.remembered.then(|| view! { <p class="soft" role="status">{l.t("imports.remembered")}</p> })}
        <Form action={to::<SaveColumns>()}>
            <Hidden name="id" value=step.id.to_string()/>
            <Card title=l.t("imports.columns_card")>
                <p class="soft">{l.t("imports.columns_help")}</p>
                <div class="form-grid">{fields}</div>
            </Card>
            <Card title=l.t("imports.writing")>
                <div class="form-grid">
                    <Select name="date_order" label=l.t("imports.date_order") hint=l.t(if step.asks_order { "imports.must_decide" } else { "imports.clear" }) options=orders value=step.date_order/>
                    <Select name="decimal" label=l.t("imports.decimal_sign") hint=l.t(if step.asks_decimal { "imports.must_decide" } else { "imports.clear" }) options=signs value=step.decimal/>
                    {step.has_amounts.then(|| view! {
                        <TextField name="currency" label=l.t("imports.currency") hint=l.t("imports.currency_hint") value=step.currency short=true/>
                    })}
                </div>
            </Card>
            <Card title=l.t("imports.preview")>
                <Preview kind=step.kind used rows=step.preview/>
            </Card>
            <div class="row">
                <Submit label=l.t("imports.continue")/>
                <Submit label=l.t("imports.preview_again") kind="secondary" name="preview".to_owned() value="true".to_owned()/>
            </div>
        </Form>
    }
}

/// The choice of theirs for one of our columns.
fn field(l: Texts, kind: &str, column: &ColumnField, headers: &[String]) -> impl IntoView + use<> {
    let mut options = vec![Choice::new("", l.t("imports.leave_out"))];
    options.extend(headers.iter().filter(|h| !h.is_empty()).map(|h| Choice::new(h, h.clone())));
    let mut hints = Vec::new();
    if column.required {
        hints.push(l.t("imports.required"));
    }
    if column.unsure {
        hints.push(l.t("imports.unsure"));
    }
    if !column.samples.is_empty() {
        hints.push(l.tf("imports.samples", &[("values", &column.samples.join(" · "))]));
    }
    hints.extend(column.remark.clone());
    view! {
            <Select
                name=format!("columns[{}]", column.name)
                label=l.t(&format!("imports.ours.{kind}.{}", column.name))
                hint=hints.join(" ")
                options
                value=column.theirs.clone()
                optional=!column.required
    />
        }
}

#[component]
fn Preview(kind: String, used: Vec<ColumnField>, rows: Vec<Vec<String>>) -> impl IntoView {
    let l = use_locale();
    if used.is_empty() {
        return view! { <p>{l.t("imports.preview_none")}</p> }.into_any();
    }
    let heads = used.iter().map(|c| Column::text(l.t(&format!("imports.ours.{kind}.{}", c.name)))).collect();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(i, cell)| {
                    if i == 0 {
                        view! { <th scope="row">{cell}</th> }.into_any()
                    } else {
                        view! { <td>{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! { <Table caption=l.t("imports.preview_caption") columns=heads quiet=true>{body}</Table> }.into_any()
}
