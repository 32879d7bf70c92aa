//! Buttons that show an icon only.

use crate::prelude::*;

use super::icon::{Icon, IconName};

/// A square button with an icon; its name is in its tooltip and in the accessibility tree.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// 24 instead of 32 pixels.
    #[prop(optional)]
    small: bool,
    /// The class of another look, such as `top-bar-button`.
    #[prop(default = "button button-subtle button-icon-only")]
    class: &'static str,
    /// Called once per click.
    #[prop(into)]
    on_click: Callback<()>,
    /// To move the focus to it.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Button>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            class:button-small=small
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_click.run(())
            node_ref=node_ref
        >
            <Icon name=icon size=if small { 16 } else { 20 } />
        </button>
    }
}
