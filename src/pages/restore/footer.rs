//! *Validate*, *Restore*, *Cancel*, and beside them how far it is.

use leptos::html;

use super::{acting::Acting, form::Form, stage::Stage, state::Way};
use crate::{
    prelude::*,
    rights::Act,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        confirm_dialog::ConfirmDialog,
        focus::{active_element, focus},
        status::{StatusIcon, StatusKind},
    },
};

/// What has to be asked before the request leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Nobody knows what Azure says of it.
    NotKnown,
    /// A check is certain that it fails.
    Blocked,
}

/// The bar below the page.
#[component]
pub fn Footer(
    form: Form,
    acting: Acting,
    /// Whether a check says that it is certain to fail.
    is_blocked: RwSignal<bool>,
    on_cancel: Callback<()>,
) -> impl IntoView {
    let stage = acting.stage;
    let question = RwSignal::new(None::<Question>);
    let is_validating = Signal::derive(move || stage.with(|stage| *stage == Stage::Validating));
    let is_sending = Signal::derive(move || stage.with(|stage| *stage == Stage::Sending));
    let reason = Signal::derive(move || stage.with(Stage::reason_not_to));
    let (validate_button, restore_button) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    // Whoever waits at the one goes on with the other.
    Effect::new(move |before: Option<bool>| {
        let is_valid = stage.with(|stage| *stage == Stage::Valid);
        if is_valid && before == Some(false) {
            let waits_at = validate_button.get_untracked();
            let is_here = |button: &web_sys::HtmlElement| active_element().as_ref() == Some(button);
            if waits_at.is_some_and(|button| is_here(&button))
                && let Some(next) = restore_button.get_untracked()
            {
                focus(&next);
            }
        }
        is_valid
    });
    let lacking = Signal::derive(move || {
        stage.with(|stage| match stage {
            Stage::Lacking(_) | Stage::Begun => stage.reason_not_to(),
            _ => None,
        })
    });
    let restore = Callback::new(move |()| {
        question.set(None);
        acting.restore.run(());
    });
    let ask = Callback::new(move |()| {
        let is_files = untrack(|| form.actual_way()) == Way::Files;
        let asked = match stage.get_untracked() {
            Stage::NotKnown => Some(Question::NotKnown),
            _ if is_files && is_blocked.get_untracked() => Some(Question::Blocked),
            _ => None,
        };
        match asked {
            Some(_) => question.set(asked),
            None => restore.run(()),
        }
    });
    let validate_label = move || {
        if stage.with(Stage::is_asked_again) {
            "Validate again"
        } else {
            "Validate"
        }
        .to_owned()
    };
    // What has begun is not cancelled by leaving.
    let cancel_label = move || {
        if stage.with(Stage::is_begun) {
            "Close"
        } else {
            "Cancel"
        }
        .to_owned()
    };
    view! {
        <footer class="wizard-footer" id="footer" aria-label="Restore">
            <Button busy=is_validating disabled_reason=lacking on_click=acting.validate node_ref=validate_button>
                {text_of(validate_label)}
            </Button>
            <Button
                act=Act::Restore
                appearance=ButtonAppearance::Primary
                busy=is_sending
                disabled_reason=reason
                on_click=ask
                node_ref=restore_button
            >
                "Restore"
            </Button>
            <Button appearance=ButtonAppearance::Subtle on_click=on_cancel>{text_of(cancel_label)}</Button>
            {view_of(move || status(acting))}
        </footer>
        {view_of(move || match question.get() {
            Some(asked) => dialog(asked, restore, question),
            None => ().into_any(),
        })}
    }
}

/// Icon, title, and what is behind it.
fn status(acting: Acting) -> AnyView {
    let stage = acting.stage.get();
    let (kind, title, note) = stage.words();
    let at = acting.validated_at.get().filter(|_| stage == Stage::Valid);
    let note = match at {
        Some(at) => format!("At {} UTC. {note}", text::time_of_day(at)),
        None => note.to_owned(),
    };
    let class = match kind {
        StatusKind::Ok => "readiness readiness-ok restore-status",
        StatusKind::Warning => "readiness readiness-warning restore-status",
        StatusKind::Error => "readiness readiness-error restore-status",
        _ => "readiness restore-status",
    };
    view! {
        <div class=class>
            <StatusIcon kind />
            <p>
                <strong>{title}</strong>
                " "
                <span class="readiness-note">{note}</span>
            </p>
        </div>
    }
    .into_any()
}

fn dialog(asked: Question, restore: Callback<()>, question: RwSignal<Option<Question>>) -> AnyView {
    let on_cancel = Callback::new(move |()| question.set(None));
    let (title, words) = match asked {
        Question::NotKnown => (
            "Restore without a validation?",
            "Azure\u{2019}s answer to a validation was lost, so nobody knows whether it can be restored so. If it cannot, the job says why, and nothing that exists is overwritten.",
        ),
        Question::Blocked => (
            "Restore although a check says that it fails?",
            "One of the checks is certain that the restore fails; Azure\u{2019}s own validation did not find it. If it fails, the job says why, and nothing that exists is overwritten.",
        ),
    };
    view! {
        <ConfirmDialog title act="Restore" on_confirm=restore on_cancel>
            {words}
        </ConfirmDialog>
    }
    .into_any()
}
