//! Buttons that copy a text.

use crate::{
    hooks::{Copied, use_copying},
    prelude::*,
    ui::{
        changing::text_of,
        icon::{Icon, IconName},
    },
};

/// Copies a text, says so for a while, and says where the browser refuses.
#[component]
pub fn CopyButton(
    /// What it does: `Copy request for an owner`.
    label: &'static str,
    /// What is copied.
    text: String,
    /// Shows its icon only; the label is its name.
    #[prop(optional)]
    icon_only: bool,
    /// 24 instead of 32 pixels high.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let copying = use_copying();
    let icon = Signal::derive(move || {
        if copying.state.get() == Copied::Done {
            IconName::Checkmark
        } else {
            IconName::Copy
        }
    });
    let words = Signal::derive(move || match copying.state.get() {
        Copied::NotYet => label,
        Copied::Done => "Copied",
        Copied::Refused => "Not copied: the browser refuses",
    });
    let class = if icon_only {
        "button button-subtle button-icon-only"
    } else {
        "button button-default"
    };
    let size = if small { 16 } else { 20 };
    view! {
        <button
            type="button"
            class=class
            class:button-small=small
            aria-label=icon_only.then_some(label)
            title=move || words.get()
            on:click=move |_| copying.copy.run(text.clone())
        >
            <Icon name=icon size />
            {(!icon_only).then(|| text_of(move || words.get().to_owned()))}
        </button>
        <span class="visually-hidden" role="status">{copying.spoken()}</span>
    }
}
