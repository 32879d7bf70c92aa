//! What screen readers are told.

use leptos::prelude::*;

/// One polite and one urgent text, present from the start; each new text is said once.
///
/// A pair stands in the frame; a modal dialog needs a pair inside it, since all else is inert meanwhile.
#[component]
pub fn LiveRegion(
    /// News that can wait for a pause.
    #[prop(into)]
    status: Signal<String>,
    /// News that cannot.
    #[prop(into)]
    alert: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {status}
        </div>
        <div class="visually-hidden" role="alert" aria-live="assertive" aria-atomic="true">
            {alert}
        </div>
    }
}
