//! The list of long-term retention backups, or why there is none.

use super::{list::List, list_sort::Column, retention_row::RetentionRow, row::Row};
use crate::{
    components::ReadingView,
    prelude::*,
    rights::Act,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        empty_state::EmptyState,
        icon::IconName,
        sort_header::SortHeader,
    },
};

/// What the list is called where it could not be read.
pub const WHAT: &str = "list of long-term retention backups";

/// The list.
#[component]
pub fn RetentionTable(list: List) -> impl IntoView {
    let is_any = Memo::new(move |_| list.rows.with(|rows| !rows.is_empty()));
    let is_shown = Memo::new(move |_| list.shown.with(|shown| !shown.is_empty()));
    let view = move |_| {
        view_of(move || match (is_any.get(), is_shown.get()) {
            (_, true) => view! { <Table list /> }.into_any(),
            (true, false) => view! { <NoMatch list /> }.into_any(),
            (false, false) => view! { <NoBackups list /> }.into_any(),
        })
    };
    view! { <ReadingView reading=list.reading what=WHAT view /> }
}

/// There are backups, and the filter hides all of them.
#[component]
fn NoMatch(list: List) -> impl IntoView {
    let on_click = Callback::new(move |()| list.query.set_state.run(String::new()));
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No long-term retention backup is in this state."
            actions=move || view! { <Button on_click>"Clear filters"</Button> }
        >
            "Those in other states are hidden."
        </EmptyState>
    }
}

/// None was ever begun.
#[component]
fn NoBackups(list: List) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Archive
            title="No long-term retention backups yet"
            actions=move || {
                view! {
                    <Button act=Act::LongTermBackup appearance=ButtonAppearance::Primary icon=IconName::Add on_click=list.on_start>
                        "Start the first one"
                    </Button>
                }
            }
        >
            "None was begun on this server so far. Each goes into a container of your own storage account, for which you need a SAS."
        </EmptyState>
    }
}

#[component]
fn Table(list: List) -> impl IntoView {
    let query = list.query;
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = query.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| query.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    view! {
        <div class="table-card">
            <table class="table table-cards table-fixed table-retention">
                <caption class="visually-hidden">"Long-term retention backups"</caption>
                <thead>
                    <tr>
                        {head(Column::Name, "")}
                        {head(Column::State, "column-state")}
                        {head(Column::Started, "column-started")}
                        {head(Column::Ended, "from-1440 column-ended")}
                        {head(Column::Duration, "cell-secondary column-duration")}
                        {head(Column::Size, "cell-secondary column-size")}
                        {head(Column::Transferred, "cell-secondary column-transferred")}
                        {head(Column::Done, "column-done")}
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || list.shown.get()
                        key=|row: &Row| row.key.clone()
                        children=move |row| view! { <RetentionRow row list /> }
                    />
                </tbody>
            </table>
        </div>
    }
}
