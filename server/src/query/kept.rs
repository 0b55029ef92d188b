//! Kinds of fact whose sums are stored, and the statements that read and write them. [`crate::rollup`] says when they are
//! made; here is what they are made of.

use domain::{OrgId, PersonId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Func, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

use super::aggregate::{Group, Question, Sum, Summed, pieces};
use super::among::among_ids;
use super::column::{Table, TextColumn};
use super::facts::{PIECE, slot_of};
use super::{activity, campaign, lead, measurement, sale, satisfaction};
use crate::rollup::{Cover, EVERYBODY, Grain, NOBODY, cover};

/// What is kept of a kind of fact: counts and sums of what is alike in person, day, text and mark.
#[derive(Debug)]
pub struct Kept {
    /// The kind.
    pub table: Table,
    /// A text column whose values stay apart.
    pub text: Option<TextColumn>,
    /// Only facts of which this holds.
    pub only: Option<&'static str>,
    /// An expression of whole numbers, none negative, whose values stay apart.
    pub mark: Option<&'static str>,
    /// What is added up.
    pub sums: &'static [Summed],
    /// A column whose different values are counted, as the sum after the others; each day and person apart.
    pub distinct: Option<&'static str>,
}

/// All kinds of which sums are kept.
pub const ALL: [&Kept; 6] =
    [&activity::KEPT, &campaign::KEPT, &lead::KEPT, &measurement::KEPT, &sale::KEPT, &satisfaction::KEPT];

/// In place of a mark that there is none.
const NO_MARK: i64 = -1;
/// Sums that a row has room for.
const ROOM: usize = 7;
/// What a row is of: the first columns, before `facts` and the sums.
const KEY: [&str; 7] = ["org_id", "kind", "grain", "first_day", "person_id", "text", "mark"];

/// The columns of a row.
fn columns() -> impl Iterator<Item = String> {
    KEY.iter().map(|name| (*name).to_owned()).chain(values())
}

/// The columns that are added up.
fn values() -> impl Iterator<Item = String> {
    let sums = (1..=ROOM).flat_map(|n| ["high", "low", "stated"].map(|part| format!("{part}_{n}")));
    std::iter::once("facts".to_owned()).chain(sums)
}

/// Which days are meant.
#[derive(Clone, Copy, Debug)]
pub enum Days<'a> {
    /// These.
    Some(&'a [i64]),
    /// From the first to before the second.
    Span(i64, i64),
    /// All.
    All,
}

impl Days<'_> {
    /// Whether a column is one of them.
    pub fn condition(self, backend: DbBackend, column: &'static str) -> Cond {
        let day = || Expr::col(column);
        match self {
            Self::Some(days) => Cond::all().add(among_ids(backend, column, days.iter().copied())),
            Self::Span(from, to) => Cond::all().add(day().gte(from)).add(day().lt(to)),
            Self::All => Cond::all(),
        }
    }
}

impl Kept {
    /// The rows of days as the facts make them, each person's and nobody's apart.
    fn counted(&self, org: OrgId, days: Days<'_>, backend: DbBackend) -> SelectStatement {
        let name = self.table.name();
        let mut s = Query::select();
        s.expr(Expr::val(org.get())).expr(Expr::val(name)).expr(Expr::cust("CAST(0 AS SMALLINT)"));
        s.expr(Expr::col(self.table.day()));
        s.expr(Expr::cust(if self.table.has_person() { "COALESCE(person_id, 0)" } else { "CAST(0 AS BIGINT)" }));
        match &self.text {
            Some(column) => s.expr(Func::coalesce([column.expr(self.table, backend), Expr::cust("''")])),
            None => s.expr(Expr::cust("''")),
        };
        s.expr(Expr::cust(match self.mark {
            Some(mark) => format!("COALESCE(CAST({mark} AS BIGINT), {NO_MARK})"),
            None => format!("CAST({NO_MARK} AS BIGINT)"),
        }));
        s.expr(Expr::cust("COUNT(*)"));
        for sum in self.sums {
            let [high, low, stated] = pieces(sum);
            s.expr(Expr::cust(format!("COALESCE({high}, 0)"))).expr(Expr::cust(format!("COALESCE({low}, 0)")));
            s.expr(Expr::cust(stated));
        }
        let distinct =
            self.distinct.map(|column| ["0".to_owned(), format!("COUNT(DISTINCT {column})"), "0".to_owned()]);
        let rest = ROOM - self.sums.len() - distinct.iter().len();
        for column in distinct.into_iter().flatten().chain(std::iter::repeat_n("0".to_owned(), 3 * rest)) {
            s.expr(Expr::cust(format!("CAST({column} AS BIGINT)")));
        }
        s.from(name).and_where(Expr::col("org_id").eq(org.get())).cond_where(days.condition(backend, self.table.day()));
        if let Some(only) = self.only {
            s.and_where(Expr::cust(only));
        }
        s.add_group_by(["4", "5", "6", "7"].map(Expr::cust));
        s
    }

