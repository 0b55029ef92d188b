//! Notes on people: who may read and write them, and the figure that is stored with each.

mod read;
mod words;
mod write;

use app::ApiResult;
use app::caller::Caller;
use app::notes::api::{NoteFields, NotesPort, NotesQuery, NotesView};
use async_trait::async_trait;
use domain::{NoteId, Period, PersonId};

use super::Services;

#[async_trait]
impl NotesPort for Services {
    async fn list(&self, caller: &Caller, query: NotesQuery) -> ApiResult<NotesView> {
        Ok(read::list(&self.state, caller, query).await?)
    }

    async fn add(&self, caller: &Caller, fields: NoteFields) -> ApiResult<NoteId> {
        Ok(write::add(&self.state, caller, fields).await?)
    }

    async fn reply(&self, caller: &Caller, note: NoteId, text: String) -> ApiResult<NoteId> {
        Ok(write::reply(&self.state, caller, note, &text).await?)
    }

    async fn withdraw(&self, caller: &Caller, note: NoteId) -> ApiResult<()> {
        Ok(write::withdraw(&self.state, caller, note).await?)
    }

    async fn counts(&self, caller: &Caller, people: &[PersonId], period: Period) -> ApiResult<Vec<(PersonId, u32)>> {
        Ok(read::counts(&self.state, caller, people, period).await?)
    }
}
