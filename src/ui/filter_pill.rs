//! Filters as pills.

use crate::prelude::*;
use leptos::html;

use super::changing::{text_of, view_if, view_of};
use super::focus::{focus, rendered};
use super::icon::{Icon, IconName};
use super::unique_id::unique_id;

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    /// What the filter is set to.
    pub value: String,
    /// Its words.
    pub label: String,
}

impl FilterOption {
    /// A choice.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// `Name : Value`, with a popover of radio buttons that take effect at once.
///
/// The first option is the default; at any other the pill is tinted and has a cross that resets it.
#[component]
pub fn FilterPill(
    /// The filter's name.
    #[prop(into)]
    name: String,
    /// The choices, the default first.
    #[prop(into)]
    options: Signal<Vec<FilterOption>>,
    /// The value chosen.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the new value.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let id = unique_id("filter");
    let name = StoredValue::new(name);
    let group = StoredValue::new(format!("{id}-choice"));
    let button = NodeRef::<html::Button>::new();
    let popover = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let default =
        Memo::new(move |_| options.with(|options| options.first().map(|option| option.value.clone())));
    let is_set = Memo::new(move |_| default.with(|default| default.as_ref() != Some(&selected.get())));
    let shown = move || {
        let selected = selected.get();
        options.with(|options| {
            options
                .iter()
                .find(|option| option.value == selected)
                .map_or(selected, |option| option.label.clone())
        })
    };
    let on_toggle = move |_| {
        let Some(popover) = popover.get_untracked() else {
            return;
        };
        let is_open = popover.matches(":popover-open").unwrap_or(false);
        open.set(is_open);
        if is_open && let Some(checked) = rendered(&popover, "input:checked").first() {
            focus(checked);
        }
    };
    let choose = move |option: FilterOption| {
        let (value, chosen) = (option.value.clone(), option.value);
        view! {
            <label
                class="filter-option"
                on:click=move |event| {
                    if event.detail() != 0 && let Some(popover) = popover.get_untracked() {
                        // A pointer has chosen; the arrow keys go on through the choices.
                        popover.hide_popover().ok();
                    }
                }
            >
                <input
                    type="radio"
                    name=group.get_value()
                    prop:checked=move || selected.get() == chosen
                    on:change=move |_| on_select.run(value.clone())
                />
                {option.label}
            </label>
        }
    };
    let clear = move |_| {
        on_select.run(default.get_untracked().unwrap_or_default());
        if let Some(button) = button.get_untracked() {
            focus(&button);
        }
    };
    view! {
        <span class="filter-pill" class:filter-pill-set=move || is_set.get()>
            <button
                type="button"
                class="filter-pill-button"
                popovertarget=id.clone()
                aria-expanded=move || open.get().to_string()
                node_ref=button
            >
                {name.get_value()}
                " : "
                <span class="filter-pill-value">{text_of(shown)}</span>
                {view_of(move || {
                    if is_set.get() {
                        ().into_any()
                    } else {
                        view! { <Icon name=IconName::ChevronDown size=16 /> }.into_any()
                    }
                })}
            </button>
            {view_if(is_set, move || {
                let label = format!("Clear {} filter", name.get_value());
                view! {
                    <button
                        type="button"
                        class="filter-pill-clear"
                        aria-label=label.clone()
                        title=label
                        on:click=clear
                    >
                        <Icon name=IconName::Dismiss size=16 />
                    </button>
                }
                .into_any()
            })}
            <div
                class="popover"
                id=id
                popover="auto"
                on:toggle=on_toggle
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.stop_propagation();
                    }
                }
                node_ref=popover
            >
                <fieldset class="filter-options">
                    <legend>{name.get_value()}</legend>
                    {view_of(move || options.get().into_iter().map(choose).collect_view().into_any())}
                </fieldset>
            </div>
        </span>
    }
}
