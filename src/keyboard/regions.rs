//! F6 goes round the named regions of the page.

use web_sys::HtmlElement;

use super::{commands::usable, keys::next_in_round};
use crate::ui::focus::{active_element, focus, focus_first};

/// The regions in their order; of the toasts only while there are some.
const REGIONS: [&str; 5] = [
    ".top-bar",
    "#menu",
    "#main",
    "dialog.pane[open]",
    ".toast-region:not(:empty)",
];

/// Puts the focus into the next region; says whether there is one.
pub fn go_round(backwards: bool) -> bool {
    let regions: Vec<_> = REGIONS.into_iter().flat_map(usable).collect();
    let active = active_element();
    // A pane lies inside nothing, so the first that holds the focus is the one.
    let current = regions
        .iter()
        .position(|region| region.contains(active.as_ref().map(AsRef::as_ref)));
    match next_in_round(current, regions.len(), backwards) {
        Some(next) => {
            enter(&regions[next]);
            true
        }
        None => false,
    }
}

/// Where the focus is in the toasts, it goes back to where it was before; says whether it was there.
pub fn leave_toasts(before: Option<&HtmlElement>) -> bool {
    let is_there = is_in_toasts();
    if is_there {
        match before.filter(|element| element.is_connected()) {
            Some(element) => focus(element),
            None => usable("#main").iter().for_each(focus),
        }
    }
    is_there
}

/// Whether the focus is in the toasts.
pub fn is_in_toasts() -> bool {
    active_element().is_some_and(|active| matches!(active.closest(".toast-region"), Ok(Some(_))))
}

/// A region that can hold the focus itself is read by its name; the others begin with their first control.
fn enter(region: &HtmlElement) {
    let is_menu = region.id() == "menu";
    let current = is_menu.then(|| usable("#menu [aria-current='page']"));
    match current.and_then(|current| current.into_iter().next()) {
        Some(current) => focus(&current),
        None if region.has_attribute("tabindex") && !region.matches("dialog").unwrap_or(false) => {
            focus(region)
        }
        None => focus_first(region),
    }
}
