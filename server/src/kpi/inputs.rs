//! What figures are made of, and how complete it is: the kinds of fact behind a KPI, how far they reach, and what is
//! missing in them. It is about the organisation as a whole: days, months and names, no figures.

use std::collections::{BTreeMap, BTreeSet};

use domain::metric::{FactKind, LeadsFrom};
use domain::{Date, Measure, OrgId, Period, Timestamp, format};
use sea_orm::{ConnectionTrait, DbErr};

use super::source::in_records;
use super::{Frame, KpiQuery, KpiRow, Viewer, made_of};
use crate::entity::import;
use crate::query::column::Table;
use crate::query::completeness::{self, Around, Days};
use crate::query::presence::{Wanted, present};
use crate::words::Words;

/// Whole months that are looked at.
const MONTHS: usize = 12;
/// Channels that are named.
const CHANNELS: u64 = 10;

/// A kind of fact, by how it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Facts of a day.
    Facts(Table),
    /// People.
    People,
    /// Targets.
    Targets,
    /// Events.
    Events,
    /// Exchange rates.
    Rates,
}

impl Input {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Facts(Table::Deals),
        Self::Facts(Table::Subscriptions),
        Self::Facts(Table::CampaignDays),
        Self::Facts(Table::Leads),
        Self::Facts(Table::SalesLines),
        Self::Facts(Table::Activities),
        Self::Facts(Table::Satisfaction),
        Self::Facts(Table::Measurements),
        Self::Targets,
        Self::People,
        Self::Events,
        Self::Rates,
    ];

    /// Code of the kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Facts(table) => table.kind(),
            Self::People => "people",
            Self::Targets => "targets",
            Self::Events => "events",
            Self::Rates => "rates",
        }
    }

    /// What some measures are made of.
    pub fn of(measures: &BTreeSet<Measure>) -> Vec<Self> {
        let (tables, kinds) = (made_of::tables(measures), made_of::kinds(measures));
        let is_part = |input: &Self| match input {
            Self::Facts(table) => tables.contains(table),
            Self::People => kinds.contains(&FactKind::People),
            Self::Targets => kinds.contains(&FactKind::Targets),
            Self::Events | Self::Rates => false,
        };
        Self::ALL.into_iter().filter(is_part).collect()
    }

    /// Whether a month without a fact is worth a word: subscriptions run on by themselves, and people are asked how
    /// satisfied they are, or things measured, as seldom as one likes.
    const fn is_regular(self) -> bool {
        matches!(
            self,
            Self::Facts(Table::Deals | Table::CampaignDays | Table::Leads | Table::SalesLines | Table::Activities)
        )
    }
}

/// How complete the facts of one kind are.
#[derive(Clone, Debug, PartialEq)]
pub struct InputState {
    /// The kind.
    pub input: Input,
    /// Whether there is any fact of it.
    pub is_there: bool,
    /// The latest day with a fact, not after today; of targets the last day that any is for.
    pub last_day: Option<Date>,
    /// First days of the whole months without a fact, of those that were looked at.
    pub gaps: Vec<Date>,
    /// Channels whose spend is missing; one may have no name.
    pub without_spend: Vec<Option<String>>,
    /// Currencies of amounts for which there is no exchange rate on or before their day.
    pub without_rate: Vec<String>,
    /// The last import that was written; none when every fact was typed in.
    pub import: Option<import::Model>,
}

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no fact of the kind up to today.
    Facts,
    /// These months have none.
    Months(Vec<Date>),
    /// Spend of these channels.
    Spend(Vec<Option<String>>),
    /// Rates of these currencies.
    Rates(Vec<String>),
}

impl Missing {
    /// The code, as the API names it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Facts => "no_facts",
            Self::Months(_) => "no_facts_in",
            Self::Spend(_) => "no_spend",
            Self::Rates(_) => "no_rate",
        }
    }

    /// The same in a sentence.
    pub fn text(&self, words: Words) -> String {
        let said =
            |names: Vec<String>| words.tf(&format!("said.missing.{}", self.code()), &[("what", &names.join(", "))]);
        match self {
            Self::Facts => words.t("said.missing.no_facts"),
            Self::Months(days) => {
                let month = |day: &Date| format!("{} {}", format::month_short(words.0, day.month()), day.year());
                said(days.iter().map(month).collect())
            }
            Self::Spend(channels) => {
                let name = |c: &Option<String>| c.clone().unwrap_or_else(|| words.t("said.missing.no_channel"));
                said(channels.iter().map(name).collect())
            }
            Self::Rates(currencies) => said(currencies.clone()),
        }
    }
}