    /// Makes the rows of days anew from the facts.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn make(&self, db: &impl ConnectionTrait, org: OrgId, days: Days<'_>) -> Result<(), DbErr> {
        let backend = db.get_database_backend();
        let first_day = days.condition(backend, "first_day");
        self.remove(db, org, Grain::Day, first_day.clone()).await?;
        insert(db, self.counted(org, days, backend)).await?;
        let mut everybody = self.added(org, Grain::Day, Expr::col("first_day"), Expr::val(EVERYBODY));
        everybody.cond_where(first_day).add_group_by(["4", "6", "7"].map(Expr::cust));
        insert(db, everybody).await
    }

    /// Makes the rows of a month anew from those of its days.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn make_month(&self, db: &impl ConnectionTrait, org: OrgId, from: i64, to: i64) -> Result<(), DbErr> {
        let month = Cond::all().add(Expr::col("first_day").eq(from));
        self.remove(db, org, Grain::Month, month).await?;
        let mut added = self.added(org, Grain::Month, Expr::val(from), Expr::col("person_id"));
        let days = Days::Span(from, to).condition(db.get_database_backend(), "first_day");
        added.cond_where(days).add_group_by(["5", "6", "7"].map(Expr::cust));
        insert(db, added).await
    }

    /// The days of which there are rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn days(&self, db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<i64>, DbErr> {
        let mut s = Query::select();
        s.distinct().column("first_day").from("fact_sum").and_where(Expr::col("person_id").eq(EVERYBODY));
        let s = s.cond_where(self.rows(org, Grain::Day)).to_owned();
        db.query_all(&s).await?.iter().map(|row| row.try_get_by_index(0)).collect()
    }

    /// The rows that are stored, whatever their grain, with a first day in a span.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn stored(&self, db: &impl ConnectionTrait, org: OrgId, days: Days<'_>) -> Result<Vec<Row>, DbErr> {
        let mut s = Query::select();
        s.columns(columns()).from("fact_sum").and_where(Expr::col("org_id").eq(org.get()));
        s.and_where(Expr::col("kind").eq(self.table.name()));
        s.cond_where(days.condition(db.get_database_backend(), "first_day"));
        db.query_all(&s).await?.iter().map(Row::read).collect()
    }

    /// The rows of days as the facts make them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count(&self, db: &impl ConnectionTrait, org: OrgId, days: Days<'_>) -> Result<Vec<Row>, DbErr> {
        db.query_all(&self.counted(org, days, db.get_database_backend())).await?.iter().map(Row::read).collect()
    }

    /// All days of its facts, and the first days of its rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn all_days(&self, db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<i64>, DbErr> {
        let of_table = |table: &'static str, day: &'static str| {
            let mut s = Query::select();
            s.distinct().column(day).from(table).and_where(Expr::col("org_id").eq(org.get()));
            s
        };
        let mut rows = of_table("fact_sum", "first_day");
        rows.and_where(Expr::col("kind").eq(self.table.name()));
        let mut found = db.query_all(&of_table(self.table.name(), self.table.day())).await?;
        found.extend(db.query_all(&rows).await?);
        found.iter().map(|row| row.try_get_by_index(0)).collect()
    }

    /// The rows of one grain.
    fn rows(&self, org: OrgId, grain: Grain) -> Cond {
        Cond::all()
            .add(Expr::col("org_id").eq(org.get()))
            .add(Expr::col("kind").eq(self.table.name()))
            .add(Expr::col("grain").eq(grain.stored()))
    }

    /// Rows of days added up, to be grouped.
    fn added(&self, org: OrgId, grain: Grain, first_day: Expr, person: Expr) -> SelectStatement {
        let mut s = Query::select();
        s.expr(Expr::val(org.get())).expr(Expr::val(self.table.name())).expr(Expr::val(grain.stored()));
        s.expr(first_day).expr(person).columns(["text", "mark"]);
        for column in values() {
            s.expr(Expr::cust(format!("CAST(SUM({column}) AS BIGINT)")));
        }
        s.from("fact_sum").cond_where(self.rows(org, Grain::Day));
        s
    }

    /// Removes rows.
    async fn remove(&self, db: &impl ConnectionTrait, org: OrgId, grain: Grain, which: Cond) -> Result<(), DbErr> {
        let delete =
            Query::delete().from_table("fact_sum").cond_where(self.rows(org, grain)).cond_where(which).to_owned();
        db.execute(&delete).await?;
        Ok(())
    }
}

/// A row: what it is of, and what is added up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Grain as it is stored.
    pub grain: i16,
    /// First day.
    pub first_day: i64,
    /// Whose.
    pub person: i64,
    /// What tells it apart.
    pub text: String,
    /// What tells it apart.
    pub mark: i64,
    /// How many facts, and the three parts of each sum.
    pub values: Vec<i64>,
}

