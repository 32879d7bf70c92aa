//! Progress bar and spinner.

use crate::prelude::*;

use super::number::in_digits;

/// A bar that shows how much is done, or, without a value, only that something is going on.
#[component]
pub fn ProgressBar(
    /// What is progressing, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Percent done, 0 to 100; `None` when the service gives no figure.
    #[prop(optional, into)]
    percent: Signal<Option<f64>>,
    /// The same in words, such as `62 percent, 132.7 GiB transferred`.
    #[prop(optional, into)]
    value_text: MaybeProp<String>,
    /// Two pixels instead of four, for rows.
    #[prop(optional)]
    thin: bool,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            class:progress-thin=thin
            max="100"
            value=move || percent.get().map(|percent| in_digits(percent.clamp(0.0, 100.0)))
            aria-label=move || label.get()
            aria-valuetext=move || value_text.get()
        ></progress>
    }
}

/// A turning arc of 90 degrees; a clock where motion is not wanted. Text always stands beside it.
#[component]
pub fn Spinner(
    /// Edge in pixels: 16, 20 or 24.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    view! {
        <span class="spinner" aria-hidden="true">
            <svg
                width=size
                height=size
                viewBox="0 0 20 20"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                focusable="false"
            >
                <circle class="spinner-track" cx="10" cy="10" r="7.5" />
                <path class="spinner-arc" d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" />
                <path
                    class="spinner-still"
                    stroke-width="1.5"
                    d="M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM9.7 6v4.5h3.3"
                />
            </svg>
        </span>
    }
}
