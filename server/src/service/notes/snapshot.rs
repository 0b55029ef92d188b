//! The figure as it stood when a note was written. It is stored, not computed again: what somebody wrote was about
//! that figure, whatever became of it.

use domain::metric::{Figure, Metric, catalogue};
use domain::{Date, Outcome, Period, Ratio, format};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::error::ServiceResult;
use crate::kpi::Who;
use crate::service::desk::Desk;

/// See the module. Values are exact fractions in the metric's unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Snapshot {
    metric: String,
    value: Option<Ratio>,
    why: Option<String>,
    target: Option<Ratio>,
    n: Option<i64>,
    interval95: Option<(f64, f64)>,
    formula_version: u32,
    as_of: Date,
}

impl Snapshot {
    /// Takes it.
    pub(super) async fn take(
        db: &impl ConnectionTrait,
        desk: &Desk,
        metric: &'static Metric,
        who: Who,
        period: Period,
        target: Option<Ratio>,
    ) -> ServiceResult<Self> {
        let answer = desk.value(db, metric, who, period).await?;
        let (value, why) = match answer.value {
            Outcome::Value(figure) => (Some(figure.exact), None),
            Outcome::NotMeasurable(why) => (None, Some(why.code().to_owned())),
        };
        Ok(Self {
            metric: metric.id.to_owned(),
            value,
            why,
            target,
            n: answer.n,
            interval95: answer.interval95,
            formula_version: metric.version,
            as_of: desk.caller.today.min(period.last()),
        })
    }

    pub(super) fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    pub(super) fn json(&self) -> ServiceResult<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// `Win rate 61 % (46–72 %), n 44, target ≥ 60 %, 12 May 2017`.
    pub(super) fn line(&self, desk: &Desk) -> String {
        let unit = catalogue::find(&self.metric).map(|m| m.unit);
        let text = |exact: Ratio| unit.map_or_else(String::new, |unit| desk.figure(&Figure::new(exact, unit)));
        let mut value = match (self.value, &self.why) {
            (Some(exact), _) => text(exact),
            (None, Some(why)) => desk.texts.t(&format!("why.{why}")),
            (None, None) => String::new(),
        };
        if let Some((low, high)) = self.interval95 {
            value = format!("{value} ({})", format::interval_of(desk.locale(), low, high, 0));
        }
        let mut parts = vec![format!("{} {value}", desk.metric_name(&self.metric))];
        if let Some(n) = self.n {
            parts.push(desk.texts.tf("notes.snapshot_n", &[("n", &format::count(desk.locale(), n))]));
        }
        if let Some(target) = self.target {
            parts.push(desk.texts.tf("notes.snapshot_target", &[("target", &text(target))]));
        }
        parts.push(format::date(desk.locale(), self.as_of));
        parts.join(", ")
    }
}
