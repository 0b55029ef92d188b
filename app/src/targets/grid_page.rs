//! The yearly grid of targets: people × months, edited in place, as a file and from a file.

use leptos::prelude::*;

use super::api::{SaveTargetGrid, target_grid};
use super::data::{GridCell, GridQuery, GridRow, GridView};
use crate::form::FormState;
use crate::i18n::{Texts, use_locale};
use crate::page::{page_data, use_caller};
use crate::route::Route;
use crate::ui::address::{here, query};
use crate::ui::form::FormContext;
use crate::ui::*;

/// See the module. Year, KPI and team are in the address.
#[component]
pub fn TargetGridPage() -> impl IntoView {
    let asked = GridQuery { year: query("year"), kpi: query("kpi"), team: query("team"), skip: query("skip") };
    loaded(target_grid(asked), |grid| view! { <Content grid/> })
}

fn choices(all: &[(String, String)]) -> Vec<Choice> {
    all.iter().map(|(value, label)| Choice::new(value, label.clone())).collect()
}

#[component]
fn Content(grid: GridView) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets.href())];
    let years = grid.years.iter().map(|year| Choice::new(year, year.clone())).collect();
    let kpis = choices(&grid.kpis);
    let mut teams = vec![Choice::new("", l.t("targets.grid.everybody"))];
    teams.extend(choices(&grid.teams));
    let asked = grid.query.clone();
    let skip = |skip: String| here().q("skip", skip).href();
    let has_before = !grid.query.skip.is_empty();
    let next = grid.next.map(|n| skip(n.to_string()));
    let people = l.tn("targets.grid.people", i64::from(grid.people), &[]);
    let is_empty = grid.rows.is_empty();
    view! {
        <PageHead title=l.t("targets.grid.title") crumbs lead=l.t("targets.grid.lead")>
            <QueryPicker name="year" label=l.t("targets.grid.year") options=years current=asked.year/>
            <QueryPicker name="kpi" label=l.t("targets.column.metric") options=kpis current=asked.kpi/>
            <QueryPicker name="team" label=l.t("targets.grid.team") options=teams current=asked.team/>
            <ExportLinks of=here()/>
        </PageHead>
        {if is_empty {
            view! { <EmptyState title=l.t("targets.grid.none") text=l.t("targets.grid.none_text")/> }.into_any()
        } else {
            view! {
                <div class="stack">
                    <Cells grid/>
                    <nav class="pagination" aria-label=l.t("ui.pages")>
                        <span class="soft">{people}</span>
                        {has_before.then(|| view! { <ButtonLink href=skip(String::new()) label=l.t("deals.first")/> })}
                        {next.map(|href| view! { <ButtonLink href label=l.t("ui.next")/> })}
                    </nav>
                    <Upload/>
                </div>
            }
                .into_any()
        }}
    }
}

#[component]
fn Cells(grid: GridView) -> impl IntoView {
    let l = use_locale();
    let currency = use_caller().map(|c| c.currency).unwrap_or_default();
    let unit = l.tf(&format!("catalogue.unit.{}", grid.unit), &[("currency", &currency)]);
    let kpi = grid.kpis.iter().find(|(id, _)| *id == grid.query.kpi).map(|(_, name)| name.clone()).unwrap_or_default();
    let caption = l.tf("targets.grid.caption", &[("kpi", &kpi), ("year", &grid.query.year), ("unit", &unit)]);
    let adds_up = !grid.sums.is_empty();
    let mut columns = vec![Column::text(l.t("targets.column.who"))];
    columns.extend(grid.months.iter().map(|month| Column::number(month.clone())));
    if adds_up {
        columns.push(Column::number(l.t("targets.grid.sum")));
    }
    let GridView { query, rows, sums, months, .. } = grid;
    let sums = adds_up.then(|| {
        let cells = sums.into_iter().map(|text| view! { <td class="num">{text}</td> }).collect_view();
        view! { <tr><th scope="row">{l.t("targets.grid.sum")}</th>{cells}</tr> }
    });
    view! {
        <Form action={to::<SaveTargetGrid>()}>
            <Hidden name="year" value=query.year/>
            <Hidden name="kpi" value=query.kpi/>
            <Hidden name="team" value=query.team/>
            <Hidden name="skip" value=query.skip/>
            <Table caption columns>
                // Made inside the form, whose context gives back what was typed.
                {rows.into_iter().map(|row| view! { <Row row months=months.clone() adds_up/> }).collect_view()}
                {sums}
            </Table>
            <p class="soft">{l.t("targets.grid.hint")}</p>
            <Submit label=l.t("targets.grid.save")/>
        </Form>
    }
}

