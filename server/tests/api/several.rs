//! What waits beside something else: servers in one process, as these tests are, and blocks of one page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use leptos::prelude::{Owner, Resource};
use sea_orm::{ConnectionTrait, DbErr};

use crate::support::Site;

/// Leptos holds back every resource of the process while it lists the routes of an app.
#[tokio::test]
async fn a_page_gets_its_data_while_another_server_is_made() {
    let site = Site::empty().await;
    drop(site.router());
    let done = Arc::new(AtomicBool::new(false));
    let making = std::thread::spawn({
        let (state, done, runtime) = (site.state.clone(), done.clone(), tokio::runtime::Handle::current());
        move || {
            let _guard = runtime.enter();
            while !done.load(Ordering::Relaxed) {
                drop(server::router(state.clone()));
            }
        }
    });
    let mut waiting = 0;
    for _ in 0..100 {
        let owner = Owner::new();
        let data = owner.with(|| Resource::new(|| (), |()| async { 7 }));
        waiting += i32::from(tokio::time::timeout(Duration::from_secs(1), data).await.is_err());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    done.store(true, Ordering::Relaxed);
    making.join().unwrap();
    assert_eq!(waiting, 0, "pages that wait for ever");
}

async fn ask_twice(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    db.execute_unprepared("SELECT 1").await?;
    db.execute_unprepared("SELECT 2").await?;
    Ok(())
}

/// Leptos polls all blocks of a page once and then waits for one after the other.
#[tokio::test]
async fn a_block_that_waits_for_its_turn_keeps_no_connection() {
    let db = server::db::Db::from(server::db::connect("sqlite::memory:").await.unwrap());
    let (mut first, mut second) = (Box::pin(ask_twice(&db)), Box::pin(ask_twice(&db)));
    let mut nobody = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut nobody).is_pending() && second.as_mut().poll(&mut nobody).is_pending());
    tokio::time::timeout(Duration::from_secs(5), first).await.expect("there is only one connection").unwrap();
    second.await.unwrap();
}