impl InputState {
    /// What is missing.
    pub fn missing(&self) -> Vec<Missing> {
        if !self.is_there {
            return vec![Missing::Facts];
        }
        let months = Some(Missing::Months(self.gaps.clone())).filter(|_| !self.gaps.is_empty());
        let spend = Some(Missing::Spend(self.without_spend.clone())).filter(|_| !self.without_spend.is_empty());
        let rates = Some(Missing::Rates(self.without_rate.clone())).filter(|_| !self.without_rate.is_empty());
        [months, spend, rates].into_iter().flatten().collect()
    }

    /// When the last import was written.
    pub fn imported_at(&self) -> Option<Timestamp> {
        self.import.as_ref().map(|row| Timestamp(row.finished_at.unwrap_or(row.created_at)))
    }
}

/// Which days are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Span {
    /// Twelve whole months before today's, and this one up to today.
    pub fn year(today: Date) -> Self {
        let from = today.first_of_month().add_months(-12).unwrap_or(Date::MIN);
        Self { from, to: today }
    }

    /// The days of a period that are past; none when it is still to come.
    pub fn asked(period: Period, today: Date) -> Option<Self> {
        let (from, to) = (period.from(), period.last().min(today));
        (from <= to).then_some(Self { from, to })
    }

    /// The last whole months in it that are over, by their first and last day.
    fn months(self, today: Date) -> Vec<(Date, Date)> {
        let mut months = Vec::new();
        let mut last = self.to.last_of_month();
        if last > self.to || last >= today {
            last = match self.to.first_of_month().add_days(-1) {
                Some(day) => day,
                None => return months,
            };
        }
        while months.len() < MONTHS && last.first_of_month() >= self.from {
            months.push((last.first_of_month(), last));
            let Some(before) = last.first_of_month().add_days(-1) else { break };
            last = before;
        }
        months.reverse();
        months
    }
}

/// How complete some kinds of fact are.
///
/// # Errors
/// When the database refuses.
pub async fn states(
    db: &impl ConnectionTrait,
    frame: &Frame,
    today: Date,
    inputs: &[Input],
    span: Option<Span>,
) -> Result<Vec<InputState>, DbErr> {
    let org = frame.org;
    let table = |input: &Input| match input {
        Input::Facts(table) => Some(Wanted { table: *table, of_customers: false }),
        _ => None,
    };
    let mut wanted: Vec<Wanted> = inputs.iter().filter_map(table).collect();
    if inputs.contains(&Input::Facts(Table::Leads)) && !inputs.contains(&Input::Facts(Table::CampaignDays)) {
        wanted.push(Wanted { table: Table::CampaignDays, of_customers: false });
    }
    let there = present(db, org, &wanted).await?;
    let has = |table: Table| there.iter().any(|w| w.table == table);
    let around = if inputs.iter().any(|input| !matches!(input, Input::Facts(_))) {
        completeness::around(db, org, today).await?
    } else {
        Around::default()
    };
    let mut all = Vec::with_capacity(inputs.len());
    for input in inputs.iter().copied() {
        let (is_there, last_day) = match input {
            Input::Facts(table) => (has(table), None),
            Input::People => (around.people, None),
            Input::Targets => (around.targets.is_some(), around.targets),
            Input::Events => (around.events.is_some(), around.events),
            Input::Rates => (around.rates.is_some(), around.rates),
        };
        let mut state = InputState {
            input,
            is_there,
            last_day,
            gaps: Vec::new(),
            without_spend: Vec::new(),
            without_rate: Vec::new(),
            import: None,
        };
        if is_there {
            if let Input::Facts(table) = input {
                look(db, frame, today, span, table, &mut state).await?;
                // What lies ahead is no fact yet; of deals some may be open only.
                state.is_there = state.last_day.is_some() || table == Table::Deals;
                if table == Table::Leads && has(Table::CampaignDays) {
                    state.without_spend = of_leads(db, org, frame.choices.leads_from, span).await?;
                }
            }
            state.import = completeness::last_import(db, org, input.kind()).await?;
        }
        all.push(state);
    }
    Ok(all)
}

/// What facts of a day lack.
async fn look(
    db: &impl ConnectionTrait,
    frame: &Frame,
    today: Date,
    span: Option<Span>,
    table: Table,
    state: &mut InputState,
) -> Result<(), DbErr> {
    let months = span.map(|span| span.months(today)).unwrap_or_default();
    let days = completeness::days(db, frame.org, table, today, &months).await?;
    state.last_day = days.as_ref().map(|d| d.last);
    if state.input.is_regular() {
        state.gaps = days.map(|d| gaps(&months, &d)).unwrap_or_default();
    }
    if let Some(span) = span.filter(|_| table == Table::CampaignDays) {
        state.without_spend =
            completeness::channels_without_spend(db, frame.org, (span.from, span.to), CHANNELS).await?;
    }
    let missing = completeness::unconverted(db, frame.org, frame.currency.code(), table).await?;
    state.without_rate = missing.into_iter().collect();
    Ok(())
}

