mod vectors;
mod worked;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::expr::Node;
use super::*;
use crate::metric::{Answer, Unit};
use crate::{Currency, Date, Figure, Outcome, Ratio, Why};

fn vocabulary() -> Vocabulary {
    let unit = |unit| Named { unit, retired: false };
    let names = [
        ("revenue", unit(Unit::Money)),
        ("spend", unit(Unit::Money)),
        ("deals_won", unit(Unit::Count)),
        ("leads", unit(Unit::Count)),
        ("activities_call", unit(Unit::Count)),
        ("win_rate", unit(Unit::Ratio)),
        ("cycle_days", unit(Unit::Days)),
        ("velocity", unit(Unit::MoneyPerDay)),
        ("upt", unit(Unit::Number)),
        ("old_rate", Named { unit: Unit::Ratio, retired: true }),
    ];
    Vocabulary { currency: Currency::EUR, names: names.map(|(n, u)| (n.to_owned(), u)).into() }
}

fn unit(text: &str) -> Result<Unit, (String, &str)> {
    let checked = Expr::parse(text).and_then(|e| e.check(&vocabulary()));
    checked.map_err(|f| (f.problem.code().to_owned(), text.get(f.at.start..f.at.end).unwrap()))
}

fn fault(text: &str) -> Fault {
    Expr::parse(text).and_then(|e| e.check(&vocabulary())).unwrap_err()
}

#[test]
fn units_follow_from_the_operations() {
    for (text, expected) in [
        ("revenue / activities.call", Unit::Money),
        ("revenue / deals_won", Unit::Money),
        ("revenue × win_rate", Unit::Money),
        ("revenue / cycle_days", Unit::MoneyPerDay),
        ("velocity * cycle_days", Unit::Money),
        ("velocity * 30", Unit::MoneyPerDay),
        ("revenue / velocity", Unit::Days),
        ("(revenue - spend) ÷ spend", Unit::Ratio),
        ("deals_won / leads", Unit::Ratio),
        ("1 - win_rate", Unit::Ratio),
        ("0.6 * win_rate + 0.4 * win_rate", Unit::Ratio),
        ("1 / win_rate", Unit::Number),
        ("leads * win_rate", Unit::Count),
        ("win_rate * leads", Unit::Count),
        ("max(leads, 1)", Unit::Count),
        ("leads / cycle_days", Unit::Number),
        ("cycle_days + 5", Unit::Days),
        ("upt * 2", Unit::Number),
        ("coalesce(spend, 0)", Unit::Money),
        ("max(0, 0, revenue - spend)", Unit::Money),
        ("revenue - 1000.50 EUR", Unit::Money),
        ("2 + 2", Unit::Number),
        ("-revenue", Unit::Money),
        ("leads * revenue * win_rate / cycle_days", Unit::MoneyPerDay),
    ] {
        assert_eq!(unit(text), Ok(expected), "{text}");
    }
}

