//! The table of jobs.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{
    List,
    row::{Row, State},
};
use crate::{
    components::Moment,
    hooks::use_now,
    prelude::*,
    text,
    ui::{status::Status, window::WindowedRows},
};

/// The table; nothing sorts it but time.
#[component]
pub fn JobTable(list: List) -> impl IntoView {
    // Rows that change without a change of their number are others as well.
    let count = Signal::derive(move || {
        list.rows.track();
        list.shown.with(Vec::len)
    });
    let key = Callback::new(move |position| {
        let hash = |row: &Row| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            hasher.finish()
        };
        list.row_at(position, hash).unwrap_or_default()
    });
    let row = Callback::new(move |position| match list.row_at(position, Clone::clone) {
        Some(row) => view! { <JobRow list row /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <div class="table-card">
            <table
                class="table table-cards table-fixed table-jobs"
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <caption class="visually-hidden">"Jobs"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col" class="column-operation">"Operation"</th>
                        <th scope="col" class="column-source">"Datasource"</th>
                        <th scope="col" class="column-state">"State"</th>
                        <th scope="col" class="column-started" aria-sort="descending">"Started (UTC)"</th>
                        <th scope="col" class="column-duration">"Duration"</th>
                        <th scope="col" class="column-asked cell-secondary">"Triggered by"</th>
                        <th scope="col" class="column-tag cell-secondary">"Retention tag"</th>
                    </tr>
                </thead>
                <WindowedRows count key row first_index=Signal::stored(2) window=list.window />
            </table>
        </div>
    }
}

#[component]
fn JobRow(list: List, row: Row) -> impl IntoView {
    let name = StoredValue::new(row.name.clone());
    let is_detailed = Memo::new(move |_| {
        list.detailed
            .with(|detailed| detailed.as_ref() == Some(&name.get_value()))
    });
    let show = move |_| list.set_detailed.run(Some(name.get_value()));
    let code = row.code.clone().map(|code| {
        view! { <span class="cell-note cell-below ellipsis" title=code.clone()>{code.clone()}</span> }
    });
    let (kind, word) = (row.state.kind(), row.word.clone());
    let started = row
        .started
        .map_or_else(|| "Unknown".into_any(), |at| view! { <Moment at /> }.into_any());
    view! {
        <tr class:row-open=move || is_detailed.get()>
            <td class="cell-name">
                <button type="button" class="cell-link ellipsis" on:click=show>
                    {row.operation.clone()}
                    <span class="visually-hidden">" of " {row.source.clone()}</span>
                </button>
            </td>
            <td data-label="Datasource" title=row.source.clone()>{row.source.clone()}</td>
            <td class="cell-protection" data-label="State">
                <div><Status kind>{word}</Status> " " {code}</div>
            </td>
            <td class="cell-completed" data-label="Started">{started}</td>
            <td data-label="Duration">{duration(&row)}</td>
            <td class="cell-secondary" data-label="Triggered">{trigger(&row)}</td>
            <td class="cell-secondary" data-label="Tag">{row.tag.clone().unwrap_or_else(|| "Unknown".to_owned())}</td>
        </tr>
    }
}

/// How long it took; of what runs, how long so far.
pub fn duration(row: &Row) -> AnyView {
    match (row.took, row.started) {
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
        _ => "Unknown".into_any(),
    }
}

/// Whether somebody asked for it.
pub fn trigger(row: &Row) -> &'static str {
    match row.asked_for {
        Some(true) => "On demand",
        Some(false) => "Schedule",
        None => "Unknown",
    }
}
