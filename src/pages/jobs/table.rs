//! The table of jobs, of one vault or of all.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{
    list_sort::{Column, Sort},
    row::{Row, UNKNOWN},
    state::State,
};
use crate::{
    components::Moment,
    hooks::use_now,
    location::{Address, link},
    pages::servers::list::way_back,
    prelude::*,
    routes, text,
    ui::{
        changing::{view_if, view_of},
        sort_header::SortHeader,
        status::Status,
        window::{Window, WindowedRows},
    },
};

/// The list.
#[derive(Clone, Copy)]
pub struct List {
    /// All rows.
    pub rows: Memo<Vec<Row>>,
    /// The places in `rows` of those shown, in their order.
    pub shown: Memo<Vec<usize>>,
    /// Their order.
    pub sort: Memo<Sort>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
    /// The rows in the page.
    pub window: Window,
}

/// Whose jobs they are: what is the same in all rows needs no column.
#[derive(Clone, Copy)]
pub enum Of {
    /// Of one vault, which tells more of each.
    Vault,
    /// Of all vaults; with the subscription where there are several.
    All(Memo<bool>),
}

impl List {
    /// What the row at a place of the table is made from.
    fn row_at<R>(self, position: usize, of_row: impl FnOnce(&Row) -> R) -> Option<R> {
        let index = self.shown.with_untracked(|shown| shown.get(position).copied())?;
        self.rows.with_untracked(|rows| rows.get(index).map(of_row))
    }

    /// The rows shown, in their order.
    pub fn shown_rows(self) -> Vec<Row> {
        let places = 0..self.shown.with_untracked(Vec::len);
        places
            .filter_map(|position| self.row_at(position, Clone::clone))
            .collect()
    }

    /// Goes back to the row from which somebody left for a job, once the rows are there.
    pub fn come_back(self) {
        // Only the first rows after the page came up are what somebody came back to.
        let left = StoredValue::new(way_back::left_row());
        Effect::new(move |_| {
            if self.shown.with(Vec::is_empty) {
                return;
            }
            let Some(left) = left.try_update_value(Option::take).flatten() else {
                return;
            };
            let is_it = |index: &usize| {
                self.rows
                    .with_untracked(|rows| rows.get(*index).is_some_and(|row| row.key == left.key))
            };
            if let Some(position) = self.shown.with_untracked(|shown| shown.iter().position(is_it)) {
                left.come_back(position, self.window);
            }
        });
    }
}

/// The table.
#[component]
pub fn JobTable(list: List, of: Of) -> impl IntoView {
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = list.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| list.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    // Rows that change without a change of their number are others as well.
    let count = Signal::derive(move || {
        list.rows.track();
        list.shown.with(Vec::len)
    });
    let key = Callback::new(move |position| {
        let hash = |row: &Row| {
            let mut hasher = DefaultHasher::new();
            // The subscription's name may come later: a row that is made anew for it would lose the focus.
            (&row.key, row.state, &row.word, row.started, row.ended).hash(&mut hasher);
            (&row.operation, &row.source, &row.code).hash(&mut hasher);
            hasher.finish()
        };
        list.row_at(position, hash).unwrap_or_default()
    });
    let row = Callback::new(move |position| match list.row_at(position, Clone::clone) {
        Some(row) => view! { <JobRow list row of /> }.into_any(),
        None => ().into_any(),
    });
    let vault = matches!(of, Of::All(_)).then(|| head(Column::Vault, "column-vault cell-secondary"));
    let more = match of {
        Of::Vault => view! {
            <th scope="col" class="column-asked cell-secondary">"Triggered by"</th>
            <th scope="col" class="column-tag cell-secondary">"Retention tag"</th>
        }
        .into_any(),
        Of::All(has_several) => view_if(has_several, move || {
            head(Column::Subscription, "column-subscription cell-subscription")
        }),
    };
    view! {
        <div class="table-card">
            <table
                class="table table-cards table-fixed table-jobs"
                class=("table-jobs-all", matches!(of, Of::All(_)))
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <caption class="visually-hidden">"Jobs"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {head(Column::Operation, "column-operation")}
                        {head(Column::Source, "column-source")}
                        {head(Column::State, "column-state")}
                        {vault}
                        {head(Column::Started, "column-started")}
                        {head(Column::Duration, "column-duration")}
                        {more}
                    </tr>
                </thead>
                <WindowedRows count key row first_index=Signal::stored(2) window=list.window />
            </table>
        </div>
    }
}

