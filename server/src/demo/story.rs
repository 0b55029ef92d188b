//! The four demo companies as data: who sells what, and what is different about whom.

/// A team that learnt something.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// The team.
    pub team: &'static str,
    /// On the first day of the month so many months ago.
    pub months_ago: i32,
    /// Added to the chance of winning of deals begun since, in percentage points.
    pub lift: i64,
}

/// One demo company.
#[derive(Debug)]
pub struct Story {
    /// Name of the organisation.
    pub name: &'static str,
    /// Its slug, and the first part of its mail domain.
    pub slug: &'static str,
    /// Kind of company.
    pub template: &'static str,
    /// Language of the organisation.
    pub locale: &'static str,
    /// The team at the top.
    pub top: &'static str,
    /// Teams below it with their people; the first of each leads the team.
    pub teams: &'static [(&'static str, &'static [&'static str])],
    /// Products with a usual price in whole units of the currency.
    pub products: &'static [(&'static str, i64)],
    /// Segments.
    pub segments: &'static [&'static str],
    /// Where deals come from, with the change that it makes to the chance of winning (percentage points).
    pub sources: &'static [(&'static str, i64)],
    /// Proposal templates, likewise.
    pub proposals: &'static [(&'static str, i64)],
    /// Why deals are lost, most usual first.
    pub reasons: &'static [&'static str],
    /// Customers.
    pub accounts: &'static [&'static str],
    /// Chance of winning in percent before everything else.
    pub win_percent: i64,
    /// Usual days from first engagement to close.
    pub cycle_days: i64,
    /// New deals per person and month.
    pub deals_per_month: i64,
    /// A training that helped.
    pub training: Option<Training>,
}

/// The demo companies.
pub const STORIES: [Story; 4] = [
    Story {
        name: "TechSolutions",
        slug: "techsolutions",
        template: "saas",
        locale: "en",
        top: "Sales",
        teams: &[
            ("Mid-market", &["Noor de Vries", "Daan Bakker", "Sem Visser", "Mila Smit", "Lars Meijer", "Yara Mulder"]),
            ("Enterprise", &["Ruben Bos", "Eva Vos", "Tim Peters", "Saar Hendriks", "Jesse Dekker"]),
        ],
        products: &[("Starter", 3_600), ("Pro", 9_600), ("Scale", 24_000)],
        segments: &["Finance", "Logistics", "Health", "Public"],
        sources: &[("inbound", 8), ("outbound", -8), ("partner", 4), ("event", 0)],
        proposals: &[("standard", 0), ("value case", 7)],
        reasons: &["price", "no decision", "missing feature", "competitor", "timing"],
        accounts: &[
            "Aldera",
            "Brightwell",
            "Corvex",
            "Deltaport",
            "Evergrid",
            "Fintrail",
            "Grovia",
            "Havenlink",
            "Intera",
            "Junipro",
        ],
        win_percent: 34,
        cycle_days: 41,
        deals_per_month: 9,
        training: None,
    },
    Story {
        name: "Strategic Solutions",
        slug: "strategic-solutions",
        template: "consultancy",
        locale: "nl",
        top: "Advies",
        teams: &[
            ("Publieke sector", &["Willem Jansen", "Femke van Dijk", "Joost Kok", "Anouk Prins", "Bram Schouten"]),
            ("Industrie", &["Ingrid Maas", "Pieter Blom", "Lotte Kuipers", "Koen Verhoeven", "Maud Willems"]),
        ],
        products: &[("Quickscan", 12_500), ("Strategietraject", 48_000), ("Programma", 120_000)],
        segments: &["Gemeente", "Zorg", "Maakindustrie", "Energie"],
        sources: &[("netwerk", 10), ("aanbesteding", -12), ("bestaande klant", 14), ("website", -4)],
        proposals: &[("klassiek", -8), ("verhaal", 18), ("kort", 0)],
        reasons: &["prijs", "andere partij", "geen besluit", "team niet overtuigend", "planning"],
        accounts: &[
            "Gemeente Oostmeer",
            "Stichting Vita",
            "Hollandia Staal",
            "Windkracht Noord",
            "Zorggroep Zuid",
            "Waterschap Rijnlanden",
            "Van Loon Techniek",
            "Kadaster Regio",
        ],
        win_percent: 38,
        cycle_days: 58,
        deals_per_month: 5,
        training: Some(Training { team: "Industrie", months_ago: 12, lift: 26 }),
    },
    Story {
        name: "DigitalBoost",
        slug: "digitalboost",
        template: "agency",
        locale: "nl",
        top: "Bureau",
        teams: &[
            ("Nieuwe klanten", &["Sanne Hoekstra", "Tom Jacobs", "Iris van Leeuwen", "Max Koster", "Fleur Evers"]),
            ("Bestaande klanten", &["Gijs Sanders", "Roos Timmermans", "Stijn Brouwer", "Vera Post"]),
        ],
        products: &[("SEA-beheer", 18_000), ("Social campagne", 9_500), ("Website", 27_000), ("SEO-traject", 14_000)],
        segments: &["Webwinkel", "Zakelijk", "Horeca", "Onderwijs"],
        sources: &[("search", 3), ("social", -7), ("referral", 12), ("event", 0)],
        proposals: &[("pakket", 0), ("maatwerk", 4)],
        reasons: &["prijs", "ander bureau", "zelf gaan doen", "geen besluit"],
        accounts: &[
            "Bloemenhof",
            "Fietsfabriek",
            "Koffiehuis Centraal",
            "Tuinland",
            "Boekhandel Morgen",
            "Sportclub Oost",
            "Lampenier",
            "Reisbureau Ver",
        ],
        win_percent: 31,
        cycle_days: 27,
        deals_per_month: 8,
        training: None,
    },
    Story {
        name: "FashionFusion",
        slug: "fashionfusion",
        template: "retail",
        locale: "en",
        top: "Stores",
        teams: &[
            ("Amsterdam", &["Emma Groen", "Lucas Wolff", "Zoë van Dam", "Finn de Boer"]),
            ("Utrecht", &["Julia Peeters", "Milan Scholten", "Sofie Aarts", "Thijs Kramer"]),
            ("Online", &["Nina Hermans", "Adam Vink", "Lieke Roos"]),
        ],
        products: &[("Corporate wear", 5_400), ("Event collection", 2_100), ("Personal styling", 650)],
        segments: &["Hospitality", "Offices", "Private"],
        sources: &[("walk-in", 6), ("web", 0), ("newsletter", 2), ("referral", 9)],
        proposals: &[("lookbook", 5), ("price list", -3)],
        reasons: &["price", "size or fit", "delivery time", "competitor"],
        accounts: &[
            "Hotel Amstelzicht",
            "De Kroon Events",
            "Studio Noord",
            "Grand Café Plein",
            "Private customer",
            "Zuidas Offices",
        ],
        win_percent: 46,
        cycle_days: 14,
        deals_per_month: 11,
        training: None,
    },
];
