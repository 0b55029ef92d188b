//! TechSolutions: seven months ago the plan Pro became dearer. Each customer who stayed pays more, and more of them left
//! than of the others.

mod book;
mod customers;

use domain::Date;

use super::habits::{self, Mood};
use super::random::Random;
use super::setting::{Setting, euros, events, later, sheet, write};
use crate::import::Kind;
use crate::import::rows::Sheet;
use customers::CUSTOMERS;

/// Months of subscriptions.
pub const MONTHS: i32 = 18;
/// Months since the price of [`DEARER`] changed.
pub const PRICE_CHANGE: i32 = 7;
/// The plan whose price changed.
pub const DEARER: &str = "Pro";

/// All facts.
pub fn tell(setting: &Setting) -> Vec<Sheet> {
    let mut random = Random::new(101);
    let mood = Mood { answers: 9, glad: 66, dip: Some((PRICE_CHANGE - 1, 25)) };
    let rates = rates(setting, &mut random);
    let subscriptions = book::subscriptions(setting, &mut random);
    let customers = |day: Date| book::customers(&subscriptions, day);
    let answers = habits::satisfaction(setting, &mut random, MONTHS, customers, mood);
    vec![
        rates,
        subscriptions,
        answers,
        campaigns(setting, &mut random),
        costs(setting, &mut random),
        habits::activities(setting, &mut random, 12, &[("call", 6, 16), ("demo", 1, 4), ("e-mail", 8, 20)]),
        habits::quotas(setting, "revenue"),
        events(
            setting,
            &[
                (13, "Reports module for everybody", "product", ""),
                (10, "Discovery training", "training", "team=Enterprise"),
                (PRICE_CHANGE, "Pro costs 20 % more", "price_change", "plan=Pro"),
                (3, "Guided onboarding", "process", ""),
            ],
        ),
    ]
}

fn rates(setting: &Setting, random: &mut Random) -> Sheet {
    let mut rates = sheet(Kind::Rates, &["date", "currency", "rate"]);
    let mut ten_thousandths = 9_240;
    for back in (0..=MONTHS + 8).rev() {
        ten_thousandths = (ten_thousandths + random.between(-110, 105)).clamp(8_600, 9_700);
        write(&mut rates, &[&setting.month(back), &"USD", &format!("0.{ten_thousandths:04}")]);
    }
    rates
}

/// What acquiring cost: advertising by day. What it earned is in the subscriptions.
fn campaigns(setting: &Setting, random: &mut Random) -> Sheet {
    let columns = &["date", "campaign", "channel", "spend", "impressions", "clicks", "leads", "qualified_leads"];
    let mut campaigns = sheet(Kind::CampaignDays, columns);
    for day in setting.days(MONTHS) {
        for (name, channel, spend, click) in
            [("Try Pro for free", "search", 11_500, 240), ("Founders tell", "social", 7_000, 110)]
        {
            let cents = spend * random.between(75, 125) / 100;
            let clicks = cents / click;
            let leads = clicks * random.between(3, 7) / 100;
            let qualified = leads * random.between(20, 80) / 100;
            let shown = clicks * random.between(38, 52);
            write(&mut campaigns, &[&day, &name, &channel, &euros(cents), &shown, &clicks, &leads, &qualified]);
        }
    }
    campaigns
}

/// What selling cost: by month, once the month is over.
fn costs(setting: &Setting, random: &mut Random) -> Sheet {
    let mut costs = sheet(Kind::Measurements, &["date", "measure", "value"]);
    for back in (1..=MONTHS).rev() {
        let last = later(setting.month(back - 1), -1);
        write(&mut costs, &[&last, &"sales_cost", &(random.between(92, 118) * 100)]);
        write(&mut costs, &[&last, &"support_tickets", &random.between(48, 95)]);
    }
    costs
}