#[component]
fn Row(row: GridRow, months: Vec<String>, adds_up: bool) -> impl IntoView {
    let GridRow { name, cells, sum, .. } = row;
    let inputs = cells.into_iter().zip(months).map(|(cell, month)| {
        let label = format!("{name}, {month}");
        view! { <td class="num"><Input cell label/></td> }
    });
    let inputs = inputs.collect_view();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {inputs}
            {adds_up.then(|| view! { <td class="num">{sum}</td> })}
        </tr>
    }
}

/// What was typed into a cell of a form that came back; none where it is what stood there before, for that may be
/// another value by now.
fn typed(state: &FormState, name: &str) -> Option<String> {
    let typed = state.value(&format!("cells[{name}]"))?;
    let before = state.value(&format!("before[{name}]")).unwrap_or_default();
    (typed.trim() != before).then(|| typed.to_owned())
}

fn remark(l: Texts, form: &FormContext, field: &str) -> Option<String> {
    match form.error.as_ref()? {
        crate::ApiError::Conflict(stored) => {
            let (_, value) = stored.iter().find(|(name, _)| name == field)?;
            Some(l.tf("ui.stored_now", &[("value", value)]))
        }
        error => {
            // Whose cell it is and of when, the summary says; here it is seen.
            let remark = *crate::form::remarks_on(error, field).first()?;
            let text = remark.args.iter().find(|(name, _)| name == "text").map(|(_, text)| text.clone());
            Some(text.unwrap_or_else(|| l.remark(remark)))
        }
    }
}

#[component]
fn Input(cell: GridCell, label: String) -> impl IntoView {
    let l = use_locale();
    let form = expect_context::<FormContext>();
    let field = format!("cells[{}]", cell.name);
    let value =
        form.came_back.as_ref().and_then(|state| typed(state, &cell.name)).unwrap_or_else(|| cell.value.clone());
    let id = form.field_id(&field);
    let remark = remark(l, &form, &field);
    let error_id = format!("{id}-error");
    let invalid = remark.is_some().then_some("true");
    let described_by = remark.is_some().then(|| error_id.clone());
    view! {
        <input
            class="input grid-cell"
            id=id
            name=field
            value=value
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            aria-invalid=invalid
            aria-describedby=described_by
        />
        <input type="hidden" name=format!("before[{}]", cell.name) value=cell.value/>
        {remark.map(|text| view! { <p class="field-error" id=error_id>{text}</p> })}
    }
}

/// The same grid from a file.
#[component]
fn Upload() -> impl IntoView {
    let l = use_locale();
    let action = Route::TargetGrid.href();
    let error = page_data().form.filter(|state| state.action == action).map(|state| state.error);
    let invalid = error.is_some().then_some("true");
    let remarks = error.map(|error| {
        let items = match &error {
            crate::ApiError::Invalid(all) => all.iter().map(|remark| l.remark(remark)).collect(),
            _ => Vec::new(),
        };
        let title = l.t(if items.is_empty() { error.key() } else { "imports.refused" });
        let items = items.into_iter().map(|text: String| view! { <li>{text}</li> }).collect_view();
        view! {
            <div class="form-summary" role="alert" tabindex="-1">
                <p class="form-summary-title">{title}</p>
                <ul>{items}</ul>
            </div>
        }
    });
    view! {
        <Card title=l.t("targets.grid.upload")>
            <form method="post" action=here().href() enctype="multipart/form-data" class="form" data-native="">
                {remarks}
                <div class="field">
                    <label class="field-label" for="f-grid-file">{l.t("targets.grid.file")}</label>
                    <p class="field-hint" id="f-grid-hint">{l.t("targets.grid.file_hint")}</p>
                    <input
                        class="input"
                        id="f-grid-file"
                        name="file"
                        type="file"
                        required=true
                        accept=".csv,text/csv"
                        aria-describedby="f-grid-hint"
                        aria-invalid=invalid
                    />
                </div>
                <div class="row">
                    <button type="submit" class="button secondary">{l.t("targets.grid.upload")}</button>
                </div>
            </form>
        </Card>
    }
}
