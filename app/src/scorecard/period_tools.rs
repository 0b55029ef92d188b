//! Period picker of these pages: month, quarter or year, one back and one ahead.

use leptos::prelude::*;

use super::api::PeriodView;
use crate::i18n::use_locale;
use crate::ui::address::here;
use crate::ui::{PeriodPicker, Tab, Tabs, field};

/// See the module; all of it is links, so it works without JavaScript.
#[component]
pub fn PeriodTools(
    /// The period shown.
    period: PeriodView,
) -> impl IntoView {
    let l = use_locale();
    let tabs = period
        .grains
        .into_iter()
        .map(|(name, label, current)| Tab { label, href: here().q("period", name).q("after", "").href(), current })
        .collect();
    let options = period.recent.into_iter().map(|p| field::Choice::new(p.value, p.label)).collect();
    view! {
        <div class="period-tools">
            <Tabs label=l.t("scorecard.grain") tabs/>
            <PeriodPicker options current=period.name previous=Some(period.previous) next=period.next/>
        </div>
    }
}
