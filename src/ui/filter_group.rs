//! The filters of a list, which on a narrow page lie behind a button.

use leptos::prelude::*;

use super::changing::text_of;
use super::icon::{Icon, IconName};
use super::unique_id::unique_id;

/// Filter pills: in the row of the search field where there is room, behind *Filter* below 640 pixels.
#[component]
pub fn FilterGroup(
    /// How many of them are set, said on the button.
    #[prop(into)]
    number_set: Signal<usize>,
    /// The pills.
    children: Children,
) -> impl IntoView {
    let id = unique_id("filters");
    let is_open = RwSignal::new(false);
    let label = move || match number_set.get() {
        0 => "Filter".to_owned(),
        number => format!("Filter ({number} set)"),
    };
    view! {
        <button
            type="button"
            class="button button-default until-640"
            aria-expanded=move || is_open.get().to_string()
            aria-controls=id.clone()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            <Icon name=IconName::Filter />
            {text_of(label)}
        </button>
        <div class="filter-group" class:filter-group-open=is_open id=id>{children()}</div>
    }
}
