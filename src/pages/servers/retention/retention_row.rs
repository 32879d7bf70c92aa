//! The row of one long-term retention backup.

use super::{
    list::List,
    row::{Row, State},
};
use crate::{
    components::Moment,
    hooks::use_now,
    prelude::*,
    text,
    ui::{
        changing::{view_if, view_of},
        progress::ProgressBar,
        status::Status,
    },
};

/// A backup; while it runs its figures change in their places.
#[component]
pub fn RetentionRow(row: Row, list: List) -> impl IntoView {
    let (key, name) = (StoredValue::new(row.key.clone()), row.name.clone());
    let row = Memo::new(move |_| {
        let known = list
            .shown
            .with(|rows| rows.iter().find(|known| known.key == row.key).cloned());
        known.unwrap_or_else(|| row.clone())
    });
    let is_detailed = Memo::new(move |_| {
        list.detailed
            .with(|detailed| detailed.as_ref() == Some(&key.get_value()))
    });
    let show = move |_| list.set_detailed.run(Some(key.get_value()));
    let is_running = Memo::new(move |_| row.with(|row| row.state == State::Running));
    let label = format!("Long-term retention backup {name}");
    let bar = view_if(is_running, move || {
        let percent = Signal::derive(move || row.with(|row| row.percent));
        let value_text = Signal::derive(move || row.with(in_words));
        view! { <ProgressBar label=label.clone() percent value_text thin=true /> }.into_any()
    });
    let now = use_now();
    let still = Memo::new(move |_| {
        let name = row.with(|row| row.name.clone());
        list.paces.with(|paces| {
            let progress = &paces.iter().find(|(known, _)| *known == name)?.1;
            progress.stalled_for(now.get())
        })
    });
    let stands_still = view_of(move || {
        match still.get() {
        Some(still) => view! {
            <span class="cell-note retention-code">{format!("No progress for {}", text::duration(still))}</span>
        }
        .into_any(),
        None => ().into_any(),
    }
    });
    let cell = move |of: fn(&Row) -> AnyView| view_of(move || row.with(of));
    view! {
        <tr class:row-live=move || is_running.get() class:row-open=move || is_detailed.get()>
            <td class="cell-name">
                <div>
                    <button type="button" class="cell-link ellipsis" title=name.clone() on:click=show>
                        {name.clone()}
                    </button>
                </div>
                {bar}
                {stands_still}
                {cell(why)}
            </td>
            <td data-label="State">{cell(state)}</td>
            <td class="cell-completed" data-label="Started">{cell(started)}</td>
            <td class="from-1440 cell-completed" data-label="Ended">{cell(ended)}</td>
            <td class="cell-secondary" data-label="Duration">{cell(duration)}</td>
            <td class="cell-secondary" data-label="Data size">{cell(size)}</td>
            <td class="cell-secondary" data-label="Transferred">{cell(transferred)}</td>
            <td data-label="Done">{cell(done)}</td>
        </tr>
    }
}

/// *62 percent, 132.7 GiB transferred*.
pub fn in_words(row: &Row) -> String {
    let percent = row
        .percent
        .map(|percent| format!("{:.0} percent", percent.floor()));
    let bytes = row
        .transferred
        .map(|bytes| format!("{} transferred", text::size(bytes)));
    percent.into_iter().chain(bytes).collect::<Vec<_>>().join(", ")
}

/// Its state, in Azure's word.
pub fn state(row: &Row) -> AnyView {
    let (kind, word) = (row.state.kind(), row.word.clone());
    view! { <Status kind>{word}</Status> }.into_any()
}

/// The code of what made it fail; the sentence is in the details.
fn why(row: &Row) -> AnyView {
    let code = row.error_code.clone();
    code.map(|code| view! { <span class="cell-note retention-code ellipsis" title=code.clone()>{code.clone()}</span> })
        .into_any()
}

/// When it began.
pub fn started(row: &Row) -> AnyView {
    match row.started {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    }
}

/// When it ended.
pub fn ended(row: &Row) -> AnyView {
    match row.ended {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => unless_it_goes_on(row),
    }
}

/// How long it took.
pub fn duration(row: &Row) -> AnyView {
    match row.duration {
        Some(duration) => text::duration(duration).into_any(),
        None => unless_it_goes_on(row),
    }
}

/// What only something that has ended has.
fn unless_it_goes_on(row: &Row) -> AnyView {
    if row.state == State::Running {
        return view! { <span aria-hidden="true">"—"</span><span class="visually-hidden">"Not yet"</span> }
            .into_any();
    }
    "Unknown".into_any()
}

/// How much data the server had.
pub fn size(row: &Row) -> AnyView {
    row.size
        .map_or_else(|| "Unknown".to_owned(), text::size)
        .into_any()
}

/// How much has arrived.
pub fn transferred(row: &Row) -> AnyView {
    row.transferred
        .map_or_else(|| "Unknown".to_owned(), text::size)
        .into_any()
}

/// How much is done.
pub fn done(row: &Row) -> AnyView {
    row.percent
        .map_or_else(|| "Unknown".to_owned(), text::percent)
        .into_any()
}
