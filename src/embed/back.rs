//! *Back* inside the app: the history of the browser is the page's around it.

use std::rc::Rc;

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent};

use crate::{location::Address, prelude::*};

/// How many addresses are kept to come back to.
const KEPT: usize = 50;

/// A mouse's own button for *Back*.
const BACK_BUTTON: i16 = 3;

/// Where the user is, and was before.
pub struct Visited {
    here: String,
    before: Vec<String>,
}

impl Visited {
    /// At the beginning.
    pub fn at(here: String) -> Self {
        Self { here, before: vec![] }
    }

    /// Where the user is.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// They went there; from a new entry *Back* leads to where they were.
    pub fn went(&mut self, target: String, is_new: bool) {
        let before = std::mem::replace(&mut self.here, target);
        if is_new && before != self.here {
            if self.before.len() == KEPT {
                self.before.remove(0);
            }
            self.before.push(before);
        }
    }

    /// Where *Back* leads.
    fn back(&self) -> Option<&String> {
        self.before.last()
    }

    fn came_back(&mut self) {
        if let Some(here) = self.before.pop() {
            self.here = here;
        }
    }
}

/// Lets Alt with the left arrow, and the mouse's own button, lead back inside the app, as long as there is somewhere to
/// come back to and the owner is there; then they are the browser's.
pub fn follow_back_keys(container: &HtmlElement, visited: StoredValue<Visited>, address: Address) {
    let back = Rc::new(move |event: &Event| {
        let target = visited.with_value(|visited| visited.back().cloned());
        if let Some(target) = target {
            event.prevent_default();
            if address.lead_to(&target) {
                visited.update_value(Visited::came_back);
            }
        }
    });
    let on_key = Rc::clone(&back);
    listen(container, "keydown", move |event| {
        let key: Option<&KeyboardEvent> = event.dyn_ref();
        let is_back = |key: &KeyboardEvent| {
            key.alt_key()
                && !key.ctrl_key()
                && !key.shift_key()
                && !key.meta_key()
                && key.key() == "ArrowLeft"
        };
        if key.is_some_and(is_back) && !event.default_prevented() {
            on_key(&event);
        }
    });
    listen(container, "mouseup", move |event| {
        let mouse: Option<&MouseEvent> = event.dyn_ref();
        if mouse.is_some_and(|mouse| mouse.button() == BACK_BUTTON) {
            back(&event);
        }
    });
}

fn listen(container: &HtmlElement, event: &'static str, act: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(act);
    let function = listener.as_ref().unchecked_ref();
    // It fails only for a listener that is no function, and this one is.
    container.add_event_listener_with_callback(event, function).ok();
    let kept = StoredValue::new_local((container.clone(), listener));
    on_cleanup(move || {
        kept.try_with_value(|(container, listener)| {
            let function = listener.as_ref().unchecked_ref();
            container
                .remove_event_listener_with_callback(event, function)
                .ok();
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_through_new_entries_only_and_not_for_ever() {
        let mut visited = Visited::at("/".to_owned());
        assert_eq!(visited.back(), None);
        for (target, is_new) in [
            ("/a", true),
            ("/a?filter=x", false),
            ("/b", true),
            ("/b", true),
            ("/c", true),
        ] {
            visited.went(target.to_owned(), is_new);
        }
        for expected in ["/b", "/a?filter=x", "/"] {
            assert_eq!(visited.back().map(String::as_str), Some(expected));
            visited.came_back();
            assert_eq!(visited.here(), expected);
        }
        assert_eq!(visited.back(), None);
        for number in 0..60 {
            visited.went(number.to_string(), true);
        }
        assert_eq!(visited.before.len(), KEPT);
        assert_eq!(visited.back().map(String::as_str), Some("58"));
    }
}
