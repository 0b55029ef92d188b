//! Tables of analyses as files.

use app::analysis::api::{AnalysisPort, AnalysisQuery, AnalysisView, Block, CellView, EventQuery, TableView};
use app::caller::Caller;

use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::export::Cell;
use crate::service::Services;
use crate::service::export::Table;
use crate::words::Words;

/// One table of an analysis.
pub async fn analysis(services: &Services, caller: &Caller, query: AnalysisQuery, id: &str) -> ServiceResult<Table> {
    table(caller, services.analysis(caller, query).await.map_err(ServiceError::Refused)?, id)
}

/// One table of what happened around an event.
pub async fn event(services: &Services, caller: &Caller, query: EventQuery, id: &str) -> ServiceResult<Table> {
    table(caller, services.event(caller, query).await.map_err(ServiceError::Refused)?, id)
}

fn table(caller: &Caller, view: AnalysisView, id: &str) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let AnalysisView { title, lead, period, said, blocks, form, .. } = view;
    let results = form.into_iter().flat_map(|form| form.result);
    let found = blocks.into_iter().chain(results).find(|block| id.is_empty() || block.id == id);
    let (Some(Block { title: name, .. }), Some(numbers)) = (found.clone(), found.and_then(|block| block.table)) else {
        return Err(Denied::NotFound.into());
    };
    let mut about = vec![
        (words.t("analysis.title"), format!("{title} · {lead}")),
        (words.t("ui.period"), period.as_ref().map(|p| format!("{} ({})", p.name, p.days)).unwrap_or_default()),
        (words.t("export.partial"), period.and_then(|p| p.partial).unwrap_or_default()),
        (words.t("export.currency"), caller.currency.clone()),
    ];
    about.extend(said.into_iter().map(|one| (words.t("analysis.findings"), one.text)));
    let (columns, rows) = spread(words, &numbers);
    Ok(Table { title: name, about, metrics: Vec::new(), columns, rows, next: None })
}

/// Each figure in a column of its own, with n and the bounds of its interval behind it where any row has them.
fn spread(words: Words, table: &TableView) -> (Vec<String>, Vec<Vec<Cell>>) {
    let any = |at: usize, has: fn(&CellView) -> bool| table.rows.iter().filter_map(|row| row.get(at)).any(has);
    let kinds: Vec<(bool, bool)> =
        (0..table.head.len()).map(|at| (any(at, |c| c.n.is_some()), any(at, |c| c.bounds.is_some()))).collect();
    let mut columns = Vec::new();
    for ((head, _), (has_n, has_bounds)) in table.head.iter().zip(&kinds) {
        columns.push(head.clone());
        let mut more = |key: &str| columns.push(format!("{head}: {}", words.t(&format!("export.col.{key}"))));
        if *has_n {
            more("n");
        }
        if *has_bounds {
            more("low");
            more("high");
        }
    }
    let row = |row: &Vec<CellView>| {
        let mut cells = Vec::new();
        for (cell, (has_n, has_bounds)) in row.iter().zip(&kinds) {
            cells.push(cell.exact.clone().map_or_else(|| Cell::text(&cell.text), Cell::Number));
            if *has_n {
                cells.push(cell.n.map_or(Cell::Blank, Cell::count));
            }
            if *has_bounds {
                let (low, high) = cell.bounds.clone().unzip();
                cells.extend([Cell::number(low), Cell::number(high)]);
            }
        }
        cells
    };
    (columns, table.rows.iter().map(row).collect())
}
