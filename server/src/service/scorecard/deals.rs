//! The list of deals behind a number, with sums that equal it.

use app::scorecard::api::{DealRow, DealsPage, DealsQuery, Link, Pick};
use domain::metric::{DealStatus, catalogue};
use domain::money::MICROS_PER_UNIT;
use domain::policy::{Action, Relation};
use domain::{Answer, Date, DealId, Figure, Period, Ratio, TeamId, Unit, format};

use super::context::{Context, Subject};
use super::period;
use crate::authz::Denied;
use crate::error::ServiceResult;
use crate::import::Kind;
use crate::kpi::{self, Behind, Filter, Table, TextColumn};
use crate::query;
use crate::query::facts::Cursor;

/// Rows of a page.
const PAGE: u64 = 50;
/// Characters of what is searched for.
const SEARCH: usize = 100;
/// Values of a text column that are listed to choose from.
const MOST_VALUES: usize = 200;
/// In an address: nothing stands in a column.
const BLANK: &str = "-";

/// Parts of a number, and the metric whose facts they are.
const PARTS: [(&str, &str); 6] = [
    ("won", "deals_won"),
    ("lost", "deals_lost"),
    ("decided", "win_rate"),
    ("open", "deals_open"),
    ("disqualified", "deals_disqualified"),
    ("cohort", "win_rate_cohort"),
];

/// What an address asks for, once it is known that the caller may see it.
pub(super) struct Asked {
    pub period: Period,
    pub metric: &'static domain::Metric,
    pub subject: Subject,
    filters: Vec<Filter>,
    search: String,
    after: Option<Cursor>,
}

impl Asked {
    /// Reads a page of the deals.
    pub async fn deals(&self, c: &Context<'_>, most: u64) -> ServiceResult<kpi::RecordPage> {
        let behind = Behind {
            metric: self.metric,
            numerator_only: false,
            who: self.subject.who,
            filters: self.filters.clone(),
            search: self.search.clone(),
            period: self.period,
            as_of: None,
        };
        Ok(kpi::records(c.db(), &c.frame, &c.viewer, &behind, self.after, most).await?)
    }
}

/// Reads an address; what it leaves open is filled in.
pub(super) async fn asked(c: &Context<'_>, query: &mut DealsQuery) -> ServiceResult<Asked> {
    let period = period::of_address(c, &query.period)?;
    query.period = period.name(&c.frame.calendar);
    if query.part.is_empty() {
        "won".clone_into(&mut query.part);
    }
    let metric = PARTS
        .iter()
        .find(|(part, _)| *part == query.part)
        .and_then(|(_, id)| catalogue::find(id))
        .ok_or(Denied::NotFound)?;
    let subject = c.subject(&query.person, &query.team).await?;
    let filters = filters(query)?;
    let after = cursor(&query.after)?;
    query.search = query.search.trim().chars().take(SEARCH).collect();
    Ok(Asked { period, metric, subject, filters, search: query.search.clone(), after })
}

/// See the module.
pub(super) async fn page(c: &Context<'_>, mut query: DealsQuery) -> ServiceResult<DealsPage> {
    let asked = asked(c, &mut query).await?;
    let found = asked.deals(c, PAGE).await?;
    let Asked { period, metric, subject, filters, .. } = asked;
    // Sums come from where the number comes from, which knows no search.
    let totals = match query.search.as_str() {
        "" => Some(totals(c, &query.part, &subject, &filters, period).await?),
        _ => None,
    };
    let (count, sum) = totals.unzip();
    let values = match TextColumn::from_name(&query.column) {
        Some(column) => values_of(c, column, metric, &subject, period).await?,
        None => Vec::new(),
    };
    let segments = choice(values_of(c, TextColumn::Segment, metric, &subject, period).await?, &query.segment);
    let sources = choice(values_of(c, TextColumn::Source, metric, &subject, period).await?, &query.source);
    let rows: Vec<DealRow> = found.deals.iter().map(|deal| row(c, deal, &subject)).collect();
    Ok(DealsPage {
        period: period::view(c, period),
        scope: subject.name.clone(),
        back: Link {
            label: subject.name.clone(),
            href: format!("{}?period={}", subject.home, app::route::encode(&query.period)),
        },
        empty: rows.is_empty().then(|| c.words.t("said.empty.deals")),
        rows,
        count,
        count_text: count.map(|n| c.words.tn("said.facts", n, &[])).unwrap_or_default(),
        sum: sum.unwrap_or_default(),
        may_add: [Relation::Unrelated, Relation::Below].iter().any(|r| c.access.allows(Action::Import, *r)),
        next: found.next.map(|cursor| format!("{}.{}", cursor.day, cursor.id)),
        parts: PARTS
            .iter()
            .map(|(part, _)| Pick { value: (*part).to_owned(), label: c.words.t(&format!("deals.part.{part}")) })
            .collect(),
        people: people(c, &query.person),
        teams: teams(c, &query.team),
        segments,
        sources,
        columns: columns(c).await?,
        values,
        heads: heads(c),
        query,
    })
}

