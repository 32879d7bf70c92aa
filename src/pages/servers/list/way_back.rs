//! The row that was left, for who comes back by *Back*: kept in the entry of the browser's history.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    HtmlElement,
    js_sys::{Object, Reflect},
};

use crate::{
    location::Address,
    prelude::*,
    ui::{
        focus::{focus, rendered},
        window::Window,
    },
};

const ROW: &str = "serverRow";
const SCROLLED: &str = "serverScroll";

/// Notes the row that is about to be left, and how far the page is scrolled. In memory there is no entry to note it in.
pub fn note(address: Address, key: &str) {
    let Some(history) = address.history() else { return };
    let state = Object::new();
    let scrolled = main().map_or(0, |main| main.scroll_top());
    // An object made a line above takes every property.
    Reflect::set(&state, &ROW.into(), &key.into()).ok();
    Reflect::set(&state, &SCROLLED.into(), &scrolled.into()).ok();
    // A browser that refuses (it limits how often) only loses the way back to the row.
    history.replace_state(&state, "").ok();
}

/// The row that was left from this entry of the history, once.
pub fn left_row() -> Option<LeftRow> {
    let history = expect_context::<Address>().history()?;
    let state = history.state().ok()?.dyn_into::<Object>().ok()?;
    let key = Reflect::get(&state, &ROW.into()).ok()?.as_string()?;
    let scrolled = Reflect::get(&state, &SCROLLED.into())
        .ok()?
        .as_f64()
        .unwrap_or_default();
    history.replace_state(&JsValue::NULL, "").ok();
    Some(LeftRow {
        key,
        scrolled: scrolled as i32,
    })
}

/// A row that was left, and how far the page was scrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftRow {
    /// The row's key.
    pub key: String,
    scrolled: i32,
}

impl LeftRow {
    /// Scrolls to where the page was and gives the row's link the focus.
    pub fn come_back(self, position: usize, rows: Window) {
        rows.reveal(position);
        // The rows are put into the page by an effect, and the page's own heading takes the focus in another.
        request_animation_frame(move || {
            let Some(main) = main() else { return };
            main.set_scroll_top(self.scrolled);
            // What is in sight now comes with the next frame.
            request_animation_frame(move || self.focus(&main));
        });
    }

    fn focus(&self, main: &HtmlElement) {
        let is_it = |row: &HtmlElement| {
            let key = row
                .get_attribute("data-server")
                .or_else(|| row.get_attribute("data-row"));
            key.as_deref() == Some(self.key.as_str())
        };
        let mut rows = rendered(main, "tr[data-server], tr[data-row]").into_iter();
        let row = rows.find(is_it);
        let link = row.and_then(|row| rendered(&row, "a").into_iter().next());
        if let Some(link) = link {
            focus(&link);
        }
    }
}

fn main() -> Option<HtmlElement> {
    document().get_element_by_id("main")?.dyn_into().ok()
}
