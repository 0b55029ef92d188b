//! One pass over a kind of fact: which of it is read, and into which cells each group of it belongs.

use std::collections::BTreeSet;

use domain::{Date, Period, PersonId};
use sea_orm::{ConnectionTrait, DbErr};

use crate::kpi::cells::{MOST_LISTED, Place, Plan, by_person, columns, cuts, keys, people, span};
use crate::query::aggregate::{Group, Question, Summed, groups};
use crate::query::column::{Table, TextColumn};
use crate::query::kept::{self, Kept};
use crate::query::{customers, spread};

/// What is read of dated facts for a plan.
pub(super) struct Sweep<'a> {
    plan: &'a Plan<'a>,
    span: Period,
    cuts: Vec<Date>,
    /// First day of each slot.
    slots: Vec<Date>,
    people: Option<Vec<PersonId>>,
    by_person: bool,
    columns: Vec<TextColumn>,
}

/// Which facts of a kind, and what is added up.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// Text columns beside those of the plan; their values stand after them.
    pub texts: &'a [TextColumn],
    /// See [`Question::only`].
    pub only: Option<&'static str>,
    /// See [`Question::marks`].
    pub marks: &'a [&'static str],
    /// See [`Question::sums`].
    pub sums: &'a [Summed],
}

impl<'a> Sweep<'a> {
    /// As [`Sweep::of`], but of everybody and nobody, each apart: the reader says what belongs to the scope.
    pub(super) fn everybody(plan: &'a Plan<'a>) -> Option<Self> {
        let sweep = Self::of(plan)?;
        Some(Self { people: None, by_person: true, ..sweep })
    }

    /// None when nothing can be read: no days, or nobody.
    pub(super) fn of(plan: &'a Plan<'a>) -> Option<Self> {
        let span = span(plan.windows)?;
        let people = people(plan, span, &[]);
        if people.as_ref().is_some_and(BTreeSet::is_empty) {
            return None;
        }
        let cuts = cuts(plan, span, people.as_ref());
        let listed = people.as_ref().filter(|p| p.len() <= MOST_LISTED).map(|p| p.iter().copied().collect());
        Some(Self {
            plan,
            span,
            slots: std::iter::once(span.from()).chain(cuts.iter().copied()).collect(),
            cuts,
            by_person: by_person(plan, span, &[], people.as_ref()),
            people: listed,
            columns: columns(plan),
        })
    }

    /// Groups of facts of one kind.
    pub(super) async fn groups(
        &self,
        db: &impl ConnectionTrait,
        table: Table,
        asked: Asked<'_>,
    ) -> Result<Vec<Group>, DbErr> {
        let texts: Vec<TextColumn> = self.columns.iter().chain(asked.texts).cloned().collect();
        if self.is_nobodys(table) {
            return Ok(Vec::new());
        }
        groups(db, &self.question(table, &texts, asked)).await
    }

    /// Groups of a kind of fact of which sums are kept: from those, where they tell apart what the plan asks. Then what
    /// is counted apart ([`Kept::distinct`]) stands after the sums.
    pub(super) async fn kept(&self, db: &impl ConnectionTrait, kept: &Kept) -> Result<Vec<Group>, DbErr> {
        let (texts, marks) = (kept.text.as_slice(), kept.mark.as_slice());
        let asked = Asked { texts, only: kept.only, marks, sums: kept.sums };
        if !self.reads_stored() {
            return self.groups(db, kept.table, asked).await;
        }
        if self.is_nobodys(kept.table) {
            return Ok(Vec::new());
        }
        kept::groups(db, kept, &self.question(kept.table, texts, asked)).await
    }

    /// Whether stored figures tell apart what the plan asks.
    pub(super) fn reads_stored(&self) -> bool {
        self.plan.frame.stored && self.columns.is_empty() && self.plan.filters.is_empty()
    }

    /// Whether what is stored of customers does so too: under the choices that were made, not under others.
    pub(super) fn reads_stored_customers(&self) -> bool {
        self.reads_stored() && self.plan.frame.own_choices
    }

    /// Receipts of which stored figures count too many.
    pub(super) async fn spread(&self, db: &impl ConnectionTrait, by_customer: bool) -> Result<Vec<Group>, DbErr> {
        spread::groups(db, &self.question(Table::SalesLines, &[], Asked::default()), by_customer).await
    }

    /// Whether the facts of a kind are nobody's, and the plan is not of the organisation: theirs they are only.
    fn is_nobodys(&self, table: Table) -> bool {
        matches!(self.plan.scope, crate::kpi::scope::Scope::Dated(_)) && !table.has_person()
    }

    fn question<'q>(&'q self, table: Table, texts: &'q [TextColumn], asked: Asked<'q>) -> Question<'q> {
        Question {
            org: self.plan.frame.org,
            table,
            span: self.span,
            cuts: &self.cuts,
            people: self.people.as_deref(),
            by_person: self.by_person,
            texts,
            filters: self.plan.filters,
            only: asked.only,
            marks: asked.marks,
            sums: asked.sums,
        }
    }

    /// What is asked of customers.
    pub(super) fn customers(&self) -> customers::Question<'_> {
        customers::Question {
            org: self.plan.frame.org,
            span: self.span,
            cuts: &self.cuts,
            people: self.people.as_deref(),
            by_person: self.by_person,
            texts: &self.columns,
            filters: self.plan.filters,
            usage_fees: self.plan.frame.choices.recurring.usage_fees,
        }
    }

    /// The cells that a group belongs to; none where it is outside the scope.
    pub(super) fn places(&self, group: &Group) -> Vec<Place> {
        match self.day(group) {
            Some(day) if !self.by_person || self.plan.scope.contains(group.person, day.day_number()) => {
                self.places_on(group, day)
            }
            _ => Vec::new(),
        }
    }

    /// The first day of a group's slot, which stands for all of its days.
    pub(super) fn day(&self, group: &Group) -> Option<Date> {
        self.slots.get(group.slot).copied()
    }

    /// The cells that a group belongs to, whatever the scope.
    pub(super) fn places_on(&self, group: &Group, day: Date) -> Vec<Place> {
        let keys = keys(self.plan, &self.columns, group.person, &group.texts, day.day_number());
        let windows = self.plan.windows.iter().enumerate().filter(|(_, window)| window.holds(day));
        let cells = windows.flat_map(|(w, _)| keys.iter().enumerate().map(move |(s, key)| (s, w, key.clone())));
        cells.collect()
    }

    /// A text of a group that was asked beside those of the plan.
    pub(super) fn text<'g>(&self, group: &'g Group, i: usize) -> Option<&'g str> {
        group.texts.get(self.columns.len() + i).and_then(Option::as_deref)
    }
}
