//! The team tree by path, with the teams an import adds.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::Context;
use crate::entity::team;

/// The teams of an organisation.
#[derive(Debug, Default)]
pub struct Teams {
    below: HashMap<(Option<i64>, String), i64>,
    new: Vec<(i64, Option<i64>, String)>,
}

impl Teams {
    /// Loads all teams.
    pub async fn load(db: &impl ConnectionTrait, org_id: i64) -> Result<Self, DbErr> {
        let all = team::Entity::find().filter(team::Column::OrgId.eq(org_id)).all(db).await?;
        let below = all.into_iter().map(|t| ((t.parent_id, t.name), t.id)).collect();
        Ok(Self { below, new: Vec::new() })
    }

    /// The team of a path from the top; a single name may stand anywhere in the tree if only one team has it. Teams
    /// that are missing are added.
    pub fn resolve(&mut self, path: &[String]) -> Option<i64> {
        if let [name] = path {
            let mut named = self.below.iter().filter(|((_, n), _)| n == name).map(|(_, id)| *id);
            if let (Some(one), None) = (named.next(), named.next()) {
                return Some(one);
            }
        }
        let mut parent = None;
        for name in path {
            let id = *self.below.entry((parent, name.clone())).or_insert_with(|| {
                let id = crate::id::next();
                self.new.push((id, parent, name.clone()));
                id
            });
            parent = Some(id);
        }
        parent
    }

    /// The team of a name that only one team has, or of a path from the top, `Region / East`.
    pub fn find(&self, text: &str) -> Option<i64> {
        let mut named = self.below.iter().filter(|((_, name), _)| name == text).map(|(_, id)| *id);
        if let (Some(one), None) = (named.next(), named.next()) {
            return Some(one);
        }
        let step = |parent: Option<i64>, name: &str| self.below.get(&(parent, name.trim().to_owned())).copied();
        text.split(" / ").try_fold(None, |parent, name| step(parent, name).map(Some)).flatten()
    }

    /// Writes the teams that were added, parents first.
    pub async fn flush(&mut self, db: &impl ConnectionTrait, ctx: &Context) -> Result<(), DbErr> {
        let new = std::mem::take(&mut self.new);
        if !ctx.write {
            return Ok(());
        }
        for (id, parent, name) in new {
            let model = team::ActiveModel {
                org_id: Set(ctx.org.id),
                id: Set(id),
                name: Set(name),
                parent_id: Set(parent),
                archived_at: Set(None),
                created_at: Set(ctx.now.0),
            };
            team::Entity::insert(model).exec_without_returning(db).await?;
        }
        Ok(())
    }
}
