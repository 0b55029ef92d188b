//! The import wizard: upload, mapping, dry run, commit, undo.

pub mod api;
