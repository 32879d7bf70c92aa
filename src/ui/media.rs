//! Media queries as signals.

use crate::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};

/// Whether the media query matches, also when that changes; `false` where the browser cannot tell.
///
/// It is followed for as long as the page lives.
pub fn matches_media(query: &str) -> RwSignal<bool> {
    let matches = RwSignal::new(false);
    let Ok(Some(query)) = window().match_media(query) else {
        return matches;
    };
    matches.set(query.matches());
    let on_change = Closure::<dyn Fn()>::new({
        let query = query.clone();
        move || {
            matches.try_set(query.matches());
        }
    });
    query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    on_change.forget();
    matches
}