fn filters(query: &mut DealsQuery) -> ServiceResult<Vec<Filter>> {
    let value = |text: &str| Some(text.to_owned()).filter(|text| text != BLANK);
    let of = |column, text: &str| (!text.is_empty()).then(|| Filter::new(column, value(text)));
    let mut all: Vec<Filter> = [of(TextColumn::Segment, &query.segment), of(TextColumn::Source, &query.source)]
        .into_iter()
        .flatten()
        .collect();
    if query.column.is_empty() {
        query.value.clear();
        return Ok(all);
    }
    let column = TextColumn::from_name(&query.column).ok_or(Denied::NotFound)?;
    // A column without a value is only the first step: its values are offered.
    all.extend(of(column, &query.value));
    Ok(all)
}

fn cursor(text: &str) -> ServiceResult<Option<Cursor>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (day, id) = text.split_once('.').ok_or(Denied::NotFound)?;
    let day = day.parse().map_err(|_| Denied::NotFound)?;
    let id: DealId = id.parse().map_err(|_| Denied::NotFound)?;
    Ok(Some(Cursor { day, id }))
}

/// Number and amount of all deals of a part, from the same engine as the number they are behind.
async fn totals(
    c: &Context<'_>,
    part: &str,
    subject: &Subject,
    filters: &[Filter],
    period: Period,
) -> ServiceResult<(i64, String)> {
    let ids: &[&str] = match part {
        "won" => &["deals_won", "deals_revenue"],
        "lost" => &["deals_lost", "win_rate_value"],
        "decided" => &["win_rate", "win_rate_value"],
        "open" => &["deals_open", "pipeline_value"],
        "disqualified" => &["deals_disqualified"],
        _ => &["win_rate_cohort"],
    };
    let metrics: Vec<_> = ids.iter().filter_map(|id| catalogue::find(id)).collect();
    let about = kpi::About { who: subject.who, filters, pair: None };
    let points = kpi::points(c.db(), &c.frame, &c.viewer, &metrics, about, &[period]).await?;
    let answers = points.into_iter().next().map(|p| p.answers).unwrap_or_default();
    let count = answers.first().and_then(|a| a.n).unwrap_or(0);
    let sum = answers.get(1).and_then(|a| amount(part, a));
    let sum = sum.map_or_else(|| c.words.t("said.no_sum"), |f| format::figure(c.locale(), &f, c.currency()));
    Ok((count, sum))
}

/// Of the value won ÷ (won + lost) what was lost is the rest.
fn amount(part: &str, answer: &Answer) -> Option<Figure> {
    match part {
        "lost" => {
            let lost = answer.denominator?.exact.checked_sub(answer.numerator?.exact)?;
            Some(Figure::new(lost, Unit::Money))
        }
        "decided" => answer.denominator,
        _ => answer.value.into_value(),
    }
}

/// The text columns of deals, the organisation's own last.
async fn columns(c: &Context<'_>) -> ServiceResult<Vec<Pick>> {
    let none = Pick { value: String::new(), label: c.words.t("deals.column_none") };
    let name = |column: &TextColumn| Pick {
        value: column.name().to_owned(),
        label: c.words.t(&format!("deals.field.{}", column.name())),
    };
    let own = query::own::names(c.db(), c.frame.org, Kind::Deals, Table::Deals.name()).await?;
    let own = own.into_iter().map(|name| Pick { value: format!("{}{name}", kpi::ATTRIBUTES), label: name });
    Ok(std::iter::once(none).chain(TextColumn::of(Table::Deals).map(name)).chain(own).collect())
}

/// Values to choose from; none where there is nothing to choose.
fn choice(values: Vec<Pick>, chosen: &str) -> Vec<Pick> {
    // One of them is "all".
    if values.len() > 2 || !chosen.is_empty() { values } else { Vec::new() }
}

/// The people whose figures the reader may see.
fn people(c: &Context<'_>, chosen: &str) -> Vec<Pick> {
    let seen = c.frame.people.iter().filter(|(id, _)| c.sees_person(**id));
    let mut all: Vec<Pick> =
        seen.map(|(id, member)| Pick { value: id.to_string(), label: member.name.clone() }).collect();
    all.sort_by(|a, b| a.label.cmp(&b.label));
    with_all(c, all, chosen)
}

/// The teams of which the reader may see at least the total.
fn teams(c: &Context<'_>, chosen: &str) -> Vec<Pick> {
    let may = |team: TeamId| c.access.allows(Action::SeeTeamTotal, c.access.relation_to_team(team));
    let seen = c.frame.tree.names.keys().copied().filter(|team| may(*team));
    let mut all: Vec<Pick> =
        seen.map(|team| Pick { value: team.to_string(), label: c.frame.tree.path(team) }).collect();
    all.sort_by(|a, b| a.label.cmp(&b.label));
    with_all(c, all, chosen)
}

