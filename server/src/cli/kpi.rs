//! `maatstaf kpi`: answers a question about KPIs, as a table or as JSON.

use clap::Args;
use domain::{Locale, OrgId};

use super::Operator;
use crate::kpi::typed::{self, Typed};
use crate::kpi::{Frame, KpiError, Viewer, answer, to_json, to_table};
use crate::words::Words;

/// Answers a question about KPIs.
#[derive(Debug, Args)]
pub struct Kpi {
    /// KPIs, separated by commas: those of the catalogue and the organisation's own.
    ids: String,
    /// Organisation.
    #[arg(long)]
    org: String,
    /// First day (YYYY-MM-DD).
    #[arg(long)]
    from: String,
    /// Day after the last (YYYY-MM-DD).
    #[arg(long)]
    to: String,
    /// Break down by these, separated by commas: person, team, manager, week, month, quarter, year, a text column,
    /// or `attributes.NAME` of the facts.
    #[arg(long)]
    by: Option<String>,
    /// Only this team with everything below it: its name, or its path as `Region / East`.
    #[arg(long)]
    team: Option<String>,
    /// Only this person: their name or key.
    #[arg(long)]
    person: Option<String>,
    /// Only facts with this value: `column=value`; an empty value is blank. May be given more than once.
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<String>,
    /// The two categories that attach rates compare: `--with from=A --with to=B`.
    #[arg(long, value_name = "SIDE=CATEGORY")]
    with: Vec<String>,
    /// Day of balances (YYYY-MM-DD), in place of the period's end or today.
    #[arg(long)]
    as_of: Option<String>,
    /// Print JSON, as the API answers.
    #[arg(long)]
    json: bool,
}

/// Runs the subcommand.
///
/// # Errors
/// When an argument is not known; the message names those that are.
pub async fn run(operator: &Operator, kpi: Kpi) -> anyhow::Result<u8> {
    let org = operator.org(&kpi.org).await?;
    let today = operator.clock.today(&org.time_zone);
    let frame = Frame::load(&operator.db, OrgId::new(org.id)).await?;
    let viewer = Viewer::operator(frame.org, today);
    let typed = Typed {
        metrics: kpi.ids,
        from: kpi.from,
        to: kpi.to,
        by: kpi.by,
        team: kpi.team,
        person: kpi.person,
        filters: kpi.filters,
        with: kpi.with,
        as_of: kpi.as_of,
        separator: '=',
    };
    let query = typed::read(&frame, &viewer, &typed).map_err(|fault| {
        let option = fault.argument.replace('_', "-");
        let option = if option == "metrics" { String::new() } else { format!("--{option}: ") };
        anyhow::anyhow!("{option}{}", fault.message(Locale::En))
    })?;
    let answered = answer(&operator.db, &frame, &viewer, &query).await.map_err(|error| match error {
        KpiError::Db(db) => anyhow::Error::new(db).context("the database did not answer"),
        other => anyhow::Error::new(other),
    })?;
    let text = if kpi.json {
        format!("{}\n", to_json(&answered, frame.currency, Words(Locale::En)))
    } else {
        to_table(&answered.rows, frame.currency)
    };
    super::write_out(&text)?;
    Ok(0)
}
