//! Tooltips for the pointer and for the keyboard.

use crate::prelude::*;

use super::changing::view_of;

/// Shows a text while its content is hovered or has the focus; Esc hides it until then next time.
///
/// The control inside names the text by `aria-describedby=id`.
#[component]
pub fn Tooltip(
    /// The id of the text.
    #[prop(into)]
    id: String,
    /// The text; nothing is shown without one.
    #[prop(into)]
    text: MaybeProp<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let shown = view_of(move || match text.get() {
        Some(text) => {
            let (id, dismissed) = (id.clone(), move || dismissed.get().then_some(""));
            view! { <span class="tooltip" role="tooltip" id=id data-dismissed=dismissed>{text}</span> }
                .into_any()
        }
        None => ().into_any(),
    });
    view! {
        <span
            class="tooltip-anchor"
            on:mouseleave=move |_| dismissed.set(false)
            on:focusout=move |_| dismissed.set(false)
            on:keydown=move |event| {
                let shown = text.with_untracked(Option::is_some) && !dismissed.get_untracked();
                if event.key() == "Escape" && shown {
                    event.stop_propagation();
                    dismissed.set(true);
                }
            }
        >
            {children()}
            {shown}
        </span>
    }
}
