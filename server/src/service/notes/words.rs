//! The figure of a snapshot in one line.

use domain::metric::{Figure, Metric, catalogue};
use domain::note::Snapshot;
use domain::read::{Sign, read_number};
use domain::{Ratio, format};

use crate::service::desk::Desk;
use crate::words::Words;

/// A plain decimal as an exact number.
fn exact(plain: &str) -> Option<Ratio> {
    read_number(plain, Some(Sign::Dot)).ok()?.to_ratio()
}

/// `Win rate 61.4% (46–75%), n 44, target 65.0%, 12 May 2017`.
pub(super) fn line(desk: &Desk, snapshot: &Snapshot) -> String {
    let words = Words(desk.locale());
    let metric = catalogue::find(&snapshot.metric);
    let text = |plain: &String, metric: &Metric| exact(plain).map(|e| desk.figure(&Figure::new(e, metric.unit)));
    let shown = |plain: &Option<String>| plain.as_ref().zip(metric).and_then(|(p, m)| text(p, m));
    let mut value = match (shown(&snapshot.value), &snapshot.why) {
        (Some(value), _) => value,
        // Which rate was missing is not kept with the value.
        (None, Some(why)) if why == "missing_rate" => words.t("said.rate_missing"),
        (None, Some(why)) => words.t(&format!("said.why.{why}")),
        (None, None) => String::new(),
    };
    if let Some((low, high)) = snapshot.interval95 {
        value = format!("{value} ({})", format::interval_of(desk.locale(), low, high, 0));
    }
    let mut parts = vec![format!("{} {value}", desk.metric_name(&snapshot.metric))];
    if let Some(n) = snapshot.n {
        parts.push(desk.texts.tf("notes.snapshot_n", &[("n", &format::count(desk.locale(), n))]));
    }
    if let Some(target) = shown(&snapshot.target) {
        parts.push(desk.texts.tf("notes.snapshot_target", &[("target", &target)]));
    }
    parts.extend(snapshot.data_as_of.map(|day| format::date(desk.locale(), day)));
    parts.join(", ")
}
