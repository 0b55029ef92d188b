//! Files of what was changed: of a fact, and of a target.

use app::caller::Caller;
use app::facts::api::FactsPort as _;
use app::targets::api::TargetsPort as _;
use domain::ids::{FactId, TargetId};

use super::{Table, columns};
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::query::column::ATTRIBUTES;
use crate::service::Services;
use crate::words::Words;

/// A fact as it is, and what stood in it before each change.
pub(super) async fn fact(services: &Services, caller: &Caller, kind: &str, id: FactId) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.fact(caller, kind, Some(id)).await?;
    let label = |name: &str| match name.strip_prefix(ATTRIBUTES) {
        Some(own) => own.to_owned(),
        None => words.t(&format!("imports.ours.{kind}.{name}")),
    };
    let now = words.t("export.now");
    let is_filled = |value: &str| !value.is_empty();
    let mut rows: Vec<Vec<Cell>> = found
        .fields
        .iter()
        .filter(|field| is_filled(&field.value))
        .map(|field| vec![Cell::text(&now), Cell::Blank, Cell::text(label(&field.name)), Cell::text(&field.value)])
        .collect();
    for change in found.history {
        for (name, before) in change.before {
            let before = if before.is_empty() { words.t("facts.blank") } else { before };
            rows.push(vec![
                Cell::text(&change.at),
                Cell::text(&change.by),
                Cell::text(label(&name)),
                Cell::text(before),
            ]);
        }
    }
    let named =
        ["external_id", "title", "transaction", "campaign", "metric", "measure", "currency", "customer", "date"];
    let value = |name: &&str| found.fields.iter().find(|f| f.name == **name).map(|f| f.value.clone());
    let name = named.iter().find_map(|name| value(name).filter(|v| is_filled(v))).unwrap_or_default();
    Ok(Table {
        title: words.t("facts.history"),
        about: vec![
            (words.t("export.col.kind"), words.t(&format!("imports.kind.{kind}"))),
            (words.t("facts.one"), name),
        ],
        columns: columns(words, &["changed_at", "changed_by", "field", "before"]),
        rows,
        ..Table::default()
    })
}

/// Every change of a target.
pub(super) async fn target(services: &Services, caller: &Caller, id: TargetId) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.page(caller, id).await?;
    let mut rows = Vec::new();
    for change in found.changes {
        let what = words.t(&format!("targets.change.{}", change.kind));
        let mut fields: Vec<(String, String, String)> = change
            .fields
            .into_iter()
            .map(|(name, from, to)| (words.t(&format!("targets.field.{name}")), from, to))
            .collect();
        if fields.is_empty() {
            fields.push(Default::default());
        }
        for (name, from, to) in fields {
            rows.push(vec![
                Cell::text(&change.at),
                Cell::text(&change.who),
                Cell::text(&what),
                Cell::text(name),
                Cell::text(from),
                Cell::text(to),
                Cell::text(&change.comment),
            ]);
        }
    }
    Ok(Table {
        title: words.t("targets.changes"),
        about: vec![
            (words.t("export.col.metric"), found.line.metric_name),
            (words.t("export.col.who"), found.line.who),
            (words.t("ui.period"), found.line.period),
        ],
        metrics: vec![found.line.metric],
        columns: columns(words, &["changed_at", "changed_by", "what", "field", "from", "to", "comment"]),
        rows,
        next: None,
    })
}
