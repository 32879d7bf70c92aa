//! Views that change, without a type of their own.
//!
//! Each closure that stands in a view brings some 2 kB of code to build, change and drop what it gives. These forget
//! the closure's type first, so that all of them share that code (decision 6).

use std::sync::{Arc, Mutex};

use crate::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A view that is made anew whenever what it reads changes.
pub fn view_of(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(view));
    view.into_any()
}

/// A view that is there while the signal says so.
pub fn view_if(
    condition: impl Into<Signal<bool>>,
    mut view: impl FnMut() -> AnyView + Send + 'static,
) -> AnyView {
    let condition = condition.into();
    view_of(move || if condition.get() { view() } else { ().into_any() })
}

/// Text that is written anew whenever what it reads changes.
pub fn text_of(text: impl FnMut() -> String + Send + 'static) -> AnyView {
    let text: SharedReactiveFunction<String> = Arc::new(Mutex::new(text));
    text.into_any()
}
