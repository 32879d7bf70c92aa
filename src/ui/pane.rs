//! Panes from the right.

use crate::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::portal::Portal;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

use super::focus::{focus, focus_first, inert_until_cleanup, rendered, return_focus_on_cleanup};
use super::icon::IconName;
use super::icon_button::IconButton;
use super::unique_id::unique_id;

/// A pane from the right, open as long as it is mounted.
///
/// It is a `<dialog>` opened with `show()`, so that the top bar and notifications stay usable; the elements named by
/// `inert` are not. It hangs at the end of the page, outside of them. It never closes itself: Esc and the cross call
/// `on_close`, which may ask first. When it goes the focus returns to whoever opened it.
#[component]
pub fn Pane(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Called by Esc and by the cross.
    #[prop(into)]
    on_close: Callback<()>,
    /// Called by Enter in a field.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// Ids of what lies under the overlay and cannot be used meanwhile; without any there is no overlay.
    #[prop(optional)]
    inert: &'static [&'static str],
    /// `pane` or another look, such as `pane bell-panel`.
    #[prop(default = "pane")]
    class: &'static str,
    /// The focus begins on the cross, where the content is to be read first.
    #[prop(optional)]
    starts_at_close: bool,
    /// Small acts beside the title.
    #[prop(optional, into)]
    title_end: Option<ViewFn>,
    /// The buttons: the primary one first.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let title_id = StoredValue::new(unique_id("pane"));
    let dialog = NodeRef::<html::Dialog>::new();
    let body = NodeRef::<html::Div>::new();
    Effect::new(move |opened: Option<bool>| {
        // The effect may run before the portal has built the dialog, but it opens it only once.
        if opened == Some(true) {
            return true;
        }
        let (Some(dialog), Some(body)) = (dialog.get(), body.get()) else {
            return false;
        };
        dialog.show();
        if starts_at_close {
            rendered(&dialog, ".pane-header .button-icon-only")
                .iter()
                .for_each(focus);
        } else if body.child_element_count() == 0 {
            focus_first(&dialog);
        } else {
            focus_first(&body);
        }
        if !dialog.contains(document().active_element().as_deref()) {
            focus_first(&dialog);
        }
        true
    });
    // In this order: an opener that is still inert could not take the focus.
    inert_until_cleanup(inert);
    return_focus_on_cleanup();
    let on_keydown = move |event: KeyboardEvent| match (event.key().as_str(), on_submit) {
        ("Escape", _) => {
            event.prevent_default();
            event.stop_propagation();
            on_close.run(());
        }
        ("Enter", Some(on_submit)) if is_from_a_field(&event) => {
            event.prevent_default();
            on_submit.run(());
        }
        _ => {}
    };
    // A click beside the pane would leave the focus on the page, where Esc reaches nobody.
    let keep_focus = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            focus(&dialog);
        }
    };
    let has_overlay = !inert.is_empty();
    view! {
        <Portal>
            {has_overlay.then(|| view! { <div class="pane-overlay" on:click=keep_focus></div> })}
            <dialog class=class tabindex="-1" aria-labelledby=title_id.get_value() on:keydown=on_keydown node_ref=dialog>
                <div class="pane-header">
                    <h2 id=title_id.get_value()>{title}</h2>
                    {title_end.as_ref().map(ViewFn::run)}
                    <IconButton icon=IconName::Dismiss label="Close" on_click=on_close />
                </div>
                <div class="pane-body" node_ref=body>
                    {children()}
                </div>
                {footer.as_ref().map(|footer| view! { <div class="pane-footer">{footer.run()}</div> })}
            </dialog>
        </Portal>
    }
}

/// Enter belongs to buttons and links, and to a word that is still being composed.
fn is_from_a_field(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let input = target
        .as_ref()
        .and_then(|element| element.dyn_ref::<HtmlInputElement>());
    !event.is_composing()
        && input.is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio" | "button"))
}
