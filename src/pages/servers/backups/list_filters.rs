//! The search field and the filters above the list.

use super::{
    list_query::ListQuery,
    list_view::{TIMES, TYPES},
};
use crate::{
    prelude::*,
    ui::{
        button::Button,
        changing::text_of,
        filter_pill::{FilterOption, FilterPill},
        icon::IconName,
        search_box::SearchBox,
    },
};

/// Search, *Backup types* and *Completed*; on a phone the two are behind *Filter*.
#[component]
pub fn ListFilters(query: ListQuery, on_open: Callback<()>) -> impl IntoView {
    let filter = move || match query.filters_set() {
        0 => "Filter".to_owned(),
        set => format!("Filter ({set})"),
    };
    let options = |choices: &[(&str, &str)]| -> Vec<FilterOption> {
        choices
            .iter()
            .map(|(value, label)| FilterOption::new(*value, *label))
            .collect()
    };
    view! {
        <SearchBox
            label="Search by name"
            value=query.search
            on_input=query.set_search
            node_ref=query.search_input
        />
        <span class="below-640">
            <Button icon=IconName::Filter on_click=on_open>{text_of(filter)}</Button>
        </span>
        <span class="list-filters from-640">
        <FilterPill
            name="Backup types"
            options=options(&TYPES)
            selected=Signal::derive(move || query.kind.get().to_owned())
            on_select=query.set_kind
        />
        <FilterPill
            name="Completed"
            options=options(&TIMES)
            selected=Signal::derive(move || query.time.get().to_owned())
            on_select=query.set_time
        />
        </span>
    }
}
