//! Search and filter of the list, as the URL's query has them.

use leptos::html;

use super::{
    list_sort::{Filters, location},
    row::Row,
};
use crate::{
    components::Choice,
    location::use_query_value,
    pages::{servers::list::list_view::choices, vaults::list_bar::unless_empty},
    prelude::*,
    ui::{filter_pill::FilterOption, focus::focus},
};

/// The filters, as the URL's query has them.
#[derive(Clone, Copy)]
pub struct ListFilters {
    /// What the rows must be.
    pub wanted: Memo<Filters>,
    /// What is searched for.
    pub search: Signal<String>,
    /// Searches for something else.
    pub set_search: Callback<String>,
    set_region: Callback<String>,
    /// Shows all vaults again; the focus goes to the search field.
    pub clear: Callback<()>,
    /// The search field.
    pub search_input: NodeRef<html::Input>,
}

/// The filters of this page.
pub fn use_filters() -> ListFilters {
    let (search, set_search) = use_query_value("search");
    let (region, set_region) = use_query_value("region");
    let search_input = NodeRef::<html::Input>::new();
    let text = |value: Memo<Option<String>>| value.get().unwrap_or_default();
    ListFilters {
        wanted: Memo::new(move |_| Filters {
            search: text(search),
            location: text(region),
        }),
        search: Signal::derive(move || text(search)),
        set_search: unless_empty(set_search),
        set_region: unless_empty(set_region),
        clear: Callback::new(move |()| {
            set_search.run(None);
            set_region.run(None);
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        search_input,
    }
}

/// The regions that can be chosen.
pub fn region_choice(rows: Memo<Vec<Row>>, filters: ListFilters) -> Choice {
    let options = Signal::derive(move || {
        let regions = rows.with(|rows| choices(rows.iter().map(location)));
        let option = |region: String| FilterOption::new(region.clone(), region);
        let all = FilterOption::new("", "All");
        std::iter::once(all)
            .chain(regions.into_iter().map(option))
            .collect()
    });
    Choice {
        name: "Region",
        options,
        selected: Signal::derive(move || filters.wanted.with(|filters| filters.location.clone())),
        on_select: filters.set_region,
    }
}
