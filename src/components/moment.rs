//! A moment in a table: UTC, beside it how long ago, and the local time in the tooltip.

use arm_core::Timestamp;

use crate::{hooks::use_now, prelude::*, text, theme::ThemeChoice};

/// `2026-03-12 02:14:07  7 h ago`.
#[component]
pub fn Moment(at: Timestamp) -> impl IntoView {
    let now = use_now();
    // The words change once a minute at most; a memo spares the page the other seconds.
    let relative = Memo::new(move |_| text::relative(at, now.get()));
    view! {
        <span>
            <time datetime=at.to_rfc3339() title=move || local_time(at)>{text::date_and_time(at)}</time>
            " "
            <span class="cell-note">{relative}</span>
        </span>
    }
}

/// The same moment as the user's own calendar and clock show it.
pub fn local_time(at: Timestamp) -> String {
    let date = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "full"), ("timeStyle", "long")] {
        // An object made a line above takes every property.
        drop(js_sys::Reflect::set(&options, &key.into(), &value.into()));
    }
    let locale = use_context::<ThemeChoice>().and_then(|look| look.locale().get());
    let locale = locale.as_deref().unwrap_or("default");
    date.to_locale_string(locale, &options).into()
}
