//! What a list of deals and one deal show.

use domain::ids::DealId;
use serde::{Deserialize, Serialize};

use super::data::{Link, PeriodView, Pick};

/// Which deals, from where on; the newest come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealsQuery {
    /// Person as in the address, if of one.
    pub person: String,
    /// Team as in the address, if of one: its people on the date of each deal.
    pub team: String,
    /// Name of the period; empty is the latest quarter with data.
    pub period: String,
    /// Part of the number: won, lost, decided, open, disqualified, pursued, cohort; empty is won.
    pub part: String,
    /// Only of this segment; `-` is none.
    #[serde(default)]
    pub segment: String,
    /// Only from this source; `-` is none.
    #[serde(default)]
    pub source: String,
    /// Text column to filter by, e.g. `product`.
    pub column: String,
    /// Value of that column.
    pub value: String,
    /// Only deals with this in one of their texts.
    #[serde(default)]
    pub search: String,
    /// Key of the last row of the page before.
    pub after: String,
}

/// One deal in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealRow {
    /// Its page.
    pub id: DealId,
    /// Key in the source.
    pub external_id: String,
    /// Customer.
    pub account: String,
    /// Product.
    pub product: String,
    /// Whose.
    pub people: String,
    /// Code of its status.
    pub status: String,
    /// Status in a word.
    pub status_word: String,
    /// Day it began, as it counts.
    pub began: String,
    /// Day it was closed.
    pub closed: String,
    /// Days between them.
    pub days: String,
    /// Amount that counts here, by share where the credit is split.
    pub amount: String,
}

/// A page of deals with the sums of all that match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealsPage {
    /// What was asked, as understood.
    pub query: DealsQuery,
    /// Of when.
    pub period: PeriodView,
    /// Whose, in words.
    pub scope: String,
    /// Where the reader came from.
    pub back: Link,
    /// Rows of this page.
    pub rows: Vec<DealRow>,
    /// Number of deals that match, over all pages; of a search it is not known.
    pub count: Option<i64>,
    /// Their number in words; empty where it is not known.
    pub count_text: String,
    /// Sum of their amounts.
    pub sum: String,
    /// Key to ask the next page with; none on the last.
    pub next: Option<String>,
    /// Parts to choose from.
    pub parts: Vec<Pick>,
    /// People and teams to choose from.
    pub people: Vec<Pick>,
    /// See `people`.
    pub teams: Vec<Pick>,
    /// Segments that occur.
    pub segments: Vec<Pick>,
    /// Sources that occur.
    pub sources: Vec<Pick>,
    /// Text columns to choose from.
    pub columns: Vec<Pick>,
    /// Values of the chosen column.
    pub values: Vec<Pick>,
    /// Heads of the table, by column.
    pub heads: Vec<Pick>,
    /// Said when filters leave nothing.
    pub empty: Option<String>,
    /// Whether the reader brings deals in.
    pub may_add: bool,
}

/// One deal with all its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealDetail {
    /// Which.
    pub id: DealId,
    /// Key in the source.
    pub external_id: String,
    /// Customer, or the key.
    pub title: String,
    /// Code of its status.
    pub status: String,
    /// Status in a word.
    pub status_word: String,
    /// Fields as (name, value), filled ones first.
    pub fields: Vec<(String, String)>,
    /// Whose credit: name, share, amount, scorecard where it may be opened.
    pub credits: Vec<Credit>,
    /// Import it came from, with a link where it may be opened.
    pub import: Option<Link>,
    /// When it was last written, in words.
    pub updated: String,
    /// Whether the reader may correct it.
    pub may_change: bool,
}

/// One person's part in a deal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// Who; none where the reader may not know.
    pub name: String,
    /// Share of it.
    pub share: String,
    /// Amount of that share.
    pub amount: String,
    /// Their scorecard; empty where it may not be opened.
    pub href: String,
}
