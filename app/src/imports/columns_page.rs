//! The mapping step: which column of theirs is which of ours, with the first rows under our names.

use leptos::prelude::*;

use super::api::{ColumnField, ColumnsStep, SaveColumns, SaveMapping, import_columns};
use super::steps::{Head, Steps};
use crate::i18n::{Texts, use_locale};
use crate::route::Route;
use crate::ui::address::of_id;
use crate::ui::*;

/// See the module.
#[component]
pub fn ColumnsPage() -> impl IntoView {
    loaded(of_id(import_columns), move |step| view! { <Content step/> })
}

/// Blank lines for columns of the organisation's own, and for constants, beside those that are filled.
const BLANK: usize = 2;
/// Columns of its own that a kind may have.
const MOST_OWN: usize = 10;

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
    let below = (step.header_row > 1).then(|| l.tf("imports.found_header", &[("row", &step.header_row)]));
    let mut used: Vec<String> = step
        .columns
        .iter()
        .filter(|c| !c.theirs.is_empty())
        .map(|c| l.t(&format!("imports.ours.{}.{}", step.kind, c.name)))
        .collect();
    used.extend(step.own.iter().flatten().map(|own| own.name.clone()));
    let whole = whole_card(l, &step);
    let (file, preview) = (step.file.clone(), step.preview.clone());
    // Fields are made inside the form: only there do they find what was typed and what is wrong with it.
    view! {
        <Head title="imports.columns_title" file/>
        <Steps id=step.id current=1/>
        <p>{found} {below.map(|text| format!(" {text}"))}</p>
        {step.remembered.then(|| view! { <p class="soft" role="status">{l.t("imports.remembered")}</p> })}
        <Form action={to::<SaveColumns>()}>
            <Hidden name="id" value=step.id.to_string()/>
            {columns_card(l, &step)}
            {own_card(l, &step)}
            {constants_card(l, &step)}
            {writing_card(l, &step)}
            {layout_card(l, &step)}
            <Card title=l.t("imports.preview")>
                <Preview used rows=preview/>
            </Card>
            <div class="row">
                <Submit label=l.t("imports.continue")/>
                <Submit label=l.t("imports.preview_again") kind="secondary" name="preview".to_owned() value="true".to_owned()/>
            </div>
        </Form>
        {whole}
    }
}

/// Ours, each with the choice of theirs.
fn columns_card(l: Texts, step: &ColumnsStep) -> AnyView {
    let fields = step.columns.iter().map(|c| field(l, &step.kind, c, &step.headers)).collect_view();
    card(l.t("imports.columns_card"), Some(l.t("imports.columns_help")), fields.into_any())
}

/// Columns of the organisation's own: a name that is typed, and theirs.
fn own_card(l: Texts, step: &ColumnsStep) -> Option<AnyView> {
    let own = step.own.as_ref()?;
    let mut options = vec![Choice::new("", l.t("imports.leave_out"))];
    options.extend(step.headers.iter().filter(|h| !h.is_empty()).map(|h| Choice::new(h, h.clone())));
    let lines = (own.len() + BLANK).min(MOST_OWN.max(own.len()));
    let fields = (0..lines)
        .map(|i| {
            let (name, theirs) = own.get(i).map(|f| (f.name.clone(), f.value.clone())).unwrap_or_default();
            let n = i + 1;
            view! {
                <TextField name=format!("own_name[line{i}]") label=l.tf("imports.own_name", &[("n", &n)]) value=name optional=true/>
                <Select name=format!("own_column[line{i}]") label=l.tf("imports.own_column", &[("n", &n)]) options=options.clone() value=theirs optional=true/>
            }
        })
        .collect_view();
    let help = l.tf("imports.own_help", &[("n", &MOST_OWN)]);
    Some(card(l.t("imports.own_card"), Some(help), fields.into_any()))
}

/// A card with fields side by side.
fn card(title: String, help: Option<String>, fields: AnyView) -> AnyView {
    let help = help.map(|text| view! { <p class="soft">{text}</p> });
    view! {
        <Card title>
            {help}
            <div class="form-grid">{fields}</div>
        </Card>
    }
    .into_any()
}

/// Values for what the file does not tell.
fn constants_card(l: Texts, step: &ColumnsStep) -> AnyView {
    let mut options = vec![Choice::new("", l.t("imports.choose"))];
    options.extend(
        step.columns.iter().map(|c| Choice::new(&c.name, l.t(&format!("imports.ours.{}.{}", step.kind, c.name)))),
    );
    let own = step.constants.iter().filter(|c| step.columns.iter().all(|known| known.name != c.name));
    options.extend(own.map(|c| Choice::new(&c.name, c.name.clone())));
    let fields = (0..step.constants.len() + BLANK)
        .map(|i| {
            let (name, value) = step.constants.get(i).map(|f| (f.name.clone(), f.value.clone())).unwrap_or_default();
            let n = i + 1;
            view! {
                <Select name=format!("constant_of[line{i}]") label=l.tf("imports.constant_of", &[("n", &n)]) options=options.clone() value=name optional=true/>
                <TextField name=format!("constant[line{i}]") label=l.tf("imports.constant", &[("n", &n)]) value optional=true/>
            }
        })
        .collect_view();
    card(l.t("imports.constants_card"), Some(l.t("imports.constants_help")), fields.into_any())
}

