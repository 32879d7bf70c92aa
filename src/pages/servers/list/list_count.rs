//! How many servers are shown: to be seen, and to be heard when it changes.

use super::{list_query::ListQuery, list_view::count, reading::Servers};
use crate::{
    components::ReadAt,
    prelude::*,
    ui::changing::{text_of, view_of},
};

/// *3 of 17 servers · read at 09:41:22 UTC*; a change of filter, search or order is said aloud.
#[component]
pub fn ListCount(
    servers: Servers,
    shown: Memo<Vec<usize>>,
    query: ListQuery,
    said: RwSignal<String>,
) -> impl IntoView {
    let counted = Memo::new(move |_| {
        let is_read = servers.reading.data.with(Option::is_some);
        is_read.then(|| count(shown.with(Vec::len), servers.all.with(|all| all.len())))
    });
    Effect::watch(
        move || query.filters.get(),
        move |_, _, _| said.set(format!("{}.", counted.get_untracked().unwrap_or_default())),
        false,
    );
    Effect::watch(
        move || query.sort.get(),
        move |sort, _, _| said.set(sort.spoken()),
        false,
    );
    Effect::watch(
        move || servers.is_reading_more.get(),
        move |more, _, _| {
            let all = servers.all.with_untracked(|all| count(all.len(), all.len()));
            said.set(if *more {
                format!("{all} so far. Reading more.")
            } else {
                format!("{all} read.")
            });
        },
        false,
    );
    view! {
        <span class="list-count">
            {view_of(move || match counted.get() {
                Some(counted) => view! { <span>{counted} " · "</span> }.into_any(),
                None => ().into_any(),
            })}
            {view_of(move || {
                if servers.is_reading_more.get() {
                    "reading more".into_any()
                } else {
                    view! { <ReadAt reading=servers.reading /> }.into_any()
                }
            })}
        </span>
        <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
    }
}
