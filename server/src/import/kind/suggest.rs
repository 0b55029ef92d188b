//! Proposals for a mapping, by the names of the columns.

use super::{Column, Kind};
use crate::import::mapping::fold;

/// How sure a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The name holds a usual name.
    Low,
    /// The name is one that other programs use.
    Good,
    /// The name is ours.
    Sure,
}

/// A proposal for one of our columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Our column.
    pub ours: &'static str,
    /// Place of theirs in the header.
    pub theirs: usize,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Proposes, for each of our columns, at most one of theirs; none of theirs twice. Surest pairs first, then the order
/// of our columns: `opportunity_id` is a deal's key before anything else may take it.
pub fn suggest(header: &[String], kind: Kind) -> Vec<Suggestion> {
    let folded: Vec<String> = header.iter().map(|h| fold(h)).collect();
    let mut found: Vec<Suggestion> = Vec::new();
    for level in [Confidence::Sure, Confidence::Good, Confidence::Low] {
        for column in kind.columns() {
            if found.iter().any(|s| s.ours == column.name) {
                continue;
            }
            let free = |i: &usize| !found.iter().any(|s| s.theirs == *i);
            let fits = |i: &usize| folded.get(*i).is_some_and(|name| confidence(column, name) == Some(level));
            if let Some(theirs) = (0..folded.len()).filter(free).find(fits) {
                found.push(Suggestion { ours: column.name, theirs, confidence: level });
            }
        }
    }
    // A required column that went empty-handed takes what an optional one holds, if that fits its usual names:
    // a file with nothing but `stage` means the state of the deal.
    for column in kind.columns().iter().filter(|c| c.required) {
        if found.iter().any(|s| s.ours == column.name) {
            continue;
        }
        let optional = |s: &&mut Suggestion| kind.columns().iter().any(|c| c.name == s.ours && !c.required);
        let fits = |s: &&mut Suggestion| folded.get(s.theirs).is_some_and(|n| column.synonyms.contains(&n.as_str()));
        if let Some(held) = found.iter_mut().filter(optional).find(fits) {
            *held = Suggestion { ours: column.name, theirs: held.theirs, confidence: Confidence::Low };
        }
    }
    let place = |s: &Suggestion| kind.column(s.ours);
    found.sort_by_key(place);
    found
}