/// How dates and amounts are written.
fn writing_card(l: Texts, step: &ColumnsStep) -> AnyView {
    let orders = ["", "dmy", "mdy", "ymd"]
        .map(|o| Choice::new(o, l.t(&format!("imports.order.{}", if o.is_empty() { "none" } else { o }))))
        .to_vec();
    let signs = [("", "none"), (".", "point"), (",", "comma")]
        .map(|(v, k)| Choice::new(v, l.t(&format!("imports.decimal.{k}"))))
        .to_vec();
    let hint = |asks: bool| l.t(if asks { "imports.must_decide" } else { "imports.clear" });
    let currency = step.has_amounts.then(|| {
        view! { <TextField name="currency" label=l.t("imports.currency") hint=l.t("imports.currency_hint") value=step.currency.clone() short=true/> }
    });
    let fields = view! {
        <Select name="date_order" label=l.t("imports.date_order") hint=hint(step.asks_order) options=orders value=step.date_order.clone()/>
        <Select name="decimal" label=l.t("imports.decimal_sign") hint=hint(step.asks_decimal) options=signs value=step.decimal.clone()/>
        {currency}
    };
    card(l.t("imports.writing"), None, fields.into_any())
}

/// Where the table stands in the file, and how its text is written.
fn layout_card(l: Texts, step: &ColumnsStep) -> AnyView {
    let layout = &step.layout;
    let place = if step.sheet.is_some() {
        let mut sheets = vec![Choice::new("", l.t("imports.sheet_first"))];
        sheets.extend(layout.sheets.iter().map(|name| Choice::new(name, name.clone())));
        view! { <Select name="sheet" label=l.t("imports.sheet") options=sheets value=layout.sheet.clone()/> }.into_any()
    } else {
        let delimiters = [("", "none"), (",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")];
        let mut delimiters = delimiters.map(|(v, k)| Choice::new(v, l.t(&format!("imports.delimiter.{k}")))).to_vec();
        if !layout.delimiter.is_empty() && delimiters.iter().all(|d| d.value != layout.delimiter) {
            delimiters.push(Choice::new(&layout.delimiter, layout.delimiter.clone()));
        }
        view! {
            <Select name="encoding" label=l.t("imports.encoding") options=encodings(l) value=layout.encoding.clone()/>
            <Select name="delimiter" label=l.t("imports.delimiter_label") options=delimiters value=layout.delimiter.clone()/>
        }
        .into_any()
    };
    let fields = view! {
        <TextField name="header_row" label=l.t("imports.header_row") hint=l.t("imports.header_row_hint") value=layout.header_row.clone() inputmode="numeric" optional=true short=true/>
        {place}
    };
    card(l.t("imports.layout_card"), Some(l.t("imports.layout_help")), fields.into_any())
}

/// The encodings that can be chosen.
pub(super) fn encodings(l: Texts) -> Vec<Choice> {
    let mut all = vec![Choice::new("", l.t("imports.encoding_none"))];
    all.extend(
        [("utf-8", "UTF-8"), ("windows-1252", "Windows-1252"), ("utf-16le", "UTF-16 LE"), ("utf-16be", "UTF-16 BE")]
            .map(|(v, name)| Choice::new(v, name)),
    );
    all
}

/// The mapping as the text that the command line reads, out and in.
fn whole_card(l: Texts, step: &ColumnsStep) -> AnyView {
    let (rules, skips) = step.rules;
    let more = (rules + skips > 0).then(|| {
        view! { <p>{l.tf("imports.mapping_more", &[("rules", &rules), ("skips", &skips)])}</p> }
    });
    let (id, text) = (step.id, step.mapping.clone());
    view! {
        <Card title=l.t("imports.mapping_card")>
            <p class="soft">{l.t("imports.mapping_help")}</p>
            {more}
            <p><ButtonLink href=Route::ImportMapping(id).href() label=l.t("imports.mapping_download") external=true/></p>
            <Form action={to::<SaveMapping>()} id="mapping">
                <Hidden name="id" value=id.to_string()/>
                <TextArea name="mapping" label=l.t("imports.mapping_text") hint=l.t("imports.mapping_hint") value=text rows=12/>
                <Submit label=l.t("imports.mapping_use") kind="secondary"/>
            </Form>
        </Card>
    }
    .into_any()
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
fn Preview(
    /// The names that are used.
    used: Vec<String>,
    /// The first rows.
    rows: Vec<Vec<String>>,
) -> impl IntoView {
    let l = use_locale();
    if used.is_empty() {
        return view! { <p>{l.t("imports.preview_none")}</p> }.into_any();
    }
    let heads = used.into_iter().map(Column::text).collect();
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
