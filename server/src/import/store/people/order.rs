//! Which rows of people may go in: managers must be known, and nobody stands under themselves.

use super::*;

/// Rejects the rows that may not go in and gives the others.
pub(super) fn valid(
    ctx: &mut Context,
    people: &Directory,
    lines: &HashMap<i64, Timeline>,
    rows: Vec<PersonRow>,
) -> Vec<PersonRow> {
    let mut kept = Vec::with_capacity(rows.len());
    let mut tree = Tree::of(people, lines);
    for row in rows {
        match check(ctx, people, &row).and_then(|()| tree.hang(&row)) {
            Ok(()) => kept.push(row),
            Err(fault) => ctx.reject(&fault),
        }
    }
    if ctx.unknown_people == UnknownPeople::Create {
        return kept;
    }
    // A manager may stand anywhere in the file; a row that falls may take those below it along.
    loop {
        let named: HashSet<String> = kept.iter().map(|r| r.person.clone()).collect();
        let known = |name: &String| named.contains(name) || matches!(people.find(name), Ok(Some(_)));
        let (good, bad): (Vec<_>, Vec<_>) = kept.into_iter().partition(|r| r.manager.as_ref().is_none_or(known));
        if bad.is_empty() {
            return good;
        }
        for row in bad {
            let manager = row.manager.unwrap_or_default();
            ctx.report.unknown(&manager);
            ctx.reject(&Fault::new(Code::UnknownPerson).line(row.line).column("manager").with("person", manager));
        }
        kept = good;
    }
}

/// Rights and mode.
fn check(ctx: &Context, people: &Directory, row: &PersonRow) -> Result<(), Fault> {
    let fault = |code, column: &str, name: &str| Fault::new(code).line(row.line).column(column).with("person", name);
    let known = people.find(&row.person).map_err(|code| fault(code, "person", &row.person))?;
    match (ctx.mode, known) {
        (Mode::Create, Some(_)) => return Err(fault(Code::Exists, "person", &row.person).with("key", &row.person)),
        (Mode::Update, None) => return Err(fault(Code::NotThere, "person", &row.person).with("key", &row.person)),
        _ => {}
    }
    // Who may change only some people cannot bring in new ones.
    if ctx.people.is_some() && known.is_none_or(|id| !ctx.allows(id)) {
        return Err(fault(Code::NotAllowed, "person", &row.person));
    }
    if let Some(manager) = &row.manager {
        people.find(manager).map_err(|code| fault(code, "manager", manager))?;
    }
    Ok(())
}

/// Who stands under whom now, by identifier or, for people who are new, by name.
struct Tree<'a> {
    people: &'a Directory,
    above: HashMap<String, String>,
}

impl<'a> Tree<'a> {
    fn of(people: &'a Directory, lines: &HashMap<i64, Timeline>) -> Self {
        let current = |line: &Timeline| {
            line.last().and_then(|m| Some((format!("#{}", m.person_id), format!("#{}", m.manager_id?))))
        };
        Self { people, above: lines.values().filter_map(current).collect() }
    }

    fn name(&self, person: &str) -> String {
        match self.people.find(person) {
            Ok(Some(id)) => format!("#{id}"),
            _ => person.to_owned(),
        }
    }

    /// Hangs a person under their manager, unless that makes a ring.
    fn hang(&mut self, row: &PersonRow) -> Result<(), Fault> {
        let Some(manager) = &row.manager else { return Ok(()) };
        let (person, manager) = (self.name(&row.person), self.name(manager));
        let mut at = Some(&manager);
        let mut steps = 0;
        while let Some(above) = at {
            steps += 1;
            if *above == person || steps > 1000 {
                let ring = Fault::new(Code::ManagerCycle).line(row.line).column("manager");
                return Err(ring.with("person", &row.person));
            }
            at = self.above.get(above);
        }
        self.above.insert(person, manager);
        Ok(())
    }
}
