//! Which rows are in sight, as the browser tells.

use crate::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, js_sys};

/// The attribute with a row's key.
const KEY: &str = "data-server";

/// Watches rows and tells of each that comes into sight or goes out of it.
#[derive(Clone, Copy)]
pub struct Visibility(StoredValue<Option<IntersectionObserver>, LocalStorage>);

impl Visibility {
    /// A watch that lasts as long as the present owner; `tell` is given a row's key and whether it is in sight.
    pub fn new(tell: impl Fn(&str, bool) + 'static) -> Self {
        let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                if let Some(key) = entry.target().get_attribute(KEY) {
                    tell(&key, entry.is_intersecting());
                }
            }
        });
        // Every browser that runs this app has the observer (it is older than WebAssembly's newest features here).
        let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok();
        let kept = StoredValue::new_local((observer.clone(), on_change));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
            });
        });
        Self(StoredValue::new_local(observer))
    }

    /// Watches a row until it goes.
    pub fn watch(self, row: &Element) {
        self.0.with_value(|observer| {
            if let Some(observer) = observer {
                observer.observe(row);
            }
        });
    }

    /// Watches a row no longer.
    pub fn forget(self, row: &Element) {
        self.0.try_with_value(|observer| {
            if let Some(observer) = observer {
                observer.unobserve(row);
            }
        });
    }
}
