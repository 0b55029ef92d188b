//! The page of one person's scorecard.

use leptos::prelude::*;

use super::api::{Scorecard, ScorecardQuery, get_scorecard};
use super::explain_panel::ExplainPanel;
use super::kpi_table::{Elsewhere, Perspectives};
use super::period_tools::PeriodTools;
use super::person_picker::PersonPicker;
use super::trend::Trend;
use crate::completeness::{CompletenessDialog, CompletenessLink};
use crate::i18n::use_locale;
use crate::notes::NotesPanel;
use crate::route::Route;
use crate::targets::TargetsPanel;
use crate::ui::address::{param, query};
use crate::ui::{ButtonLink, EmptyState, ExportLinks, PageHead, Sentence, loaded};

/// One person's period: verdict, targets, figures by perspective, trend, and the words beside them.
#[component]
pub fn ScorecardPage() -> impl IntoView {
    let asked = ScorecardQuery {
        person: param("person").unwrap_or_else(|| query("person")),
        period: query("period"),
        trend: query("trend"),
    };
    loaded(get_scorecard(asked), move |card| view! { <ScorecardView card/> })
}

#[component]
fn ScorecardView(card: Scorecard) -> impl IntoView {
    let l = use_locale();
    let title =
        if card.is_own { l.t("scorecard.title_own") } else { l.tf("scorecard.title_of", &[("name", &card.name)]) };
    let lead = [
        card.team.as_ref().map(|t| t.1.clone()),
        card.manager.as_ref().map(|m| l.tf("scorecard.manager", &[("name", m)])),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ");
    let period = card.period.clone();
    let file = Route::Scorecard(card.person).url().q("period", &card.period.name);
    let (board, person) = (card.team_href.clone(), card.person);
    let (in_period, for_picker) = (card.period.name.clone(), card.period.name.clone());
    view! {
            <PageHead title lead>
                <ExportLinks of=file/>
                <PersonPicker people=card.people current=card.person period=for_picker/>
                <PeriodTools period=period/>
            </PageHead>
            <ExplainPanel>
                <div class="verdict">
                    <Sentence text=card.verdict/>
                    {card.period.partial.map(|text| view! { <p class="soft">{text}</p> })}
                    {card.no_words.map(|text| view! { <p class="remark">{text}</p> })}
                </div>
                {card.empty.map(|text| view! { <EmptyState title=l.t("scorecard.empty_title") text/> })}
                <div class="columns">
                    <div class="column-wide">
                        <TargetsPanel person=person period=in_period.clone()/>
                        <Perspectives perspectives=card.perspectives compared=card.period.compared/>
                        {card.elsewhere.map(|link| view! { <Elsewhere link/> })}
                        <Trend chart=card.trend choices=card.trends/>
                        <p class="soft as-of">
                            {card.as_of} " " <CompletenessLink/>
                            {board.map(|href| view! { " " <ButtonLink href label=l.t("scorecard.to_team") kind="link"/> })}
                        </p>
                    </div>
                    <aside class="column-narrow" aria-label=l.t("scorecard.words")>
                        <NotesPanel person=person period=in_period.clone()/>
                        <ButtonLink
                            href=Route::Deals.url().q("person", card.person).q("period", in_period).href()
                            label=l.t("scorecard.to_deals")
                            kind="link"
    />
                    </aside>
                </div>
            </ExplainPanel>
            <CompletenessDialog/>
        }
}
