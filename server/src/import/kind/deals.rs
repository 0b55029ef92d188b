//! Deals: open, won, lost or disqualified, with who gets the credit.

use std::collections::BTreeMap;

use super::{Column, ID, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fault::{Code, Fault};
use domain::{Currency, Date, Micros};

/// The states of a deal, in the order of the numbers they are stored as.
pub const STATUSES: &[&str] = &["open", "won", "lost", "disqualified"];

/// The columns of deals.
pub const COLUMNS: &[Column] = &[
    required(
        "external_id",
        Type::Id,
        &["id", "opportunityid", "dealid", "recordid", "kansid", "dealnummer", "opportunitynumber", "key", "nummer"],
    ),
    required(
        "person",
        Type::Credit,
        &[
            "salesagent",
            "salesperson",
            "salesrep",
            "owner",
            "dealowner",
            "opportunityowner",
            "assignedrep",
            "assignedto",
            "rep",
            "agent",
            "seller",
            "verkoper",
            "eigenaar",
            "accountmanager",
            "medewerker",
            "persoon",
        ],
    ),
    required(
        "status",
        Type::Choice(STATUSES),
        &["dealstage", "dealstatus", "stage", "outcome", "result", "uitkomst", "resultaat", "fase"],
    ),
    column("stage", Type::Text(SHORT), &["fase", "pipelinestage", "salesstage", "verkoopfase"]),
    column(
        "created_on",
        Type::Date,
        &["createddate", "created", "createdate", "createdat", "aangemaakt", "aangemaaktop", "aanmaakdatum"],
    ),
    column(
        "engaged_on",
        Type::Date,
        &["engagedate", "engaged", "firstcontact", "startdate", "eerstecontact", "startdatum"],
    ),
    column(
        "closed_on",
        Type::Date,
        &[
            "closedate",
            "closed",
            "closeddate",
            "closingdate",
            "closedat",
            "sluitdatum",
            "gesloten",
            "geslotenop",
            "afgeslotenop",
            "afsluitdatum",
        ],
    ),
    column(
        "amount",
        Type::Money,
        &[
            "closevalue",
            "value",
            "dealvalue",
            "dealamount",
            "revenue",
            "price",
            "bedrag",
            "waarde",
            "dealwaarde",
            "omzet",
            "orderwaarde",
        ],
    ),
    column("currency", Type::Currency, &["currencycode", "currencyisocode", "valuta", "munt"]),
    column(
        "account",
        Type::Text(LONG),
        &["accountname", "customer", "company", "client", "klant", "bedrijf", "relatie", "organisatie", "klantnaam"],
    ),
    column("product", Type::Text(LONG), &["productname", "item", "artikel", "productnaam"]),
    column("segment", Type::Text(SHORT), &["sector", "industry", "markt", "branche"]),
    column("source", Type::Text(SHORT), &["leadsource", "bron", "herkomst", "leadbron"]),
    column("campaign", Type::Text(SHORT), &["campaignname", "campagne"]),
    column(
        "lost_reason",
        Type::Text(LONG),
        &["lossreason", "closedlostreason", "reasonlost", "redenverlies", "verliesreden"],
    ),
    column("proposal_template", Type::Text(SHORT), &["template", "proposal", "offertesjabloon", "sjabloon"]),
    column("discount_pct", Type::Percent, &["discount", "discountpercent", "korting", "kortingspercentage"]),
    column("probability", Type::Chance, &["probabilitypct", "chance", "kans", "slagingskans", "waarschijnlijkheid"]),
    column("country", Type::Text(SHORT), &["countryname", "land"]),
];

/// Places of the columns in [`COLUMNS`].
pub mod at {
    #![allow(missing_docs, reason = "each is named as its column")]
    pub const EXTERNAL_ID: usize = 0;
    pub const PERSON: usize = 1;
    pub const STATUS: usize = 2;
    pub const STAGE: usize = 3;
    pub const CREATED_ON: usize = 4;
    pub const ENGAGED_ON: usize = 5;
    pub const CLOSED_ON: usize = 6;
    pub const AMOUNT: usize = 7;
    pub const CURRENCY: usize = 8;
    pub const ACCOUNT: usize = 9;
    pub const PRODUCT: usize = 10;
    pub const SEGMENT: usize = 11;
    pub const SOURCE: usize = 12;
    pub const CAMPAIGN: usize = 13;
    pub const LOST_REASON: usize = 14;
    pub const PROPOSAL_TEMPLATE: usize = 15;
    pub const DISCOUNT: usize = 16;
    pub const PROBABILITY: usize = 17;
    pub const COUNTRY: usize = 18;
}

use at::*;

const TEXTS: std::ops::RangeInclusive<usize> = ACCOUNT..=PROPOSAL_TEMPLATE;

/// A deal as a row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    /// Line of the file.
    pub line: u64,
    /// Key in the source, as written.
    pub external_id: String,
    /// Who gets the credit, in millionths that sum to a million.
    pub credit: Vec<(String, i64)>,
    /// Place in [`STATUSES`].
    pub status: i16,
    /// Stage as the source names it.
    pub stage: Option<String>,
    /// Day of creation.
    pub created_on: Option<Date>,
    /// Day of first engagement.
    pub engaged_on: Option<Date>,
    /// Day of closing; of an open deal a forecast.
    pub closed_on: Option<Date>,
    /// Amount.
    pub amount: Option<Micros>,
    /// Whether the amount had more than six decimals.
    pub rounded: bool,
    /// Currency, if the file says one.
    pub currency: Option<Currency>,
    /// Account, product, segment, source, campaign, lost reason, proposal template.
    pub texts: [Option<String>; 7],
    /// Discount in millionths of the price.
    pub discount: Option<Micros>,
    /// Chance of winning in millionths.
    pub probability: Option<Micros>,
    /// Country.
    pub country: Option<String>,
    /// The organisation's own columns; none: the file has none.
    pub attributes: Option<BTreeMap<String, String>>,
}

