//! What is odd in the sample data, as their `SOURCE.md` lists it: each goes in as it should, or is refused by name.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _};
use server::entity::{campaign_day, deal, lead, sales_line};
use server::import::{Kind, Report};

use crate::place::{Place, counts};

/// A file of the sample data, where it is there.
fn sample(path: &str) -> Option<PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !path.exists() {
        println!("left out: {} is not there", path.display());
        return None;
    }
    Some(path)
}

impl Place {
    async fn sample(&self, kind: Kind, path: &str, mapping: &str) -> Option<Report> {
        let path = sample(path)?;
        let mut request = self.request(kind, &path, mapping);
        request.beside = path.parent().expect("a folder").to_owned();
        Some(self.run(request).await)
    }
}

const PIPELINE: &str = r#"
unknown_people = "create"
currency = "USD"
[columns]
external_id = "opportunity_id"
person = "sales_agent"
status = "deal_stage"
engaged_on = "engage_date"
closed_on = "close_date"
amount = "close_value"
account = "account"
product = "product"
country = "office_location"
"attributes.sector" = "sector"
[values.status]
Engaging = "open"
Prospecting = "open"
[values.product]
GTXPro = "GTX Pro"
[values.country]
Philipines = "Philippines"
[values."attributes.sector"]
technolgy = "technology"
[join]
file = "accounts.csv"
on = "account"
"#;

on_each_database!(misspelt_names_are_mended_by_the_value_map, place => {
    let Some(report) = place.sample(Kind::Deals, "crm_maven/sales_pipeline.csv", PIPELINE).await else { return };
    assert_eq!(counts(&report), (8800, 8800, 0, 0, 0), "{:?}", report.rejected.first());
    let with = async |column: deal::Column, value: &str| deal::Entity::find().filter(column.eq(value)).count(&place.db).await.unwrap();
    assert_eq!((with(deal::Column::Product, "GTXPro").await, with(deal::Column::Product, "GTX Pro").await), (0, 1480));
    assert_eq!(with(deal::Column::Country, "Philipines").await, 0);
    assert!(with(deal::Column::Country, "Philippines").await > 0);
    let sectors: Vec<Option<String>> = deal::Entity::find().select_only().column(deal::Column::Attributes).distinct().into_tuple().all(&place.db).await.unwrap();
    let sectors: HashSet<String> = sectors.into_iter().flatten().collect();
    assert!(sectors.iter().any(|s| s.contains("\"technology\"")) && !sectors.iter().any(|s| s.contains("technolgy")), "{sectors:?}");
    // A blank account finds nothing in the second file, and stays blank: 1,425 open deals.
    let blank = deal::Entity::find().filter(deal::Column::Account.is_null());
    assert_eq!(blank.clone().count(&place.db).await.unwrap(), 1425);
    assert_eq!(blank.filter(deal::Column::Country.is_not_null()).count(&place.db).await.unwrap(), 0);
});

const OPPORTUNITIES: &str = r#"
unknown_people = "create"
currency = "USD"
[columns]
external_id = "opportunity_id"
person = "assigned_rep"
status = "stage"
created_on = "created_date"
closed_on = "close_date"
amount = "amount"
lost_reason = "lost_reason"
[values.status]
"Closed Won" = "won"
"Closed Lost" = "lost"
Demo = "open"
Discovery = "open"
Negotiation = "open"
Proposal = "open"
"#;

const REVOPS_LEADS: &str = r#"
unknown_people = "create"
[columns]
external_id = "lead_id"
created_on = "created_date"
person = "assigned_rep"
deal = "opportunity_id"
qualified = "converted_to_opportunity"
"#;

