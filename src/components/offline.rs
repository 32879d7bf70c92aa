//! While the browser has no network: a quiet bar, and afterwards what could not be read is read.

use leptos::{ev, mount::mount_to};
use wasm_bindgen::JsCast as _;

use crate::{
    hooks::ask_failed_readings_again,
    prelude::*,
    ui::{
        changing::view_if,
        icon::{Icon, IconName},
        live_region::announce,
    },
};

const OFFLINE: &str = "You are offline. What you see was read before; what you started goes on in Azure.";

/// Follows the browser's word on the network until the owner goes; the bar stands in the frame's `#notice`.
pub fn follow_connection() {
    let is_offline = RwSignal::new(!window().navigator().on_line());
    let lost = window_event_listener(ev::offline, move |_| {
        is_offline.set(true);
        announce(OFFLINE, false);
    });
    let found = window_event_listener(ev::online, move |_| {
        is_offline.set(false);
        announce("You are online again.", false);
        ask_failed_readings_again();
    });
    on_cleanup(move || {
        lost.remove();
        found.remove();
    });
    let Some(notice) = document().get_element_by_id("notice") else {
        return;
    };
    // The notice goes with the frame, and the view with it.
    mount_to(notice.unchecked_into(), move || {
        view_if(is_offline, || {
            view! { <p class="offline"><Icon name=IconName::Warning size=16 /> {OFFLINE}</p> }.into_any()
        })
    })
    .forget();
}
