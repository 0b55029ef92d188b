//! The page of one KPI: its definition, and what it is and was, from one reading of the facts.

use app::catalogue::api::{KpiDetail, KpiPeriod, KpiQuery, PairChoice};
use domain::metric::{Metric, catalogue};
use domain::{Date, Grain, Measure, Period, format};
use sea_orm::DatabaseConnection;

use super::today::Values;
use super::{choices, own};
use crate::authz::{Access, Denied};
use crate::error::ServiceResult;
use crate::kpi::{self, About, Dimension, Kpi, KpiError, Pair, TextColumn, alternatives};

/// Lengths of the periods listed, with how many of them; the first is shown unless another is asked for.
const GRAINS: [(Grain, usize); 3] = [(Grain::Month, 12), (Grain::Quarter, 8), (Grain::Year, 5)];
/// Categories come from the sales of so many years.
const YEARS: i32 = 5;

/// See the module.
pub(super) async fn page(db: &DatabaseConnection, access: &Access, query: KpiQuery) -> ServiceResult<KpiDetail> {
    let mut values = Values::open(db, access).await?;
    let metric = catalogue::find(&query.id);
    let mut detail = match metric {
        Some(metric) => super::detail(metric, &values),
        None => own::read::detail(access, &values, &query.id)?,
    };
    // One that is out of use has a definition and no values.
    let Some(kpi) = Kpi::find(&values.frame, &query.id) else { return Ok(detail) };
    let grain = GRAINS.into_iter().find(|(grain, _)| grain.code() == query.by).or(GRAINS.first().copied());
    let (Some(quarter), Some((grain, count))) = (values.period, grain) else { return Ok(detail) };
    let pair = Pair::new(&query.from, &query.to);
    if kpi.needs_pair(values.frame.revenue) {
        let categories = categories(db, &mut values).await?;
        detail.pair = Some(PairChoice { categories, from: query.from, to: query.to });
        if pair.is_none() {
            return Ok(detail);
        }
    }
    let today = values.viewer.today;
    let periods: Vec<Period> =
        std::iter::once(quarter).chain(Period::series(today, grain, count, &values.frame.calendar)).collect();
    let others = metric.map(|metric| choices::others(values.frame.choices, metric)).unwrap_or_default();
    let chosen: Vec<_> = others.iter().map(|(_, _, choices)| *choices).collect();
    let about = About { who: values.who, filters: &[], pair: pair.as_ref() };
    let found = match alternatives(db, &values.frame, &values.viewer, &kpi, about, &periods, &chosen).await {
        Ok(found) => found,
        Err(error) => {
            values.close(error)?;
            return Ok(KpiDetail { scope: None, ..detail });
        }
    };
    if let Some(metric) = metric {
        let text = found.others.iter().map(|answer| values.text(&kpi, answer).unwrap_or_else(|why| why));
        let told: Vec<_> =
            others.iter().zip(text).map(|((choice, option, _), text)| (*choice, *option, text)).collect();
        detail.definitions = choices::definitions(values.frame.choices, metric, &told);
    }
    let line = |point: &kpi::Point| told(&values, &kpi, pair.as_ref(), point);
    let mut lines: Vec<KpiPeriod> = found.points.iter().filter_map(line).collect();
    if !lines.is_empty() {
        detail.today = Some(lines.remove(0).value);
    }
    lines.reverse();
    detail.periods = lines;
    detail.grains = GRAINS.iter().map(|(grain, _)| grain.code().to_owned()).collect();
    grain.code().clone_into(&mut detail.by);
    Ok(detail)
}

/// A KPI in one period.
fn told(values: &Values, kpi: &Kpi, pair: Option<&Pair>, point: &kpi::Point) -> Option<KpiPeriod> {
    let answer = point.answers.first()?;
    let explain = values
        .explain(kpi, point.period)
        .q("from", pair.map_or("", Pair::from))
        .q("to", pair.map_or("", Pair::to))
        .href();
    let version = match kpi {
        Kpi::Catalogue(_) => None,
        Kpi::Own(own) => u32::try_from(own.version(point.period.last().min(values.viewer.today))).ok(),
    };
    Some(KpiPeriod {
        period: format::period(values.words.0, point.period, &values.frame.calendar),
        partial: point.partial,
        value: values.told(kpi, answer, explain),
        interval: answer.interval95.map(|(low, high)| format::interval_of(values.words.0, low, high, 0)),
        version,
    })
}

/// The categories of what was sold, as far as the reader sees it.
async fn categories(db: &DatabaseConnection, values: &mut Values) -> ServiceResult<Vec<String>> {
    let today = values.viewer.today;
    let from = Date::from_ymd(today.year() - YEARS, 1, 1).ok();
    let Some(period) = from.zip(today.add_days(1)).and_then(|(from, to)| Period::new(from, to).ok()) else {
        return Ok(Vec::new());
    };
    let sold: Option<&'static Metric> = Measure::SalesRevenue.metric();
    let mut query = kpi::KpiQuery::new(sold.into_iter().collect(), period);
    query.by = vec![Dimension::Text(TextColumn::Category)];
    query.who = values.who;
    match kpi::ask(db, &values.frame, &values.viewer, &query).await {
        Ok(rows) => Ok(rows.into_iter().filter_map(|row| row.by.into_iter().next()?.text).collect()),
        Err(error @ KpiError::Denied(Denied::NotFound)) => values.close(error).map(|()| Vec::new()),
        Err(other) => Err(other.into()),
    }
}
