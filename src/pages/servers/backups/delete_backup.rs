//! The question before an on-demand backup is deleted.

use arm_client::FlexibleServer;
use arm_core::ResourceId;

use super::{
    backup_list::BackupList,
    consequences::{Consequences, consequences, is_gone},
    row::Row,
};
use crate::{
    code,
    components::{CodeOf, Refusal},
    hooks::{AsyncOperationState, Reading, rights, use_async_operation},
    prelude::*,
    rights::Act,
    services::use_services,
    text,
    ui::{
        changing::{view_if, view_of},
        confirm_dialog::ConfirmDialog,
        icon::{Icon, IconName},
        message_bar::MessageBar,
    },
};

/// The id of the code, which its button controls.
const CODE: &str = "delete-backup-code";

/// Asks in the document's words, says what is lost and what stays, and keeps a refusal in view.
#[component]
pub fn DeleteBackup(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<BackupList>,
    row: Row,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called once Azure has taken the request; what follows is shown in the list and in the bell.
    on_started: Callback<()>,
) -> impl IntoView {
    let operation = use_async_operation();
    let state = operation.state;
    let name = row.name.clone();
    let row = StoredValue::new(row);
    let on_confirm = Callback::new(move |()| {
        if let Some(name) = row.with_value(Row::deletable) {
            operation.delete_backup.run((server.get_value(), name));
        }
    });
    Effect::new(move |_| {
        let is_followed = matches!(
            state.get(),
            AsyncOperationState::Running
                | AsyncOperationState::Completed
                | AsyncOperationState::Failed
                | AsyncOperationState::Unknown
        );
        if is_followed {
            on_started.run(());
        }
    });
    // Left while the request is on its way, the list would offer the deletion a second time.
    let is_requesting = Signal::derive(move || state.get() == AsyncOperationState::Requesting);
    let is_sent = Signal::derive(move || {
        is_requesting
            .get()
            .then(|| "The request is on its way.".to_owned())
    });
    let on_cancel = Callback::new(move |()| {
        if !is_requesting.get_untracked() {
            on_cancel.run(());
        }
    });

    let is_gone = Memo::new(move |_| {
        backups
            .data
            .with(|backups| row.with_value(|row| is_gone(row, backups.as_ref())))
    });
    let nothing_to_delete =
        Signal::derive(move || is_gone.get().then(|| "There is nothing to delete.".to_owned()));
    let nothing_to_delete = rights().reason_or(Act::DeleteBackup, nothing_to_delete);
    let told = Memo::new(move |_| {
        let earliest = details
            .data
            .with(|server| server.as_ref().and_then(|server| server.earliest_restore_date));
        backups.data.with(|backups| {
            row.with_value(|row| consequences(row, &backups.clone().unwrap_or_default(), earliest))
        })
    });
    let what_it_does = view_of(move || {
        if is_gone.get() {
            gone(
                &row.with_value(|row| row.name.clone()),
                backups.read_at.get().map(text::time_of_day),
            )
        } else {
            told.with(card)
        }
    });
    let refusal = view_of(move || {
        let is_refused = state.get() == AsyncOperationState::Refused;
        match operation.problem.get().filter(|_| is_refused) {
            Some(problem) => view! { <Refusal title="The backup was not deleted" problem /> }.into_any(),
            None => ().into_any(),
        }
    });

    let is_code_shown = RwSignal::new(false);
    let origin = StoredValue::new(use_services().config.arm.clone());
    let samples = Signal::derive(move || {
        let name = row.with_value(Row::deletable);
        name.map_or_else(Vec::new, |name| {
            origin.with_value(|origin| code::delete_backup(origin, &server.get_value(), &name))
        })
    });
    let code = move || {
        let shown = view_if(is_code_shown, move || {
            view! { <CodeOf label="Delete this backup" samples /> }.into_any()
        });
        view! { <div id=CODE class="dialog-below">{shown}</div> }
    };
    let toggle_code = move || {
        view! {
            <button
                type="button"
                class="link dialog-link"
                aria-expanded=move || is_code_shown.get().to_string()
                aria-controls=CODE
                on:click=move |_| is_code_shown.update(|is_shown| *is_shown = !*is_shown)
            >
                <Icon name=IconName::Code size=16 />
                "Show as code"
            </button>
        }
    };
    view! {
        <ConfirmDialog
            title="Delete on-demand backup"
            act="Delete"
            destructive=true
            busy=is_requesting
            disabled_reason=nothing_to_delete
            cancel_disabled_reason=is_sent
            on_confirm
            on_cancel
            below=code
            footer_start=toggle_code
        >
            <p>
                "Are you sure you want to delete the backup "
                <strong class="name">"'" {name} "'"</strong>
                " in server "
                <strong class="name">"'" {server.get_value().name().to_owned()} "'"</strong>
                "?"
            </p>
            {what_it_does}
            {refusal}
        </ConfirmDialog>
    }
}

/// That it is not there any more is a fact and no error (the document, *Delete on-demand backups*, note).
fn gone(name: &str, read_at: Option<String>) -> AnyView {
    let name = format!("'{name}'");
    let read_at = read_at
        .map(|at| format!(" that was read at {at}\u{a0}UTC"))
        .unwrap_or_default();
    view! {
        <MessageBar stacked=true title="It is not there any more">
            <p>
                <span class="name">{name}</span>
                {format!(" is not in the list{read_at}: somebody has deleted it, or its retention has ended.")}
            </p>
        </MessageBar>
    }
    .into_any()
}

fn card(told: &Consequences) -> AnyView {
    let item = |icon: IconName, class: &'static str, sentence: AnyView| {
        view! { <li><Icon name=icon class /> <span>{sentence}</span></li> }
    };
    let lost = view! { <strong>"Fast restore"</strong> {format!(" {}", told.lost)} }.into_any();
    let last = told
        .last
        .map(|last| item(IconName::Warning, "icon-warning", last.into_any()));
    let otherwise = told
        .otherwise
        .clone()
        .map(|otherwise| item(IconName::Clock, "", otherwise.into_any()));
    let stays = told
        .stays
        .iter()
        .map(|stays| item(IconName::CheckmarkCircle, "icon-ok", stays.clone().into_any()));
    view! {
        <div class="dialog-card">
            <h3>"What this takes away"</h3>
            <ul class="consequences" role="list">
                {item(IconName::DismissCircle, "icon-error", lost)} {last} {otherwise}
            </ul>
            <h3>"What stays"</h3>
            <ul class="consequences" role="list">{stays.collect_view()}</ul>
        </div>
    }
    .into_any()
}
