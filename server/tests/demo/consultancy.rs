//! Strategic Solutions: which proposal template wins, why are deals lost, did the training work?

use std::collections::BTreeMap;

use domain::Period;
use domain::before_after::{Group, Sample, Verdict, around, effect};
use domain::stats::{Rate, two_proportion_p_value};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use server::entity::{deal, team, team_membership};

use super::company::{Demo, TODAY, date, day};

const SLUG: &str = "strategic-solutions";
const WON: i16 = 1;
const LOST: i16 = 2;

async fn decided(demo: &Demo) -> Vec<deal::Model> {
    let filter = deal::Column::OrgId.eq(demo.org(SLUG)).and(deal::Column::Status.is_in([WON, LOST]));
    deal::Entity::find().filter(filter).all(&demo.db).await.unwrap()
}

fn rate<'a>(deals: impl Iterator<Item = &'a deal::Model>) -> Rate {
    deals.fold(Rate { k: 0, n: 0 }, |r, d| Rate { k: r.k + i64::from(d.status == WON), n: r.n + 1 })
}

pub async fn template(demo: &Demo) {
    let deals = decided(demo).await;
    let is_story = |d: &&deal::Model| d.proposal_template.as_deref() == Some("verhaal");
    let (story, rest) = (rate(deals.iter().filter(is_story)), rate(deals.iter().filter(|d| !is_story(d))));
    let p = two_proportion_p_value(story, rest).unwrap();
    println!("template: {story:?} against {rest:?}, p = {p:.5}");
    assert!(story.k * rest.n > rest.k * story.n, "{story:?} {rest:?}");
    assert!(p < 0.05, "{p}");
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for lost in deals.iter().filter(|d| d.status == LOST) {
        *reasons.entry(lost.lost_reason.as_deref().expect("each lost deal has a reason")).or_default() += 1;
    }
    let most = reasons.iter().max_by_key(|(_, n)| **n).unwrap();
    assert_eq!((reasons.len(), *most.0), (5, "prijs"), "{reasons:?}");
}

pub async fn training(demo: &Demo) {
    let event = demo.event(SLUG, "approach", "team=Industrie").await;
    let org = demo.org(SLUG);
    let filter = team::Column::OrgId.eq(org).and(team::Column::Name.eq("Industrie"));
    let team = team::Entity::find().filter(filter).one(&demo.db).await.unwrap().unwrap();
    let filter = team_membership::Column::OrgId.eq(org).and(team_membership::Column::TeamId.eq(team.id));
    let places = team_membership::Entity::find().filter(filter).all(&demo.db).await.unwrap();
    let deals = decided(demo).await;
    let (before, after) = around(event, 11, day(TODAY)).unwrap();
    let of = |touched: bool, period: Period| {
        let there = |d: &&deal::Model| {
            let theirs = d.person_id.is_some_and(|p| places.iter().any(|m| m.person_id == p));
            theirs == touched && d.closed_on.is_some_and(|on| period.contains(date(on.into())))
        };
        Sample::Rate(rate(deals.iter().filter(there)))
    };
    let group = |touched: bool| Group { before: of(touched, before), after: of(touched, after) };
    let effect = effect(group(true), group(false), 5);
    println!("training: {effect:?}");
    assert_eq!(effect.touched.into_value().unwrap().difference.verdict, Verdict::Higher);
    assert_eq!(effect.others.into_value().unwrap().difference.verdict, Verdict::CannotBeToldApart);
    assert!(effect.extra.into_value().unwrap().value > 0.05);
}
