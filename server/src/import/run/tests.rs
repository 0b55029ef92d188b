//! Whole imports on a database.
