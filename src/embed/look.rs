//! The look of the page around the portal: theme, contrast, language.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlElement;

use crate::{config::Theme, theme::ThemeChoice};

/// Marks the app's container for the styles: with a look of the page's, the portal offers none of its own.
pub fn mark(container: &HtmlElement, has_look: bool) {
    let look = if has_look { "host" } else { "" };
    container.set_attribute("data-embedded", look).ok();
}

/// Goes by the page's theme and contrast.
pub fn show_look(look: ThemeChoice, container: &HtmlElement, theme: Theme, has_more_contrast: bool) {
    mark(container, true);
    look.show(theme);
    let done = if has_more_contrast {
        container.set_attribute("data-contrast", "more")
    } else {
        container.remove_attribute("data-contrast")
    };
    done.ok();
}

/// Writes times in this language; a tag that the browser does not take changes nothing.
pub fn show_locale(look: ThemeChoice, tag: &str) {
    if is_taken(tag) {
        look.locale().set(Some(tag.to_owned()));
    }
}

/// Whether the browser takes it for the tag of a language: of any other it would throw wherever it is used.
fn is_taken(tag: &str) -> bool {
    let property = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let intl = property(&js_sys::global(), "Intl");
    let read = intl.and_then(|intl| {
        property(&intl, "getCanonicalLocales")?
            .dyn_into::<Function>()
            .ok()
    });
    read.is_some_and(|read| read.call1(&JsValue::UNDEFINED, &tag.into()).is_ok())
}
