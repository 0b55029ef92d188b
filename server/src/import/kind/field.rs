//! Stored facts as the texts that a file would give: what lists show and what forms are filled with.

use domain::money::MICROS_PER_UNIT;
use domain::{Date, Ratio, read::Sign};

use super::{Column, Kind, Type};
use crate::import::fact::{Cell, Table};

/// Turns ids of people and teams into their names.
pub trait Names {
    /// Key of a person, by which imports know them.
    fn person(&self, id: i64) -> Option<String>;
    /// Path of a team.
    fn team(&self, id: i64) -> Option<String>;
}

/// The columns that a form for a fact has: a period is asked for by its days.
pub fn columns(kind: Kind) -> impl Iterator<Item = (usize, &'static Column)> {
    let all = kind.columns().iter().enumerate();
    all.filter(|(_, c)| !matches!(c.ty, Type::Month | Type::Quarter))
}

/// The price in the list, which is kept for the whole line.
const LIST_PRICE: &str = "list_price";

/// Names in the database that differ from ours by more than their ending.
const OTHER: [(&str, &str); 4] =
    [("date", "day"), ("transaction", "receipt"), ("type", "activity_type"), ("where", "where_column")];

/// The place of a column of ours in the table.
pub fn place(table: &Table, column: &Column) -> Option<usize> {
    let name = OTHER.iter().find(|(ours, _)| *ours == column.name).map_or(column.name, |(_, theirs)| *theirs);
    let is = |db: &str| ["", "_on", "_day", "_id", "_micros"].iter().any(|end| db.strip_suffix(end) == Some(name));
    table.columns.iter().position(|(db, _)| is(db))
}

/// What stands in a column of a fact; empty if nothing does.
pub fn text(table: &Table, column: &Column, cells: &[Cell], names: &dyn Names, sign: Sign) -> String {
    if column.ty == Type::Who {
        let person = table.person.and_then(|at| number(cells, at)).and_then(|id| names.person(id));
        let team = || table.team.and_then(|at| number(cells, at)).and_then(|id| names.team(id));
        return person.or_else(team).unwrap_or_default();
    }
    if column.name == LIST_PRICE {
        return list_price(table, cells).map(|n| shown(column.ty, n, names, sign)).unwrap_or_default();
    }
    let Some(at) = place(table, column) else { return String::new() };
    match cells.get(at) {
        Some(Cell::Text(text)) => {
            let text = text.clone().unwrap_or_default();
            match cells.get(at + 1) {
                // What a target is about stands in two columns.
                Some(Cell::Text(Some(value))) if column.name == "where" => format!("{text}={value}"),
                _ => text,
            }
        }
        Some(Cell::Int(Some(n))) => shown(column.ty, *n, names, sign),
        Some(Cell::Int(None) | Cell::Keep) | None => String::new(),
    }
}

/// The price in the list for one unit. Where it has no exact value and comes of amount and discount, none is said: these
/// two say the same.
fn list_price(table: &Table, cells: &[Cell]) -> Option<i64> {
    let of = |name: &str| table.columns.iter().position(|(db, _)| *db == name).and_then(|at| number(cells, at));
    let (list, quantity) = (of("list_micros")?, of("quantity_micros")?);
    let exact = Ratio::new(i128::from(list), i128::from(quantity))?;
    let millionths = exact.checked_mul(Ratio::new(i128::from(MICROS_PER_UNIT), 1)?)?;
    let derived = of("amount_micros").zip(of("discount_micros")).and_then(|(amount, off)| amount.checked_add(off));
    if millionths.denominator() != 1 && derived == Some(list) {
        return None;
    }
    i64::try_from(millionths.round_half_even(0)?).ok()
}

fn shown(ty: Type, n: i64, names: &dyn Names, sign: Sign) -> String {
    match ty {
        Type::Date => i32::try_from(n).ok().and_then(Date::from_day_number).map(|d| d.to_string()).unwrap_or_default(),
        Type::Money | Type::Number => {
            let digits = domain::Micros(n).to_string();
            if sign == Sign::Comma { digits.replace('.', ",") } else { digits }
        }
        Type::Flag => if n == 0 { "false" } else { "true" }.to_owned(),
        Type::Choice(all) => usize::try_from(n).ok().and_then(|at| all.get(at)).copied().unwrap_or_default().to_owned(),
        Type::Person => names.person(n).unwrap_or_default(),
        Type::Team => names.team(n).unwrap_or_default(),
        _ => n.to_string(),
    }
}

fn number(cells: &[Cell], at: usize) -> Option<i64> {
    match cells.get(at) {
        Some(Cell::Int(n)) => *n,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_kind_has_a_place() {
        for kind in Kind::ALL {
            let Some((table, _)) = kind.facts() else { continue };
            for (_, column) in columns(*kind).filter(|(_, c)| c.ty != Type::Who && c.name != LIST_PRICE) {
                assert!(place(table, column).is_some(), "{} {}", kind.name(), column.name);
            }
        }
    }
}
