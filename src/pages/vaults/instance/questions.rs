//! The questions before *Resume backup* and *Undelete*.

use arm_client::data_protection::ProtectionState;

use super::{
    Page,
    acting::{reason, use_acting},
    allowed::Command,
    backup_now::use_policy,
};
use crate::{
    prelude::*,
    protection_words,
    services::use_services,
    stores::operations::ProtectionRequest,
    text,
    ui::{changing::text_of, confirm_dialog::ConfirmDialog},
};

/// Asks before backups are taken again.
#[component]
pub fn ResumeBackup(page: Page, on_close: Callback<()>) -> impl IntoView {
    let now = use_services().page_clock.now();
    let acting = use_acting(on_close);
    let policy = use_policy(page);
    let is_suspended = move || {
        let suspended = Some(ProtectionState::Suspended);
        page.known.data.with_untracked(|known| {
            known
                .as_ref()
                .is_some_and(|known| known.instance.state == suspended)
        })
    };
    let disabled_reason = Signal::derive(move || reason(page, Command::Resume));
    let on_confirm = Callback::new(move |()| {
        let request = if is_suspended() {
            ProtectionRequest::ResumeBackups
        } else {
            ProtectionRequest::ResumeProtection
        };
        acting.ask(page.id.get_value(), request);
    });
    let words = text_of(move || {
        policy.with(|policy| match policy {
            Some(policy) => {
                let next = policy.rules.next_backup(now);
                let next = next
                    .map(|next| format!(", next on {}", text::sentence_moment(next)))
                    .unwrap_or_default();
                format!(
                    "Backups are taken again by policy '{}': {}{next}. The recovery points expire by it again: those whose \
                     time has passed are deleted.",
                    policy.name,
                    lower(&protection_words::schedule(&policy.rules))
                )
            }
            None => "Backups are taken again by its policy, and its recovery points expire by it again.".to_owned(),
        })
    });
    view! {
        <ConfirmDialog
            title="Resume backup"
            act="Resume"
            busy=acting.is_requesting
            disabled_reason
            cancel_disabled_reason=on_its_way(acting.is_requesting)
            on_confirm
            on_cancel=unless(acting.is_requesting, on_close)
        >
            <p>{words}</p>
            {acting.refusal("Backups were not resumed")}
        </ConfirmDialog>
    }
}

/// Asks before a soft-deleted instance comes back.
#[component]
pub fn Undelete(page: Page, on_close: Callback<()>) -> impl IntoView {
    let acting = use_acting(on_close);
    let disabled_reason = Signal::derive(move || reason(page, Command::Undelete));
    let on_confirm = Callback::new(move |()| {
        let deleted = page
            .known
            .data
            .with_untracked(|known| known.as_ref().map(|known| known.instance.id.clone()));
        if let Some(deleted) = deleted.filter(|_| disabled_reason.with_untracked(Option::is_none)) {
            acting.ask(deleted, ProtectionRequest::Undelete);
        }
    });
    view! {
        <ConfirmDialog
            title="Undelete backup instance"
            act="Undelete"
            busy=acting.is_requesting
            disabled_reason
            cancel_disabled_reason=on_its_way(acting.is_requesting)
            on_confirm
            on_cancel=unless(acting.is_requesting, on_close)
        >
            <p>
                "It comes back with all its recovery points, as an instance whose protection is stopped: no backups are \
                 taken and nothing expires, until you resume it."
            </p>
            {acting.refusal("The backup instance was not undeleted")}
        </ConfirmDialog>
    }
}

fn on_its_way(is_requesting: Signal<bool>) -> Signal<Option<String>> {
    Signal::derive(move || {
        is_requesting
            .get()
            .then(|| "The request is on its way.".to_owned())
    })
}

/// Left while the request is on its way, the page would offer it a second time.
fn unless(is_requesting: Signal<bool>, on_close: Callback<()>) -> Callback<()> {
    Callback::new(move |()| {
        if !is_requesting.get_untracked() {
            on_close.run(());
        }
    })
}

fn lower(sentence: &str) -> String {
    match sentence.strip_prefix("Every ") {
        Some(rest) => format!("every {rest}"),
        None => sentence.to_owned(),
    }
}
