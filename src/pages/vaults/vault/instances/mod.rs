//! What the vault protects, and what it keeps of what was deleted.

mod list_sort;
mod row;
mod table;

use arm_client::data_protection::BackupInstance;
use leptos::html;

use super::Vault;
use crate::{
    components::{ActLink, Choice, ReadingView, order},
    location::{link, use_query_value},
    pages::vaults::{
        filter_sheet::filter_sheet,
        list_bar::{ListBar, ListCount, again_while, unless_empty},
    },
    prelude::*,
    problem::Problem,
    rights::Act,
    routes,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        empty_state::EmptyState,
        filter_pill::FilterOption,
        focus::focus,
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
        window::Window,
    },
};

use list_sort::{Column, STATES, Sort, count, shown};
use row::Row;
pub use row::{kind_words, source_name};
use table::InstanceTable;

/// The word of the sheet of filters in the query.
const FILTER: &str = "filter";

/// The list and its order.
#[derive(Clone, Copy)]
pub struct List {
    /// All rows.
    pub rows: Memo<Vec<Row>>,
    /// The places in `rows` of those shown, in their order.
    pub shown: Memo<Vec<usize>>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// The rows in the page.
    pub window: Window,
}

impl List {
    /// What the row at a place of the table is made from.
    pub fn row_at<R>(self, position: usize, of_row: impl FnOnce(&Row) -> R) -> Option<R> {
        let index = self.shown.with_untracked(|shown| shown.get(position).copied())?;
        self.rows.with_untracked(|rows| rows.get(index).map(of_row))
    }
}

/// The tab.
#[component]
pub fn Instances(vault: Vault) -> impl IntoView {
    let (search, set_search) = use_query_value("search");
    let (state, set_state) = use_query_value("state");
    let (sort, set_sort) = use_query_value("sort");
    let search = Signal::derive(move || search.get().unwrap_or_default());
    let state = Signal::derive(move || {
        let word = state.get().unwrap_or_default();
        let known = STATES.iter().find(|(known, _)| *known == word);
        known.map_or("", |(known, _)| *known).to_owned()
    });
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    let rows = Memo::new(move |_| {
        let of = |reading: Option<&Vec<BackupInstance>>| reading.cloned().unwrap_or_default();
        let deleted = vault.deleted.data.with(|deleted| of(deleted.as_ref()));
        vault
            .instances
            .data
            .with(|instances| row::rows(instances.as_deref().unwrap_or_default(), &deleted))
    });
    let list = List {
        rows,
        shown: Memo::new(move |_| rows.with(|rows| shown(rows, &search.get(), &state.get(), sort.get()))),
        sort,
        sort_by: Callback::new(move |column| {
            set_sort.run(sort.get_untracked().after_click(column).to_query());
        }),
        window: Window::new(),
    };
    let counted = Memo::new(move |_| {
        let is_read = vault.instances.data.with(Option::is_some);
        is_read.then(|| count(list.shown.with(Vec::len), rows.with(Vec::len)))
    });
    Effect::watch(
        move || (search.get(), state.get()),
        move |_, _, _| {
            list.window.back_to_start();
            let counted = counted.get_untracked().unwrap_or_default();
            vault.said.set(format!("{counted}."));
        },
        false,
    );
    Effect::watch(
        move || sort.get(),
        move |sort, _, _| {
            list.window.back_to_start();
            vault.said.set(sort.spoken());
        },
        false,
    );
    let is_changing = Memo::new(move |_| rows.with(|rows| rows.iter().any(Row::is_changing)));
    let read_again = Callback::new(move |()| {
        vault.instances.again.run(());
        vault.deleted.again.run(());
    });
    again_while(is_changing, read_again);
    let search_input = NodeRef::<html::Input>::new();
    let clear = Callback::new(move |()| {
        set_search.run(None);
        set_state.run(None);
        if let Some(input) = search_input.get_untracked() {
            focus(&input);
        }
    });
    let states: Vec<_> = STATES
        .iter()
        .map(|(value, label)| FilterOption::new(*value, *label))
        .collect();
    let state = Choice {
        name: "Protection",
        options: Signal::stored(states),
        selected: state,
        on_select: unless_empty(set_state),
    };
    let (pane, set_pane) = use_query_value("pane");
    let is_filtering = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(FILTER)));
    let on_close = Callback::new(move |()| set_pane.run(None));
    let view = move |_| {
        let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
        let is_shown = Memo::new(move |_| list.shown.with(|shown| !shown.is_empty()));
        view_of(move || match (is_any.get(), is_shown.get()) {
            (_, true) => view! { <InstanceTable vault list /> }.into_any(),
            (true, false) => no_match(clear),
            (false, false) => nothing(vault),
        })
    };
    view! {
        <ListBar
            search
            set_search=unless_empty(set_search)
            search_input
            choices=vec![state]
            on_open=Callback::new(move |()| set_pane.run(Some(FILTER.to_owned())))
        >
            <ListCount reading=vault.instances counted />
        </ListBar>
        {deleted_unknown(vault)}
        <ReadingView reading=vault.instances what="list of backup instances" view />
        {view_if(is_filtering, move || {
            let choices = vec![state, order(Column::label, sort, unless_empty(set_sort))];
            filter_sheet(choices, counted, clear, on_close)
        })}
    }
}

/// Above the list: that soft-deleted instances are missing in it.
fn deleted_unknown(vault: Vault) -> AnyView {
    view_of(move || match vault.deleted.problem.get() {
        // Where nothing could be read, the list says so in its place.
        Some(error) if vault.instances.problem.with(Option::is_none) => {
            let problem = Problem::in_full(&error);
            view! {
                <MessageBar
                    intent=MessageIntent::Warning
                    title="The soft-deleted instances could not be read."
                    actions=move || view! { <Button small=true on_click=vault.deleted.again>"Try again"</Button> }
                >
                    {problem.reason} " " {problem.advice}
                </MessageBar>
            }
            .into_any()
        }
        _ => ().into_any(),
    })
}

/// There are instances, and the filters hide all of them.
fn no_match(clear: Callback<()>) -> AnyView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No backup instance matches these filters."
            actions=move || view! { <Button on_click=clear>"Clear filters"</Button> }
        >
            "Other instances are hidden."
        </EmptyState>
    }
    .into_any()
}

/// The vault protects nothing.
fn nothing(vault: Vault) -> AnyView {
    let path = vault.id.with_value(routes::protect_in);
    view! {
        <EmptyState
            icon=IconName::Shield
            title="This vault protects nothing yet"
            actions=move || {
                view! {
                    <ActLink
                        act=Act::Protect
                        href=link(&path)
                        appearance=ButtonAppearance::Primary
                        label="Configure backup"
                    />
                }
            }
        >
            "Servers and databases in the vault\u{2019}s region, of any subscription of this directory, can be backed up into it."
        </EmptyState>
    }
    .into_any()
}