on_each_database!(reasons_of_loss_are_blank_elsewhere_and_booleans_are_capitals, place => {
    let folder = "crm_revops_lost_reason";
    let Some(deals) = place.sample(Kind::Deals, &format!("{folder}/opportunities.csv"), OPPORTUNITIES).await else { return };
    assert_eq!(counts(&deals), (126, 126, 0, 0, 0), "{:?}", deals.rejected.first());
    let rows = deal::Entity::find().all(&place.db).await.unwrap();
    let (lost, others): (Vec<_>, Vec<_>) = rows.iter().partition(|d| d.status == 2);
    assert_eq!(lost.len(), 5);
    assert!(lost.iter().all(|d| d.lost_reason.is_some()) && others.iter().all(|d| d.lost_reason.is_none()));
    let leads = place.sample(Kind::Leads, &format!("{folder}/leads.csv"), REVOPS_LEADS).await.expect("the second file");
    assert_eq!(counts(&leads), (250, 250, 0, 0, 0), "{:?}", leads.rejected.first());
    let leads = lead::Entity::find().all(&place.db).await.unwrap();
    let text = std::fs::read_to_string(sample(&format!("{folder}/leads.csv")).unwrap()).unwrap();
    let yes = text.matches(",TRUE,").count();
    assert!(yes > 0 && yes < 250);
    assert_eq!(leads.iter().filter(|l| l.qualified == Some(1)).count(), yes);
    assert_eq!(leads.iter().filter(|l| l.qualified == Some(0)).count(), 250 - yes);
});

const MARKETING: &str = r#"
currency = "USD"
[columns]
date = "C Date"
campaign = "Campaign Name"
category = "Category"
spend = "Mark Spent"
leads = "Leads"
"#;

on_each_database!(a_day_without_leads_is_a_day_with_none, place => {
    let Some(report) = place.sample(Kind::CampaignDays, "mkt_inr_feb2021/Marketing.csv", MARKETING).await else { return };
    assert_eq!(counts(&report), (308, 308, 0, 0, 0));
    let none = campaign_day::Entity::find().filter(campaign_day::Column::Leads.eq(0)).count(&place.db).await.unwrap();
    let unknown = campaign_day::Entity::find().filter(campaign_day::Column::Leads.is_null()).count(&place.db).await.unwrap();
    assert_eq!((none, unknown), (4, 0), "zero is not blank");
    let odd = campaign_day::Entity::find().filter(campaign_day::Column::Campaign.eq("facebOOK_tier2")).count(&place.db).await.unwrap();
    assert_eq!(odd, 28, "a name stays as it is spelt");
});

const RETAIL: &str = r#"
currency = "USD"
[columns]
transaction = "InvoiceNo"
product = "StockCode"
category = "Description"
quantity = "Quantity"
date = "InvoiceDate"
unit_price = "UnitPrice"
customer = "CustomerID"
country = "Country"
[[rules]]
when = { column = "InvoiceNo", starts_with = "C" }
set = { kind = "return" }
[[rules]]
when = { column = "StockCode", matches = "^(POST|DOT|M|m|C2|D|S|B|PADS|CRUK|BANK CHARGES|AMAZONFEE|gift_.*)$" }
set = { kind = "adjustment" }
[[skip]]
when = { column = "UnitPrice", less_than = "0" }
"#;

