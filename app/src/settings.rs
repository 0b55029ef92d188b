//! The organisation's settings: time zone, calendar, smallest n, language.

pub mod api;
mod holidays;
mod settings_page;

pub use settings_page::SettingsPage;
