//! What KPIs are in the current quarter, for the reader's own person or else for everybody that they see.

use std::collections::BTreeMap;

use app::catalogue::api::{Scope, Today};
use app::route::{Route, Url};
use domain::policy::Action;
use domain::{Answer, Currency, Grain, Period, Unit, Why, format};
use sea_orm::ConnectionTrait;

use super::why_of;
use crate::authz::{Access, Reach};
use crate::error::ServiceResult;
use crate::kpi::{self, Frame, Kpi, KpiError, Viewer, Who};
use crate::words::Words;

/// See the module; one question to the KPI engine, whatever the number of KPIs.
pub(super) struct Values {
    pub words: Words,
    pub frame: Frame,
    pub viewer: Viewer,
    pub who: Who,
    name: String,
    /// The current quarter; none where the reader sees nobody's figures.
    pub period: Option<Period>,
    answers: BTreeMap<String, Answer>,
}

impl Values {
    /// Whose values they are and of when; none of them are read yet.
    pub async fn open(db: &impl ConnectionTrait, access: &Access) -> ServiceResult<Self> {
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
        let period = Period::containing(caller.today, Grain::Quarter, &frame.calendar);
        Ok(Self { words, name, who, viewer, period, answers: BTreeMap::new(), frame })
    }

    /// Reads the values of some KPIs, all at once.
    pub async fn ask(&mut self, db: &impl ConnectionTrait, kpis: &[Kpi]) -> ServiceResult<()> {
        let Some(period) = self.period else { return Ok(()) };
        match kpi::points(db, &self.frame, &self.viewer, kpis, self.who, &[period]).await {
            Ok(points) => {
                let answers = points.into_iter().flat_map(|p| p.answers);
                self.answers.extend(kpis.iter().map(|k| k.id().to_owned()).zip(answers));
                Ok(())
            }
            Err(error) => self.close(error),
        }
    }

    /// Takes in why nothing could be read: somebody who sees nobody's figures reads the definitions alone.
    pub fn close(&mut self, error: KpiError) -> ServiceResult<()> {
        match error {
            KpiError::Denied(_) => {
                self.period = None;
                Ok(())
            }
            other => Err(other.into()),
        }
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

    /// The value of a KPI that was asked.
    pub fn today(&self, kpi: &Kpi) -> Option<Today> {
        let answer = self.answers.get(kpi.id())?;
        Some(self.told(kpi, answer, self.explain(kpi, self.period?).href()))
    }

    /// An answer as text, or why there is none.
    pub fn text(&self, kpi: &Kpi, answer: &Answer) -> Result<String, String> {
        let value = format::answer_in_table(self.words.0, answer, self.frame.currency);
        let why = answer.value.why().unwrap_or(Why::NoData);
        value.ok_or_else(|| why_of(self.words, &kpi.needed(self.frame.revenue), why))
    }

    /// An answer with everything beside it.
    pub fn told(&self, kpi: &Kpi, answer: &Answer, explain: String) -> Today {
        let (value, why) = match self.text(kpi, answer) {
            Ok(value) => (Some(value), None),
            Err(why) => (None, Some(why)),
        };
        let is_count = kpi.unit(self.viewer.today) == Unit::Count;
        let n = answer.n.filter(|_| value.is_some() && !is_count);
        let exact = answer.value.into_value().and_then(|figure| figure.to_plain(self.frame.currency.digits()));
        Today { value, why, n: n.map(|n| format::count(self.words.0, n)), explain, exact }
    }

    /// The page that explains a KPI of the same people in a period.
    pub fn explain(&self, kpi: &Kpi, period: Period) -> Url {
        let person = self.who.person.map(|p| p.to_string()).unwrap_or_default();
        let period = period.name(&self.frame.calendar);
        Route::Explain(kpi.id().to_owned()).url().q("person", person).q("period", period)
    }
}