fn confidence(column: &Column, folded: &str) -> Option<Confidence> {
    if folded.is_empty() {
        None
    } else if fold(column.name) == folded {
        Some(Confidence::Sure)
    } else if column.synonyms.contains(&folded) {
        Some(Confidence::Good)
    } else if column.synonyms.iter().any(|s| s.len() >= 6 && folded.contains(s)) {
        Some(Confidence::Low)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(header: &[&str], kind: Kind) -> Vec<(&'static str, usize)> {
        let header: Vec<String> = header.iter().map(|h| (*h).to_owned()).collect();
        suggest(&header, kind).into_iter().map(|s| (s.ours, s.theirs)).collect()
    }

    #[test]
    fn a_sales_pipeline_is_recognised() {
        let header = [
            "opportunity_id",
            "sales_agent",
            "product",
            "account",
            "deal_stage",
            "engage_date",
            "close_date",
            "close_value",
        ];
        let expected = [
            ("external_id", 0),
            ("person", 1),
            ("status", 4),
            ("engaged_on", 5),
            ("closed_on", 6),
            ("amount", 7),
            ("account", 3),
            ("product", 2),
        ];
        assert_eq!(pairs(&header, Kind::Deals), expected);
        assert_eq!(
            pairs(&["sales_agent", "manager", "regional_office"], Kind::People),
            [("person", 0), ("team", 2), ("manager", 1)]
        );
    }

    #[test]
    fn dutch_names_are_recognised() {
        let header = [
            "Kans-ID",
            "Verkoper",
            "Status",
            "Fase",
            "Aangemaakt op",
            "Sluitdatum",
            "Bedrag",
            "Klant",
            "Reden verlies",
        ];
        let found = pairs(&header, Kind::Deals);
        for (ours, theirs) in [
            ("external_id", 0),
            ("person", 1),
            ("status", 2),
            ("stage", 3),
            ("created_on", 4),
            ("closed_on", 5),
            ("amount", 6),
            ("account", 7),
            ("lost_reason", 8),
        ] {
            assert!(found.contains(&(ours, theirs)), "{ours}");
        }
    }

    /// Usual headers of a kind with the column of ours that each must become; `-` for none.
    const USUAL: &[(Kind, &str, &str)] = &[
        (Kind::People, "Sales agent,Manager,Regional office", "person,manager,team"),
        (Kind::People, "Name,E-mail,Team,Start date,End date", "person,email,team,from,to"),
        (Kind::People, "Naam,E-mailadres,Afdeling,Leidinggevende,In dienst", "person,email,team,manager,from"),
        (
            Kind::Deals,
            "Deal ID,Owner,Deal stage,Create date,Close date,Amount,Company,Lead source",
            "external_id,person,status,created_on,closed_on,amount,account,source",
        ),
        (
            Kind::Deals,
            "opportunity_id,lead_id,created_date,close_date,stage,amount,probability,assigned_rep,source,product,lost_reason",
            "external_id,-,created_on,closed_on,status,amount,probability,person,source,product,lost_reason",
        ),
        (
            Kind::Deals,
            "Dealnummer,Verkoper,Status,Sluitdatum,Bedrag,Valuta,Klant,Artikel,Korting,Land",
            "external_id,person,status,closed_on,amount,currency,account,product,discount_pct,country",
        ),
        (
            Kind::Subscriptions,
            "subscription_id,customer_id,start_date,end_date,monthly_amount",
            "external_id,customer,start,end,amount",
        ),
        (
            Kind::Subscriptions,
            "Abonnementnummer,Klant,Ingangsdatum,Einddatum,Maandbedrag,Frequentie,Pakket",
            "external_id,customer,start,end,amount,interval,plan",
        ),
        (
            Kind::CampaignDays,
            "C Date,Campaign Name,Category,Impressions,Mark Spent,Clicks,Leads,Orders,Revenue,Ro Mi",
            "date,campaign,category,impressions,spend,clicks,leads,orders,revenue,-",
        ),
        (
            Kind::CampaignDays,
            "Datum,Campagne,Kanaal,Kosten,Vertoningen,Klikken,Aanvragen,Bestellingen,Omzet",
            "date,campaign,channel,spend,impressions,clicks,leads,orders,revenue",
        ),
        (
            Kind::Leads,
            "lead_id,created_date,source,campaign,status,opportunity_id,assigned_rep",
            "external_id,created_on,source,campaign,status,deal,person",
        ),
        (
            Kind::Leads,
            "Leadnummer,Aanmaakdatum,Kanaal,Herkomst,Fase,Eigenaar,Gekwalificeerd",
            "external_id,created_on,channel,source,status,person,qualified",
        ),
        (
            Kind::SalesLines,
            "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "transaction,product,quantity,date,unit_price,customer,country",
        ),
        (
            Kind::SalesLines,
            "Bonnummer,Verkoopdatum,Artikel,Aantal,Stukprijs,Korting,Filiaal,Medewerker,Categorie",
            "transaction,date,product,quantity,unit_price,discount,shop,person,category",
        ),
        (Kind::Activities, "Activity date,Sales rep,Activity type,Number", "date,person,type,count"),
        (Kind::Activities, "Datum,Verkoper,Soort,Aantal", "date,person,type,count"),
        (Kind::Satisfaction, "Response date,Survey,Rating,Account,Owner", "date,scale,score,customer,person"),
        (Kind::Satisfaction, "Datum,Onderzoek,Cijfer,Klantnaam,Medewerker", "date,scale,score,customer,person"),
        (Kind::Targets, "KPI,Salesperson,Month,Target", "metric,who,month,value"),
        (Kind::Targets, "Meting,Wie,Kwartaal,Doel", "metric,who,quarter,value"),
        (Kind::Measurements, "Day,Name,Value,Sales team", "date,measure,value,team"),
        (Kind::Measurements, "Datum,Grootheid,Waarde,Medewerker", "date,measure,value,person"),
        (Kind::Events, "Day,Event,Type,Who", "date,title,kind,scope"),
        (Kind::Events, "Datum,Omschrijving,Soort,Bereik", "date,title,kind,scope"),
        (Kind::Rates, "Day,Currency code,Exchange rate", "date,currency,rate"),
        (Kind::Rates, "Datum,Valuta,Wisselkoers", "date,currency,rate"),
    ];

    #[test]
    fn usual_headers_of_every_kind_in_both_languages() {
        for (kind, theirs, ours) in USUAL {
            let theirs: Vec<&str> = theirs.split(',').collect();
            let mut found = vec!["-"; theirs.len()];
            for (column, place) in pairs(&theirs, *kind) {
                found[place] = column;
            }
            assert_eq!(found.join(","), *ours, "{}: {theirs:?}", kind.name());
        }
        for kind in Kind::ALL {
            assert!(USUAL.iter().filter(|(of, ..)| of == kind).count() >= 2, "{} in both languages", kind.name());
        }
    }

    #[test]
    fn none_of_theirs_is_used_twice() {
        let found = pairs(&["stage", "created_date", "close_date", "created_date"], Kind::Deals);
        let mut theirs: Vec<_> = found.iter().map(|(_, t)| *t).collect();
        theirs.dedup();
        assert_eq!(theirs.len(), found.len());
        assert!(found.contains(&("status", 0)));
    }
}
