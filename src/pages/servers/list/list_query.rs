//! Filters, search and order of the list, as the URL's query has them.

use leptos::html;

use super::{
    coverage::Coverage,
    list_sort::{Column, Sort},
    list_view::{Filters, choices, location},
    row::Row,
};
use crate::{
    components::Choice,
    location::use_query_value,
    prelude::*,
    ui::{
        button::Button,
        changing::{text_of, view_if},
        filter_pill::{FilterOption, FilterPill},
        focus::focus,
        icon::IconName,
        search_box::SearchBox,
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
    /// Orders by this word of the query.
    pub set_sort: Callback<String>,
    set: [Callback<Option<String>>; 4],
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
        set_sort: unless_empty(set_sort),
        clear: Callback::new(move |()| {
            set.iter().for_each(|set| set.run(None));
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        set,
        search_input,
    }
}

/// The filters of the list: subscription, location, state.
pub fn filters(query: ListQuery, rows: Memo<Vec<Row>>, coverage: RwSignal<Coverage>) -> [Choice; 3] {
    let [_, set_subscription, set_location, set_state] = query.set.map(unless_empty);
    let selected = move |value: fn(&Filters) -> &String| {
        Signal::derive(move || query.filters.with(|filters| value(filters).clone()))
    };
    let with_all = |all: String, options: Vec<FilterOption>| {
        std::iter::once(FilterOption::new("", all))
            .chain(options)
            .collect::<Vec<_>>()
    };
    let subscriptions = Signal::derive(move || {
        let names = coverage.with(Coverage::names);
        // Of a single one there is nothing to choose.
        if names.len() < 2 {
            return Vec::new();
        }
        let all = format!("All {}", names.len());
        with_all(
            all,
            names
                .into_iter()
                .map(|(id, name)| FilterOption::new(id, name))
                .collect(),
        )
    });
    let of_rows = move |words: fn(&[Row]) -> Vec<String>| {
        Signal::derive(move || {
            let words = rows.with(|rows| words(rows));
            let options = words
                .into_iter()
                .map(|word| FilterOption::new(word.clone(), word));
            with_all("All".to_owned(), options.collect())
        })
    };
    let filter = |name, options, selected, on_select| Choice {
        name,
        options,
        selected,
        on_select,
    };
    [
        filter(
            "Subscription",
            subscriptions,
            selected(|filters| &filters.subscription),
            set_subscription,
        ),
        filter(
            "Location",
            of_rows(|rows| choices(rows.iter().map(location))),
            selected(|filters| &filters.location),
            set_location,
        ),
        filter(
            "State",
            of_rows(|rows| {
                let states: Vec<String> = rows.iter().map(Row::state).collect();
                choices(states.iter().map(String::as_str))
            }),
            selected(|filters| &filters.state),
            set_state,
        ),
    ]
}

/// An empty text leaves the query.
fn unless_empty(set: Callback<Option<String>>) -> Callback<String> {
    Callback::new(move |value: String| set.run((!value.is_empty()).then_some(value)))
}

/// The search field and the filters above the list; on a phone the filters are behind *Filter*.
#[component]
pub fn ListFilters(query: ListQuery, filters: [Choice; 3], on_open: Callback<()>) -> impl IntoView {
    let [set_search, ..] = query.set.map(unless_empty);
    let filter = move || match query.filters.with(Filters::number_set) {
        0 => "Filter".to_owned(),
        set => format!("Filter ({set})"),
    };
    let pill = |filter: Choice| {
        let Choice {
            name,
            options,
            selected,
            on_select,
        } = filter;
        let has_choice = Memo::new(move |_| options.with(|options| !options.is_empty()));
        view_if(has_choice, move || {
            view! { <FilterPill name options selected on_select /> }.into_any()
        })
    };
    view! {
        <SearchBox
            label="Search by name"
            value=Signal::derive(move || query.filters.with(|filters| filters.search.clone()))
            on_input=set_search
            node_ref=query.search_input
        />
        <span class="below-640">
            <Button icon=IconName::Filter on_click=on_open>{text_of(filter)}</Button>
        </span>
        <span class="list-filters from-640">{filters.map(pill).into_iter().collect_view()}</span>
    }
}
