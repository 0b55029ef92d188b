//! Words, tables, navigation and states.

use leptos::prelude::*;

use super::forms::Forms;
use super::pictures::Pictures;
use crate::error::ApiError;
use crate::ui::*;

fn periods() -> Vec<Choice> {
    ["2017Q4", "2017Q3", "2017Q2", "2017Q1"].map(|p| Choice::new(p, format!("{} {}", &p[4..], &p[..4]))).to_vec()
}

/// All of it.
#[component]
pub fn Gallery() -> impl IntoView {
    let open = address::here().q("dialog", "sample").href();
    view! {
        <PageHead title="Components" lead="Every component in every state." crumbs=vec![Crumb::new("Developers", "/dev/ui")]>
            <PeriodPicker options=periods() current="2017Q2" previous=Some("2017Q1".to_owned()) next=None/>
            <ButtonLink href="/dev/ui" label="Export" icon=Glyph::Download/>
        </PageHead>
        <Sentence text="On track for 2 of 3 targets. Your win rate cannot be told apart from the team's (n = 57)." explain=Some("/dev/ui".to_owned())/>
        <div class="stack wide-page">
            <Card title="Buttons">
                <div class="row">
                    <ButtonLink href="/dev/ui" label="Primary" kind="primary"/>
                    <ButtonLink href="/dev/ui" label="Secondary"/>
                    <ButtonLink href="/dev/ui" label="Danger" kind="danger"/>
                    <ButtonLink href="/dev/ui" label="Link" kind="link"/>
                    <ButtonLink href="/dev/ui" label="With icon" icon=Glyph::Plus/>
                    <a class="button secondary" href=open>"Open dialog"</a>
                </div>
            </Card>
            <Card title="States">
                <div class="stack tight">
                <div class="row">{State::ALL.map(|state| view! { <StateBadge state/> })}</div>
                <div class="row">
                    <ChangeText text="+4 deals" verdict=Verdict::Better/>
                    <ChangeText text="−2.1 pp" verdict=Verdict::Worse/>
                    <ChangeText text="0" verdict=Verdict::Same/>
                    <ChangeText text="+3.0 pp" verdict=Verdict::Unclear/>
                    <span class="tag">"draft"</span>
                </div>
                </div>
            </Card>
            <Tabs
                label="Sections"
                tabs=vec![
                    Tab { label: "Overview".into(), href: "/dev/ui".into(), current: true },
                    Tab { label: "History".into(), href: "/dev/ui?tab=history".into(), current: false },
                ]
            />
            <Pictures/>
            <Table
                caption="People of Region East"
                columns=vec![
                    Column::text("Person").sort("/dev/ui?sort=name", Some(true)),
                    Column::number("Revenue").sort("/dev/ui?sort=revenue", None),
                    Column::number("Win rate"),
                    Column::text("Verdict"),
                    Column::unseen("Actions"),
                ]
            >
                {["Anna Snelling", "Moses Frase", "Versie Hillebrand"]
                    .map(|name| {
                        view! {
                            <tr>
                                <th scope="row"><a href="/dev/ui">{name}</a></th>
                                <td class="num">"€ 84.120,00"</td>
                                <td class="num">"64,9 %"</td>
                                <td><StateBadge state=State::AtRisk/></td>
                                <td class="actions"><a href="/dev/ui">"Open"</a></td>
                            </tr>
                        }
                    })}
            </Table>
            <Pagination page=2 per_page=50 total=8800/>
            <Stepper
                label="A SMART target"
                steps=["Specific", "Measurable", "Attainable", "Relevant", "Time-bound"]
                    .map(|label| Step { mark: label[..1].into(), label: label.into(), href: Some("/dev/ui".into()) })
                    .to_vec()
                current=2
            />
            <Forms/>
            <div class="columns even">
                <Card title="Note" class="words">
                    <NoteCard note=NoteView {
                        author: "Dustin Brinkmann".into(),
                        when: "12 May 2017".into(),
                        kind: "Relationship · 4 of 5".into(),
                        text: "Asks better questions in the first talk than a quarter ago.".into(),
                        evidence: "Call with Betatech of 9 May.".into(),
                        snapshot: "Win rate 61 %, n 44".into(),
                        visibility: "You and Anna".into(),
                    }/>
                </Card>
                <Card title="Waiting">
                    <Progress label="Reading 4 200 of 8 800 rows" value=4200 max=Some(8800)/>
                </Card>
            </div>
            <EmptyState title="No targets yet" text="Targets of this quarter will stand here, with pace and forecast.">
                <ButtonLink href="/dev/ui" label="Set the first target" kind="primary"/>
            </EmptyState>
            <ErrorNote error=ApiError::Unavailable/>
        </div>
        <Dialog name="sample" title="Undo this import?">
            <p>"This removes 8 800 deals; 12 were edited since and stay."</p>
            <div class="row">
                <ButtonLink href="/dev/ui" label="Undo the import" kind="danger"/>
            </div>
        </Dialog>
    }
}
