//! Counts and sums of deals of one state, and a few of them by state.

/// Counts and sums of deals of one state. As a difference everything may be negative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub count: i64,
    /// How many of them have an amount but no exchange rate.
    pub unconverted: i64,
    /// Σ amount in micro-units of the reporting currency.
    pub amount: i128,
    /// Of deals won: days taken and how many took them, by days, without zeroes.
    pub cycles: Vec<(i32, i64)>,
}

impl Sums {
    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.unconverted += other.unconverted;
        self.amount += other.amount;
        for (days, times) in &other.cycles {
            self.took(*days, *times);
        }
    }

    /// Counts deals that took so many days.
    pub fn took(&mut self, days: i32, times: i64) {
        match self.cycles.binary_search_by_key(&days, |(d, _)| *d) {
            Ok(at) => {
                self.cycles[at].1 += times;
                if self.cycles[at].1 == 0 {
                    self.cycles.remove(at);
                }
            }
            Err(at) if times != 0 => self.cycles.insert(at, (days, times)),
            Err(_) => (),
        }
    }

    /// Whether nothing is counted.
    pub fn is_zero(&self) -> bool {
        self.count == 0 && self.unconverted == 0 && self.amount == 0 && self.cycles.is_empty()
    }
}

/// Sums by state (the stored number), in the order of the states, without those that are zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(Vec<(i16, Sums)>);

impl Entries {
    /// The sums of a state, to be changed; call [`Entries::tidy`] afterwards.
    pub fn of(&mut self, status: i16) -> &mut Sums {
        let at = match self.0.binary_search_by_key(&status, |(s, _)| *s) {
            Ok(at) => at,
            Err(at) => {
                // Many are held at once, and most have one state.
                self.0.reserve_exact(1);
                self.0.insert(at, (status, Sums::default()));
                at
            }
        };
        &mut self.0[at].1
    }

    /// Adds others.
    pub fn merge(&mut self, other: &Self) {
        for (status, sums) in &other.0 {
            self.of(*status).merge(sums);
        }
    }

    /// Leaves out what has become zero.
    pub fn tidy(&mut self) {
        self.0.retain(|(_, sums)| !sums.is_zero());
    }

    /// State and sums.
    pub fn iter(&self) -> impl Iterator<Item = &(i16, Sums)> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
