//! What panes that send something have in common: their buttons, and the question before they are left.

use crate::{
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_if,
        confirm_dialog::ConfirmDialog,
    },
};

/// The act, *Cancel*, and which key closes.
///
/// While the request is on its way nobody can say whether it will be refused, and the pane has to tell: *Cancel* waits.
#[component]
pub fn PaneButtons(
    /// The act in its own word.
    act: &'static str,
    /// Does it.
    on_act: Callback<()>,
    /// The request is on its way.
    busy: Signal<bool>,
    /// Why it cannot be done.
    reason_not_to: Signal<Option<String>>,
    /// Leaves the pane, after asking where something would be lost.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let is_sent = Signal::derive(move || busy.get().then(|| "The request is on its way.".to_owned()));
    view! {
        <Button appearance=ButtonAppearance::Primary busy disabled_reason=reason_not_to on_click=on_act>
            {act}
        </Button>
        <Button disabled_reason=is_sent on_click=on_cancel>"Cancel"</Button>
        <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
    }
}

/// *Leave without saving?*, while it is asked.
#[component]
pub fn LeaveQuestion(
    /// Whether it is asked; *Stay* ends it.
    is_asking: RwSignal<bool>,
    /// Leaves.
    on_leave: Callback<()>,
) -> impl IntoView {
    view_if(is_asking, move || {
        view! {
            <ConfirmDialog
                title="Leave without saving?"
                act="Leave"
                cancel="Stay"
                destructive=true
                on_confirm=on_leave
                on_cancel=Callback::new(move |()| is_asking.set(false))
            >
                "What you typed here is lost."
            </ConfirmDialog>
        }
        .into_any()
    })
}
