//! The step of values: what theirs mean in our words, and what happens with people nobody knows.

use leptos::prelude::*;

use super::api::{SaveValues, ValueGroup, ValuesStep, import_values};
use super::steps::{Head, Steps};
use crate::i18n::{Texts, use_locale};
use crate::ui::address::of_id;
use crate::ui::*;

/// See the module.
#[component]
pub fn ValuesPage() -> impl IntoView {
    loaded(of_id(import_values), move |step| view! { <Content step/> })
}

#[component]
fn Content(step: ValuesStep) -> impl IntoView {
    let l = use_locale();
    let mut next = 0;
    let groups = step
        .groups
        .into_iter()
        .map(|group| {
            let first = next;
            next += group.values.len();
            card(l, &step.kind, group, first)
        })
        .collect_view();
    let modes = ["upsert", "create", "update"].map(|m| Choice::new(m, l.t(&format!("imports.mode.{m}")))).to_vec();
    view! {
        <Head title="imports.values_title" file=step.file/>
        <Steps id=step.id current=2/>
        <Form action={to::<SaveValues>()}>
            <Hidden name="id" value=step.id.to_string()/>
            {groups}
            {(!step.unknown_people.is_empty()).then(|| view! { <Unknown names=step.unknown_people checked=step.create_people/> })}
            <Card title=l.t("imports.mode_label")>
                <RadioGroup name="mode" label=l.t("imports.mode_facts") options=modes value=step.mode/>
            </Card>
            <div class="row">
                <Submit label=l.t("imports.check_now")/>
            </div>
        </Form>
    }
}

/// People whom the file names and nobody knows.
#[component]
fn Unknown(names: Vec<String>, checked: bool) -> impl IntoView {
    let l = use_locale();
    let names = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <Card title=l.t("imports.unknown_people")>
            <p>{l.t("imports.unknown_people_text")}</p>
            <ul class="columns-list">{names}</ul>
            <Checkbox name="create_people" label=l.t("imports.create_people") checked/>
        </Card>
    }
}

fn card(l: Texts, kind: &str, group: ValueGroup, first: usize) -> impl IntoView + use<> {
    let title = l.t(&format!("imports.ours.{kind}.{}", group.column));
    let heads = vec![
        Column::text(l.t("imports.theirs")),
        Column::number(l.t("imports.times")),
        Column::text(l.t("imports.our_value")),
    ];
    let column = group.column.clone();
    let choices = group.choices;
    let rows = group
        .values
        .into_iter()
        .enumerate()
        .map(|(i, value)| {
            let at = first + i;
            let name = format!("ours[{at}]");
            let label = l.tf("imports.means", &[("value", &value.theirs)]);
            let control = if choices.is_empty() {
                view! { <input class="input" name=name aria-label=label value=value.ours placeholder=value.theirs.clone()/> }.into_any()
            } else {
                let none = view! { <option value="" selected=value.ours.is_empty()>{l.t("imports.choose")}</option> };
                let options = choices
                    .iter()
                    .map(|c| {
                        let text = l.t(&format!("imports.choice.{column}.{c}"));
                        view! { <option value=c.clone() selected=*c == value.ours>{text}</option> }
                    })
                    .collect_view();
                view! { <select class="input" name=name aria-label=label>{none}{options}</select> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">
                        {value.theirs.clone()}
                        <Hidden name=format!("column[{at}]") value=column.clone()/>
                        <Hidden name=format!("theirs[{at}]") value=value.theirs/>
                    </th>
                    <td class="num">{value.count}</td>
                    <td>{control}</td>
                </tr>
            }
        })
        .collect_view();
    let text = if choices.is_empty() { l.t("imports.values_text") } else { l.t("imports.values_choice") };
    view! {
        <Card title=title.clone()>
            <p class="soft">{text} {group.more.then(|| format!(" {}", l.t("imports.values_more")))}</p>
            <Table caption=title columns=heads quiet=true>{rows}</Table>
        </Card>
    }
}