impl Row {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let values = KEY.len()..KEY.len() + 1 + 3 * ROOM;
        Ok(Self {
            grain: row.try_get_by_index(2)?,
            first_day: row.try_get_by_index(3)?,
            person: row.try_get_by_index(4)?,
            text: row.try_get_by_index(5)?,
            mark: row.try_get_by_index(6)?,
            values: values.map(|at| row.try_get_by_index(at)).collect::<Result<_, _>>()?,
        })
    }
}

/// How many rows there are, of whatever kind.
///
/// # Errors
/// When the database refuses.
pub async fn size(db: &impl ConnectionTrait, org: OrgId) -> Result<u64, DbErr> {
    let s = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from("fact_sum")
        .and_where(Expr::col("org_id").eq(org.get()))
        .to_owned();
    let row = db.query_one(&s).await?;
    let rows: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

async fn insert(db: &impl ConnectionTrait, rows: SelectStatement) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table("fact_sum").columns(columns());
    insert.select_from(rows).map_err(|error| DbErr::Custom(error.to_string()))?;
    db.execute(&insert).await?;
    Ok(())
}

/// Whose a row is that is not of all together.
pub(super) fn somebody(person: Option<i64>) -> Option<PersonId> {
    person.filter(|p| *p != NOBODY).map(PersonId::new)
}

/// Reads sums in place of facts, in one statement. A slot that holds whole months and single days comes in two groups.
///
/// # Errors
/// When the database refuses.
pub async fn groups(db: &impl ConnectionTrait, kept: &Kept, question: &Question<'_>) -> Result<Vec<Group>, DbErr> {
    let span = question.span;
    let cuts: Vec<i32> = question.cuts.iter().map(|d| d.day_number()).collect();
    let covers = cover(&[Grain::Month, Grain::Day], Some(span.from().day_number()), span.to().day_number(), &cuts);
    let mut arms = covers.iter().filter_map(|cover| arm(kept, question, cover));
    let Some(mut select) = arms.next() else { return Ok(Vec::new()) };
    for arm in arms {
        select.union(UnionType::All, arm);
    }
    let sums = kept.sums.len() + usize::from(kept.distinct.is_some());
    db.query_all(&select).await?.iter().map(|row| group(row, kept, sums)).collect()
}

fn arm(kept: &Kept, q: &Question<'_>, cover: &Cover) -> Option<SelectStatement> {
    let (first, last) = (cover.spans.first()?.0, cover.spans.last()?.1);
    let day = || Expr::col("first_day");
    let mut s = Query::select();
    // A row stands for all its days: no cut lies inside it, so its first day tells its slot.
    s.expr(slot_of(&day, q.cuts, 0));
    s.expr(if q.by_person { Expr::col("person_id") } else { Expr::cust("CAST(NULL AS BIGINT)") });
    s.columns(["text", "mark"]);
    for column in values().take(1 + 3 * (kept.sums.len() + usize::from(kept.distinct.is_some()))) {
        s.expr(Expr::cust(format!("CAST(SUM({column}) AS BIGINT)")));
    }
    let person = || Expr::col("person_id");
    s.from("fact_sum").cond_where(kept.rows(q.org, cover.grain)).and_where(match (q.people, q.by_person) {
        (Some(people), _) => person().is_in(people.iter().map(|p| p.get())),
        (None, false) => person().eq(EVERYBODY),
        (None, true) => person().gte(NOBODY),
    });
    s.and_where(day().gte(first)).and_where(day().lt(last));
    if cover.spans.len() > 1 {
        let spans = cover.spans.iter().map(|(a, b)| day().gte(*a).and(day().lt(*b)));
        s.cond_where(spans.fold(Cond::any(), Cond::add));
    }
    s.add_group_by(["1", "2", "3", "4"].map(Expr::cust));
    Some(s)
}

fn group(row: &QueryResult, kept: &Kept, sums: usize) -> Result<Group, DbErr> {
    let text: String = row.try_get_by_index(2)?;
    let mark: i64 = row.try_get_by_index(3)?;
    let sum = |at: usize| -> Result<Sum, DbErr> {
        let (high, low): (i64, i64) = (row.try_get_by_index(at)?, row.try_get_by_index(at + 1)?);
        Ok(Sum { total: i128::from(high) * i128::from(PIECE) + i128::from(low), stated: row.try_get_by_index(at + 2)? })
    };
    Ok(Group {
        slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
        person: somebody(row.try_get_by_index(1)?),
        texts: kept.text.iter().map(|_| Some(text.clone()).filter(|t| !t.is_empty())).collect(),
        marks: kept.mark.iter().map(|_| Some(mark).filter(|m| *m != NO_MARK)).collect(),
        count: row.try_get_by_index(4)?,
        sums: (0..sums).map(|n| sum(5 + 3 * n)).collect::<Result<_, _>>()?,
    })
}
