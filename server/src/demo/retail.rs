//! FashionFusion: who buys something with an accessory leaves with the larger basket, and since Utrecht puts accessories
//! beside the till it sells more of them.

mod goods;

use std::collections::BTreeMap;

use domain::{Date, Weekday};

use super::habits::{self, Mood};
use super::random::Random;
use super::setting::{Setting, euros, events, later, sheet, write};
use crate::import::Kind;
use crate::import::rows::Sheet;
use goods::{ACCESSORIES, Article, GOODS, SHOPS, Shop};

/// Months of sales.
pub const MONTHS: i32 = 12;
/// Months since accessories stand beside the till.
pub const BESIDE_THE_TILL: i32 = 5;
/// The shop where they do.
pub const TRIED_IN: &str = "Utrecht";
/// Holders of a loyalty card.
const CARDS: i64 = 900;

/// All facts but deals.
pub fn tell(setting: &Setting) -> Vec<Sheet> {
    let mut random = Random::new(404);
    let mood = Mood { answers: 8, glad: 70, dip: None };
    let cards: Vec<String> = (0..CARDS).map(card).collect();
    let cards: Vec<&str> = cards.iter().map(String::as_str).collect();
    let mut till = Till { setting, lines: sheet(Kind::SalesLines, COLUMNS), sold: BTreeMap::new(), next: 40_001 };
    for day in setting.days(MONTHS) {
        for shop in &SHOPS {
            till.open(&mut random, shop, day);
        }
    }
    let people = setting.people.iter().map(|p| super::setting::Person {
        usual: till.sold.get(p.name).copied().unwrap_or(0) / 100 / i64::from(MONTHS),
        ..*p
    });
    let sellers = Setting { people: people.collect(), ..setting.clone() };
    vec![
        till.lines,
        habits::activities(setting, &mut random, 6, &[("meeting", 1, 3), ("other", 1, 4), ("e-mail", 2, 7)]),
        habits::satisfaction(setting, &mut random, 12, |_| cards.clone(), mood),
        visitors(setting, &mut random),
        habits::quotas(&sellers, "revenue"),
        category_quotas(setting),
        events(
            setting,
            &[
                (9, "Mid-season sale", "campaign", "category=Coats"),
                (BESIDE_THE_TILL, "Accessories beside the till", "approach", &format!("shop={TRIED_IN}")),
                (3, "Loyalty card in the app", "product", ""),
            ],
        ),
    ]
}

const COLUMNS: &[&str] = &[
    "transaction",
    "date",
    "quantity",
    "unit_price",
    "customer",
    "person",
    "shop",
    "product",
    "category",
    "country",
    "channel",
    "list_price",
    "kind",
];

struct Till<'a> {
    setting: &'a Setting,
    lines: Sheet,
    /// Cents sold by each person.
    sold: BTreeMap<&'static str, i64>,
    next: i64,
}

/// What is the same for all lines of a receipt.
struct Receipt<'a> {
    number: String,
    day: Date,
    customer: String,
    person: &'static str,
    shop: &'a Shop,
}

