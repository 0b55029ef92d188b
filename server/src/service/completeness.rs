//! How complete the facts are, of the organisation as a whole: days and months, no figures.

use app::caller::Caller;
use app::completeness::api::{CompletenessPort, KindState, LastImport};
use app::error::ApiResult;
use async_trait::async_trait;
use domain::Date;
use domain::ids::ImportId;
use domain::policy::{Action, Relation};

use super::{Services, when};
use crate::authz::{Access, Denied};
use crate::error::ServiceResult;
use crate::kpi::{Kpi, made_of};
use crate::query::column::Table;
use crate::query::completeness::{self, Days};
use crate::query::presence::{Wanted, present};

/// Whole months that are looked at.
const MONTHS: i32 = 12;
/// Channels that are named.
const CHANNELS: u64 = 10;

/// Kinds of fact in the order in which they are shown.
const TABLES: [Table; 8] = [
    Table::Deals,
    Table::Subscriptions,
    Table::CampaignDays,
    Table::Leads,
    Table::SalesLines,
    Table::Activities,
    Table::Satisfaction,
    Table::Measurements,
];

#[async_trait]
impl CompletenessPort for Services {
    async fn completeness(&self, caller: &Caller, metric: &str) -> ApiResult<Vec<KindState>> {
        Ok(self.completeness_of(caller, metric).await?)
    }
}

impl Services {
    async fn completeness_of(&self, caller: &Caller, metric: &str) -> ServiceResult<Vec<KindState>> {
        let db = &self.state.db;
        let access = Access::load(db, caller).await?;
        access.require(Action::ReadCatalogue, Relation::Organisation)?;
        let asked = self.tables_of(caller, metric).await?;
        let wanted: Vec<Wanted> = asked.iter().map(|table| Wanted { table: *table, of_customers: false }).collect();
        let found = present(db, caller.org_id, &wanted).await?;
        let sees_imports = access.allows(Action::Import, Relation::Unrelated);
        let zone = when::zone_of(db, caller.org_id.get()).await?;
        let mut kinds = Vec::new();
        for table in asked {
            if found.iter().any(|w| w.table == table) {
                kinds.push(self.state_of(caller, table, sees_imports, &zone).await?);
            } else if !metric.is_empty() {
                kinds.push(without(table));
            }
        }
        Ok(kinds)
    }

    /// The kinds of fact that a KPI is made of in this organisation; all for none.
    async fn tables_of(&self, caller: &Caller, metric: &str) -> ServiceResult<Vec<Table>> {
        if metric.is_empty() {
            return Ok(TABLES.to_vec());
        }
        let roster = self.state.rosters.of(&self.state.db, caller.org_id).await?;
        let kpi = Kpi::find(&roster.frame, metric).ok_or(Denied::NotFound)?;
        let made_of = made_of::tables(&kpi.needed(roster.frame.revenue));
        Ok(TABLES.into_iter().filter(|table| made_of.contains(table)).collect())
    }

    async fn state_of(
        &self,
        caller: &Caller,
        table: Table,
        sees_imports: bool,
        zone: &str,
    ) -> ServiceResult<KindState> {
        let (db, org, today) = (&self.state.db, caller.org_id, caller.today);
        let months = months(today);
        let days = completeness::days(db, org, table, today, &months).await?;
        let import = completeness::last_import(db, org, table.kind()).await?;
        let without_spend = match months.first() {
            Some((first, _)) if table == Table::CampaignDays => {
                completeness::channels_without_spend(db, org, (*first, today), CHANNELS).await?
            }
            _ => Vec::new(),
        };
        Ok(KindState {
            last_day: days.as_ref().map(|d| d.last),
            gaps: days.filter(|_| is_regular(table)).map(|d| gaps(&months, &d)).unwrap_or_default(),
            import: import.map(|row| LastImport {
                day: when::in_zone(row.finished_at.unwrap_or(row.created_at), zone).day,
                file: sees_imports.then(|| (ImportId::new(row.id), row.file_name)),
            }),
            without_spend,
            without_rate: completeness::unconverted(db, org, &caller.currency, table).await?.into_iter().collect(),
            ..without(table)
        })
    }
}

/// A kind of which there is no fact.
fn without(table: Table) -> KindState {
    KindState {
        kind: table.kind().to_owned(),
        last_day: None,
        import: None,
        gaps: Vec::new(),
        without_spend: Vec::new(),
        without_rate: Vec::new(),
    }
}

/// The whole months before today's, the oldest first, by their first and last day.
fn months(today: Date) -> Vec<(Date, Date)> {
    let first = |back: i32| today.first_of_month().add_months(-back);
    (1..=MONTHS).rev().filter_map(first).map(|day| (day, day.last_of_month())).collect()
}

/// Months without a fact since the first one.
fn gaps(months: &[(Date, Date)], days: &Days) -> Vec<Date> {
    let within = months.iter().zip(&days.months).filter(|((_, last), _)| *last >= days.first);
    within.filter(|(_, has)| !**has).map(|((first, _), _)| *first).collect()
}

/// Whether a month without a fact is worth a word: subscriptions run on by themselves, and people are asked how
/// satisfied they are, or things measured, as seldom as one likes.
fn is_regular(table: Table) -> bool {
    !matches!(table, Table::Subscriptions | Table::Satisfaction | Table::Measurements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn gaps_lie_between_the_first_fact_and_this_month() {
        let months = months(date("2017-08-15"));
        assert_eq!((months[0].0, months[11]), (date("2016-08-01"), (date("2017-07-01"), date("2017-07-31"))));
        let mut has = vec![false; 12];
        has[6] = true;
        has[8] = true;
        let days = Days { first: date("2017-02-20"), last: date("2017-04-03"), months: has };
        let expected = ["2017-03-01", "2017-05-01", "2017-06-01", "2017-07-01"].map(date);
        assert_eq!(gaps(&months, &days), expected);
    }
}
