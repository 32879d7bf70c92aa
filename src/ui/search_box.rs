//! Search fields.

use crate::prelude::*;
use leptos::html;

use super::changing::view_of;
use super::focus::focus;
use super::icon::{Icon, IconName};

/// A field that filters from the first letter on; Esc and the cross clear it.
#[component]
pub fn SearchBox(
    /// Its name, also shown while it is empty.
    #[prop(into)]
    label: String,
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Called at each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Classes, such as `search search-narrow`.
    #[prop(default = "search")]
    class: &'static str,
    /// To move the focus to it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| value.with(String::is_empty));
    let clear = move |_| {
        on_input.run(String::new());
        if let Some(input) = node_ref.get_untracked() {
            focus(&input);
        }
    };
    view! {
        <div class=format!("field-box {class}")>
            <span class="search-icon">
                <Icon name=IconName::Search size=16 />
            </span>
            <input
                class="field-input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=label.clone()
                aria-label=label.clone()
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && !is_empty.get_untracked() {
                        event.prevent_default();
                        event.stop_propagation();
                        on_input.run(String::new());
                    }
                }
                node_ref=node_ref
            />
            {view_of(move || {
                if is_empty.get() {
                    return ().into_any();
                }
                view! {
                    <button type="button" class="search-clear" aria-label="Clear search" on:click=clear>
                        <Icon name=IconName::Dismiss size=12 />
                    </button>
                }
                .into_any()
            })}
        </div>
    }
}
