//! Results of campaigns, as [`super::aggregate`] adds them up.

use super::aggregate::Summed;
use super::column::{Table, TextColumn};
use super::kept::Kept;

/// By channel and by the columns that a row states: the sums of the columns, in the order of the bits of [`STATED`].
pub const KEPT: Kept = Kept {
    table: Table::CampaignDays,
    text: Some(TextColumn::Channel),
    only: None,
    mark: Some(STATED),
    sums: &SUMS,
    distinct: None,
};

/// Which columns a row states, as bits: rows that state different ones are not added before that is known.
const STATED: &str = "CASE WHEN campaign_day.spend_micros IS NULL THEN 0 ELSE 1 END \
                      + CASE WHEN campaign_day.impressions IS NULL THEN 0 ELSE 2 END \
                      + CASE WHEN campaign_day.clicks IS NULL THEN 0 ELSE 4 END \
                      + CASE WHEN campaign_day.leads IS NULL THEN 0 ELSE 8 END \
                      + CASE WHEN campaign_day.qualified_leads IS NULL THEN 0 ELSE 16 END \
                      + CASE WHEN campaign_day.orders IS NULL THEN 0 ELSE 32 END \
                      + CASE WHEN campaign_day.revenue_micros IS NULL THEN 0 ELSE 64 END";

const SUMS: [Summed; 7] = [
    Summed::Plain("campaign_day.spend_reporting_micros"),
    Summed::Plain("campaign_day.impressions"),
    Summed::Plain("campaign_day.clicks"),
    Summed::Plain("campaign_day.leads"),
    Summed::Plain("campaign_day.qualified_leads"),
    Summed::Plain("campaign_day.orders"),
    Summed::Plain("campaign_day.revenue_reporting_micros"),
];

/// An amount without an exchange rate.
pub const UNCONVERTED: &str = "(campaign_day.spend_micros IS NOT NULL AND campaign_day.spend_reporting_micros IS NULL) \
     OR (campaign_day.revenue_micros IS NOT NULL AND campaign_day.revenue_reporting_micros IS NULL)";
