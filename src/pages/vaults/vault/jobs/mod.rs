//! What the vault has done and does.

mod details;
mod panes;
mod row;
mod table;

use leptos::html;

use super::Vault;
use crate::{
    components::{Choice, ReadingView},
    hooks::Reading,
    location::use_query_value,
    pages::vaults::{
        filter_sheet::filter_sheet,
        list_bar::{ListBar, ListCount, again_while, unless_empty},
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
use row::{Row, STATES, State, count, ends, rows, shown};
use table::JobTable;

/// The word of the sheet of filters in the query.
const FILTER: &str = "filter";

/// The list.
#[derive(Clone, Copy)]
pub struct List {
    /// All rows, the newest first.
    pub rows: Memo<Vec<Row>>,
    /// The places in `rows` of those shown.
    pub shown: Memo<Vec<usize>>,
    /// The name of the job whose details are open.
    pub detailed: Memo<Option<String>>,
    /// Opens the details of the job of this name, or closes them.
    pub set_detailed: Callback<Option<String>>,
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
    let (detailed, set_detailed) = use_query_value("job");
    let search = Signal::derive(move || search.get().unwrap_or_default());
    let state = Signal::derive(move || {
        let word = state.get().unwrap_or_default();
        let known = STATES.iter().find(|(known, _)| *known == word);
        known.map_or("", |(known, _)| *known).to_owned()
    });
    let rows = Memo::new(move |_| {
        reading
            .data
            .with(|jobs| rows(jobs.as_deref().unwrap_or_default()))
    });
    let list = List {
        rows,
        shown: Memo::new(move |_| rows.with(|rows| shown(rows, &search.get(), &state.get()))),
        detailed,
        set_detailed,
        window: Window::new(),
    };
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
    let view = move |_| {
        let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
        let is_shown = Memo::new(move |_| list.shown.with(|shown| !shown.is_empty()));
        view_of(move || match (is_any.get(), is_shown.get()) {
            (_, true) => view! { <JobTable list /> }.into_any(),
            (true, false) => no_match(clear),
            (false, false) => nothing(),
        })
    };
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
        {view_of(move || match detailed.get() {
            Some(name) => panes::details(vault, name, Callback::new(move |()| set_detailed.run(None))),
            None => ().into_any(),
        })}
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