on_each_database!(lines_of_a_gift_shop_with_all_their_oddities, place => {
    // As they stand in the file: quotes, commas and pounds in texts, an exact duplicate, an invoice over two minutes,
    // codes that are no goods, a blank text, a customer that looks like a number, a bad debt with a negative price.
    let text = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
        1,21730,\"GLASS STAR FROSTED, \"\"T-LIGHT\"\" £5\",6,2010-12-01 08:26:00,4.25,17850.0,EIRE\n\
        1,21730,\"GLASS STAR FROSTED, \"\"T-LIGHT\"\" £5\",6,2010-12-01 08:26:00,4.25,17850.0,EIRE\n\
        1,22752,,2,2010-12-01 08:27:00,7.65,17850.0,EIRE\n\
        1,POST,POSTAGE,1,2010-12-01 08:27:00,18.0,17850.0,EIRE\n\
        C2,22752,SET 7,-1,2010-12-02 09:00:00,7.65,,Unspecified\n\
        A3,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom\n\
        A4,B,Adjust bad debt,1,2011-08-12 14:51:00,\"-11,062.06\",,United Kingdom\n";
    let report = place.run(place.request(Kind::SalesLines, &place.file(text), RETAIL)).await;
    assert_eq!((counts(&report), report.skipped), ((7, 6, 0, 0, 0), 1), "{:?}", report.rejected);
    let lines = sales_line::Entity::find().all(&place.db).await.unwrap();
    let stars: Vec<_> = lines.iter().filter(|l| l.product.as_deref() == Some("21730")).collect();
    assert_eq!(stars.len(), 2, "exact duplicates stay");
    assert!(stars.iter().all(|l| l.category.as_deref() == Some("GLASS STAR FROSTED, \"T-LIGHT\" £5")));
    assert!(lines.iter().all(|l| l.customer.as_deref().is_none_or(|c| c == "17850.0")), "an id stays as it is written");
    let first: HashSet<i64> = lines.iter().filter(|l| l.receipt == "1").map(|l| l.day).collect();
    assert_eq!(first.len(), 1, "two minutes are one day and one transaction");
    let kinds: BTreeMap<&str, i64> = lines.iter().map(|l| (l.product.as_deref().unwrap_or(""), l.kind)).collect();
    assert_eq!(kinds["21730"], 0);
    assert!(kinds["POST"] == kinds["B"] && kinds["POST"] != 0, "what is no goods is an adjustment");
    assert_eq!(lines.iter().filter(|l| l.receipt == "C2").map(|l| l.kind).collect::<Vec<_>>(), [1]);
    let again = place.run(place.request(Kind::SalesLines, &place.file(text), RETAIL)).await;
    assert_eq!(counts(&again), (7, 0, 0, 6, 0), "and the same file again changes nothing");
    // Where the real file is there, its slice goes in under the same mapping.
    let Some(slice) = place.sample(Kind::SalesLines, "retail_uci_online/slice/online_retail.csv", RETAIL).await else { return };
    assert_eq!((slice.rows, slice.rejected_total), (46, 0), "{:?}", slice.rejected.first());
});

/// A ledger of contributions as sales: monthly and yearly ones go in, one-time ones and what was taken back stay out.
const LEDGER: &str = r#"
[columns]
transaction = "transaction_id"
date = "effective_utc"
customer = "customer_id"
category = "frequency"
product = "tier"
amount = "gross_amount"
currency = "currency"
[constants]
quantity = "1"
[[rules]]
when = { column = "credit_debit", equals = "DEBIT" }
set = { kind = "return" }
[[skip]]
when = { column = "frequency", equals = "one-time" }
"#;

on_each_database!(a_ledger_with_refunds_and_reversals, place => {
    let Some(report) = place.sample(Kind::SalesLines, "saas_opencollective_astro/ledger.csv", LEDGER).await else { return };
    assert_eq!((counts(&report), report.skipped), ((1402, 1290, 0, 0, 0), 112), "{:?}", report.rejected.first());
    let lines = sales_line::Entity::find().all(&place.db).await.unwrap();
    let refunds: Vec<_> = lines.iter().filter(|l| l.category.as_deref() == Some("refund")).collect();
    assert_eq!(refunds.iter().map(|l| (l.kind, l.amount_micros)).collect::<Vec<_>>(), [(1, -250_000_000); 3]);
    assert_eq!(lines.iter().filter(|l| l.category.as_deref() == Some("yearly")).count(), 2);
    // The three charges that were taken back are there as well: the sum of both is nothing.
    let taken_back: HashSet<&str> = refunds.iter().filter_map(|l| l.customer.as_deref()).collect();
    assert_eq!(taken_back.len(), 3);
    // 2024-09-17T00:47:27 has no zone: it stays on the day that is written.
    let day = i64::from("2024-09-17".parse::<domain::Date>().unwrap().day_number());
    let of_day = lines.iter().filter(|l| l.day == day && l.customer.as_deref() == Some("OC-142"));
    assert_eq!(of_day.map(|l| l.amount_micros).sum::<i64>(), 0, "charge and refund of one day");
});
