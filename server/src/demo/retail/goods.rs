//! What FashionFusion sells, and where.

/// Name and list price in whole euros; five cents less is asked.
pub type Article = (&'static str, i64);

/// Categories with their articles; accessories first.
pub static GOODS: [(&str, &[Article]); 6] = [
    ACCESSORIES,
    ("Coats", &[("Wool coat", 229), ("Trench coat", 189), ("Quilted jacket", 149)]),
    ("Dresses", &[("Wrap dress", 99), ("Linen dress", 89), ("Evening dress", 169)]),
    ("Knitwear", &[("Merino jumper", 79), ("Cardigan", 89), ("Roll neck", 69)]),
    ("Trousers", &[("Wide trousers", 85), ("Straight jeans", 95), ("Chino", 75)]),
    ("Shoes", &[("Ankle boots", 139), ("Loafers", 119), ("Trainers", 99)]),
];

/// What goes with everything.
pub const ACCESSORIES: (&str, &[Article]) = (
    "Accessories",
    &[("Silk scarf", 49), ("Leather belt", 45), ("Earrings", 29), ("Beanie", 25), ("Shoulder bag", 89)],
);

/// What categories should sell in a month, in whole euros.
pub const QUOTAS: [(&str, i64); 6] = [
    ("Accessories", 6_000),
    ("Coats", 15_000),
    ("Dresses", 10_000),
    ("Knitwear", 6_500),
    ("Trousers", 7_200),
    ("Shoes", 10_000),
];

/// A shop.
pub struct Shop {
    /// Its name.
    pub name: &'static str,
    /// shop or online.
    pub channel: &'static str,
    /// Who works there.
    pub people: &'static [&'static str],
    /// Baskets on a usual day.
    pub baskets: i64,
}

/// The shops.
pub static SHOPS: [Shop; 4] = [
    Shop { name: "Amsterdam Centrum", channel: "shop", people: &["Emma Groen", "Lucas Wolff"], baskets: 3 },
    Shop { name: "Amsterdam Zuid", channel: "shop", people: &["Zoë van Dam", "Finn de Boer"], baskets: 2 },
    Shop {
        name: "Utrecht",
        channel: "shop",
        people: &["Julia Peeters", "Milan Scholten", "Sofie Aarts", "Thijs Kramer"],
        baskets: 3,
    },
    Shop { name: "Online", channel: "online", people: &["Nina Hermans", "Adam Vink", "Lieke Roos"], baskets: 3 },
];
