//! DigitalBoost: search earns well, display costs more than it brings, and of the podcasts nobody has entered the costs
//! of the last weeks. Four months ago the page where people ask for a quote was made anew.

use domain::{Date, Weekday};

use super::habits::{self, Mood};
use super::random::Random;
use super::setting::{Setting, euros, events, later, sheet, write};
use super::story::Story;
use crate::import::Kind;
use crate::import::rows::Sheet;

/// Months of campaigns.
pub const MONTHS: i32 = 12;
/// Months since the page was made anew.
pub const NEW_PAGE: i32 = 4;
/// The page.
pub const PAGE: &str = "/offerte";
/// Days whose costs are missing.
pub const MISSING_DAYS: i32 = 24;
/// The channel whose costs are missing.
pub const UNPAID: &str = "podcast";

/// A campaign; shares in thousandths.
struct Campaign {
    name: &'static str,
    channel: &'static str,
    category: &'static str,
    page: &'static str,
    /// First and last month, counted back; the last is included.
    months: (i32, i32),
    /// Usual cost of a day, and of a click, in cents.
    cost: (i64, i64),
    /// Clicks of a thousand times shown.
    clicks: i64,
    /// Leads of a thousand clicks, qualified of a thousand leads, orders of a thousand qualified leads.
    chain: (i64, i64, i64),
    /// Usual value of an order in whole euros.
    order: i64,
}

const PAID: &str = "betaald";
const OWN: &str = "eigen";
/// What leads on a channel become: qualified, and of those orders.
const SEARCH: (i64, i64) = (580, 260);
const SOCIAL: (i64, i64) = (380, 130);
const DISPLAY: (i64, i64) = (150, 150);
const MAIL: (i64, i64) = (550, 170);
const SPOKEN: (i64, i64) = (420, 150);

#[rustfmt::skip]
const CAMPAIGNS: [Campaign; 10] = [
    campaign("Offerte in een dag", "search", PAID, PAGE, (12, 0), (6_400, 185), 46, 58, SEARCH, 650),
    campaign("SEA merknaam", "search", PAID, "/", (12, 0), (2_100, 70), 98, 44, SEARCH, 600),
    campaign("Webshop sneller", "search", PAID, PAGE, (9, 0), (3_800, 170), 41, 52, SEARCH, 720),
    campaign("Klanten vertellen", "social", PAID, "/klanten", (12, 0), (4_200, 92), 17, 40, SOCIAL, 640),
    campaign("Gratis scan", "social", PAID, "/scan", (8, 3), (3_000, 88), 19, 48, SOCIAL, 560),
    campaign("Overal zichtbaar", "display", PAID, "/", (12, 0), (5_600, 58), 4, 20, DISPLAY, 620),
    campaign("Terug naar de site", "display", PAID, PAGE, (10, 0), (2_400, 44), 6, 16, DISPLAY, 620),
    campaign("Nieuwsbrief", "e-mail", OWN, "/klanten", (12, 0), (700, 28), 31, 46, MAIL, 540),
    campaign("Najaarsactie", "e-mail", OWN, PAGE, (6, 5), (1_100, 26), 35, 55, MAIL, 520),
    campaign("Ondernemers aan tafel", "podcast", PAID, "/scan", (7, 0), (2_300, 190), 12, 66, SPOKEN, 700),
];

const fn campaign(
    name: &'static str,
    channel: &'static str,
    category: &'static str,
    page: &'static str,
    months: (i32, i32),
    cost: (i64, i64),
    clicks: i64,
    leads: i64,
    (qualified, orders): (i64, i64),
    order: i64,
) -> Campaign {
    Campaign { name, channel, category, page, months, cost, clicks, chain: (leads, qualified, orders), order }
}

/// All facts but deals.
pub fn tell(story: &Story, setting: &Setting) -> Vec<Sheet> {
    let mut random = Random::new(303);
    let mood = Mood { answers: 6, glad: 64, dip: None };
    let week = [("call", 5, 14), ("meeting", 1, 4), ("e-mail", 6, 16), ("proposal", 0, 3)];
    let days = campaign_days(setting, &mut random);
    let leads = leads(&days, setting);
    vec![
        days,
        leads,
        habits::activities(setting, &mut random, 12, &week),
        habits::satisfaction(setting, &mut random, 12, |_| story.accounts.to_vec(), mood),
        hours(story, setting, &mut random),
        habits::quotas(setting, "deals_revenue"),
        channel_quotas(setting),
        events(
            setting,
            &[
                (10, "Merkcampagne met display", "campaign", "channel=display"),
                (NEW_PAGE, "Nieuwe offertepagina", "product", &format!("attributes.landing_page={PAGE}")),
                (2, "Cursus leads opvolgen", "training", "team=Nieuwe klanten"),
            ],
        ),
    ]
}

fn campaign_days(setting: &Setting, random: &mut Random) -> Sheet {
    let columns = &[
        "date",
        "campaign",
        "channel",
        "category",
        "spend",
        "impressions",
        "clicks",
        "leads",
        "qualified_leads",
        "orders",
        "revenue",
        "attributes.landing_page",
    ];
    let mut days = sheet(Kind::CampaignDays, columns);
    for day in setting.days(MONTHS) {
        for one in &CAMPAIGNS {
            let (first, last) = one.months;
            if setting.month(first) <= day && day < setting.month(last - 1) {
                add(&mut days, setting, random, one, day);
            }
        }
    }
    days
}

