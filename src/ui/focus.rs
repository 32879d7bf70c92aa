//! Moving the focus, and giving it back.

use crate::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What can hold the focus by Tab.
pub const FOCUSABLE: &str =
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";

const FIELDS: &str = "input:not([type='hidden']), select, textarea";

/// The element that has the focus, unless it is the page itself.
#[must_use]
pub fn active_element() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}

/// All elements inside `root` that match and are rendered, in document order.
#[must_use]
pub fn rendered(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.get_client_rects().length() > 0)
        .collect()
}

/// Puts the focus on the first field inside `root`, or else on what comes first there.
///
/// The text of a field is not selected: the caret goes to its end, so that typing adds to what is there.
pub fn focus_first(root: &Element) {
    let first = |selector| rendered(root, selector).into_iter().next();
    let Some(target) = first("[autofocus]")
        .or_else(|| first(FIELDS))
        .or_else(|| first(FOCUSABLE))
    else {
        return;
    };
    focus(&target);
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
        // Fields that hold no text, such as checkboxes, refuse a selection.
        input.set_selection_range(end, end).ok();
    }
}

/// Puts the focus on an element.
pub fn focus(element: &HtmlElement) {
    // Refused only by elements that cannot hold the focus, which is no harm.
    element.focus().ok();
}

/// Remembers who has the focus now and gives it back when the owner goes, if that element is still in the page.
pub fn return_focus_on_cleanup() {
    let opener = StoredValue::new_local(active_element());
    on_cleanup(move || {
        if let Some(Some(opener)) = opener.try_get_value()
            && opener.is_connected()
        {
            focus(&opener);
        }
    });
}

/// Makes the elements of these ids inert until the owner goes.
pub fn inert_until_cleanup(ids: &'static [&'static str]) {
    set_inert(ids, true);
    on_cleanup(move || set_inert(ids, false));
}

fn set_inert(ids: &[&str], inert: bool) {
    for element in ids.iter().filter_map(|id| document().get_element_by_id(id)) {
        if inert {
            element.set_attribute("inert", "").ok();
        } else {
            element.remove_attribute("inert").ok();
        }
    }
}
