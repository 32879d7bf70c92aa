//! The keyboard beyond what the browser does by itself: single keys, F6 round the regions, the row that was left.
//!
//! It is part of what the frame fetches once the page stands (decision 12).

mod commands;
pub mod keys;
mod regions;
mod row_left;

use std::{cell::Cell, cell::RefCell, rc::Rc};

use leptos::ev;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::{
    prelude::*,
    ui::{focus::active_element, watch::watch_page},
};
use keys::{Meaning, Press, meaning};

pub use row_left::remember_rows;

/// Where the user's choice is kept.
const KEY: &str = "pgbp.single-keys";
/// How long after `g` the second key may come, in milliseconds.
const PATIENCE: f64 = 1500.0;
/// What takes letters itself.
const TYPING: &str =
    "input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable], [role='menu']";

/// Whether single keys are commands: the user's choice, which is remembered.
#[derive(Clone, Copy)]
pub struct SingleKeys(RwSignal<bool>);

impl SingleKeys {
    /// The choice as it was made last in this browser; on, if never.
    pub fn remembered() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self(RwSignal::new(kept.as_deref() != Some("off")))
    }

    /// Whether they are on.
    pub fn are_on(self) -> Signal<bool> {
        self.0.into()
    }

    /// Switches them on or off and remembers it.
    pub fn switch(self, on: bool) {
        self.0.set(on);
        if let Some(storage) = storage() {
            // What cannot be kept lasts as long as the page.
            storage.set_item(KEY, if on { "on" } else { "off" }).ok();
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Listens until the owner goes; `on_escape` is called by an Esc that nothing else has taken.
pub fn listen(single_keys: SingleKeys, on_escape: Callback<()>) {
    let after_g = Cell::new(f64::NEG_INFINITY);
    let before_toasts: Rc<RefCell<Option<HtmlElement>>> = Rc::default();
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        if event.key() == "Escape" {
            if !is_modal() && !regions::leave_toasts(before_toasts.take().as_ref()) {
                on_escape.run(());
            }
            return;
        }
        let is_after_g = event.time_stamp() - after_g.replace(f64::NEG_INFINITY) < PATIENCE;
        let asked = meaning(press(&event, &event.key(), single_keys, is_after_g));
        let is_done = match asked {
            None => false,
            Some(Meaning::Command(key)) => commands::run(key),
            Some(Meaning::Go(key)) => commands::go(key),
            Some(Meaning::Wait) => {
                after_g.set(event.time_stamp());
                false
            }
            Some(Meaning::Region { backwards }) => {
                if !regions::is_in_toasts() {
                    before_toasts.replace(active_element());
                }
                regions::go_round(backwards)
            }
        };
        if is_done {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
    // Commands come with their pages.
    watch_page(move || commands::show_keys(single_keys.0.get_untracked()));
    Effect::new(move |_| commands::show_keys(single_keys.0.get()));
}

fn press<'a>(event: &KeyboardEvent, key: &'a str, single_keys: SingleKeys, is_after_g: bool) -> Press<'a> {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    Press {
        key,
        has_modifier: event.ctrl_key() || event.alt_key() || event.meta_key(),
        has_shift: event.shift_key(),
        is_typing: target.is_some_and(|target| matches!(target.closest(TYPING), Ok(Some(_)))),
        is_modal: is_modal(),
        has_single_keys: single_keys.0.get_untracked(),
        is_after_g,
    }
}

fn is_modal() -> bool {
    matches!(document().query_selector("dialog:modal"), Ok(Some(_)))
}
