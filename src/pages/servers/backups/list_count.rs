//! How many backups are shown: to be seen, and to be heard when it changes.

use super::{
    backups_reading::BackupsReading, list_query::ListQuery, list_view::count, said::Said, shown::Shown,
};
use crate::{
    components::ReadAt,
    prelude::*,
    ui::changing::{text_of, view_of},
};

/// *3 of 17 backups · read at 09:41:22 UTC*; a change of filter, search or order is said aloud.
#[component]
pub fn ListCount(backups: BackupsReading, shown: Memo<Shown>, query: ListQuery, said: Said) -> impl IntoView {
    let is_known = Memo::new(move |_| backups.listed.data.with(Option::is_some));
    let counted = Memo::new(move |_| shown.with(|shown| count(shown.len(), shown.list.len())));
    // Of a list that is read for the first time, how much has come is its number of rows.
    let more = Memo::new(move |_| {
        let is_complete = shown.with(|shown| shown.list.is_complete());
        let so_far = backups.so_far.get();
        match (is_complete, backups.all.is_loading.get()) {
            (false, true) => " · Reading more…".to_owned(),
            (false, false) => " so far".to_owned(),
            (true, true) if so_far > 0 && shown.with(|shown| so_far < shown.list.len()) => {
                format!(" · Reading again, {so_far} so far…")
            }
            (true, _) => String::new(),
        }
    });
    let dot = move || {
        backups
            .all
            .read_at
            .with(|at| if at.is_some() { " · " } else { "" })
    };
    Effect::watch(
        move || (query.kind.get(), query.time.get(), query.search.get()),
        move |_, _, _| said.say(format!("{}.", counted.get_untracked())),
        false,
    );
    Effect::watch(
        move || query.sort.get(),
        move |sort, _, _| said.say(sort.spoken()),
        false,
    );
    // A long reading is said to have ended.
    Effect::watch(
        move || {
            backups
                .listed
                .data
                .with(|list| list.as_ref().map(|list| list.is_complete()))
        },
        move |is_complete, before, _| {
            if (*is_complete, before.copied().flatten()) == (Some(true), Some(false)) {
                let read = shown.with_untracked(|shown| shown.list.len());
                said.say(format!("{} read.", count(read, read)));
            }
        },
        false,
    );
    view! {
        <span class="list-count">
            {view_of(move || {
                if is_known.get() {
                    view! { <span>{counted} {more} {dot}</span> }.into_any()
                } else {
                    ().into_any()
                }
            })}
            <ReadAt reading=backups.all />
        </span>
        <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
    }
}
