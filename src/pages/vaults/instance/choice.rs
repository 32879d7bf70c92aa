//! A choice in a pane: a radio button, its name, and what it means.

use crate::{
    prelude::*,
    ui::{changing::text_of, unique_id::unique_id},
};

/// One of the choices of a group.
#[component]
pub fn Choice(
    /// The group.
    group: &'static str,
    /// What is chosen by it.
    value: String,
    /// Its name.
    #[prop(into)]
    name: String,
    /// What it means.
    #[prop(into)]
    more: Signal<String>,
    /// What is chosen.
    chosen: RwSignal<String>,
    /// Why it cannot be chosen.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
) -> impl IntoView {
    let id = unique_id("choice");
    let more_id = format!("{id}-more");
    let value = StoredValue::new(value);
    let is_disabled = move || disabled_reason.with(Option::is_some);
    let is_chosen = move || value.with_value(|value| chosen.with(|chosen| chosen == value));
    let more = text_of(move || disabled_reason.get().unwrap_or_else(|| more.get()));
    view! {
        <label class="choice">
            <input
                type="radio"
                name=group
                aria-describedby=more_id.clone()
                aria-labelledby=id.clone()
                disabled=is_disabled
                prop:checked=is_chosen
                on:change=move |_| chosen.set(value.get_value())
            />
            <span class="choice-name" id=id>{name}</span>
            <span class="choice-more" id=more_id>{more}</span>
        </label>
    }
}