/// Where in a row of campaign days things stand.
const DAY: usize = 0;
const CAMPAIGN: usize = 1;
const CHANNEL: usize = 2;
const LEADS: usize = 7;
const QUALIFIED: usize = 8;
const LANDING_PAGE: usize = 11;

/// From which channel deals of a source come, and of how many of them one.
const FIRST_SEEN: [(&str, &str, usize); 5] = [
    ("search", "search", 1),
    ("social", "social", 2),
    ("referral", "e-mail", 4),
    ("event", "podcast", 8),
    ("", "display", 30),
];
/// Days from a lead to its deal at most.
const PATIENCE: i32 = 30;

/// One record for each lead that the campaigns brought, so that either says the same: from now on it is the records that
/// count. Some became a deal.
fn leads(days: &Sheet, setting: &Setting) -> Sheet {
    let columns =
        &["external_id", "created_on", "channel", "campaign", "status", "deal", "qualified", "attributes.landing_page"];
    let mut leads = sheet(Kind::Leads, columns);
    let mut open: Vec<(usize, Date, &str)> = Vec::new();
    for row in &days.rows {
        let count = |at: usize| row[at].parse::<i64>().unwrap_or(0);
        let day: Date = row[DAY].parse().unwrap_or(setting.today);
        for n in 0..count(LEADS) {
            let qualified = n < count(QUALIFIED);
            if qualified {
                open.push((leads.rows.len(), day, &row[CHANNEL]));
            }
            let key = format!("L-{}", 10_001 + leads.rows.len());
            let status = if qualified { "opgevolgd" } else { "afgewezen" };
            write(
                &mut leads,
                &[&key, &day, &row[CHANNEL], &row[CAMPAIGN], &status, &"", &qualified, &row[LANDING_PAGE]],
            );
        }
    }
    let mut seen = [0; FIRST_SEEN.len()];
    for deal in &setting.deals {
        let came = FIRST_SEEN.iter().zip(&mut seen).find_map(|((source, channel, each), n)| {
            let is_theirs = source.is_empty() || *source == deal.source;
            *n += usize::from(is_theirs);
            (is_theirs && *n % each == 0).then_some(*channel)
        });
        let Some(channel) = came else { continue };
        let is_before = |day: Date| (0..=PATIENCE).contains(&deal.created.days_since(day));
        let Some(at) = open.iter().rposition(|(_, day, of)| *of == channel && is_before(*day)) else { continue };
        let (row, ..) = open.remove(at);
        leads.rows[row][4] = "klant in zicht".to_owned();
        leads.rows[row][5].clone_from(&deal.key);
    }
    leads
}

fn add(days: &mut Sheet, setting: &Setting, random: &mut Random, one: &Campaign, day: Date) {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let cents = one.cost.0 * random.between(80, 120) / if weekend { 170 } else { 100 };
    let clicks = cents / one.cost.1;
    let renewed = one.page == PAGE && day >= setting.month(NEW_PAGE);
    let (leads, qualified, orders) = one.chain;
    let leads = some_of(random, clicks, if renewed { leads * 150 / 100 } else { leads });
    let qualified = some_of(random, leads, qualified);
    let orders = some_of(random, qualified, orders);
    let earned: i64 = (0..orders).map(|_| one.order * random.between(60, 140)).sum();
    let is_missing = one.channel == UNPAID && setting.today.days_since(day) <= MISSING_DAYS;
    let spend = if is_missing { String::new() } else { euros(cents) };
    let shown = clicks * 1_000 / one.clicks + random.between(0, 40);
    let cells: [&dyn std::fmt::Display; 12] = [
        &day,
        &one.name,
        &one.channel,
        &one.category,
        &spend,
        &shown,
        &clicks,
        &leads,
        &qualified,
        &orders,
        &euros(earned),
        &one.page,
    ];
    write(days, &cells);
}

/// How many of so many, each with a chance in thousandths.
fn some_of(random: &mut Random, all: i64, thousandths: i64) -> i64 {
    (0..all).map(|_| i64::from(random.between(0, 999) < thousandths)).sum()
}

/// Hours that customers were billed, by team and month.
fn hours(story: &Story, setting: &Setting, random: &mut Random) -> Sheet {
    let mut hours = sheet(Kind::Measurements, &["date", "measure", "value", "team"]);
    for back in (1..=MONTHS).rev() {
        let last = later(setting.month(back - 1), -1);
        for (team, people) in story.teams {
            let each = random.between(96, 124);
            write(&mut hours, &[&last, &"facturabele_uren", &(each * people.len() as i64), team]);
        }
    }
    hours
}

/// What campaigns should bring in, by channel and month.
fn channel_quotas(setting: &Setting) -> Sheet {
    let mut quotas = sheet(Kind::Targets, habits::QUOTA);
    for (_, month, percent) in habits::quota_months(setting) {
        for (channel, euros) in [("search", 11_000), ("social", 2_400), ("display", 2_400), ("e-mail", 1_800)] {
            let value = euros * percent / 100;
            write(&mut quotas, &[&"revenue", &"", &month, &value, &format!("channel={channel}")]);
        }
    }
    quotas
}
