//! The form: reading, SMART check, linter.

use proptest::prelude::*;

use super::super::*;
use super::{d, p, r};
use crate::objective::Horizon;
use crate::{Calendar, Locale, Outcome, Why};

fn draft() -> TargetDraft {
    TargetDraft {
        metric: "win_rate".into(),
        person: "7".into(),
        period: "2017Q2".into(),
        baseline: "58,5".into(),
        value: "65 %".into(),
        stretch: "70".into(),
        objective: "3".into(),
        why: "Fewer, better proposals".into(),
        guardrail_metric: "deals_won".into(),
        guardrail_limit: "20".into(),
        weight: "40".into(),
        ..TargetDraft::default()
    }
}

fn errors(draft: TargetDraft) -> Vec<String> {
    let errors = draft.parse(&Calendar::default(), Locale::Nl, &Definition::of_catalogue).unwrap_err();
    errors.into_iter().map(|e| format!("{}:{}", e.field, e.code)).collect()
}

#[test]
fn a_form_becomes_a_target_and_a_form_again() {
    let target = draft().parse(&Calendar::default(), Locale::Nl, &Definition::of_catalogue).unwrap();
    assert_eq!((target.value, target.baseline), (Micros(650_000), Some(Micros(585_000))));
    assert_eq!((target.direction, target.who), (Direction::Reach, Who::Person(PersonId::new(7))));
    assert_eq!(target.guardrails[0].direction, Direction::StayAbove);
    assert_eq!(target.guardrails[0].limit, Micros(20_000_000));
    for locale in Locale::ALL {
        let again = TargetDraft::from_target(&target, &Calendar::default(), locale, &Definition::of_catalogue);
        assert_eq!(again.parse(&Calendar::default(), locale, &Definition::of_catalogue).unwrap(), target);
    }
    let json = serde_json::to_string(&target).unwrap();
    assert_eq!(serde_json::from_str::<Target>(&json).unwrap(), target);
}

#[test]
fn every_fault_is_a_remark_on_its_field() {
    let required = ["metric:required", "who:required", "period:required", "value:required"];
    assert_eq!(errors(TargetDraft::default()), required);
    assert_eq!(errors(TargetDraft { value: "veel".into(), ..draft() }), ["value:bad_number"]);
    assert_eq!(errors(TargetDraft { value: "12,5x".into(), ..draft() }), ["value:bad_number"]);
    assert_eq!(errors(TargetDraft { value: "65.5".into(), ..draft() }), ["value:number_grouping"]);
    assert_eq!(
        errors(TargetDraft { value: "165".into(), stretch: String::new(), ..draft() }),
        ["value:over_100_percent"]
    );
    assert_eq!(errors(TargetDraft { metric: "luck".into(), ..draft() }), ["metric:unknown_metric"]);
    assert_eq!(
        errors(TargetDraft {
            metric: "deals_won".into(),
            value: "2,5".into(),
            baseline: String::new(),
            stretch: String::new(),
            guardrail_metric: "win_rate".into(),
            ..draft()
        }),
        ["value:whole_number"]
    );
    let dates = |from: &str, until: &str| TargetDraft {
        period: String::new(),
        from: from.into(),
        until: until.into(),
        ..draft()
    };
    assert_eq!(errors(dates("2017-06-30", "2017-04-01")), ["until:period_empty"]);
    assert_eq!(errors(dates("2017-02-30", "2017-04-01")), ["from:date_no_such_day"]);
    assert_eq!(
        dates("2017-04-01", "2017-06-30")
            .parse(&Calendar::default(), Locale::Nl, &Definition::of_catalogue)
            .unwrap()
            .period,
        p("2017Q2")
    );
    assert_eq!(errors(TargetDraft { period: "2017Q5".into(), ..draft() }), ["period:period_syntax"]);
    assert_eq!(errors(TargetDraft { stretch: "60".into(), ..draft() }), ["stretch:stretch_weaker"]);
    assert_eq!(errors(TargetDraft { person: "x".into(), ..draft() }), ["person:bad_id"]);
    assert_eq!(errors(TargetDraft { direction: "sideways".into(), ..draft() }), ["direction:unknown_direction"]);
    assert_eq!(errors(TargetDraft { weight: "101".into(), ..draft() }), ["weight:weight_range"]);
    assert_eq!(
        errors(TargetDraft { guardrail_metric: "win_rate".into(), ..draft() }),
        ["guardrail_metric:guardrail_same_metric"]
    );
    assert_eq!(errors(TargetDraft { guardrail_limit: String::new(), ..draft() }), ["guardrail_limit:required"]);
    let milestone = MilestoneDraft { day: "2017-09-01".into(), value: "60".into() };
    assert_eq!(errors(TargetDraft { milestones: vec![milestone], ..draft() }), ["milestones:milestone_outside"]);
}

