//! Figures, bars, dots and a chart.

use leptos::prelude::*;

use crate::ui::*;

const OPTION: &str = r#"{
 "grid": {"left": 8, "right": 8, "top": 24, "bottom": 8, "containLabel": true},
 "tooltip": {"trigger": "axis", "fmt": "money:EUR"},
 "xAxis": {"type": "category", "data": ["Jan","Feb","Mar","Apr","May","Jun"], "axisLine": {"lineStyle": {"color": "var(--rule-strong)"}}, "axisLabel": {"color": "var(--ink-soft)"}},
 "yAxis": {"type": "value", "axisLabel": {"color": "var(--ink-soft)", "fmt": "money:EUR"}, "splitLine": {"lineStyle": {"color": "var(--rule)"}}},
 "series": [{"type": "line", "name": "Revenue", "data": [61000, 72000, 58000, 80500, 84120, 91000], "color": "var(--accent)", "symbolSize": 7}]
}"#;

fn bullet(actual: Option<f64>, label: &str) -> BulletData {
    BulletData {
        actual,
        target: 120.0,
        pace: Some(79.0),
        stretch: Some(135.0),
        forecast: Some((104.0, 126.0)),
        label: label.to_owned(),
    }
}

/// All of it.
#[component]
pub fn Pictures() -> impl IntoView {
    let rows = [
        (State::OnTrack, Some(84.0)),
        (State::AtRisk, Some(66.0)),
        (State::OffTrack, Some(21.0)),
        (State::GuardrailBroken, Some(128.0)),
        (State::NotMeasurable, None),
        (State::TooFew, Some(40.0)),
    ]
    .map(|(state, actual)| {
        let dot = DotData {
            value: actual,
            interval: actual.map(|a| (a - 18.0, a + 14.0)),
            group: Some(70.0),
            target: Some(90.0),
            scale: (0.0, 140.0),
            unclear: state == State::TooFew,
            label: "64.9 % (52–76), n 57".to_owned(),
        };
        view! {
            <tr>
                <th scope="row">"Revenue"</th>
                <td><BulletBar data=bullet(actual, "84 of 120 k, pace 79") state=state.key()/></td>
                <td class="num">"84 of 120 k"</td>
                <td><DotWhisker data=dot/></td>
                <td><Sparkline points=vec![Some(3.0), Some(5.0), None, Some(4.0), Some(7.0), actual.map(|a| a / 12.0)] label="Six months" partial=true/></td>
                <td><StateBadge state/></td>
            </tr>
        }
    });
    let figure = |value: &str, missing| FigureView {
        value: value.to_owned(),
        n: Some("57".to_owned()),
        interval: Some("52–76".to_owned()),
        explain: Some("/dev/ui".to_owned()),
        missing,
    };
    let chart = ChartView {
        title: "Revenue grew in four of the last five months".to_owned(),
        summary: "Revenue by month, from 61 000 in January to 91 000 in June.".to_owned(),
        option: OPTION.to_owned(),
        table: ChartTable {
            head: vec!["Month".into(), "Revenue".into()],
            rows: vec![vec!["January".into(), "€ 61.000".into()], vec!["June".into(), "€ 91.000".into()]],
        },
    };
    view! {
        <div class="columns">
            <Card title="Targets">
                <Table
                    caption="Targets"
                    quiet=true
                    columns=vec![
                        Column::text("Target"),
                        Column::text("Progress"),
                        Column::number("Value"),
                        Column::text("Win rate"),
                        Column::text("12 months"),
                        Column::text("State"),
                    ]
                >
                    {rows}
                </Table>
            </Card>
            <Card title="Figures">
                <div class="stack tight">
                    <Figure figure=figure("64.9 %", false) large=true label="Win rate"/>
                    <Figure figure=figure("64.9 %", false) label="Win rate"/>
                    <Figure figure=figure("not measurable", true) label="Win rate"/>
                </div>
            </Card>
        </div>
        <Card>
            <Chart chart/>
        </Card>
    }
}
