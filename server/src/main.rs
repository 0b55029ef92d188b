//! The maatstaf binary.
fn main() {}
