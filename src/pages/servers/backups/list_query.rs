//! Filter, search and order of the list, as the URL's query has them.

use leptos::{html, prelude::*};

use super::{
    list_sort::{Column, Sort},
    list_view::{TYPES, type_from_query},
};
use crate::{
    location::use_query_value,
    ui::{
        filter_pill::{FilterOption, FilterPill},
        focus::focus,
        search_box::SearchBox,
    },
};

/// What the query says, and how it is changed.
#[derive(Clone, Copy)]
pub struct ListQuery {
    /// The word of the *Backup types* filter; empty for all.
    pub kind: Memo<&'static str>,
    /// What the names must have in them.
    pub search: Memo<String>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// Shows all types and names again; the focus goes to the search field.
    pub clear: Callback<()>,
    set_kind: Callback<Option<String>>,
    set_search: Callback<Option<String>>,
    search_input: NodeRef<html::Input>,
}

/// The query of this page.
pub fn use_list_query() -> ListQuery {
    let (kind, set_kind) = use_query_value("type");
    let (search, set_search) = use_query_value("search");
    let (sort, set_sort) = use_query_value("sort");
    let search_input = NodeRef::<html::Input>::new();
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    ListQuery {
        kind: Memo::new(move |_| kind.with(|word| type_from_query(word.as_deref()))),
        search: Memo::new(move |_| search.get().unwrap_or_default()),
        sort,
        sort_by: Callback::new(move |column| {
            set_sort.run(sort.get_untracked().after_click(column).to_query());
        }),
        clear: Callback::new(move |()| {
            set_kind.run(None);
            set_search.run(None);
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        set_kind,
        set_search,
        search_input,
    }
}

/// The search field and the filter above the list.
#[component]
pub fn ListFilters(query: ListQuery) -> impl IntoView {
    let unless_empty = |value: String| (!value.is_empty()).then_some(value);
    let options: Vec<_> = TYPES
        .into_iter()
        .map(|(value, label)| FilterOption::new(value, label))
        .collect();
    view! {
        <SearchBox
            label="Search by name"
            value=query.search
            on_input=Callback::new(move |value| query.set_search.run(unless_empty(value)))
            node_ref=query.search_input
        />
        <FilterPill
            name="Backup types"
            options
            selected=Signal::derive(move || query.kind.get().to_owned())
            on_select=Callback::new(move |value| query.set_kind.run(unless_empty(value)))
        />
    }
}
