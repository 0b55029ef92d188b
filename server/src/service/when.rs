//! Moments as people of an organisation read them: day and time in its time zone.

use app::account::api::When;
use domain::{Date, Timestamp};
use sea_orm::{ConnectionTrait, EntityTrait as _};

use crate::entity::organisation;
use crate::error::ServiceResult;

/// The time zone of an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn zone_of(db: &impl ConnectionTrait, org: i64) -> ServiceResult<String> {
    let org = organisation::Entity::find_by_id(org).one(db).await?;
    Ok(org.map_or_else(|| "UTC".to_owned(), |o| o.time_zone))
}

/// A moment in a time zone; an unknown zone counts as UTC.
pub fn in_zone(ms: i64, zone: &str) -> When {
    let zoned = jiff::Timestamp::from_millisecond(ms)
        .ok()
        .map(|t| t.in_tz(zone).unwrap_or_else(|_| t.to_zoned(jiff::tz::TimeZone::UTC)));
    match zoned {
        Some(z) => When {
            day: Date::from_ymd(i32::from(z.year()), z.month() as u32, z.day() as u32)
                .unwrap_or_else(|_| Timestamp(ms).date_utc()),
            time: format!("{:02}:{:02}", z.hour(), z.minute()),
        },
        None => When { day: Timestamp(ms).date_utc(), time: "00:00".to_owned() },
    }
}

/// The last day on which a link that ends at a moment still works.
pub fn last_day(expires_at: i64, zone: &str) -> Date {
    in_zone(expires_at - 1, zone).day
}
