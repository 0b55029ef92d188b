//! Language, theme and the way out: plain forms, because each makes a new page.

use leptos::prelude::*;

use crate::i18n::{code, use_locale};
use crate::page::{Theme, page_data};
use crate::ui::address::here;

/// See the module.
#[component]
pub fn Preferences(
    /// Beside each other instead of below.
    #[prop(optional)]
    inline: bool,
    /// Whether there is a session to end.
    #[prop(optional)]
    signed_in: bool,
) -> impl IntoView {
    let l = use_locale();
    let back = here().href();
    let data = page_data();
    let here = code(data.locale);
    let languages = [("en", "English"), ("nl", "Nederlands")]
        .map(|(lang, name)| view! { <button name="lang" value=lang lang=lang aria-pressed=(lang == here).to_string()>{name}</button> });
    let themes = [(Theme::System, "ui.theme_system"), (Theme::Light, "ui.theme_light"), (Theme::Dark, "ui.theme_dark")].map(
        |(theme, key)| view! { <button name="theme" value=theme.code() aria-pressed=(theme == data.theme).to_string()>{l.t(key)}</button> },
    );
    view! {
        <div class="preferences" class:inline=inline>
            <form method="post" action="/preferences" data-native="">
                <input type="hidden" name="back" value=back.clone()/>
                <div class="segments" role="group" aria-label=l.t("ui.language")>{languages}</div>
            </form>
            <form method="post" action="/preferences" data-native="">
                <input type="hidden" name="back" value=back/>
                <div class="segments" role="group" aria-label=l.t("ui.theme")>{themes}</div>
            </form>
            {signed_in
                .then(|| {
                    view! {
                        <form method="post" action="/logout" data-native="">
                            <button class="button link" type="submit">{l.t("ui.sign_out")}</button>
                        </form>
                    }
                })}
        </div>
    }
}
