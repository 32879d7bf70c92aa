//! *Back* returns to the row that was left.

use std::{cell::RefCell, rc::Rc};

use leptos::ev;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget};

use super::commands::usable;
use crate::{
    prelude::*,
    ui::{
        focus::{active_element, focus},
        watch::watch_page,
    },
};

/// How many pages are remembered.
const PAGES: usize = 50;

#[derive(Default)]
struct Rows {
    /// Paths, and the address of the link that was used last there.
    left: Vec<(String, String)>,
    /// The link that takes the focus once it is there.
    wanted: Option<String>,
}

impl Rows {
    fn leave(&mut self, path: String, href: String) {
        self.left.retain(|(other, _)| *other != path);
        self.left.push((path, href));
        if self.left.len() > PAGES {
            self.left.remove(0);
        }
    }

    fn come_back(&mut self, path: &str) {
        let row = self.left.iter().find(|(other, _)| other == path);
        self.wanted = row.map(|(_, href)| href.clone());
    }
}

/// Remembers the link that was used last on each page, and gives it the focus when the user comes back to the page,
/// unless they have done something else before it is there.
pub fn remember_rows() {
    let rows = Rc::new(RefCell::new(Rows::default()));
    let leave = |rows: &Rc<RefCell<Rows>>, target: Option<EventTarget>| {
        let link =
            target.and_then(|target| target.dyn_into::<Element>().ok()?.closest("#main a[href]").ok()?);
        if let Some(href) = link.and_then(|link| link.get_attribute("href")) {
            rows.borrow_mut().leave(path(), href);
        }
    };
    let focused = window_event_listener(ev::focusin, {
        let rows = Rc::clone(&rows);
        move |event| leave(&rows, event.target())
    });
    // Not every browser puts the focus on a link that is clicked.
    let pressed = window_event_listener(ev::mousedown, {
        let rows = Rc::clone(&rows);
        move |event| {
            rows.borrow_mut().wanted = None;
            leave(&rows, event.target());
        }
    });
    let typed = window_event_listener(ev::keydown, {
        let rows = Rc::clone(&rows);
        move |_| rows.borrow_mut().wanted = None
    });
    let came_back = window_event_listener(ev::popstate, {
        let rows = Rc::clone(&rows);
        move |_| rows.borrow_mut().come_back(&path())
    });
    on_cleanup(move || {
        [focused, pressed, typed, came_back]
            .into_iter()
            .for_each(|handle| handle.remove())
    });
    watch_page(move || {
        let Some(wanted) = rows.borrow().wanted.clone() else {
            return;
        };
        // The new heading has the focus, or nothing has.
        if active_element().is_some_and(|active| active.id() != "page-heading") {
            return;
        }
        let links = usable("#main a[href]");
        let row = links
            .into_iter()
            .find(|link| link.get_attribute("href").as_deref() == Some(&wanted));
        if let Some(row) = row {
            rows.borrow_mut().wanted = None;
            focus(&row);
        }
    });
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_link_of_each_page_is_remembered_and_old_pages_are_forgotten() {
        let mut rows = Rows::default();
        for (path, href) in [("/", "/a"), ("/a", "/b"), ("/", "/c")] {
            rows.leave(path.to_owned(), href.to_owned());
        }
        for (path, expected) in [("/", Some("/c")), ("/a", Some("/b")), ("/never", None)] {
            rows.come_back(path);
            assert_eq!(rows.wanted.as_deref(), expected, "{path}");
        }
        for number in 0..PAGES {
            rows.leave(format!("/{number}"), String::new());
        }
        assert_eq!(rows.left.len(), PAGES);
        rows.come_back("/");
        assert_eq!(rows.wanted, None);
    }
}