impl Till<'_> {
    /// A day in a shop.
    fn open(&mut self, random: &mut Random, shop: &Shop, day: Date) {
        let busy = match (day.weekday(), day.month()) {
            (Weekday::Saturday, _) => 170,
            (_, 12) => 150,
            _ => 100,
        };
        let there: Vec<&'static str> =
            self.setting.there(day).map(|p| p.name).filter(|name| shop.people.contains(name)).collect();
        for _ in 0..shop.baskets * random.between(60, 140) * busy / 10_000 {
            let number = format!("R-{}", self.next);
            self.next += 1;
            // A low number comes often: two draws, the lower one.
            let customer = if random.chance(55) {
                card(random.between(0, CARDS - 1).min(random.between(0, CARDS - 1)))
            } else {
                String::new()
            };
            let receipt = Receipt { number, day, customer, person: random.pick(&there), shop };
            self.sell(random, &receipt);
        }
    }

    fn sell(&mut self, random: &mut Random, receipt: &Receipt) {
        let first = random.pick(&GOODS[1..]);
        let article = random.pick(first.1);
        self.line(random, receipt, article, first.0);
        let beside = receipt.shop.name == TRIED_IN && receipt.day >= self.setting.month(BESIDE_THE_TILL);
        let attached = random.chance(if beside { 52 } else { 34 });
        if attached {
            let article = random.pick(ACCESSORIES.1);
            self.line(random, receipt, article, ACCESSORIES.0);
        }
        // Who looks for what goes with it finds more.
        if random.chance(if attached { 34 } else { 20 }) {
            let (category, articles) = random.pick(&GOODS[1..]);
            if *category != first.0 {
                let article = random.pick(articles);
                self.line(random, receipt, article, category);
            }
        }
        if random.between(0, 999) < 4 {
            self.put(receipt, &receipt.number, receipt.day, 1, -random.between(100, 1_500), &("", 0), "", "adjustment");
        }
    }

    fn line(&mut self, random: &mut Random, receipt: &Receipt, article: &Article, category: &str) {
        let sale = matches!(receipt.day.month(), 1 | 7);
        let off = if random.chance(if sale { 55 } else { 12 }) {
            random.between(1, if sale { 5 } else { 2 }) * 10
        } else {
            0
        };
        let quantity = if random.chance(9) { 2 } else { 1 };
        let cents = article.1 * 100 - 5;
        let price = cents * (100 - off) / 100;
        self.put(receipt, &receipt.number, receipt.day, quantity, price, &(article.0, cents), category, "sale");
        *self.sold.entry(receipt.person).or_default() += price * quantity;
        let back = later(receipt.day, random.between(2, 20));
        let chance = if receipt.shop.channel == "online" { 14 } else { 5 };
        if random.chance(chance) && back < self.setting.today {
            let number = format!("{}-back", receipt.number);
            self.put(receipt, &number, back, quantity, price, &(article.0, cents), category, "return");
        }
    }

    fn put(
        &mut self,
        receipt: &Receipt,
        number: &str,
        day: Date,
        quantity: i64,
        price: i64,
        article: &Article,
        category: &str,
        kind: &str,
    ) {
        let list = if article.1 == 0 { String::new() } else { euros(article.1) };
        let country = if receipt.shop.channel == "online" && receipt.number.ends_with('7') { "BE" } else { "NL" };
        let shop = receipt.shop;
        let cells: [&dyn std::fmt::Display; 13] = [
            &number,
            &day,
            &quantity,
            &euros(price),
            &receipt.customer,
            &receipt.person,
            &shop.name,
            &article.0,
            &category,
            &country,
            &shop.channel,
            &list,
            &kind,
        ];
        write(&mut self.lines, &cells);
    }
}

/// The number of a loyalty card.
fn card(number: i64) -> String {
    format!("FF-{}", 20_400 + number * 7)
}

/// People who came in, by team and week.
fn visitors(setting: &Setting, random: &mut Random) -> Sheet {
    let mut visitors = sheet(Kind::Measurements, &["date", "measure", "value", "team"]);
    for sunday in setting.days(MONTHS).filter(|day| day.weekday() == Weekday::Sunday) {
        for (team, usual) in [("Amsterdam", 310), ("Utrecht", 190), ("Online", 1_450)] {
            write(&mut visitors, &[&sunday, &"visitors", &(usual * random.between(80, 125) / 100), &team]);
        }
    }
    visitors
}

/// What each category should sell, by month.
fn category_quotas(setting: &Setting) -> Sheet {
    let mut quotas = sheet(Kind::Targets, habits::QUOTA);
    for (_, month, percent) in habits::quota_months(setting) {
        for (category, euros) in goods::QUOTAS {
            write(
                &mut quotas,
                &[&"sales_revenue", &"", &month, &(euros * percent / 100), &format!("category={category}")],
            );
        }
    }
    quotas
}
