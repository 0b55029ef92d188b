//! Facts that are there before a test begins.

use sea_orm::ActiveValue::Set;
use sea_orm::{DatabaseConnection, EntityTrait as _};
use server::entity::{activity, event};

/// An activity of a person, eight calls on a day; gives its identifier.
pub async fn activity(db: &DatabaseConnection, org: i64, person: i64, day: domain::Date) -> i64 {
    let id = server::id::next();
    let (day_number, person_text) = (i64::from(day.day_number()), person.to_string());
    let row = activity::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        fact_key: Set(server::import::fact::key_of([day.to_string().as_str(), "call", "", &person_text, ""])),
        day: Set(day_number),
        person_id: Set(Some(person)),
        activity_type: Set("call".into()),
        count: Set(8),
        attributes: Set(None),
        import_id: Set(None),
        created_at: Set(0),
        updated_at: Set(0),
    };
    activity::Entity::insert(row).exec_without_returning(db).await.unwrap();
    id
}

/// An event of a day; gives its identifier.
pub async fn event(db: &DatabaseConnection, org: i64, day: domain::Date, scope: Option<&str>) -> i64 {
    let id = server::id::next();
    let row = event::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        fact_key: Set(server::import::fact::key_of([day.to_string().as_str(), "Fair"])),
        day: Set(i64::from(day.day_number())),
        title: Set("Fair".into()),
        kind: Set("other".into()),
        scope: Set(scope.map(str::to_owned)),
        attributes: Set(None),
        import_id: Set(None),
        created_at: Set(0),
        updated_at: Set(0),
    };
    event::Entity::insert(row).exec_without_returning(db).await.unwrap();
    id
}
