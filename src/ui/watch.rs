//! Changes of the page that no signal tells of.

use crate::prelude::*;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{MutationObserver, MutationObserverInit};

/// Calls `changed` now, and each time after elements have come or gone or a dialog has opened or closed, until the
/// owner goes.
pub fn watch_page(changed: impl Fn() + 'static) {
    changed();
    let callback = Closure::<dyn Fn()>::new(changed);
    let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    what.set_attribute_filter(&Array::of1(&"open".into()));
    if let Some(body) = document().body() {
        // Refused only where nothing is asked for.
        observer.observe_with_options(&body, &what).ok();
    }
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