#[test]
fn faults_have_a_code_and_a_place() {
    for (text, code, part) in [
        ("", "empty", ""),
        ("   ", "empty", "   "),
        ("revenue + deals_won", "unit_mismatch", "deals_won"),
        ("revenue + 5", "unit_mismatch", "5"),
        ("5 - revenue", "unit_mismatch", "revenue"),
        ("max(5, 0, revenue)", "unit_mismatch", "revenue"),
        ("win_rate + leads", "unit_mismatch", "leads"),
        ("win_rate + upt", "unit_mismatch", "upt"),
        ("revenue + velocity", "unit_mismatch", "velocity"),
        ("2 * (revenue - 3 * deals_won)", "unit_mismatch", "3 * deals_won"),
        ("min(revenue, leads)", "unit_mismatch", "leads"),
        ("coalesce(win_rate, spend)", "unit_mismatch", "spend"),
        ("revenue + 1000 USD", "currency_mismatch", "1000 USD"),
        ("revenue + 1000 eur", "operator_expected", "eur"),
        ("revenue * spend", "meaningless_unit", "revenue * spend"),
        ("leads / spend", "meaningless_unit", "leads / spend"),
        ("revenue / 0", "divides_by_zero", "0"),
        ("revenue / 0.00", "divides_by_zero", "0.00"),
        ("revenue / (1 - 1)", "divides_by_zero", "(1 - 1)"),
        ("revenue / -0", "divides_by_zero", "-0"),
        ("revenu / leads", "unknown_name", "revenu"),
        ("old_rate * 2", "retired", "old_rate"),
        ("revenue leads", "operator_expected", "leads"),
        ("2 leads", "operator_expected", "leads"),
        ("revenue (leads)", "unknown_function", "revenue"),
        ("maks(leads, 1)", "unknown_function", "maks"),
        ("revenue /", "value_expected", ""),
        ("/ revenue", "value_expected", "/"),
        ("min()", "value_expected", ")"),
        ("min(1,)", "value_expected", ")"),
        ("(revenue", "unclosed", "("),
        ("min(1, 2", "unclosed", "("),
        ("revenue)", "unopened", ")"),
        ("0,5 * revenue", "unopened", ","),
        ("(1, 2)", "unopened", ","),
        ("1.2.3", "bad_number", "1.2.3"),
        ("1.", "bad_number", "1."),
        ("1234567890123456789", "bad_number", "1234567890123456789"),
        ("revenue % 2", "unknown_character", "%"),
        ("prijs€ + 1", "unknown_character", "€"),
        (".5", "unknown_character", "."),
    ] {
        assert_eq!(unit(text), Err((code.to_owned(), part)), "{text}");
    }
}

#[test]
fn the_nearest_name_is_suggested() {
    assert_eq!(fault("revenu / leads").problem, Problem::UnknownName { suggestion: Some("revenue".into()) });
    assert_eq!(fault("Revenue").problem, Problem::UnknownName { suggestion: Some("revenue".into()) });
    assert_eq!(fault("activities.cal").problem, Problem::UnknownName { suggestion: Some("activities_call".into()) });
    assert_eq!(fault("weather").problem, Problem::UnknownName { suggestion: None });
    assert_eq!(fault("old_rat").problem, Problem::UnknownName { suggestion: None }, "out of use is no suggestion");
    assert_eq!(fault("maxx(1, 2)").problem, Problem::UnknownFunction { suggestion: Some("max".into()) });
}

#[test]
fn places_are_counted_in_characters_for_editors() {
    let text = "2 × (omzet_é + 1)";
    let fault = fault(text);
    assert_eq!((fault.at.start, fault.at.chars(text)), (6, (5, 12)));
    let remark = fault.remark("formula", text);
    assert_eq!((remark.field.as_str(), remark.code.as_str()), ("formula", "formula_unknown_name"));
    assert_eq!(remark.args, [("part".to_owned(), "omzet_é".to_owned()), ("position".to_owned(), "6".to_owned())]);
}