fn evidence(rates: &[(i64, i64)]) -> Evidence {
    let months = Period::series(d("2017-03-15"), crate::Grain::Month, rates.len(), &Calendar::default());
    let past = |(period, (k, n)): (Period, &(i64, i64))| Past {
        period,
        outcome: Outcome::from_option(Ratio::new((*k).into(), (*n).into()), Why::EmptyBase),
        n: Some(*n),
    };
    Evidence {
        history: months.into_iter().zip(rates).map(past).collect(),
        today: d("2017-03-31"),
        data_as_of: Some(d("2017-03-30")),
        member_from: None,
        member_to: None,
    }
}

fn missing(draft: TargetDraft, evidence: &Evidence) -> Vec<(Letter, Vec<Missing>)> {
    let (partial, _) = draft.read(&Calendar::default(), Locale::Nl, &Definition::of_catalogue);
    check(&partial, evidence).into_iter().filter(|l| !l.complete).map(|l| (l.letter, l.missing)).collect()
}

#[test]
fn each_letter_says_what_it_lacks() {
    let good = evidence(&[(5, 10), (6, 10), (7, 12), (0, 0)]);
    assert_eq!(missing(draft(), &good), []);
    let all = missing(TargetDraft::default(), &evidence(&[]));
    assert_eq!(all[0], (Letter::Specific, vec![Missing::Metric, Missing::Who]));
    assert_eq!(all[1], (Letter::Measurable, vec![Missing::Value, Missing::Baseline]));
    assert_eq!(all[2], (Letter::Achievable, vec![Missing::Value, Missing::History]));
    assert_eq!(all[3], (Letter::Relevant, vec![Missing::Objective, Missing::Why]));
    assert_eq!(all[4], (Letter::TimeBound, vec![Missing::Period]));
    let stale = Evidence { data_as_of: Some(d("2017-01-01")), ..good.clone() };
    assert_eq!(missing(draft(), &stale), [(Letter::Measurable, vec![Missing::FreshData])]);
    assert_eq!(
        missing(TargetDraft { period: "2016Q4".into(), ..draft() }, &good),
        [(Letter::TimeBound, vec![Missing::PeriodOver])]
    );
    assert_eq!(
        missing(TargetDraft { period: "2018".into(), ..draft() }, &good),
        [(Letter::TimeBound, vec![Missing::Milestones])]
    );
}

#[test]
fn achievable_is_said_against_ones_own_past() {
    let (partial, _) = draft().read(&Calendar::default(), Locale::Nl, &Definition::of_catalogue);
    let joins = Evidence { member_from: Some(d("2017-06-01")), ..evidence(&[(5, 10), (6, 10), (7, 10), (0, 0)]) };
    let a = Achievability::of(&partial, &joins).unwrap();
    assert_eq!((a.periods, a.n), (3, 30));
    assert_eq!((a.percentile, a.best), (Some(r(2, 3)), Some(r(7, 10))));
    assert_eq!(a.needed_growth, Some(r(-1, 14)));
    assert_eq!(a.prorated, Some(r(65 * 30, 100 * 91)));
    assert_eq!((joins.last(), joins.usual_n()), (Some(r(7, 10)), Some(10)));
}

