//! What the page opens or makes on a click: a part of its own, which comes when it is asked for.

use std::rc::Rc;

use arm_core::Clock;

use super::{
    export_list::export, filter_sheet::ServersSheet, last_backup::LastBackups, list_query::ListQuery,
    query_pane::QueryPane, row::Row,
};
use crate::{
    components::{BELOW_A_PANE, Choice, LazyView},
    export::Format,
    lazy::lazy,
    prelude::*,
    ui::pane::Pane,
};

lazy! {
    server_panes: fn query_pane(query: ListQuery, on_close: Callback<()>) -> AnyView {
        view! { <QueryPane query on_close /> }.into_any()
    }
}

lazy! {
    server_panes: fn filter_sheet(
        query: ListQuery,
        filters: [Choice; 3],
        numbers: Signal<(usize, usize)>,
        on_close: Callback<()>
    ) -> AnyView {
        view! { <ServersSheet query filters numbers on_close /> }.into_any()
    }
}

lazy! {
    /// Gives the user the rows as a file, and what is said of it.
    export: pub fn exported(
        rows: Vec<Row>,
        last_backups: LastBackups,
        format: Format,
        clock: Rc<dyn Clock>
    ) -> String {
        export(&rows, last_backups, format, clock)
    }
}

/// The query that gives the list.
pub fn show_query(query: ListQuery, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Show query", on_close, content));
    let load = Box::new(move || Box::pin(query_pane(query, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// Filters and order, for a phone.
pub fn show_filters(
    query: ListQuery,
    filters: [Choice; 3],
    numbers: Signal<(usize, usize)>,
    on_close: Callback<()>,
) -> AnyView {
    let around = Box::new(move |content| in_pane("Filter and sort", on_close, content));
    let load = Box::new(move || Box::pin(filter_sheet(query, filters, numbers, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The pane while what it holds could not be fetched.
fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}
