//! What KPIs are in the current quarter, for the reader's own person or else for everybody that they see.

use std::collections::{BTreeMap, BTreeSet};

use app::catalogue::api::{Scope, Today};
use app::route::Route;
use domain::metric::{Choices, Metric};
use domain::policy::Action;
use domain::{Answer, Currency, Figure, Grain, Measure, MeasureValues, Outcome, Period, Ratio, Unit, Why, format};
use sea_orm::ConnectionTrait;

use super::why_not;
use crate::authz::{Access, Reach};
use crate::error::ServiceResult;
use crate::kpi::{self, Frame, KpiError, Viewer, Who};
use crate::words::Words;

/// See the module; one question to the KPI engine, whatever the number of KPIs.
pub(super) struct Values {
    words: Words,
    frame: Frame,
    viewer: Viewer,
    who: Who,
    name: String,
    period: Option<Period>,
    answers: BTreeMap<&'static str, Answer>,
}

impl Values {
    /// Reads the values of those metrics whose facts are kept.
    pub async fn load(db: &impl ConnectionTrait, access: &Access, metrics: &[&'static Metric]) -> ServiceResult<Self> {
        let caller = &access.caller;
        let words = Words(caller.locale);
        let frame = Frame::load(db, caller.org_id).await?;
        let viewer = Viewer::of(access);
        let own = caller.person_id.filter(|p| access.allows(Action::SeeNumbers, access.relation_to_person(*p)));
        let name = match (own.and_then(|p| frame.person_name(p)), &viewer.reach) {
            (Some(name), _) => name.to_owned(),
            (None, Reach::All) => caller.org_name.clone(),
            (None, Reach::Limited { .. }) => words.t("team.mine"),
        };
        let who = own.map_or(Who::ALL, Who::person);
        let mut values = Self { words, name, who, viewer, period: None, answers: BTreeMap::new(), frame };
        let period = Period::containing(caller.today, Grain::Quarter, &values.frame.calendar);
        if let Some(period) = period {
            values.ask(db, metrics, period).await?;
        }
        Ok(values)
    }

    async fn ask(
        &mut self,
        db: &impl ConnectionTrait,
        metrics: &[&'static Metric],
        period: Period,
    ) -> ServiceResult<()> {
        let loaded: Vec<&'static Metric> = metrics.iter().copied().filter(|m| kpi::is_loaded(m)).collect();
        let points = match kpi::points(db, &self.frame, &self.viewer, &loaded, self.who, &[], &[period]).await {
            Ok(points) => points,
            // Somebody who sees nobody's figures reads the definitions alone.
            Err(KpiError::Denied(_)) => return Ok(()),
            Err(other) => return Err(other.into()),
        };
        self.period = Some(period);
        let answers = points.into_iter().flat_map(|p| p.answers);
        self.answers = loaded.iter().map(|m| m.id).zip(answers).collect();
        Ok(())
    }

    /// Measures for the same people and quarter; none where the reader sees nobody's figures.
    pub async fn measured(
        &self,
        db: &impl ConnectionTrait,
        measures: &BTreeSet<Measure>,
    ) -> ServiceResult<Option<MeasureValues>> {
        let Some(period) = self.period else { return Ok(None) };
        Ok(Some(kpi::measured(db, &self.frame, &self.viewer, measures, self.who, period).await?))
    }

    /// The value of an own KPI.
    pub fn own(&self, unit: Unit, value: Outcome<Ratio>) -> Option<Today> {
        self.period?;
        let exact = value.into_value().and_then(|exact| Figure { exact, unit }.to_plain(self.frame.currency.digits()));
        let (value, why) = match value {
            Outcome::Value(exact) => {
                (Some(format::figure_in_table(self.words.0, &Figure { exact, unit }, self.frame.currency)), None)
            }
            Outcome::NotMeasurable(why) => (None, Some(why_not(self.words, why))),
        };
        Some(Today { value, why, n: None, explain: String::new(), exact })
    }

    /// The metric that `revenue` stands for in the organisation.
    pub fn revenue(&self) -> &'static Metric {
        self.frame.revenue
    }

    /// What the organisation chose where vendors disagree, with the version; 0 while it chose nothing.
    pub fn choices(&self) -> (Choices, i32) {
        (self.frame.choices, self.frame.choices_version)
    }

    /// The value of a metric for the same people and quarter as if the organisation had chosen otherwise.
    pub async fn choosing(
        &self,
        db: &impl ConnectionTrait,
        metric: &'static Metric,
        choices: Choices,
    ) -> ServiceResult<Option<String>> {
        let Some(period) = self.period else { return Ok(None) };
        let frame = self.frame.choosing(choices);
        let points = kpi::points(db, &frame, &self.viewer, &[metric], self.who, &[], &[period]).await?;
        let answer = points.into_iter().next().and_then(|p| p.answers.into_iter().next());
        Ok(answer.map(|answer| {
            let shown = format::answer_in_table(self.words.0, &answer, self.frame.currency);
            shown.unwrap_or_else(|| why_not(self.words, answer.value.why().unwrap_or(Why::NoData)))
        }))
    }

    /// The organisation's currency.
    pub fn currency(&self) -> Currency {
        self.frame.currency
    }

    /// Whose values they are, and of when; none where the reader sees nobody's figures.
    pub fn scope(&self) -> Option<Scope> {
        let period = format::period(self.words.0, self.period?, &self.frame.calendar);
        Some(Scope { who: self.name.clone(), period })
    }

    /// The value of a metric, if its facts are kept and the reader sees anybody's figures.
    pub fn today(&self, metric: &Metric) -> Option<Today> {
        let answer = self.answers.get(metric.id)?;
        let value = format::answer_in_table(self.words.0, answer, self.frame.currency);
        let why = value.is_none().then(|| why_not(self.words, answer.value.why().unwrap_or(Why::NoData)));
        let n = answer.n.filter(|_| value.is_some() && metric.unit != Unit::Count);
        let person = self.who.person.map(|p| p.to_string()).unwrap_or_default();
        let period = self.period?.name(&self.frame.calendar);
        let explain = Route::Explain(metric.id.to_owned()).url().q("person", person).q("period", period).href();
        let exact = answer.value.into_value().and_then(|figure| figure.to_plain(self.frame.currency.digits()));
        Some(Today { value, why, n: n.map(|n| format::count(self.words.0, n)), explain, exact })
    }
}