fn with_all(c: &Context<'_>, all: Vec<Pick>, chosen: &str) -> Vec<Pick> {
    if all.len() < 2 || (!chosen.is_empty() && !all.iter().any(|pick| pick.value == chosen)) {
        return Vec::new();
    }
    let every = Pick { value: String::new(), label: c.words.t("deals.value_all") };
    std::iter::once(every).chain(all).collect()
}

/// Values of a column that occur.
async fn values_of(
    c: &Context<'_>,
    column: TextColumn,
    metric: &'static domain::Metric,
    subject: &Subject,
    period: Period,
) -> ServiceResult<Vec<Pick>> {
    let mut ask = kpi::KpiQuery::new(vec![metric], period);
    ask.by = vec![kpi::Dimension::Text(column)];
    ask.who = subject.who;
    ask.so_far = true;
    let rows = kpi::ask(c.db(), &c.frame, &c.viewer, &ask).await?;
    let all = Pick { value: String::new(), label: c.words.t("deals.value_all") };
    let pick = |row: kpi::KpiRow| {
        let n = row.answer.n.unwrap_or(0);
        let text = row.by.into_iter().next().and_then(|l| l.text);
        let label = text.clone().unwrap_or_else(|| c.words.t("deals.value_blank"));
        Pick {
            value: text.unwrap_or_else(|| BLANK.to_owned()),
            label: format!("{label} ({})", format::count(c.locale(), n)),
        }
    };
    Ok(std::iter::once(all).chain(rows.into_iter().take(MOST_VALUES).map(pick)).collect())
}

/// Heads of the table, by column.
pub(super) fn heads(c: &Context<'_>) -> Vec<Pick> {
    ["deal", "account", "product", "person", "status", "began", "closed", "days", "amount"]
        .into_iter()
        .map(|code| Pick { value: code.to_owned(), label: c.words.t(&format!("deals.col.{code}")) })
        .collect()
}

/// State of a deal in a word.
pub(super) fn status_word(c: &Context<'_>, status: DealStatus) -> String {
    c.words.t(&format!("deals.status.{}", status.code()))
}

/// Day on which a deal began, as it counts.
pub(super) fn began(deal: &kpi::DealRow) -> Option<Date> {
    deal.engaged_on.or(deal.created_on)
}

/// Day on which a deal was decided.
pub(super) fn closed(deal: &kpi::DealRow) -> Option<Date> {
    deal.closed_on.filter(|_| deal.status != DealStatus::Open)
}

/// Days between them.
pub(super) fn days(deal: &kpi::DealRow) -> Option<i32> {
    closed(deal).zip(began(deal)).map(|(to, from)| to.days_since(from))
}

/// Amount that counts for a subject, by share where the credit is split.
pub(super) fn counted(deal: &kpi::DealRow, subject: &Subject) -> Option<Ratio> {
    let own = deal.credits.iter().filter(|(p, _)| subject.who.person == Some(*p)).map(|(_, share)| *share).next();
    let micros = deal.reporting_micros.map(i128::from)?;
    match own {
        Some(share) if share != 1_000_000 => {
            Ratio::new(micros * i128::from(share), 1_000_000 * i128::from(MICROS_PER_UNIT))
        }
        _ => Ratio::new(micros, i128::from(MICROS_PER_UNIT)),
    }
}

fn row(c: &Context<'_>, deal: &kpi::DealRow, subject: &Subject) -> DealRow {
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |d| format::date(c.locale(), d));
    let began = began(deal);
    let days = days(deal);
    let amount = counted(deal, subject);
    DealRow {
        id: deal.cursor.id,
        external_id: deal.external_id.clone(),
        account: deal.account.clone().unwrap_or_else(|| "–".to_owned()),
        product: deal.product.clone().unwrap_or_else(|| "–".to_owned()),
        people: credited(c, &deal.credits),
        status: deal.status.code().to_owned(),
        status_word: status_word(c, deal.status),
        began: day(began),
        closed: day(closed(deal)),
        days: days.map_or_else(|| "–".to_owned(), |n| format::count(c.locale(), i64::from(n))),
        amount: amount.map_or_else(|| "–".to_owned(), |a| format::money(c.locale(), a, c.currency())),
    }
}

/// Names and shares of those credited; colleagues that the reader may not see stay unnamed.
pub(super) fn credited(c: &Context<'_>, credits: &[(domain::PersonId, i64)]) -> String {
    let name = |(person, share): &(domain::PersonId, i64)| {
        let name = if c.sees_person(*person) { c.frame.person_name(*person).map(str::to_owned) } else { None };
        let name = name.unwrap_or_else(|| c.words.t("deals.colleague"));
        if *share == 1_000_000 {
            return name;
        }
        let share = Ratio::new(i128::from(*share), 1_000_000).unwrap_or(Ratio::ONE);
        format!("{name} {}", format::percent(c.locale(), share, 0))
    };
    credits.iter().map(name).collect::<Vec<_>>().join(", ")
}
