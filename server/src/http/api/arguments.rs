//! Arguments of an address, read strictly: one that is not known or is given twice is an error, for a filter that is
//! overlooked gives a figure of something else.

use super::problem::Problem;

/// The arguments that have not been read yet.
#[derive(Debug)]
pub(super) struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// All arguments of an address.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Every value of an argument.
    pub(super) fn all(&mut self, name: &str) -> Vec<String> {
        self.0.extract_if(.., |(n, _)| n == name).map(|(_, value)| value).collect()
    }

    /// An argument that may be left out; an empty one is.
    ///
    /// # Errors
    /// When it is given twice.
    pub(super) fn optional(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let mut found = self.all(name);
        match found.len() {
            0 | 1 => Ok(found.pop().filter(|value| !value.is_empty())),
            _ => Err(Problem::field(name, "api.argument.twice")),
        }
    }

    /// An argument that must be there.
    ///
    /// # Errors
    /// When it is not, or is given twice.
    pub(super) fn required(&mut self, name: &str) -> Result<String, Problem> {
        self.optional(name)?.ok_or_else(|| Problem::field(name, "api.argument.missing"))
    }

    /// Says that nothing more is to come.
    ///
    /// # Errors
    /// When there are arguments left.
    pub(super) fn end(self, known: &str) -> Result<(), Problem> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => {
                let name: String = name.chars().take(80).collect();
                Err(Problem::field_with(&name, "api.argument.unknown", &[("name", &name), ("known", &known)]))
            }
        }
    }
}
