//! What becomes of a panic: a page of plain JavaScript (`public/boot.js`), since the app can do nothing any more.

use std::panic::{self, PanicHookInfo};

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// By this name `boot.js` takes what is to be shown.
const SHOW: &str = "pgbpFailed";

/// Lets every panic end in the page that says so, with what a developer needs to find it.
pub fn show_panics() {
    panic::set_hook(Box::new(|info| show(&told(info))));
}

/// Message, place and version; `boot.js` takes out what could be secret.
fn told(info: &PanicHookInfo<'_>) -> String {
    format!("{info}\nVersion {}", env!("CARGO_PKG_VERSION"))
}

/// Hands it to the page; in a page without `boot.js` there is nobody to tell.
pub fn show(text: &str) {
    let function = Reflect::get(&js_sys::global(), &SHOW.into());
    if let Some(show) = function.ok().and_then(|show| show.dyn_into::<Function>().ok()) {
        show.call1(&JsValue::NULL, &text.into()).ok();
    }
}
