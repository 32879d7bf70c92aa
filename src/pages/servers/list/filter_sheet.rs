//! The sheet of filters and order of the list of servers.

use super::{list_query::ListQuery, list_sort::Column, list_view::count};
use crate::{
    components::{Choice, FilterSheet, order},
    prelude::*,
};

/// The sheet.
#[component]
pub fn ServersSheet(
    query: ListQuery,
    filters: [Choice; 3],
    /// How many servers are shown, and how many there are.
    numbers: Signal<(usize, usize)>,
    on_close: Callback<()>,
) -> impl IntoView {
    let mut choices = Vec::from(filters);
    choices.push(order(Column::label, query.sort, query.set_sort));
    let shown = Signal::derive(move || {
        let (shown, all) = numbers.get();
        count(shown, all)
    });
    view! { <FilterSheet choices shown on_clear=query.clear on_close /> }
}
