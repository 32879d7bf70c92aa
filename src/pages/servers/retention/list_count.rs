//! How many long-term retention backups are shown: to be seen, and to be heard when it changes.

use super::list::List;
use crate::{
    components::ReadAt,
    prelude::*,
    text,
    ui::changing::{text_of, view_if},
};

/// *3 of 17 backups · read at 09:41:22 UTC*; a change of filter or order is said aloud.
#[component]
pub fn ListCount(list: List) -> impl IntoView {
    let List {
        reading, query, said, ..
    } = list;
    let is_known = Memo::new(move |_| reading.data.with(Option::is_some));
    let counted = Memo::new(move |_| {
        let (shown, all) = (list.shown.with(Vec::len), list.rows.with(Vec::len));
        match text::count(all, "backup") {
            all_of_them if shown == all => all_of_them,
            of_all => format!("{shown} of {of_all}"),
        }
    });
    Effect::watch(
        move || query.state.get(),
        move |_, _, _| said.say(format!("{}.", counted.get_untracked())),
        false,
    );
    Effect::watch(
        move || query.sort.get(),
        move |sort, _, _| said.say(sort.spoken()),
        false,
    );
    view! {
        <span class="list-count">
            {view_if(is_known, move || view! { <span>{counted} " · "</span> }.into_any())}
            <ReadAt reading />
        </span>
        <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
    }
}
