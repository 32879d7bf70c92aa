//! How many backups are shown: to be seen, and to be heard when it changes.

use arm_client::Backup;
use leptos::prelude::*;

use super::{
    list_query::ListQuery,
    list_view::{count, shown},
    row::rows,
};
use crate::{
    components::ReadAt,
    hooks::Reading,
    ui::changing::{text_of, view_of},
};

/// *3 of 17 backups · read at 09:41:22 UTC*; a change of filter, search or order is said aloud.
#[component]
pub fn ListCount(backups: Reading<Vec<Backup>>, query: ListQuery) -> impl IntoView {
    let counted = Memo::new(move |_| {
        backups.data.with(|backups| {
            // Neither retention nor order changes the number.
            let rows = rows(backups.as_ref()?, None);
            let number = query
                .search
                .with(|search| shown(&rows, query.kind.get(), search, query.sort.get()).len());
            Some(count(number, rows.len()))
        })
    });
    let said = RwSignal::new(String::new());
    Effect::watch(
        move || (query.kind.get(), query.search.get()),
        move |_, _, _| said.set(format!("{}.", counted.get_untracked().unwrap_or_default())),
        false,
    );
    Effect::watch(
        move || query.sort.get(),
        move |sort, _, _| said.set(sort.spoken()),
        false,
    );
    view! {
        <span class="list-count">
            {view_of(move || match counted.get() {
                Some(counted) => view! { <span>{counted} " · "</span> }.into_any(),
                None => ().into_any(),
            })}
            <ReadAt reading=backups />
        </span>
        <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
    }
}
