//! Search, filters and order of the list, as the URL's query has them.

use arm_core::Timestamp;
use chrono::TimeDelta;
use leptos::html;

use crate::{
    components::Choice,
    location::use_query_value,
    pages::{
        jobs::{
            list_sort::{Column, Filters, Sort},
            row::Row,
            state::STATES,
        },
        servers::list::list_view::choices,
        vaults::list_bar::unless_empty,
    },
    prelude::*,
    ui::{filter_pill::FilterOption, focus::focus},
};

/// The *Started* filter: the word in the query, its label, and how far back in hours. The first one shows all.
const TIMES: [(&str, &str, i64); 4] = [
    ("", "Any time", 0),
    ("24h", "Last 24 hours", 24),
    ("7d", "Last 7 days", 7 * 24),
    ("30d", "Last 30 days", 30 * 24),
];

/// Search, filters and order.
#[derive(Clone, Copy)]
pub struct ListQuery {
    /// What is searched for.
    pub search: Signal<String>,
    /// Searches for something else.
    pub set_search: Callback<String>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// Takes an order by its word in the query.
    pub set_sort: Callback<String>,
    /// Shows all jobs again; the focus goes to the search field.
    pub clear: Callback<()>,
    /// The search field.
    pub search_input: NodeRef<html::Input>,
    state: Filter,
    operation: Filter,
    vault: Filter,
    subscription: Filter,
    time: Filter,
}

#[derive(Clone, Copy)]
struct Filter {
    selected: Signal<String>,
    set: Callback<String>,
}

fn use_filter(name: &'static str) -> Filter {
    let (value, set) = use_query_value(name);
    Filter {
        selected: Signal::derive(move || value.get().unwrap_or_default()),
        set: unless_empty(set),
    }
}

/// Those of this page.
pub fn use_list_query() -> ListQuery {
    let search = use_filter("search");
    let [state, operation, vault, subscription, time] =
        ["state", "operation", "vault", "subscription", "time"].map(use_filter);
    let (sort, set_sort) = use_query_value("sort");
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    let search_input = NodeRef::<html::Input>::new();
    ListQuery {
        search: search.selected,
        set_search: search.set,
        sort,
        sort_by: Callback::new(move |column| {
            set_sort.run(sort.get_untracked().after_click(column).to_query());
        }),
        set_sort: unless_empty(set_sort),
        clear: Callback::new(move |()| {
            for filter in [search, state, operation, vault, subscription, time] {
                filter.set.run(String::new());
            }
            if let Some(input) = search_input.get_untracked() {
                focus(&input);
            }
        }),
        search_input,
        state,
        operation,
        vault,
        subscription,
        time,
    }
}

impl ListQuery {
    /// What the rows must be; times count back from when the list was read, so that they stand still.
    pub fn wanted(self, read_at: Option<Timestamp>) -> Filters {
        let state = self.state.selected.get();
        let state = STATES.iter().find(|(known, _)| *known == state);
        Filters {
            search: self.search.get(),
            // A word that is none of the choices chooses nothing.
            state: state.map_or("", |(known, _)| *known).to_owned(),
            operation: self.operation.selected.get(),
            vault: self.vault.selected.get(),
            subscription: self.subscription.selected.get(),
            since: read_at.and_then(|at| since(&self.time.selected.get(), at)),
        }
    }

    /// The filters, in their order; of vaults and subscriptions those that have a job.
    pub fn choices(self, rows: Memo<Vec<Row>>, has_several_subscriptions: Memo<bool>) -> Vec<Choice> {
        let choice = |name, options, filter: Filter| Choice {
            name,
            options,
            selected: filter.selected,
            on_select: filter.set,
        };
        let words = move |of: fn(&Row) -> &str| {
            Signal::derive(move || {
                let words = rows.with(|rows| choices(rows.iter().map(of)));
                with_all(
                    words
                        .into_iter()
                        .map(|word| FilterOption::new(word.clone(), word)),
                )
            })
        };
        let states = STATES
            .iter()
            .map(|(word, label)| FilterOption::new(*word, *label));
        let times = TIMES
            .iter()
            .map(|(word, label, _)| FilterOption::new(*word, *label));
        let subscriptions = Signal::derive(move || {
            if !has_several_subscriptions.get() {
                return vec![];
            }
            let mut known: Vec<(String, String)> = rows.with(|rows| {
                let pair = |row: &Row| {
                    (
                        row.subscription.clone(),
                        row.id.subscription_id().to_ascii_lowercase(),
                    )
                };
                rows.iter().map(pair).collect()
            });
            known.sort();
            known.dedup();
            with_all(known.into_iter().map(|(name, id)| FilterOption::new(id, name)))
        });
        vec![
            choice("State", Signal::stored(states.collect()), self.state),
            choice("Operation", words(|row| &row.operation), self.operation),
            choice("Vault", words(|row| &row.vault), self.vault),
            choice("Subscription", subscriptions, self.subscription),
            choice("Started", Signal::stored(times.collect()), self.time),
        ]
    }
}

fn with_all(options: impl Iterator<Item = FilterOption>) -> Vec<FilterOption> {
    std::iter::once(FilterOption::new("", "All"))
        .chain(options)
        .collect()
}

/// The earliest time that a word of the query takes; none for all times, and for a word that is none.
fn since(word: &str, read_at: Timestamp) -> Option<Timestamp> {
    let (_, _, hours) = TIMES.iter().find(|(known, ..)| *known == word)?;
    (*hours > 0).then(|| read_at - TimeDelta::hours(*hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_count_back_from_when_the_list_was_read() {
        let at = "2026-03-12T09:41:00Z".parse().expect("a moment");
        for (word, expected) in [
            ("", None),
            ("24h", Some("2026-03-11T09:41:00Z")),
            ("7d", Some("2026-03-05T09:41:00Z")),
            ("30d", Some("2026-02-10T09:41:00Z")),
            ("1y", None),
        ] {
            let expected = expected.map(|text| text.parse().expect("a moment"));
            assert_eq!(since(word, at), expected, "{word}");
        }
    }
}
