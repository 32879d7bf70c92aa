//! What the vault has done and does.

use leptos::html;

use super::Vault;
use crate::{
    components::{Choice, ReadingView},
    hooks::Reading,
    location::use_query_value,
    pages::{
        jobs::{Filters, JobSort, Jobs as List, Of, Row, STATES, State, count, ends, shown, table_or},
        vaults::{
            filter_sheet::filter_sheet,
            list_bar::{ListBar, ListCount, again_while, unless_empty},
        },
    },
    prelude::*,
    ui::{
        button::Button,
        changing::{view_if, view_of},
        empty_state::EmptyState,
        filter_pill::FilterOption,
        focus::focus,
        icon::IconName,
        window::Window,
    },
};

use arm_client::data_protection::BackupJob;

/// The word of the sheet of filters in the query.
const FILTER: &str = "filter";

/// The tab, once its list is being read.
#[component]
pub fn Jobs(vault: Vault) -> impl IntoView {
    view_of(move || match vault.jobs.get() {
        Some(reading) => view! { <JobList vault reading /> }.into_any(),
        None => ().into_any(),
    })
}

#[component]
fn JobList(vault: Vault, reading: Reading<Vec<BackupJob>>) -> impl IntoView {
    let (search, set_search) = use_query_value("search");
    let (state, set_state) = use_query_value("state");
    let (sort, set_sort) = use_query_value("sort");
    let search = Signal::derive(move || search.get().unwrap_or_default());
    let state = Signal::derive(move || {
        let word = state.get().unwrap_or_default();
        let known = STATES.iter().find(|(known, _)| *known == word);
        known.map_or("", |(known, _)| *known).to_owned()
    });
    let sort = Memo::new(move |_| sort.with(|word| JobSort::from_query(word.as_deref())));
    let rows: Memo<Vec<Row>> = Memo::new(move |_| {
        reading
            .data
            .with(|jobs| jobs.iter().flatten().map(Row::from).collect())
    });
    let wanted = move || Filters {
        search: search.get(),
        state: state.get(),
        ..Filters::default()
    };
    let list = List {
        rows,
        shown: Memo::new(move |_| rows.with(|rows| shown(rows, &wanted(), sort.get()))),
        sort,
        sort_by: Callback::new(move |column| {
            set_sort.run(sort.get_untracked().after_click(column).to_query());
        }),
        window: Window::new(),
    };
    list.come_back();
    let counted = Memo::new(move |_| {
        let is_read = reading.data.with(Option::is_some);
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
    Effect::watch(
        move || rows.get(),
        move |rows, before, _| {
            for sentence in ends(before.map_or(&[], Vec::as_slice), rows) {
                vault.said.set(sentence);
            }
        },
        false,
    );
    let is_running = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.state == State::Running)));
    again_while(is_running, reading.again);
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
        name: "State",
        options: Signal::stored(states),
        selected: state,
        on_select: unless_empty(set_state),
    };
    let (pane, set_pane) = use_query_value("pane");
    let is_filtering = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(FILTER)));
    let on_close = Callback::new(move |()| set_pane.run(None));
    let view = move |_| table_or(list, Of::Vault, move || no_match(clear), nothing);
    view! {
        <ListBar
            search
            label="Search by datasource"
            set_search=unless_empty(set_search)
            search_input
            choices=vec![state]
            on_open=Callback::new(move |()| set_pane.run(Some(FILTER.to_owned())))
        >
            <ListCount reading counted />
        </ListBar>
        <ReadingView reading what="list of jobs" view />
        {view_if(is_filtering, move || filter_sheet(vec![state], counted, clear, on_close))}
    }
}

/// There are jobs, and the filters hide all of them.
fn no_match(clear: Callback<()>) -> AnyView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No job matches these filters."
            actions=move || view! { <Button on_click=clear>"Clear filters"</Button> }
        >
            "Other jobs are hidden."
        </EmptyState>
    }
    .into_any()
}

/// Azure lists none.
fn nothing() -> AnyView {
    view! {
        <EmptyState icon=IconName::TaskListLtr title="No jobs yet">
            "Each backup and each restore is a job. Azure lists none of this vault so far."
        </EmptyState>
    }
    .into_any()
}
