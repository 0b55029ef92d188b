//! Published figures computed by formulas as an organisation would write them.

use crate::formula::Expr;
use crate::{Outcome, Ratio, Why};

fn value(text: &str, given: &[(&str, i128)], decimals: u32) -> Result<String, Why> {
    let value_of = |name: &str| {
        let found = given.iter().find(|(n, _)| *n == name);
        Outcome::from_option(found.map(|(_, v)| Ratio::int(*v)), Why::NoData)
    };
    let exact = Expr::parse(text).unwrap().evaluate(&value_of).into_result()?;
    Ok(exact.to_decimal(decimals).unwrap())
}

#[test]
fn published_examples_come_out() {
    let velocity = "deals * value * rate / 100 / days";
    for (source, text, given, expected) in [
        ("mavenlb.com", velocity, vec![("deals", 40), ("value", 25_000), ("rate", 25), ("days", 90)], "2777.78"),
        ("winsabove glossary", velocity, vec![("deals", 18), ("value", 42_000), ("rate", 24), ("days", 78)], "2326.15"),
        ("winsabove: coverage of what remains", "open / rest", vec![("open", 4_800_000), ("rest", 1_600_000)], "3.0"),
        ("F4.2: variance to quota", "actual - target", vec![("actual", 120_000), ("target", 100_000)], "20000"),
        (
            "Google Analytics: ROI",
            "(won - goods - ads) / (goods + ads)",
            vec![("won", 1200), ("goods", 600), ("ads", 200)],
            "0.50",
        ),
        ("F4.3: ROI", "(won - goods - ads) / (goods + ads)", vec![("won", 1500), ("goods", 500), ("ads", 700)], "0.25"),
        ("Google's case as ROAS, which differs", "won / ads", vec![("won", 1200), ("ads", 200)], "6.00"),
        (
            "altiorco.com: disqualified out",
            "won / (won + lost - disq)",
            vec![("won", 20), ("lost", 80), ("disq", 50)],
            "0.40",
        ),
    ] {
        let decimals = expected.split_once('.').map_or(0, |(_, f)| f.len() as u32);
        assert_eq!(value(text, &given, decimals).as_deref(), Ok(expected), "{source}: {text}");
    }
}

#[test]
fn zero_losses_have_no_quick_ratio() {
    // F4.1: a label, never 0 or infinity (calculators that return 0 are no oracle, F4.5).
    let quick = "(new + expansion) / (churn + contraction)";
    let given = [("new", 5), ("expansion", 1), ("churn", 0), ("contraction", 0)];
    assert_eq!(value(quick, &given, 2), Err(Why::EmptyBase));
}
