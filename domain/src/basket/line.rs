//! One line of a receipt.

use crate::{Date, Micros, Outcome, Ratio};

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Something was sold.
    Sale,
    /// Something came back.
    Return,
    /// A correction: kept and counted, in no KPI.
    Adjustment,
}

impl LineKind {
    /// What a line of this kind counts as: a sale whose quantity or amount is zero or less is an adjustment. An amount
    /// that is not known, for want of an exchange rate, says nothing of its worth.
    pub fn counting(self, quantity: Micros, amount: Option<Micros>) -> Self {
        let worthless = quantity.get() <= 0 || amount.is_some_and(|a| a.get() <= 0);
        if self == Self::Sale && worthless { Self::Adjustment } else { self }
    }
}

/// One line of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleLine {
    /// The transaction.
    pub transaction: u32,
    /// Its day.
    pub date: Date,
    /// The customer, if known. Who is not known is no customer in any count.
    pub customer: Option<u32>,
    /// The category, or whatever is looked at: product, department.
    pub category: Option<u32>,
    /// Quantity in millionths, so that 1.5 metres is exact.
    pub quantity: Micros,
    /// Quantity × unit price in the reporting currency.
    pub amount: Outcome<Micros>,
    /// What the file or the till says it is.
    pub kind: LineKind,
}

impl SaleLine {
    /// What it counts as; see [`LineKind::counting`].
    pub fn counts_as(&self) -> LineKind {
        self.kind.counting(self.quantity, self.amount.value().copied())
    }
}

/// Quantity × unit price, rounded half-even to micro-units once; `None` if it is too large.
pub fn line_amount(quantity: Micros, unit_price: Micros) -> Option<Micros> {
    // The product of two i64 fits.
    let millionths = i128::from(quantity.get()) * i128::from(unit_price.get());
    let micros = Ratio::new(millionths, 1_000_000)?.round_half_even(0)?;
    i64::try_from(micros).ok().map(Micros)
}
