//! Notes beside the figures, check-ins and replies.

pub mod api;
