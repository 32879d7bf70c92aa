//! Filters, search and order of the list, as the URL's query has them.

use leptos::html;

use super::{
    list_sort::{Column, Sort},
    list_view::{TIMES, TYPES, word_of},
};
use crate::{location::use_query_value, prelude::*, ui::focus::focus};

/// What the query says, and how it is changed.
#[derive(Clone, Copy)]
pub struct ListQuery {
    /// The word of the *Backup types* filter; empty for all.
    pub kind: Memo<&'static str>,
    /// The word of the *Completed* filter; empty for any time.
    pub time: Memo<&'static str>,
    /// What the names must have in them.
    pub search: Memo<String>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// Shows all types and names again; the focus goes to the search field.
    pub clear: Callback<()>,
    /// Sets the word of the *Backup types* filter.
    pub set_kind: Callback<String>,
    /// Sets the word of the *Completed* filter.
    pub set_time: Callback<String>,
    /// Sets what the names must have in them.
    pub set_search: Callback<String>,
    /// Sets the order.
    pub set_sort: Callback<Sort>,
    /// The search field.
    pub search_input: NodeRef<html::Input>,
}

impl ListQuery {
    /// How many of the two filters are set.
    pub fn filters_set(self) -> usize {
        usize::from(self.kind.with(|word| !word.is_empty()))
            + usize::from(self.time.with(|word| !word.is_empty()))
    }
}

/// The query of this page.
pub fn use_list_query() -> ListQuery {
    let (kind, kind_to) = use_query_value("type");
    let (time, time_to) = use_query_value("completed");
    let (search, search_to) = use_query_value("search");
    let (sort, sort_to) = use_query_value("sort");
    let search_input = NodeRef::<html::Input>::new();
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    let unless_empty = |to: Callback<Option<String>>| {
        Callback::new(move |value: String| to.run((!value.is_empty()).then_some(value)))
    };
    ListQuery {
        kind: Memo::new(move |_| kind.with(|word| word_of(&TYPES, word.as_deref()))),
        time: Memo::new(move |_| time.with(|word| word_of(&TIMES, word.as_deref()))),
        search: Memo::new(move |_| search.get().unwrap_or_default()),
        sort,
        sort_by: Callback::new(move |column| {
            sort_to.run(sort.get_untracked().after_click(column).to_query());
        }),
        clear: Callback::new(move |()| {
            kind_to.run(None);
            time_to.run(None);
            search_to.run(None);
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        set_kind: unless_empty(kind_to),
        set_time: unless_empty(time_to),
        set_search: unless_empty(search_to),
        set_sort: Callback::new(move |sort: Sort| sort_to.run(sort.to_query())),
        search_input,
    }
}
