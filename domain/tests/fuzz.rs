//! Nothing that somebody may type or upload makes a parser panic.
//!
//! The normal suite tries the corpus, its neighbours and random texts. For minutes, optimized and with overflow checked:
//! `cargo xtask bench -- fuzz`; `FUZZ_SECONDS` says how long (180), `UPDATE=1` adds texts that behaved in a new way to
//! `tests/corpus`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use domain::formula::{Expr, Vocabulary};
use domain::read::{DateDetector, NumberDetector, Order, ReadError, Sign, read_date, read_number, read_when};
use domain::{Currency, Outcome, Ratio, Why};
use proptest::prelude::*;

/// A parser under test: reads a text, checks what must hold of every answer, and says how it behaved.
struct Target {
    name: &'static str,
    run: fn(&str) -> String,
    /// Pieces that mutation puts in.
    pieces: &'static [&'static str],
}

const TARGETS: [Target; 3] = [
    Target {
        name: "formula",
        run: formula,
        pieces: &[
            "revenue",
            "deals_won",
            "win_rate",
            "cycle_days_mean",
            "activities.call",
            "min(",
            "max(",
            "coalesce(",
            "(",
            ")",
            ",",
            " + ",
            " - ",
            " * ",
            " / ",
            "×",
            "÷",
            "−",
            "0",
            "1.5",
            "999999999999999999",
            " EUR",
            " USD",
            ".",
            "é",
            "\u{0}",
            "\u{202f}",
            "0.000000000000000001",
            "_",
            "EUR",
        ],
    },
    Target {
        name: "number",
        run: number,
        pieces: &[
            "0",
            "1",
            "12",
            "123",
            "000",
            ".",
            ",",
            "'",
            "’",
            " ",
            "\u{a0}",
            "\u{202f}",
            "-",
            "−",
            "+",
            "(",
            ")",
            "%",
            "€",
            "$",
            "EUR",
            "usd",
            "e9",
            "∞",
            "9999999999999999999",
        ],
    },
    Target {
        name: "date",
        run: date,
        pieces: &[
            "0", "1", "02", "29", "30", "31", "12", "13", "2024", "2023", "9999", "0000", "-", "/", ".", "T", " ", ":",
            "Z", "+02:00", "-18:59", "AM", "pm", ",5", "é", "mei", "00000000",
        ],
    },
];

/// Values that are awkward to compute with.
fn awkward(name: &str) -> Outcome<Ratio> {
    match name.len() % 6 {
        0 => Outcome::Value(Ratio::int(i128::MAX)),
        1 => Outcome::Value(Ratio::new(-1, i128::MAX).unwrap()),
        2 => Outcome::Value(Ratio::ZERO),
        3 => Outcome::NotMeasurable(Why::Incomplete),
        4 => Outcome::Value(Ratio::int(i128::MIN)),
        _ => Outcome::Value(Ratio::new(22, 7).unwrap()),
    }
}

fn formula(text: &str) -> String {
    thread_local!(static VOCABULARY: Vocabulary = Vocabulary::catalogue(Currency::EUR));
    let inside = |fault: &domain::formula::Fault| {
        assert!(text.get(fault.at.start..fault.at.end).is_some(), "a fault outside the text");
        let (first, end) = fault.at.chars(text);
        assert!(first <= end && end <= text.chars().count());
        assert_eq!(fault.remark("formula", text).code, format!("formula_{}", fault.problem.code()));
    };
    let expr = match Expr::parse(text) {
        Ok(expr) => expr,
        Err(fault) => {
            inside(&fault);
            return fault.problem.code().to_owned();
        }
    };
    assert_eq!(Expr::parse(&expr.to_string()).as_ref(), Ok(&expr), "printed and read again");
    let value = expr.evaluate(&awkward).map(|r| r.signum());
    let unit = VOCABULARY.with(|v| expr.check(v));
    if let Err(fault) = &unit {
        inside(fault);
    }
    let unit = unit.map_or_else(|f| f.problem.code(), |u| u.code());
    format!("{unit} {value:?} {}", expr.references().len().min(3))
}

fn number(text: &str) -> String {
    let [free, dot, comma] = [None, Some(Sign::Dot), Some(Sign::Comma)].map(|sign| read_number(text, sign));
    if let Ok(n) = free {
        assert!(dot == Ok(n) || comma == Ok(n), "read without a sign as with neither");
    }
    if free == Err(ReadError::AmbiguousNumber) {
        assert!(dot.is_ok() && comma.is_ok() && dot != comma, "asked although only one reading exists");
    }
    for n in [free, dot, comma].into_iter().flatten() {
        let exact = n.to_ratio().unwrap();
        assert_eq!(n.to_i64().is_some(), exact.denominator() == 1 && i64::try_from(exact.numerator()).is_ok());
        let _ = (n.to_share(), n.to_micros());
    }
    let mut detector = NumberDetector::default();
    detector.see(text);
    let _ = detector.verdict();
    format!(
        "{:?} {:?} {:?}",
        free.map(|_| ()),
        dot.map(|n| (n.percent, n.currency.is_some())),
        comma.map(|n| n.scale.min(3))
    )
}