fn remarks(draft: TargetDraft, context: &LintContext) -> Vec<&'static str> {
    let (partial, _) = draft.read(&Calendar::default(), Locale::En, &Definition::of_catalogue);
    lint(&partial, context).iter().map(Remark::code).collect()
}

#[test]
fn the_linter_names_what_may_do_harm() {
    let revenue = TargetDraft {
        metric: "revenue".into(),
        value: "302562".into(),
        objective: "3".into(),
        ..TargetDraft::default()
    };
    let none = LintContext::default();
    assert_eq!(remarks(revenue.clone(), &none), ["volume_without_quality", "revenue_without_margin"]);
    let guarded = TargetDraft { guardrail_metric: "discount_share".into(), guardrail_limit: "10".into(), ..revenue };
    assert_eq!(remarks(guarded.clone(), &none), [""; 0]);
    assert_eq!(remarks(TargetDraft { objective: String::new(), ..guarded.clone() }, &none), ["no_parent"]);
    let ratchet = LintContext { last_result: Some(r(275_056, 1)), ..LintContext::default() };
    assert_eq!(remarks(guarded.clone(), &ratchet), ["ratchet"]);
    let children = LintContext { children: vec![r(300_000, 1)], ..LintContext::default() };
    assert_eq!(remarks(guarded.clone(), &children), ["children_do_not_sum"]);
    let short = LintContext { horizons: vec![Horizon::Short; 2], ..LintContext::default() };
    assert_eq!(remarks(guarded.clone(), &short), ["only_short_horizons"]);
    let heavy = LintContext { other_weights: vec![20], ..LintContext::default() };
    assert_eq!(remarks(TargetDraft { weight: "60".into(), ..guarded }, &heavy), ["over_half_weight"]);
}

#[test]
fn a_target_that_luck_can_reach_is_named() {
    let win_rate =
        TargetDraft { metric: "win_rate".into(), value: "65".into(), objective: "3".into(), ..TargetDraft::default() };
    let few = LintContext { last_result: Some(r(58, 100)), usual_n: Some(12), ..LintContext::default() };
    assert_eq!(remarks(win_rate.clone(), &few), ["too_few_to_tell"]);
    let many = LintContext { usual_n: Some(2000), ..few };
    assert_eq!(remarks(win_rate, &many), [""; 0]);
    let won = TargetDraft {
        metric: "deals_won".into(),
        value: "11".into(),
        objective: "3".into(),
        guardrail_metric: "win_rate".into(),
        guardrail_limit: "50".into(),
        ..TargetDraft::default()
    };
    let nine = LintContext { last_result: Some(r(9, 1)), ..LintContext::default() };
    assert_eq!(remarks(won, &nine), ["too_few_to_tell"]);
}

proptest! {
    #[test]
    fn no_form_panics(a in "\\PC{0,12}", b in "[0-9.,%-]{0,24}", c in "[0-9]{4}(Q[1-4]|-[01][0-9]|)?", m in 0usize..crate::metric::catalogue::all().len()) {
        let metric = crate::metric::catalogue::all()[m].id.to_string();
        let form = TargetDraft { metric, person: a.clone(), level: a.clone(), period: c, value: b.clone(), baseline: b.clone(), weight: b, stretch: a, ..TargetDraft::default() };
        let (partial, _) = form.read(&Calendar::default(), Locale::Nl, &Definition::of_catalogue);
        let evidence = evidence(&[(1, 2), (0, 0)]);
        let _ = (check(&partial, &evidence), Achievability::of(&partial, &evidence), lint(&partial, &LintContext { last_result: partial.value.map(|v| v.to_ratio()), usual_n: Some(0), ..LintContext::default() }));
    }
}
