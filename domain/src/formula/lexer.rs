//! Cuts the text of a formula into numbers, names and signs.

use super::expr::Op;
use super::fault::{Fault, Problem, Span};
use crate::Ratio;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(Ratio),
    Name(&'a str),
    Op(Op),
    Open,
    Close,
    Comma,
}

/// Most digits of a number, so that it is held exactly with room for arithmetic.
const MAX_DIGITS: usize = 18;

/// The tokens of a text and where each stands.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Span)>, Fault> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let length = match first {
            c if c.is_ascii_digit() => length_of_number(rest),
            c if c.is_alphabetic() || c == '_' => length_of_name(rest),
            c => c.len_utf8(),
        };
        let (part, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind;
        let at = Span { start, end: start + part.len() };
        let token = match first {
            c if c.is_whitespace() => continue,
            c if c.is_ascii_digit() => number(part).map(Token::Number).ok_or(Problem::BadNumber),
            c if c.is_alphabetic() || c == '_' => Ok(Token::Name(part)),
            '+' => Ok(Token::Op(Op::Plus)),
            '-' | '−' | '–' => Ok(Token::Op(Op::Minus)),
            '*' | '×' | '·' => Ok(Token::Op(Op::Times)),
            '/' | '÷' => Ok(Token::Op(Op::Over)),
            '(' => Ok(Token::Open),
            ')' => Ok(Token::Close),
            ',' => Ok(Token::Comma),
            _ => Err(Problem::UnknownCharacter),
        };
        found.push((token.map_err(|p| Fault::new(p, at))?, at));
    }
    Ok(found)
}

/// Digits and dots.
fn length_of_number(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len())
}

/// Letters, digits and underscores, in parts with a dot between: `activities.call`.
fn length_of_name(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.char_indices()
        .find(|(at, c)| {
            let before_part = || text.get(at + 1..).and_then(|r| r.chars().next()).is_some_and(is_part);
            !(is_part(*c) || *c == '.' && before_part())
        })
        .map_or(text.len(), |(at, _)| at)
}

fn number(text: &str) -> Option<Ratio> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.len() + fraction.len() > MAX_DIGITS || fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let scaled = whole.bytes().chain(fraction.bytes()).fold(0i128, |n, b| n * 10 + i128::from(b - b'0'));
    Ratio::new(scaled, 10i128.pow(u32::try_from(fraction.len()).ok()?))
}