#[test]
fn size_is_bounded() {
    let code = |text: &str| Expr::parse(text).unwrap_err().problem.code().to_owned();
    assert_eq!(code(&"1".repeat(MAX_LENGTH + 1)), "too_long");
    assert_eq!(code(&format!("{}1{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH))), "too_deep");
    assert_eq!(code(&format!("{}1", "-".repeat(1_999))), "too_deep");
    assert_eq!(code(&format!("1{}", "+1".repeat(MAX_NODES))), "too_many_parts");
    let deep = format!("{}1{}", "(".repeat(MAX_DEPTH - 1), ")".repeat(MAX_DEPTH - 1));
    assert!(Expr::parse(&deep).is_ok());
    // Printed with spaces it would be longer than what can be read again.
    let tight = format!("{}+{}", "a".repeat(999), "b".repeat(1000));
    assert_eq!(tight.len(), MAX_LENGTH);
    assert_eq!(code(&tight), "too_long");
}

#[test]
fn values_are_exact_and_reasons_survive() {
    let value_of = |name: &str| match name {
        "revenue" => Outcome::Value(Ratio::int(100)),
        "leads" => Outcome::Value(Ratio::int(3)),
        "huge" => Outcome::Value(Ratio::int(i128::MAX)),
        "spend" => Outcome::NotMeasurable(Why::Incomplete),
        _ => Outcome::NotMeasurable(Why::NoData),
    };
    let value = |text: &str| Expr::parse(text).unwrap().evaluate(&value_of).map(|r| r.to_string());
    let is = |text: &str| Outcome::Value(text.to_owned());
    assert_eq!(value("revenue / leads"), is("100/3"));
    assert_eq!(value("revenue / leads * leads"), is("100"));
    assert_eq!(value("2 + 3 * 4 - 10 / 4"), is("23/2"));
    assert_eq!(value("10 - 3 - 2"), is("5"));
    assert_eq!(value("100 / 5 / 2"), is("10"));
    assert_eq!(value("-2 * -3"), is("6"));
    assert_eq!(value("0.1 + 0.2"), is("3/10"));
    assert_eq!(value("min(revenue, 7, 9)"), is("7"));
    assert_eq!(value("max(revenue, 7, 900.5)"), is("1801/2"));
    assert_eq!(value("revenue / (leads - 3)"), Outcome::NotMeasurable(Why::EmptyBase));
    assert_eq!(value("spend / leads"), Outcome::NotMeasurable(Why::Incomplete));
    assert_eq!(value("spend + other"), Outcome::NotMeasurable(Why::Incomplete), "the left reason of two");
    assert_eq!(value("max(revenue, spend)"), Outcome::NotMeasurable(Why::Incomplete));
    assert_eq!(value("coalesce(spend, other, leads)"), is("3"));
    assert_eq!(value("coalesce(spend, other)"), Outcome::NotMeasurable(Why::Incomplete));
    assert_eq!(value("coalesce(revenue / (leads - 3), 0)"), is("0"));
    assert_eq!(value("huge * huge"), Outcome::NotMeasurable(Why::TooLarge));
    assert_eq!(value("huge + huge"), Outcome::NotMeasurable(Why::TooLarge));
}

fn set(formulas: &[(&str, &str)]) -> Result<Definitions, DefinitionsError> {
    let parsed = formulas.iter().map(|(n, f)| ((*n).to_owned(), Expr::parse(f).unwrap()));
    Definitions::check(&parsed.collect::<BTreeMap<_, _>>(), &vocabulary())
}

#[test]
fn formulas_may_refer_to_each_other_but_not_in_circles() {
    let all =
        set(&[("a_margin", "b_profit / revenue"), ("b_profit", "revenue - spend"), ("c", "a_margin * 2")]).unwrap();
    let order: Vec<_> = all.iter().map(|(name, _, unit)| (name, unit)).collect();
    assert_eq!(order, [("b_profit", Unit::Money), ("a_margin", Unit::Ratio), ("c", Unit::Ratio)]);
    let value_of = |name: &str| match name {
        "revenue" => Outcome::Value(Ratio::int(10)),
        "spend" => Outcome::Value(Ratio::int(4)),
        _ => Outcome::NotMeasurable(Why::NoData),
    };
    assert_eq!(value(&all, "c", value_of), Outcome::Value(Ratio::new(6, 5).unwrap()));
    let names = |only: Option<Definitions>| only.map(|d| d.iter().map(|(n, ..)| n.to_owned()).collect::<Vec<_>>());
    assert_eq!(names(all.only("a_margin")).unwrap(), ["b_profit", "a_margin"]);
    assert_eq!(names(all.only("nothing")), None);

    let problem =
        |formulas: &[(&str, &str)]| set(formulas).map(|_| ()).map_err(|e| (e.name, e.fault.problem, e.fault.at.start));
    let round = |path: &[&str]| Problem::Circular { path: path.iter().map(|s| (*s).to_owned()).collect() };
    assert_eq!(problem(&[("own", "1 + own")]), Err(("own".into(), round(&["own", "own"]), 4)));
    assert_eq!(
        problem(&[("a", "c * 2"), ("b", "c + 1"), ("c", "leads + b")]),
        Err(("c".into(), round(&["c", "b", "c"]), 8)),
        "a only leads to the circle"
    );
    assert_eq!(problem(&[("leads", "2")]), Err(("leads".into(), Problem::NameTaken, 0)));
    for name in ["max", "two words", "1st", "a.b", ""] {
        assert_eq!(problem(&[(name, "2")]), Err((name.into(), Problem::BadName, 0)));
    }
    assert_eq!(problem(&[("a", "b + leads"), ("b", "revenue")]).unwrap_err().1.code(), "unit_mismatch");
    let many: Vec<String> = (0..=MAX_DEFINITIONS).map(|i| format!("f{i}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|n| (n.as_str(), "1")).collect();
    assert_eq!(problem(&many).unwrap_err().1, Problem::TooManyDefinitions);
}

#[test]
fn a_chain_of_formulas_is_computed_once_each() {
    // Each refers twice to the one before: computed naively this is 2^200 steps.
    let names: Vec<String> = (0..200).map(|i| format!("f{i:03}")).collect();
    let mut formulas = BTreeMap::from([("f000".to_owned(), Expr::parse("leads").unwrap())]);
    for pair in names.windows(2) {
        formulas.insert(pair[1].clone(), Expr::parse(&format!("({0} + {0}) / 2", pair[0])).unwrap());
    }
    let all = Definitions::check(&formulas, &vocabulary()).unwrap();
    let seven = |_: &str| Outcome::Value(Ratio::int(7));
    assert_eq!(value(&all, "f199", seven), Outcome::Value(Ratio::int(7)));
}

/// The value of one formula, given those of the names.
fn value(all: &Definitions, name: &str, value_of: impl Fn(&str) -> Outcome<Ratio>) -> Outcome<Ratio> {
    let part = |name: &str| Answer::of(value_of(name).map(|r| Figure::new(r, Unit::Number)));
    all.work_out(name, part).unwrap().answer.value.map(|f| f.exact)
}

#[test]
fn the_version_of_a_day_holds_until_the_next_one() {
    let day = |m, d| Date::from_ymd(2026, m, d).unwrap();
    let mut versions = Versions::new(Expr::parse("revenue / leads").unwrap());
    assert_eq!(versions.add(day(4, 1), Expr::parse("revenue / max(leads, 1)").unwrap()), Ok(2));
    assert_eq!(versions.add(day(4, 1), Expr::parse("1").unwrap()), Err(VersionError::NotLater));
    assert_eq!(versions.add(day(3, 31), Expr::parse("1").unwrap()), Err(VersionError::NotLater));
    assert_eq!(versions.in_force(Date::MIN).0, 1);
    assert_eq!(versions.in_force(day(3, 31)).0, 1);
    assert_eq!(versions.in_force(day(4, 1)).0, 2);
    assert_eq!(versions.in_force(Date::MAX).1.to_string(), "revenue / max(leads, 1)");
    assert_eq!(versions.iter().map(|(n, from, _)| (n, from)).collect::<Vec<_>>(), [(1, None), (2, Some(day(4, 1)))]);
    let json = serde_json::to_string(&versions).unwrap();
    assert_eq!(serde_json::from_str::<Versions<Expr>>(&json).unwrap(), versions);
    let backwards = json.replace("2026-04-01", "2026-04-02").replacen("]]", "],[\"2026-04-01\",\"1\"]]", 1);
    assert!(serde_json::from_str::<Versions<Expr>>(&backwards).is_err(), "{backwards}");
}

fn exprs() -> impl Strategy<Value = Expr> {
    let leaf = |node| Expr { node, at: Span::default() };
    let number = (0i128..1_000_000_000, 0u32..=9).prop_map(|(n, scale)| Ratio::new(n, 10i128.pow(scale)).unwrap());
    let leaves = prop_oneof![
        number.clone().prop_map(move |n| leaf(Node::Number(n))),
        number.prop_map(move |n| leaf(Node::Amount(n, Currency::EUR))),
        "[a-z_][a-z0-9_]{0,6}(\\.[a-z]{1,4})?".prop_map(move |n| leaf(Node::Name(n))),
    ];
    leaves.prop_recursive(5, 40, 3, move |inner| {
        let op = prop::sample::select(vec![Op::Plus, Op::Minus, Op::Times, Op::Over]);
        let function = prop::sample::select(Function::ALL.to_vec());
        prop_oneof![
            inner.clone().prop_map(move |e| leaf(Node::Negative(Box::new(e)))),
            (op, inner.clone(), inner.clone()).prop_map(move |(op, a, b)| leaf(Node::Binary(
                op,
                Box::new(a),
                Box::new(b)
            ))),
            (function, prop::collection::vec(inner, 1..4)).prop_map(move |(f, all)| leaf(Node::Call(f, all))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_formula(expr in exprs()) {
        let text = expr.to_string();
        prop_assert_eq!(Expr::parse(&text), Ok(expr), "{}", text);
        prop_assert_eq!(Expr::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn a_place_lies_within_the_text(text in "([a-z_.]{1,6}|[0-9.]{1,4}|[-+*/(),×÷−é€ ]| EUR|max\\(){0,20}") {
        match Expr::parse(&text) {
            Ok(expr) => {
                for (name, at) in expr.references() {
                    prop_assert_eq!(text.get(at.start..at.end), Some(name));
                }
                if let Err(fault) = expr.check(&vocabulary()) {
                    prop_assert!(text.get(fault.at.start..fault.at.end).is_some());
                }
                prop_assert_eq!(Expr::parse(&expr.to_string()), Ok(expr));
            }
            Err(fault) => prop_assert!(text.get(fault.at.start..fault.at.end).is_some()),
        }
    }

    #[test]
    fn a_checked_formula_never_mixes_money_and_counts(expr in exprs(), factor in 2i128..1000) {
        // Money scaled by a factor scales a result of money by it and leaves every other one alone: the
        // reader's currency changes nothing but amounts.
        let at = |scale: i128| move |name: &str| Outcome::Value(match name {
            "a" => Ratio::int(7 * scale),
            _ => Ratio::int(3),
        });
        let named = rename(&expr);
        let vocabulary = Vocabulary { currency: Currency::USD, names: BTreeMap::from([
            ("a".to_owned(), Named { unit: Unit::Money, retired: false }),
            ("b".to_owned(), Named { unit: Unit::Count, retired: false }),
        ])};
        if let Ok(unit) = named.check(&vocabulary)
            && let (Outcome::Value(once), Outcome::Value(scaled)) = (named.evaluate(&at(1)), named.evaluate(&at(factor)))
        {
            let expected = if unit == Unit::Money { once.checked_mul(Ratio::int(factor)).unwrap() } else { once };
            prop_assert_eq!(scaled, expected, "{}", named);
        }
    }
}

/// The same formula over two names, of money and of a count.
fn rename(expr: &Expr) -> Expr {
    let node = match &expr.node {
        Node::Name(n) if n.len() % 2 == 0 => Node::Name("a".into()),
        Node::Name(_) | Node::Amount(..) => Node::Name("b".into()),
        Node::Number(n) => Node::Number(*n),
        Node::Negative(e) => Node::Negative(Box::new(rename(e))),
        Node::Binary(op, l, r) => Node::Binary(*op, Box::new(rename(l)), Box::new(rename(r))),
        Node::Call(f, all) => Node::Call(*f, all.iter().map(rename).collect()),
    };
    Expr { node, at: expr.at }
}

#[test]
fn only_a_sum_of_what_adds_up_adds_up() {
    let adds_up = |name: &str| matches!(name, "revenue" | "spend" | "activities_call");
    let sums = |text: &str| Expr::parse(text).unwrap().is_sum_of(&adds_up);
    for text in ["revenue", "revenue - spend", "-(revenue × 2) + spend / 4", "2 × 3 × activities.call", "revenue × -1"]
    {
        assert!(sums(text), "{text}");
    }
    for text in
        ["win_rate", "revenue / spend", "revenue × spend", "revenue + 1", "2", "max(revenue, spend)", "1 / revenue"]
    {
        assert!(!sums(text), "{text}");
    }
}