/// Channels of leads without spend, where leads are counted in records of their own.
async fn of_leads(
    db: &impl ConnectionTrait,
    org: OrgId,
    leads_from: LeadsFrom,
    span: Option<Span>,
) -> Result<Vec<Option<String>>, DbErr> {
    let Some(span) = span.filter(|_| in_records(leads_from, true)) else { return Ok(Vec::new()) };
    let limit = usize::try_from(CHANNELS).unwrap_or(usize::MAX);
    completeness::lead_channels_without_spend(db, org, (span.from, span.to), limit).await
}

/// Months without a fact since the first one.
fn gaps(months: &[(Date, Date)], days: &Days) -> Vec<Date> {
    let within = months.iter().zip(&days.months).filter(|((_, last), _)| *last >= days.first);
    within.filter(|(_, has)| !**has).map(|((first, _), _)| *first).collect()
}

/// Answers with what they are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The answers.
    pub rows: Vec<KpiRow>,
    /// For each KPI asked, the kinds of fact that it is made of here, with the state of each.
    pub inputs: BTreeMap<String, Vec<InputState>>,
}

/// Answers a question and says how fresh and complete the facts behind the answers are, once for all rows: of the
/// days asked about, up to today, the last twelve whole months.
///
/// # Errors
/// As [`super::ask`].
pub async fn answer(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    query: &KpiQuery,
) -> Result<Answered, super::KpiError> {
    let rows = super::ask(db, frame, viewer, query).await?;
    let span = Span::asked(query.period, viewer.today);
    let of_kpi: Vec<(String, BTreeSet<Measure>)> =
        query.metrics.iter().map(|kpi| (kpi.id().to_owned(), kpi.needed(frame.revenue))).collect();
    let measures: BTreeSet<Measure> = of_kpi.iter().flat_map(|(_, measures)| measures).copied().collect();
    let states = states(db, frame, viewer.today, &Input::of(&measures), span).await?;
    let inputs = of_kpi.into_iter().map(|(id, measures)| (id, behind(&measures, &states))).collect();
    Ok(Answered { rows, inputs })
}

/// The states of what some measures are made of. Of kinds of which one is enough, those that an organisation does not
/// use are left out: leads of campaigns need no records of leads.
pub fn behind(measures: &BTreeSet<Measure>, states: &[InputState]) -> Vec<InputState> {
    let is_there = |table: Table| states.iter().any(|s| s.input == Input::Facts(table) && s.is_there);
    let mut inputs: BTreeSet<Input> = BTreeSet::new();
    for kind in made_of::kinds(measures) {
        let tables = made_of::tables_of(kind);
        let used: Vec<Table> = tables.iter().copied().filter(|t| is_there(*t)).collect();
        inputs.extend(if used.is_empty() { tables.to_vec() } else { used }.into_iter().map(Input::Facts));
    }
    let others = Input::of(measures).into_iter().filter(|input| !matches!(input, Input::Facts(_)));
    inputs.extend(others);
    states.iter().filter(|s| inputs.contains(&s.input)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn gaps_lie_between_the_first_fact_and_this_month() {
        let today = date("2017-08-15");
        let months = Span::year(today).months(today);
        assert_eq!((months[0].0, months[11]), (date("2016-08-01"), (date("2017-07-01"), date("2017-07-31"))));
        let mut has = vec![false; 12];
        has[6] = true;
        has[8] = true;
        let days = Days { first: date("2017-02-20"), last: date("2017-04-03"), months: has };
        let expected = ["2017-03-01", "2017-05-01", "2017-06-01", "2017-07-01"].map(date);
        assert_eq!(gaps(&months, &days), expected);
    }

    #[test]
    fn whole_months_that_are_over_are_looked_at() {
        let months = |from: &str, to: &str| -> Vec<Date> {
            let span = Span { from: date(from), to: date(to) };
            span.months(date("2017-08-15")).into_iter().map(|(first, _)| first).collect()
        };
        assert_eq!(months("2017-02-01", "2017-03-31"), ["2017-02-01", "2017-03-01"].map(date));
        assert_eq!(months("2017-02-02", "2017-03-30"), []);
        assert_eq!(months("2017-07-01", "2017-08-15"), [date("2017-07-01")]);
        assert_eq!(months("2000-01-01", "2016-12-31").len(), 12);
    }
}
