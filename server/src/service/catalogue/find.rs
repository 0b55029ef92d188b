//! Finds KPIs by words of any language.

use app::ApiResult;
use app::catalogue::api::CatalogueQuery;
use app::error::ApiError;
use domain::Locale;
use domain::metric::{Metric, Perspective, Status, Template, catalogue};

use crate::words::Words;

/// The KPIs in use that a query finds, in the order of the catalogue. A filter that there is not is not found.
pub(super) fn find(query: &CatalogueQuery) -> ApiResult<Vec<&'static Metric>> {
    let template = code(&query.template, Template::from_code)?;
    let perspective = code(&query.perspective, Perspective::from_code)?;
    let asked = query.q.to_lowercase();
    let asked: Vec<&str> = asked.split_whitespace().collect();
    let fits = |m: &&Metric| {
        template.is_none_or(|t| m.templates.contains(&t))
            && perspective.is_none_or(|p| m.perspective == p)
            && (asked.is_empty() || has_all(m, &asked))
    };
    Ok(active().filter(fits).collect())
}

/// The KPIs in use.
pub(super) fn active() -> impl Iterator<Item = &'static Metric> {
    catalogue::all().iter().filter(|m| m.status == Status::Active)
}

fn code<T>(text: &str, read: fn(&str) -> Option<T>) -> ApiResult<Option<T>> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some).ok_or(ApiError::NotFound) }
}

/// Whether all words stand in one language's names and explanation.
fn has_all(metric: &Metric, asked: &[&str]) -> bool {
    Locale::ALL.map(Words).into_iter().any(|words| {
        let parts = ["name", "short", "explain"].map(|part| words.t(&format!("metric.{}.{part}", metric.id)));
        let text = format!("{} {}", metric.id, parts.join(" ")).to_lowercase();
        asked.iter().all(|word| text.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(q: &str) -> Vec<&'static str> {
        let query = CatalogueQuery { q: q.to_owned(), ..CatalogueQuery::default() };
        find(&query).unwrap_or_default().into_iter().map(|m| m.id).collect()
    }

    #[test]
    fn a_kpi_is_found_by_its_dutch_and_its_english_name_and_by_its_id() {
        for q in ["Customer retention", "klantbehoud", "RETENTION_RATE"] {
            assert!(ids(q).contains(&"retention_rate"), "{q}: {:?}", ids(q));
        }
        assert_eq!(ids("").len(), active().count());
        assert!(ids("no such thing at all").is_empty());
    }

    #[test]
    fn filters_narrow_and_unknown_ones_are_not_found() {
        let of = |template: &str, perspective: &str| {
            find(&CatalogueQuery {
                q: String::new(),
                template: template.to_owned(),
                perspective: perspective.to_owned(),
            })
        };
        let retail = of("retail", "").unwrap_or_default();
        assert!(retail.iter().any(|m| m.id == "atv") && !retail.iter().any(|m| m.id == "mrr"));
        let customer = of("retail", "customer").unwrap_or_default();
        assert!(!customer.is_empty() && customer.len() < retail.len());
        assert!(of("bank", "").is_err() && of("", "secret").is_err());
    }
}
