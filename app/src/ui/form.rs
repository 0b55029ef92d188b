//! Forms: see [`crate::form`].
