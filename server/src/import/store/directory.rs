//! The people of an organisation by key, by name and by e-mail address, with those an import adds.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::Context;
use crate::entity::person;
use crate::import::fault::{Code, Fault};
use crate::import::mapping::UnknownPeople;

/// The people of an organisation.
#[derive(Debug, Default)]
pub struct Directory {
    by_key: HashMap<String, i64>,
    by_name: HashMap<String, Vec<i64>>,
    by_email: HashMap<String, Vec<i64>>,
    new: Vec<(i64, String)>,
}

impl Directory {
    /// Loads everybody's key, name and address.
    pub async fn load(db: &impl ConnectionTrait, org_id: i64) -> Result<Self, DbErr> {
        let rows: Vec<(i64, String, String, Option<String>)> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Key, person::Column::Name, person::Column::Email])
            .filter(person::Column::OrgId.eq(org_id))
            .into_tuple()
            .all(db)
            .await?;
        let mut all = Self::default();
        for (id, key, name, email) in rows {
            all.by_key.insert(key, id);
            if let Some(email) = email {
                all.by_email.entry(email.to_lowercase()).or_default().push(id);
            }
            all.by_name.entry(name).or_default().push(id);
        }
        Ok(all)
    }

    /// The person of a key, else of a name that only one person has, else of an address that only one has.
    pub fn find(&self, text: &str) -> Result<Option<i64>, Code> {
        if let Some(id) = self.by_key.get(text) {
            return Ok(Some(*id));
        }
        match self.by_name.get(text) {
            Some(named) => only(named),
            None => self.with_email(text),
        }
    }

    /// The person of an address, whatever its case.
    pub fn with_email(&self, email: &str) -> Result<Option<i64>, Code> {
        if !email.contains('@') {
            return Ok(None);
        }
        only(self.by_email.get(&email.to_lowercase()).map(Vec::as_slice).unwrap_or_default())
    }

    /// Takes a further name of somebody who is known.
    pub fn also_called(&mut self, name: &str, id: i64) {
        self.by_name.entry(name.to_owned()).or_default().push(id);
    }

    /// Adds a person whose name is their key.
    pub fn add(&mut self, name: &str) -> i64 {
        let id = crate::id::next();
        self.by_key.insert(name.to_owned(), id);
        self.by_name.entry(name.to_owned()).or_default().push(id);
        self.new.push((id, name.to_owned()));
        id
    }

    /// The person whom a row credits: known, or created if the mapping says so.
    pub fn resolve(&mut self, text: &str, ctx: &mut Context) -> Result<i64, Fault> {
        let fault = |code| Fault::new(code).with("person", text);
        match self.find(text).map_err(fault)? {
            Some(id) if ctx.allows(id) => Ok(id),
            Some(_) => Err(fault(Code::NotAllowed)),
            // Who may change only some people's facts cannot bring in new people.
            None if ctx.people.is_some() => Err(fault(Code::NotAllowed)),
            None => {
                ctx.report.unknown(text);
                match ctx.unknown_people {
                    UnknownPeople::Reject => Err(fault(Code::UnknownPerson)),
                    UnknownPeople::Create => Ok(self.add(text)),
                }
            }
        }
    }

    /// Writes the people that were added, with the addresses that are known.
    pub async fn flush(
        &mut self,
        db: &impl ConnectionTrait,
        ctx: &mut Context,
        emails: &HashMap<i64, String>,
    ) -> Result<(), DbErr> {
        let new = std::mem::take(&mut self.new);
        ctx.report.people_created += new.len() as u64;
        if new.is_empty() || !ctx.write {
            return Ok(());
        }
        let models: Vec<_> = new
            .into_iter()
            .map(|(id, name)| person::ActiveModel {
                org_id: Set(ctx.org.id),
                id: Set(id),
                key: Set(name.clone()),
                name: Set(name),
                email: Set(emails.get(&id).cloned()),
                import_id: Set(ctx.import_id),
                created_at: Set(ctx.now.0),
                updated_at: Set(ctx.now.0),
            })
            .collect();
        for chunk in models.chunks(1000) {
            person::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
        }
        Ok(())
    }
}

/// The one person who is meant; several are one too many.
fn only(found: &[i64]) -> Result<Option<i64>, Code> {
    match found {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Code::AmbiguousPerson),
    }
}