fn date(text: &str) -> String {
    let free = read_date(text, None);
    let known = Order::ALL.map(|order| read_date(text, Some(order)));
    if free.is_ok() {
        assert!(known.contains(&free), "read without an order as with none");
    }
    for order in [None, Some(Order::Ymd), Some(Order::Dmy), Some(Order::Mdy)] {
        assert_eq!(read_when(text, order).is_ok(), read_date(text, order).is_ok());
    }
    let mut detector = DateDetector::default();
    detector.see(text);
    let _ = detector.verdict();
    format!(
        "{:?} {:?} {:?}",
        free.map(|_| ()),
        known.map(|k| k.map(|_| ())),
        read_when(text, None).map(|w| matches!(w, domain::read::When::Day(_)))
    )
}

fn file(target: &Target) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{}.txt", target.name))
}

fn corpus(target: &Target) -> Vec<String> {
    fs::read_to_string(file(target)).unwrap().lines().map(str::to_owned).collect()
}

/// Runs the parser; a panic names the text.
fn tried(target: &Target, text: &str) -> String {
    let run = target.run;
    catch_unwind(|| run(text)).unwrap_or_else(|_| panic!("{} of {text:?}: add it to tests/corpus", target.name))
}

/// Numbers that look random (xorshift64*), the same on every run of the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    fn mutated(&mut self, target: &Target, all: &[String]) -> String {
        let mut text: Vec<char> = all[self.below(all.len())].chars().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(text.len() + 1);
            let end = at + self.below(text.len() - at + 1).min(8);
            match self.below(6) {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, target.pieces[self.below(target.pieces.len())].chars())),
                2 => drop(text.splice(at..end, target.pieces[self.below(target.pieces.len())].chars())),
                3 => {
                    let again: Vec<char> = text[at..end].to_vec();
                    text.splice(at..at, again);
                }
                4 => {
                    let other: Vec<char> = all[self.below(all.len())].chars().collect();
                    let from = self.below(other.len() + 1);
                    text.splice(at..end, other[from..].iter().copied());
                }
                _ => drop(text.splice(at..end, char::from_u32(self.below(0x2_0000) as u32))),
            }
        }
        text.truncate(3_000);
        text.into_iter().collect()
    }
}

#[test]
fn the_corpus_and_its_neighbours_do_no_harm() {
    for target in &TARGETS {
        let all = corpus(target);
        assert!(all.len() > 10, "{}: the corpus is missing", target.name);
        let mut random = Random(0x5EED);
        let ways: BTreeSet<String> = all.iter().map(|text| tried(target, text)).collect();
        assert!(ways.len() >= 5, "{}: the corpus shows few ways to behave: {ways:?}", target.name);
        for _ in 0..5_000 {
            tried(target, &random.mutated(target, &all));
        }
    }
}

proptest! {
    #[test]
    fn no_text_does_harm(text in ".{0,60}", near in "[-0-9.,/:() T+×÷−a-z_€%]{0,40}") {
        for target in &TARGETS {
            tried(target, &text);
            tried(target, &near);
        }
    }
}

#[test]
#[ignore = "runs for minutes; see the top of this file"]
fn for_minutes() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(180);
    let each = Duration::from_secs(seconds) / TARGETS.len() as u32;
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
    for target in &TARGETS {
        let mut random = Random(seed | 1);
        let mut all = corpus(target);
        let kept = all.len();
        let mut ways: BTreeSet<String> = all.iter().map(|text| tried(target, text)).collect();
        let (start, mut runs) = (Instant::now(), 0u64);
        while start.elapsed() < each {
            for _ in 0..1_000 {
                let text = random.mutated(target, &all);
                runs += 1;
                if ways.insert(tried(target, &text)) {
                    all.push(text);
                }
            }
        }
        println!(
            "{}: seed {seed}, {runs} texts, {} ways to behave, {} of them new",
            target.name,
            ways.len(),
            all.len() - kept
        );
        if std::env::var_os("UPDATE").is_some() {
            // What an editor would change on saving cannot be kept in a file of lines.
            all.retain(|text| text.trim() == text && !text.contains(char::is_control) && text.len() <= 300);
            fs::write(file(target), all.join("\n") + "\n").unwrap();
        }
    }
}
