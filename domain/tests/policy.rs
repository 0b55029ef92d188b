//! The whole policy: printed as `docs/AUTHZ.md`, and its rules stated one by one.
#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write;

use domain::policy::{
    Action, NoteReader, Relation, Role, Visibility, may, may_grant, may_read_note, may_see_range, reach,
};

fn yes(role: Role, action: Action, relation: Relation) -> bool {
    may(role, action, relation).is_yes()
}

fn tick(yes: bool) -> &'static str {
    if yes { "✔" } else { "" }
}

#[test]
fn authz_md_is_what_the_policy_prints() {
    let mut out = String::from(
        "# Who may do what\n\nPrinted from `domain::policy` by `UPDATE=1 cargo test -p domain`; do not edit.\n\n\
         Relations of the caller to the person or team at hand, on the date in question:\n\n\
         * *organisation*: the organisation as a whole\n\
         * *own*: the person that the caller is\n\
         * *below*: a team that the caller manages or one under it, a person in such a team, or one with the caller up\n  \
           their manager chain; never the caller\n\
         * *own team*: the team that the caller is a member of without managing it\n\
         * *granted*: a team opened to the caller, or a person in it\n\
         * *unrelated*: the rest of the organisation\n\n\
         Somebody without the right to know that a thing exists gets 404, not 403. Another organisation is never related.\n\n\
         ## Summary\n\n| action | owner | admin | manager | rep | viewer |\n|---|---|---|---|---|---|\n",
    );
    for action in Action::ALL {
        let cell = |role| match reach(role, action) {
            [] => "–".to_string(),
            all if all.len() == Relation::ALL.len() => "all".to_string(),
            some => some.iter().map(|r| r.code()).collect::<Vec<_>>().join(", "),
        };
        writeln!(out, "| {} | {} |", action.code(), Role::ALL.map(cell).join(" | ")).unwrap();
    }
    out.push_str("\n## Every combination\n\n| action | relation | owner | admin | manager | rep | viewer |\n|---|---|---|---|---|---|---|\n");
    for action in Action::ALL {
        for relation in Relation::ALL {
            let cells = Role::ALL.map(|r| tick(yes(r, action, relation)));
            writeln!(out, "| {} | {} | {} |", action.code(), relation.code(), cells.join(" | ")).unwrap();
        }
    }
    out.push_str("\n## Giving roles\n\nNever above one's own.\n\n| gives | owner | admin | manager | rep | viewer |\n|---|---|---|---|---|---|\n");
    for role in Role::ALL {
        let cells = Role::ALL.map(|granted| tick(may_grant(role, granted).is_yes()));
        writeln!(out, "| {} | {} |", role.code(), cells.join(" | ")).unwrap();
    }
    out.push_str("\n## Reading notes\n\nThe role plays no part: an admin reads no notes merely by being admin.\n\n| reader | shared | chain | team |\n|---|---|---|---|\n");
    for reader in NoteReader::ALL {
        let cells = Visibility::ALL.map(|v| tick(may_read_note(v, reader).is_yes()));
        writeln!(out, "| {} | {} |", reader.code(), cells.join(" | ")).unwrap();
    }
    support::golden("docs/AUTHZ.md", &out);
}

#[test]
fn nobody_sets_their_own_target_but_owner_and_admin() {
    for role in [Role::Manager, Role::Rep, Role::Viewer] {
        assert!(!yes(role, Action::SetTarget, Relation::Own));
    }
    assert!(yes(Role::Manager, Action::SetTarget, Relation::Below));
    assert!(!yes(Role::Manager, Action::SetTarget, Relation::Unrelated));
    assert!(yes(Role::Rep, Action::SetPersonalGoal, Relation::Own));
}

#[test]
fn a_rep_sees_colleagues_only_as_a_total_and_a_range_of_five() {
    assert!(yes(Role::Rep, Action::SeeNumbers, Relation::Own));
    assert!(!yes(Role::Rep, Action::SeeNumbers, Relation::OwnTeam));
    assert!(yes(Role::Rep, Action::SeeTeamTotal, Relation::OwnTeam));
    assert!(!yes(Role::Rep, Action::SeeTeamTotal, Relation::Unrelated));
    assert!(may_see_range(Role::Rep, Relation::OwnTeam, 5).is_yes());
    assert!(!may_see_range(Role::Rep, Relation::OwnTeam, 4).is_yes());
    assert!(may_see_range(Role::Manager, Relation::Below, 2).is_yes());
    assert!(!may_see_range(Role::Manager, Relation::OwnTeam, 2).is_yes());
}

#[test]
fn roles_are_never_given_above_ones_own() {
    for role in Role::ALL {
        for granted in Role::ALL {
            let runs_it = matches!(role, Role::Owner | Role::Admin);
            assert_eq!(may_grant(role, granted).is_yes(), runs_it && granted >= role);
        }
    }
}

#[test]
fn a_role_alone_opens_no_note() {
    for visibility in Visibility::ALL {
        assert!(!may_read_note(visibility, NoteReader::Other).is_yes());
        assert!(may_read_note(visibility, NoteReader::Author).is_yes());
    }
    assert!(!may_read_note(Visibility::Chain, NoteReader::Subject).is_yes());
    assert!(!may_read_note(Visibility::Shared, NoteReader::Teammate).is_yes());
    assert!(!yes(Role::Admin, Action::WriteNote, Relation::Unrelated));
}

#[test]
fn codes_round_trip() {
    for role in Role::ALL {
        assert_eq!(Role::from_code(role.code()), Some(role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.code());
    }
    for v in Visibility::ALL {
        assert_eq!(Visibility::from_code(v.code()), Some(v));
    }
}
