//! Filters, search and order of the list, as the URL's query has them.

use leptos::{html, prelude::*};

use super::{
    coverage::Coverage,
    list_sort::{Column, Sort},
    list_view::{Filters, choices, location},
    row::Row,
};
use crate::{
    location::use_query_value,
    ui::{
        changing::view_of,
        filter_group::FilterGroup,
        filter_pill::{FilterOption, FilterPill},
        focus::focus,
        search_box::SearchBox,
        sort_header::SortDirection,
    },
};

/// What the query says, and how it is changed.
#[derive(Clone, Copy)]
pub struct ListQuery {
    /// What the rows must be.
    pub filters: Memo<Filters>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// Shows all servers again; the focus goes to the search field.
    pub clear: Callback<()>,
    set: [Callback<Option<String>>; 4],
    set_sort: Callback<Option<String>>,
    search_input: NodeRef<html::Input>,
}

/// The query of this page.
pub fn use_list_query() -> ListQuery {
    let (search, set_search) = use_query_value("search");
    let (subscription, set_subscription) = use_query_value("subscription");
    let (location, set_location) = use_query_value("location");
    let (state, set_state) = use_query_value("state");
    let (sort, set_sort) = use_query_value("sort");
    let search_input = NodeRef::<html::Input>::new();
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    let set = [set_search, set_subscription, set_location, set_state];
    let text = |value: Memo<Option<String>>| value.get().unwrap_or_default();
    ListQuery {
        filters: Memo::new(move |_| Filters {
            search: text(search),
            subscription: text(subscription),
            location: text(location),
            state: text(state),
        }),
        sort,
        sort_by: Callback::new(move |column| {
            set_sort.run(sort.get_untracked().after_click(column).to_query());
        }),
        clear: Callback::new(move |()| {
            set.iter().for_each(|set| set.run(None));
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        set,
        set_sort,
        search_input,
    }
}

/// The search field and the filters above the list.
#[component]
pub fn ListFilters(query: ListQuery, rows: Memo<Vec<Row>>, coverage: RwSignal<Coverage>) -> impl IntoView {
    let [set_search, set_subscription, set_location, set_state] = query
        .set
        .map(|set| Callback::new(move |value: String| set.run((!value.is_empty()).then_some(value))));
    let of_filters = move |value: fn(&Filters) -> &String| {
        Signal::derive(move || query.filters.with(|filters| value(filters).clone()))
    };
    let subscriptions = Signal::derive(move || {
        let names = coverage.with(Coverage::names);
        let all = format!("All {}", names.len());
        let names = names.into_iter().map(|(id, name)| FilterOption::new(id, name));
        std::iter::once(FilterOption::new("", all))
            .chain(names)
            .collect::<Vec<_>>()
    });
    let has_several = Memo::new(move |_| subscriptions.with(|options| options.len() > 2));
    let of_rows = move |words: fn(&[Row]) -> Vec<String>| {
        Signal::derive(move || {
            let words = rows.with(|rows| words(rows));
            let words = words
                .into_iter()
                .map(|word| FilterOption::new(word.clone(), word));
            std::iter::once(FilterOption::new("", "All"))
                .chain(words)
                .collect::<Vec<_>>()
        })
    };
    let locations = of_rows(|rows| choices(rows.iter().map(location)));
    let states = of_rows(|rows| {
        let states: Vec<String> = rows.iter().map(Row::state).collect();
        choices(states.iter().map(String::as_str))
    });
    let orders: Vec<FilterOption> = Column::ALL
        .into_iter()
        .flat_map(|column| {
            [SortDirection::Ascending, SortDirection::Descending].map(|direction| {
                let sort = Sort { column, direction };
                FilterOption::new(sort.to_query().unwrap_or_default(), sort.label())
            })
        })
        .collect();
    let number_set = Signal::derive(move || query.filters.with(Filters::number_set));
    view! {
        <SearchBox
            label="Search by name"
            value=of_filters(|filters| &filters.search)
            on_input=set_search
            node_ref=query.search_input
        />
        <FilterGroup number_set>
            {view_of(move || {
                if has_several.get() {
                    view! {
                        <FilterPill
                            name="Subscription"
                            options=subscriptions
                            selected=of_filters(|filters| &filters.subscription)
                            on_select=set_subscription
                        />
                    }
                    .into_any()
                } else {
                    ().into_any()
                }
            })}
            <FilterPill name="Location" options=locations selected=of_filters(|filters| &filters.location) on_select=set_location />
            <FilterPill name="State" options=states selected=of_filters(|filters| &filters.state) on_select=set_state />
            // Cards have no heads to sort by.
            <span class="until-640">
                <FilterPill
                    name="Sort"
                    options=orders
                    selected=Signal::derive(move || query.sort.get().to_query().unwrap_or_default())
                    on_select=Callback::new(move |word: String| query.set_sort.run((!word.is_empty()).then_some(word)))
                />
            </span>
        </FilterGroup>
    }
}
