//! A KPI of what an event touched, beside the same KPI of all else.

use domain::{Period, PersonId, TeamId};
use sea_orm::ConnectionTrait;

use super::asked::About;
use super::cells::read;
use super::scope::{Scope, Spans};
use super::screens::{Point, plan, point};
use super::time::Window;
use super::{Dimension, Frame, Kpi, KpiError, Viewer};
use crate::query::column::Filter;

/// What an event touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Everything.
    Everything,
    /// The facts of a team with all below it.
    Team(TeamId),
    /// The facts of a person.
    Person(PersonId),
    /// Facts with a value in a text column.
    Facts(Filter),
}

/// A KPI in some periods, of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Sides {
    /// Of what was touched.
    pub touched: Vec<Point>,
    /// Of all else; none where everything was touched.
    pub others: Option<Vec<Point>>,
}

/// Answers a KPI of both sides, each counted from its own facts: what is distinct on a side is counted there.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses. Who may see a total only does not get it divided
/// by people.
pub async fn sides(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    kpi: &Kpi,
    about: About<'_>,
    touch: &Touch,
    periods: &[Period],
) -> Result<Sides, KpiError> {
    let by: &[Dimension] = match touch {
        Touch::Team(_) | Touch::Person(_) => &[Dimension::Person],
        Touch::Everything | Touch::Facts(_) => &[],
    };
    let scope = Scope::resolve(frame, viewer, about.who, by)?;
    let ask = Ask { frame, viewer, kpi, about, periods };
    let of_spans = async |spans: Spans| {
        let (touched, others) = scope.divided(frame, &spans);
        let (touched, others) = (ask.points(db, &touched, &[]).await?, ask.points(db, &others, &[]).await?);
        Ok(Sides { touched, others: Some(others) })
    };
    match touch {
        Touch::Everything => Ok(Sides { touched: ask.points(db, &scope, &[]).await?, others: None }),
        Touch::Person(person) => of_spans(Spans::from([(*person, vec![(i32::MIN, i32::MAX)])])).await,
        Touch::Team(team) => {
            let subtree = frame.tree.subtree(*team);
            of_spans(frame.people.keys().map(|p| (*p, frame.spans_in(*p, &subtree))).collect()).await
        }
        Touch::Facts(filter) => {
            let touched = ask.points(db, &scope, std::slice::from_ref(filter)).await?;
            let others = ask.points(db, &scope, &[filter.turned()]).await?;
            Ok(Sides { touched, others: Some(others) })
        }
    }
}

struct Ask<'a> {
    frame: &'a Frame,
    viewer: &'a Viewer,
    kpi: &'a Kpi,
    about: About<'a>,
    periods: &'a [Period],
}

impl Ask<'_> {
    async fn points(&self, db: &impl ConnectionTrait, scope: &Scope, more: &[Filter]) -> Result<Vec<Point>, KpiError> {
        let filters: Vec<Filter> = self.about.filters.iter().chain(more).cloned().collect();
        let about = About { filters: &filters, ..self.about };
        let windows: Vec<Window> = self.periods.iter().map(|p| Window::so_far(*p, self.viewer.today)).collect();
        let kpis = std::slice::from_ref(self.kpi);
        let plan = plan(self.frame, self.viewer, about, scope, kpis, vec![Vec::new()], &windows);
        let cells = read(db, &plan).await?;
        let points = windows.iter().enumerate();
        Ok(points.map(|w| point(self.frame, self.viewer, kpis, &cells, 0, w, Vec::new())).collect())
    }
}