#[component]
fn JobRow(list: List, row: Row, of: Of) -> impl IntoView {
    let code = row.code.clone().map(|code| {
        view! { <span class="cell-note cell-below ellipsis" title=code.clone()>{code.clone()}</span> }
    });
    let (kind, word) = (row.state.kind(), row.word.clone());
    let started = row
        .started
        .map_or_else(|| UNKNOWN.into_any(), |at| view! { <Moment at /> }.into_any());
    let words = view! {
        {row.operation.clone()}
        <span class="visually-hidden">" of " {row.source.clone()}</span>
    };
    let address: Address = expect_context();
    let on_leave = {
        let key = row.key.clone();
        move |_| way_back::note(address, &key)
    };
    let name = match routes::job(&row.id) {
        Some(path) => view! { <a class="ellipsis" href=link(&path) on:click=on_leave>{words}</a> }.into_any(),
        None => words.into_any(),
    };
    let vault = matches!(of, Of::All(_)).then(|| {
        view! { <td class="cell-secondary" data-label="Vault" title=row.vault.clone()>{row.vault.clone()}</td> }
    });
    let more = match of {
        Of::Vault => view! {
            <td class="cell-secondary" data-label="Triggered">{trigger(row.asked_for)}</td>
            <td class="cell-secondary" data-label="Tag">{row.tag.clone().unwrap_or_else(|| UNKNOWN.to_owned())}</td>
        }
        .into_any(),
        Of::All(has_several) => {
            let key = row.key.clone();
            let name = Memo::new(move |_| {
                list.rows.with(|rows| {
                    let row = rows.iter().find(|row| row.key == key);
                    row.map(|row| row.subscription.clone()).unwrap_or_default()
                })
            });
            view_if(has_several, move || {
                view! {
                    <td class="cell-subscription" data-label="Subscription" title=move || name.get()>{name}</td>
                }
                .into_any()
            })
        }
    };
    view! {
        <tr data-row=row.key.clone()>
            <td class="cell-name">{name}</td>
            <td data-label="Datasource" title=row.source.clone()>{row.source.clone()}</td>
            <td class="cell-protection" data-label="State">
                <div><Status kind>{word}</Status> " " {code}</div>
            </td>
            {vault}
            <td class="cell-completed" data-label="Started">{started}</td>
            <td data-label="Duration">{duration(&row)}</td>
            {more}
        </tr>
    }
}

/// How long it took; of what runs, how long so far.
pub fn duration(row: &Row) -> AnyView {
    match (row.took(), row.started) {
        (Some(took), _) => text::duration(took).into_any(),
        (None, Some(started)) if row.state == State::Running => {
            let now = use_now();
            // A row that is taken away has its memos taken with it, and is told nothing more.
            let since = Memo::new(move |_| {
                let since = (now.get() - started).to_std().unwrap_or_default();
                format!("{} so far", text::duration(since))
            });
            view! { <span>{since}</span> }.into_any()
        }
        _ => UNKNOWN.into_any(),
    }
}

/// Whether somebody asked for it.
pub fn trigger(asked_for: Option<bool>) -> &'static str {
    match asked_for {
        Some(true) => "On demand",
        Some(false) => "Schedule",
        None => UNKNOWN,
    }
}

/// The table, or what stands in its place while no row is shown.
pub fn table_or(
    list: List,
    of: Of,
    no_match: impl Fn() -> AnyView + Send + 'static,
    nothing: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let is_any = Memo::new(move |_| list.rows.with(|rows| !rows.is_empty()));
    let is_shown = Memo::new(move |_| list.shown.with(|shown| !shown.is_empty()));
    view_of(move || match (is_any.get(), is_shown.get()) {
        (_, true) => view! { <JobTable list of /> }.into_any(),
        (true, false) => no_match(),
        (false, false) => nothing(),
    })
}
