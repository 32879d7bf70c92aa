//! The list of backups, with what is being taken on top.

use arm_core::ResourceId;

use super::{
    backup_row::BackupRow, backups_reading::BackupsReading, list_query::ListQuery, list_sort::Column,
    live_row::live_rows, row::Row, said::Said, shown::Shown,
};
use crate::{
    components::{Below, ProblemPlace, problem_at},
    hooks::Copying,
    prelude::*,
    problem::{Problem, ProblemKind},
    rights::Act,
    stores::operations::Operation,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        skeleton::Skeleton,
        sort_header::SortHeader,
        window::{Window, WindowedRows},
    },
};

/// What the parts of the list have in common.
#[derive(Clone, Copy)]
pub struct List {
    /// Whose backups they are.
    pub server: StoredValue<ResourceId>,
    /// The backups as they are read.
    pub backups: BackupsReading,
    /// The rows shown, in their order.
    pub shown: Memo<Shown>,
    /// What is being taken.
    pub live: Signal<Vec<Operation>>,
    /// The names of what is being deleted.
    pub going: Signal<Vec<String>>,
    /// The names of what was being taken on this page until just now.
    pub arrived: StoredValue<Vec<String>>,
    /// The filters and the order.
    pub query: ListQuery,
    /// The rows in the page.
    pub window: Window,
    /// What the page says aloud of its list.
    pub said: Said,
    /// The clipboard.
    pub copying: Copying,
    /// The name of the backup whose details are open.
    pub detailed: Memo<Option<String>>,
    /// Opens the details of the backup of this name, or closes them.
    pub set_detailed: Callback<Option<String>>,
    /// Asks about a deletion: the row, and the name of the backup in the row after it.
    pub on_delete: Callback<(Row, Option<String>)>,
    /// Opens the pane that takes a backup.
    pub on_take: Callback<()>,
    /// Reads the list again.
    pub on_refresh: Callback<()>,
}

/// The list.
#[component]
pub fn BackupTable(list: List) -> impl IntoView {
    let List {
        backups,
        query,
        window,
        ..
    } = list;
    // Another order or filter shows other rows, and those from the first one.
    Effect::watch(
        move || {
            (
                query.kind.get(),
                query.time.get(),
                query.search.get(),
                query.sort.get(),
            )
        },
        move |_, _, _| window.back_to_start(),
        false,
    );
    let has_data = Memo::new(move |_| backups.listed.data.with(Option::is_some));
    let problem = Signal::derive(move || {
        let problem = backups
            .all
            .problem
            .with(|error| error.as_ref().map(Problem::from));
        // That the sign-in has ended is said by the page, once.
        problem.filter(|problem| !has_data.get() || problem.kind != ProblemKind::SignIn)
    });
    let place = move |below| ProblemPlace {
        error: backups.all.problem,
        what: "list of backups",
        again: backups.all.again,
        is_loading: backups.all.is_loading,
        below,
    };
    let old = move || {
        view_of(move || match problem.get() {
            Some(problem) => problem_at(place(Below::of(backups.all.read_at.get_untracked())), problem),
            None => ().into_any(),
        })
    };
    let table = view_of(move || {
        if has_data.get() {
            return view! {
                {old()}
                {rows_view(list)}
            }
            .into_any();
        }
        match problem.get() {
            Some(problem) => problem_at(place(Below::Nothing), problem),
            None => view! {
                <p class="visually-hidden">"Reading the list of backups."</p>
                <Skeleton />
            }
            .into_any(),
        }
    });
    view! {
        {table}
        <p class="visually-hidden" role="status">{list.copying.spoken()}</p>
    }
}

fn rows_view(list: List) -> AnyView {
    let is_any = Memo::new(move |_| list.shown.with(|shown| !shown.list.is_empty()));
    let has_row = Memo::new(move |_| !list.shown.with(Shown::is_empty));
    let has_live = Memo::new(move |_| !list.live.with(Vec::is_empty));
    view! {
        {view_of(move || {
            if has_row.get() || has_live.get() { view! { <Table list /> }.into_any() } else { ().into_any() }
        })}
        {view_of(move || match (is_any.get(), has_row.get(), has_live.get()) {
            (true, false, _) => view! { <NoMatch query=list.query /> }.into_any(),
            (false, _, false) => view! { <NoBackups list /> }.into_any(),
            _ => ().into_any(),
        })}
    }
    .into_any()
}

/// There are backups, and the filters hide all of them.
#[component]
fn NoMatch(query: ListQuery) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No backup matches these filters."
            actions=move || view! { <Button on_click=query.clear>"Clear filters"</Button> }
        >
            "Other backups of this server are hidden."
        </EmptyState>
    }
}

/// There is no backup yet.
#[component]
fn NoBackups(list: List) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::History
            title="No backups yet"
            actions=move || {
                view! {
                    <Button act=Act::TakeBackup appearance=ButtonAppearance::Primary icon=IconName::Add on_click=list.on_take>
                        "Backup now"
                    </Button>
                    <Button on_click=list.on_refresh>"Refresh"</Button>
                }
            }
        >
            "Azure takes the first automatic backup some minutes after a server is created, then one a day. You can take one yourself now."
        </EmptyState>
    }
}

#[component]
fn Table(list: List) -> impl IntoView {
    let List {
        shown, live, query, ..
    } = list;
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = query.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| query.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    // While pages are still to come nobody knows how many rows there will be (ARIA: -1).
    let row_count = Memo::new(move |_| {
        let (rows, is_complete) = shown.with(|shown| (shown.len(), shown.list.is_complete()));
        let rows = 1 + live.with(Vec::len) + rows;
        if is_complete {
            rows.to_string()
        } else {
            "-1".to_owned()
        }
    });
    let first_index = Signal::derive(move || 2 + live.with(Vec::len));
    let has_live = Memo::new(move |_| !live.with(Vec::is_empty));
    view! {
        <div class="table-card">
            <table class="table table-cards table-fixed table-backups" aria-rowcount=row_count>
                <caption class="visually-hidden">"Backups"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {head(Column::Name, "")}
                        {head(Column::Type, "column-type")}
                        {head(Column::Completed, "column-completed")}
                        {head(Column::Source, "cell-optional column-source")}
                        {head(Column::Retained, "cell-secondary column-retained")}
                        <th scope="col" class="cell-actions column-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    {view_if(has_live, move || live_rows(list))}
                </tbody>
                <WindowedRows
                    count=Signal::derive(move || shown.with(Shown::len))
                    key=Callback::new(move |position: usize| shown.with(|shown| shown.key(position)))
                    row=Callback::new(move |position: usize| match shown.with(|shown| shown.row(position)) {
                        Some(row) => view! { <BackupRow row list /> }.into_any(),
                        None => ().into_any(),
                    })
                    first_index
                    window=list.window
                />
            </table>
        </div>
    }
}
