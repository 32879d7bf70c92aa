//! Long tables: of their rows only those in sight are in the page.
//!
//! A page that shows rows of its own kind gives their number, a key for each and the view of one by its place; nothing
//! here depends on the rows' type. What is pure of it is in `window_range.rs`, what touches the document in
//! `window_rows.rs`.

use std::rc::Rc;

use leptos::html;

use crate::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};

use super::window_rows::{Fitting, Source, WindowRows};

/// What a page asks of its rows from outside.
#[derive(Clone, Copy)]
pub struct Window {
    revealed: RwSignal<Option<usize>>,
    starts: RwSignal<u32>,
}

impl Default for Window {
    fn default() -> Self {
        Self::new()
    }
}

impl Window {
    /// A window on rows that are still to be shown.
    pub fn new() -> Self {
        Self {
            revealed: RwSignal::new(None),
            starts: RwSignal::new(0),
        }
    }

    /// Puts the row at this place into the page, wherever the page is scrolled to, so that it can be given the focus
    /// in the next frame. It stays until a row has the focus.
    pub fn reveal(self, position: usize) {
        self.revealed.set(Some(position));
    }

    /// Scrolls back to the first row, if the page is scrolled below it: the rows are others now.
    pub fn back_to_start(self) {
        self.starts.update(|starts| *starts += 1);
    }
}

/// The rows of a table as a `<tbody>`: those in sight, the one that has the focus, and room for the rest, so that the
/// scroll bar is that of the whole list.
///
/// The rows' elements get `aria-rowindex`; the table needs `aria-rowcount`, and columns that do not take their width
/// from the rows (`table-fixed` in `table.css`).
#[component]
pub fn WindowedRows(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// What tells the row at a place from all others, before and after a change of the list. A row whose content may
    /// change has it in its key: the view of a key is made once.
    key: Callback<usize, u64>,
    /// The view of the row at a place: one `<tr>`.
    row: Callback<usize, AnyView>,
    /// `aria-rowindex` of the first row: 2 below one row of heads.
    #[prop(into)]
    first_index: Signal<usize>,
    /// What the page asks of the rows.
    window: Window,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    let rows = Rc::new(WindowRows::new(Source {
        count,
        key,
        row,
        first_index,
        revealed: window.revealed,
        owner: Owner::current().unwrap_or_default(),
    }));
    let kept = StoredValue::new_local(Rc::clone(&rows));
    on_cleanup(move || {
        kept.try_with_value(|rows| rows.clear());
    });
    let fit = {
        let rows = Rc::clone(&rows);
        move |fitting| {
            // In the next frame the table may be gone.
            let body = body.try_get_untracked().flatten();
            body.is_some_and(|body| rows.fit(&body, fitting))
        }
    };
    Effect::new({
        let fit = fit.clone();
        move |before: Option<u32>| {
            body.track();
            let starts = window.starts.get();
            let is_restarted = before.is_some_and(|before| before != starts);
            fit(if is_restarted {
                Fitting::FromStart
            } else {
                Fitting::Changed
            });
            starts
        }
    });
    let follow = move || {
        if untrack(|| fit(Fitting::Scrolled)) {
            let fit = fit.clone();
            // What is asked for while a scroll is told of still belongs to this frame.
            request_animation_frame(move || {
                request_animation_frame(move || {
                    untrack(|| fit(Fitting::Scrolled));
                });
            });
        }
    };
    follow_scrolling(follow.clone());
    let resized = window_event_listener(leptos::ev::resize, {
        let follow = follow.clone();
        move |_| follow()
    });
    on_cleanup(move || resized.remove());
    let on_focusin = move |_| {
        let follow = follow.clone();
        // A row that is moved takes the focus anew, which is told of at once: this must have ended by then.
        queue_microtask(move || {
            if window.revealed.try_get_untracked().flatten().is_some() {
                window.revealed.try_set(None);
            }
            follow();
        });
    };
    view! { <tbody node_ref=body on:focusin=on_focusin></tbody> }
}

/// Calls the function with each scroll of the page or of a part of it, until the owner goes.
fn follow_scrolling(follow: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(follow);
    // Scrolling does not bubble; a listener of the document that captures hears of all.
    let function = listener.as_ref().unchecked_ref();
    if document()
        .add_event_listener_with_callback_and_bool("scroll", function, true)
        .is_err()
    {
        return;
    }
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        listener.try_with_value(|listener| {
            let function = listener.as_ref().unchecked_ref();
            document()
                .remove_event_listener_with_callback_and_bool("scroll", function, true)
                .ok();
        });
    });
}
