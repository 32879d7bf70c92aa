//! What screen readers are told.

use crate::prelude::*;

/// One polite and one urgent text, present from the start; [`announce`] fills them.
///
/// A pair stands in the frame; a modal dialog needs a pair inside it, since all else is inert meanwhile.
#[component]
pub fn LiveRegion() -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true" data-news="status"></div>
        <div class="visually-hidden" role="alert" aria-live="assertive" aria-atomic="true" data-news="alert"></div>
    }
}

/// Says a text once, in the pair that can be heard now; what stands there already is not said again.
///
/// An urgent text interrupts what is being said.
pub fn announce(text: &str, is_urgent: bool) {
    let kind = if is_urgent { "alert" } else { "status" };
    let find = |where_: &str| {
        let found = document().query_selector(&format!("{where_}[data-news='{kind}']"));
        found.ok().flatten()
    };
    let region = find("dialog:modal ").or_else(|| find(""));
    if let Some(region) = region
        && region.text_content().as_deref() != Some(text)
    {
        region.set_text_content(Some(text));
    }
}