/// Reads a row.
pub fn read(row: Row<'_>) -> Result<DealRow, Fault> {
    let external_id = row.required(EXTERNAL_ID)?;
    row.checked(EXTERNAL_ID, external_id, ID)?;
    let credit = credit(row)?;
    let status = row.choice(STATUS)?.ok_or_else(|| row.fault(STATUS, Code::Blank))?;
    let (created_on, engaged_on, closed_on) = (row.date(CREATED_ON)?, row.date(ENGAGED_ON)?, row.date(CLOSED_ON)?);
    let is_open = status == 0;
    if !is_open {
        let state = STATUSES.get(status).copied().unwrap_or_default();
        let Some(closed) = closed_on else {
            return Err(row.fault(CLOSED_ON, Code::ClosedOnMissing).with("status", state));
        };
        if let Some(start) = engaged_on.into_iter().chain(created_on).find(|start| closed < *start) {
            return Err(row.fault(CLOSED_ON, Code::ClosedBeforeStart).with("closed", closed).with("start", start));
        }
    }
    let amount = row.number(AMOUNT)?;
    if amount.is_some_and(|a| a.percent) {
        return Err(row.fault(AMOUNT, Code::BadNumber).with("value", row.value(AMOUNT).unwrap_or_default()));
    }
    let mut texts: [Option<String>; 7] = Default::default();
    for (slot, column) in texts.iter_mut().zip(TEXTS) {
        *slot = row.text(column)?.map(str::to_owned);
    }
    Ok(DealRow {
        line: row.line(),
        external_id: external_id.to_owned(),
        credit,
        status: status as i16,
        stage: row.text(STAGE)?.map(str::to_owned),
        created_on,
        engaged_on,
        closed_on,
        amount: amount.map(|a| a.micros),
        rounded: amount.is_some_and(|a| a.rounded),
        currency: row.currency(CURRENCY, &[(AMOUNT, amount)])?,
        texts,
        discount: row.percent(DISCOUNT)?,
        probability: row.percent(PROBABILITY)?,
        country: row.text(COUNTRY)?.map(str::to_owned),
        attributes: row.attributes()?,
    })
}

/// `Ann`, or `Ann=60;Bob=40` with a sum of exactly 100.
fn credit(row: Row<'_>) -> Result<Vec<(String, i64)>, Fault> {
    let text = row.value(PERSON).ok_or_else(|| row.fault(PERSON, Code::Blank))?;
    if !text.contains('=') {
        return Ok(vec![(row.checked(PERSON, text, SHORT)?.to_owned(), 1_000_000)]);
    }
    let bad = || row.fault(PERSON, Code::BadCredit).with("value", text);
    let mut shares: Vec<(String, i64)> = Vec::new();
    for part in text.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, share) = part.rsplit_once('=').ok_or_else(bad)?;
        let name = row.checked(PERSON, row.part(PERSON, name), SHORT)?;
        let (share, rounded) = Micros::parse(share.trim().trim_end_matches('%').trim_end()).map_err(|_| bad())?;
        // A share is stored in millionths of the whole: four decimals of a percentage.
        if name.is_empty() || share.0 <= 0 || rounded || share.0 % 100 != 0 || shares.iter().any(|(n, _)| n == name) {
            return Err(bad());
        }
        shares.push((name.to_owned(), share.0 / 100));
    }
    let sum = shares.iter().fold(0i64, |sum, (_, share)| sum.saturating_add(*share));
    if sum != 1_000_000 {
        let percent = Micros(sum.saturating_mul(100));
        return Err(row.fault(PERSON, Code::CreditSum).with("value", text).with("sum", percent));
    }
    Ok(shares)
}

#[cfg(test)]
mod tests;
