//! Dialogs that ask before an act.

use crate::prelude::*;
use leptos::html;

use super::button::{Button, ButtonAppearance};
use super::focus::{focus, return_focus_on_cleanup};
use super::live_region::LiveRegion;
use super::unique_id::unique_id;

/// A modal question, open as long as it is mounted.
///
/// The focus starts on *Cancel* when the act destroys something, else on the act. Esc cancels; Enter does what has
/// the focus. It never closes itself, so a failure can be shown in its body.
#[component]
pub fn ConfirmDialog(
    /// The act, as title.
    #[prop(into)]
    title: String,
    /// The act in its own word, such as `Delete`.
    #[prop(into)]
    act: String,
    /// The word of the button that does nothing.
    #[prop(default = "Cancel")]
    cancel: &'static str,
    /// The act destroys something.
    #[prop(optional)]
    destructive: bool,
    /// The act is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the act cannot be done.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    /// Why the question cannot be left, such as a request that is on its way.
    #[prop(optional, into)]
    cancel_disabled_reason: MaybeProp<String>,
    /// Called once per click on the act.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Called by *Cancel* and Esc.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// What stands below the question without being read out with it.
    #[prop(optional, into)]
    below: Option<ViewFnOnce>,
    /// What stands left of the buttons.
    #[prop(optional, into)]
    footer_start: Option<ViewFnOnce>,
    /// The question, what is lost and what stays, and a failure if there is one.
    children: Children,
) -> impl IntoView {
    let id = unique_id("dialog");
    let body_id = format!("{id}-body");
    let dialog = NodeRef::<html::Dialog>::new();
    let (act_button, cancel_button) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    let close = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    on_cleanup(move || {
        // While it is open all else is inert, and the focus could not return.
        if let Some(Some(dialog)) = close.try_get_value() {
            dialog.close();
        }
    });
    return_focus_on_cleanup();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if dialog.open() || dialog.show_modal().is_err() {
            return;
        }
        close.set_value(Some(dialog));
        let first = if destructive { cancel_button } else { act_button };
        if let Some(button) = first.get_untracked() {
            focus(&button);
        }
    });
    let appearance = if destructive {
        ButtonAppearance::Danger
    } else {
        ButtonAppearance::Primary
    };
    view! {
        <dialog
            class="dialog"
            role=destructive.then_some("alertdialog")
            aria-labelledby=id.clone()
            aria-describedby=body_id.clone()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.prevent_default();
                    event.stop_propagation();
                    on_cancel.run(());
                }
            }
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                on_cancel.run(());
            }
            node_ref=dialog
        >
            <h2 class="dialog-title" id=id.clone()>
                {title}
            </h2>
            <div class="dialog-body" id=body_id.clone()>
                {children()}
            </div>
            {below.map(ViewFnOnce::run)}
            <div class="dialog-buttons">
                {footer_start.map(|start| view! { <div class="dialog-buttons-start">{start.run()}</div> })}
                <Button
                    appearance=appearance
                    busy=busy
                    disabled_reason=disabled_reason
                    on_click=on_confirm
                    node_ref=act_button
                >
                    {act}
                </Button>
                <Button disabled_reason=cancel_disabled_reason on_click=on_cancel node_ref=cancel_button>
                    {cancel}
                </Button>
            </div>
            <LiveRegion />
        </dialog>
    }
}
