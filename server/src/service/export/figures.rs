//! Files of one KPI: its periods, and everything behind one of its numbers.

use app::caller::Caller;
use app::catalogue::api::{CataloguePort as _, KpiQuery};
use app::scorecard::api::{ExplainQuery, ScorecardPort as _};

use super::{Table, columns, unit};
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::service::Services;
use crate::words::Words;

/// A KPI in the periods that its page lists.
pub(super) async fn kpi(services: &Services, caller: &Caller, asked: KpiQuery) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let found = services.kpi(caller, asked).await?;
    let scope = found.scope.map(|scope| scope.who).unwrap_or_default();
    let pair = found.pair.filter(|pair| !pair.from.is_empty() && !pair.to.is_empty());
    let pair = pair.map(|pair| words.tf("said.pair", &[("from", &pair.from), ("to", &pair.to)])).unwrap_or_default();
    let by = if found.by.is_empty() { String::new() } else { words.t(&format!("catalogue.by.{}", found.by)) };
    let measured = unit(words, caller, &found.unit);
    let version = found.version;
    let rows = found.periods.into_iter().map(|line| {
        let n = line.value.n.map(|n| n.chars().filter(char::is_ascii_digit).collect());
        let partial = if line.partial { words.t("export.partial") } else { String::new() };
        vec![
            Cell::text(line.period),
            Cell::number(line.value.exact),
            Cell::text(&measured),
            Cell::number(n),
            Cell::text(line.interval.unwrap_or_default()),
            Cell::text(line.value.why.unwrap_or_default()),
            Cell::text(partial),
            Cell::count(i64::from(line.version.unwrap_or(version))),
        ]
    });
    Ok(Table {
        title: found.name,
        about: vec![
            (words.t("export.col.id"), found.id.clone()),
            (words.t("export.whose"), scope),
            (words.t("ui.period"), by),
            (words.t("export.compared"), pair),
            (words.t("explain.formula"), found.formula),
        ],
        rows: rows.collect(),
        columns: columns(words, &["period", "value", "unit", "n", "interval", "why", "partial", "version"]),
        metrics: vec![found.id],
        next: None,
    })
}

/// Everything behind a number: what stands on its page, line by line.
pub(super) async fn explain(services: &Services, caller: &Caller, asked: ExplainQuery) -> ServiceResult<Table> {
    let words = Words(caller.locale);
    let e = services.explain(caller, asked).await?;
    let line = |part: &str, what: String, value: String, numbers: String| {
        vec![Cell::text(part), Cell::text(what), Cell::text(value), Cell::text(numbers)]
    };
    let number = words.t("export.number");
    let mut rows = vec![line(&number, e.name.clone(), e.value.or(e.why).unwrap_or_default(), e.numbers)];
    let terms = [
        ("explain.formula", e.formula),
        ("explain.n", e.n.unwrap_or_default()),
        ("explain.interval", e.interval.unwrap_or_default()),
        ("explain.roll_up", e.roll_up),
        ("explain.as_of", e.as_of),
        ("explain.missing", e.missing.join(". ")),
        ("explain.filters", e.filters.join("; ")),
        ("export.remarks", e.remarks.join("; ")),
    ];
    let said = terms.into_iter().filter(|(_, text)| !text.is_empty());
    rows.extend(said.map(|(key, text)| line(&number, words.t(key), text, String::new())));
    let others = [("explain.parts", e.parts), ("explain.variants", e.variants), ("explain.guardrails", e.guardrails)];
    for (key, all) in others {
        let part = words.t(key);
        rows.extend(all.into_iter().map(|v| line(&part, v.name, v.value, v.numbers)));
    }
    for row in e.trend.table.rows {
        let mut cells = row.into_iter();
        let (period, value) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        rows.push(line(&e.trend.title, period, value, cells.collect::<Vec<_>>().join("; ")));
    }
    Ok(Table {
        title: e.name,
        about: vec![
            (words.t("export.col.id"), e.metric.clone()),
            (words.t("export.whose"), e.scope),
            (words.t("ui.period"), format!("{} ({})", e.period.label, e.period.days)),
            (words.t("explain.version"), e.version.to_string()),
        ],
        metrics: vec![e.metric],
        columns: columns(words, &["part", "what", "value", "numbers"]),
        rows,
        next: None,
    })
}
