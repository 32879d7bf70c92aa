//! Icons as inline SVG, in the colour of the text around them.

pub use super::icon_paths::IconName;
use crate::{prelude::*, signals::constants};

constants!(IconName);

/// One icon. It says nothing to a screen reader: the name belongs to the control or the text beside it.
#[component]
pub fn Icon(
    /// Which drawing.
    #[prop(into)]
    name: Signal<IconName>,
    /// Edge in pixels: 12, 16, 20, 24 or 28.
    #[prop(default = 20)]
    size: u32,
    /// A class for colour or motion, such as `icon-ok`.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg
            class=class
            width=size
            height=size
            viewBox="0 0 20 20"
            fill="none"
            stroke="currentColor"
            stroke-width=stroke_width(size)
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d=move || name.get().path() />
        </svg>
    }
}

/// Small drawings need a heavier line, large ones a lighter, to look alike.
fn stroke_width(size: u32) -> &'static str {
    match size {
        ..=12 => "1.9",
        13..=16 => "1.5",
        17..=24 => "1.35",
        _ => "1.1",
    }
}
