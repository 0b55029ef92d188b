//! Files of tables against everybody: nobody signed in, the lowest role that may, the one below, another tenant.

use app::caller::Role;
use axum::http::StatusCode;

use super::{Who, below, is_refusal};
use crate::support::{Site, World};

/// Every address of a file, and who may have it; as the page of the same address.
fn files(world: &World) -> Vec<(String, Who)> {
    let from = |role, names_thing| Who::From { role, names_thing };
    let csv = |page: String| format!("/export/{page}{}format=csv", if page.contains('?') { '&' } else { '?' });
    vec![
        (csv(format!("deals?person={}", world.mia)), from(Role::Manager, true)),
        (csv(format!("scorecard/{}", world.mia)), from(Role::Manager, true)),
        (csv(format!("teams/{}", world.sales)), from(Role::Manager, true)),
        (csv("kpis".to_owned()), Who::Everybody),
        (csv("targets".to_owned()), Who::Everybody),
        (csv(format!("targets/grid?team={}", world.east)), from(Role::Manager, true)),
        (csv("facts/rates".to_owned()), Who::Everybody),
        (csv(format!("facts/deals?person={}", world.mia)), from(Role::Manager, true)),
        (csv(format!("facts/activities/{}", world.fact)), from(Role::Admin, true)),
        (csv(format!("facts/deals/{}", world.deal)), from(Role::Admin, true)),
        (csv("kpis/deals_won".to_owned()), Who::Everybody),
        (csv(format!("explain/deals_won?person={}", world.mia)), from(Role::Manager, true)),
        (csv(format!("targets/{}", world.target_ria)), from(Role::Manager, true)),
        (csv("objectives".to_owned()), Who::Everybody),
        (csv("people".to_owned()), Who::Everybody),
        (csv("people/teams".to_owned()), Who::Everybody),
        (csv("users".to_owned()), from(Role::Admin, false)),
        (csv("imports".to_owned()), from(Role::Manager, false)),
        (csv("tokens".to_owned()), from(Role::Manager, false)),
        (csv("webhooks".to_owned()), from(Role::Admin, false)),
        (csv(format!("webhooks/{}", world.webhook)), from(Role::Admin, true)),
        (format!("/imports/{}/rejected.csv", world.import), from(Role::Admin, true)),
        (format!("/imports/{}/mapping.toml", world.import), from(Role::Admin, true)),
    ]
}

#[tokio::test]
async fn every_file_against_everybody() {
    let site = Site::new().await;
    for (path, who) in files(&site.world) {
        let anonymous = site.anonymous().get(&path).await;
        assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED, "{path}");
        let (lowest, names_thing) = match who {
            Who::From { role, names_thing } => (site.role(role).await, names_thing),
            _ => (site.viewer().await, false),
        };
        let answer = lowest.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        if let Who::From { role, .. } = who
            && let Some(lower) = below(role)
        {
            let answer = site.role(lower).await.get(&path).await;
            assert!(is_refusal(answer.status), "{path} as {lower:?}: {}", answer.status);
        }
        if names_thing {
            let answer = site.other_tenant().await.get(&path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
