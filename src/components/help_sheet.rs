//! The help sheet: the keys, the switch for single ones, and which release this is.

use leptos::html;

use super::about::About;
use crate::{
    hooks::rights,
    keyboard::{SingleKeys, keys::SHORTCUTS},
    prelude::*,
    release::Release,
    rights::Act,
    ui::{icon::IconName, icon_button::IconButton, live_region::LiveRegion},
};

/// A modal sheet, open as long as it is mounted; Esc and the cross call `on_close`, and the focus goes back.
#[component]
pub fn HelpSheet(
    /// The user's choice.
    single_keys: SingleKeys,
    /// Called once it is closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Refused only while it is open already.
            dialog.show_modal().ok();
        }
    });
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="dialog help-sheet"
            aria-labelledby="help-title"
            on:close=move |_| on_close.run(())
            node_ref=dialog
        >
            <div class="help-head">
                <h2 class="dialog-title" id="help-title">"Help"</h2>
                <IconButton icon=IconName::Dismiss label="Close" on_click=close />
            </div>
            {SHORTCUTS.map(|(heading, lines)| group(heading, lines)).collect_view()}
            <label class="help-switch">
                <input
                    type="checkbox"
                    role="switch"
                    aria-describedby="help-switch-hint"
                    prop:checked=move || single_keys.are_on().get()
                    on:change=move |event| single_keys.switch(event_target_checked(&event))
                />
                <span>"Single keys"</span>
            </label>
            <p class="caption" id="help-switch-hint">
                "They never act while you type in a field. Switch them off where speech or another tool presses keys for you."
            </p>
            <About release=Release::of_page() />
            <LiveRegion />
        </dialog>
    }
}

fn group(heading: &'static str, lines: &'static [(&'static str, &'static str)]) -> AnyView {
    let rights = rights();
    let is_there = |line: &&(&str, &str)| {
        line.1 != "Backup now" || rights.offers(Act::TakeBackup) || rights.offers(Act::BackUpInstance)
    };
    let lines = lines.iter().filter(is_there).map(|(keys, what)| {
        let keys = keys
            .split(' ')
            .map(|key| view! { <kbd>{key}</kbd> " " })
            .collect_view();
        view! { <div><dt>{keys}</dt><dd>{*what}</dd></div> }
    });
    view! {
        <h3>{heading}</h3>
        <dl class="help-keys">{lines.collect_view()}</dl>
    }
    .into_any()
}
