//! Where vendors disagree: what the organisation chose, and since when.

use leptos::prelude::*;

use super::api::{ChoiceView, ChoicesVersion, ChoicesView, SaveChoices, see_choices};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::*;

/// See the module.
#[component]
pub fn ChoicesPage() -> impl IntoView {
    loaded(see_choices(), |view| view! { <Content view/> })
}

#[component]
fn Content(view: ChoicesView) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("catalogue.title"), Route::Kpis.href())];
    let may_edit = view.may_edit;
    let choices = view.choices;
    let questions = move || choices.into_iter().map(|choice| view! { <Question choice may_edit/> }).collect_view();
    let version = view.version;
    let history = view.history;
    view! {
        <PageHead title=l.t("choices.title") crumbs lead=l.t("choices.lead")/>
        {if may_edit {
            view! {
                <Form action={to::<SaveChoices>()}>
                    <Hidden name="version" value=version.to_string()/>
                    // Made inside the form, whose context gives back what was chosen.
                    {questions()}
                    <Submit label=l.t("choices.save")/>
                </Form>
            }
                .into_any()
        } else {
            questions().into_any()
        }}
        {(!history.is_empty()).then(|| view! { <History history/> })}
    }
}

#[component]
fn Question(choice: ChoiceView, may_edit: bool) -> impl IntoView {
    let l = use_locale();
    let title = l.t(&format!("choices.{}.title", choice.code));
    let why = l.t(&format!("choices.{}.why", choice.code));
    let label = |option: &str| l.t(&format!("choices.{}.{option}", choice.code));
    let kpis = l.tf("choices.kpis", &[("names", &choice.kpis.join(", "))]);
    let body = if may_edit {
        let options = choice.options.iter().map(|o| Choice::new(o, label(o))).collect::<Vec<_>>();
        let name = format!("choice[{}]", choice.code);
        view! { <RadioGroup name label=l.t("choices.answer") options value=choice.chosen/> }.into_any()
    } else {
        view! { <p><strong>{label(&choice.chosen)}</strong></p> }.into_any()
    };
    view! {
        <Card title>
            <p>{why}</p>
            {body}
            <p class="soft small">{kpis}</p>
        </Card>
    }
}

#[component]
fn History(history: Vec<ChoicesVersion>) -> impl IntoView {
    let l = use_locale();
    let heads = vec![
        Column::number(l.t("explain.version")),
        Column::text(l.t("facts.changed_at")),
        Column::text(l.t("facts.changed_by")),
        Column::text(l.t("choices.changed")),
    ];
    let rows = history
        .into_iter()
        .map(|version| {
            let changed = version.changed.iter().map(|(choice, option)| {
                let title = l.t(&format!("choices.{choice}.title"));
                let chosen = l.t(&format!("choices.{choice}.{option}"));
                view! { <li>{format!("{title}: {chosen}")}</li> }
            });
            view! {
                <tr>
                    <th scope="row" class="num">{version.version}</th>
                    <td>{version.at}</td>
                    <td>{version.by}</td>
                    <td><ul>{changed.collect_view()}</ul></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t("facts.history")>
            <Table caption=l.t("facts.history") columns=heads quiet=true>{rows}</Table>
        </Card>
    }
}
