//! The question before an on-demand backup is deleted.

use arm_client::{Backup, FlexibleServer};
use arm_core::ResourceId;
use leptos::prelude::*;

use super::{
    consequences::{Consequences, consequences},
    row::Row,
};
use crate::{
    components::Refusal,
    hooks::{AsyncOperationState, Reading, use_async_operation},
    ui::{
        changing::view_of,
        confirm_dialog::ConfirmDialog,
        icon::{Icon, IconName},
    },
};

/// Asks in the document's words, says what is lost and what stays, and keeps a refusal in view.
#[component]
pub fn DeleteBackup(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<Vec<Backup>>,
    row: Row,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called once Azure has taken the request; what follows is shown in the list and in the bell.
    on_started: Callback<()>,
) -> impl IntoView {
    let operation = use_async_operation();
    let state = operation.state;
    let name = row.name.clone();
    let on_confirm = Callback::new({
        let row = row.clone();
        move |()| {
            if let Some(name) = row.deletable() {
                operation.delete_backup.run((server.get_value(), name));
            }
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
    let told = Memo::new(move |_| {
        let earliest = details
            .data
            .with(|server| server.as_ref().and_then(|server| server.earliest_restore_date));
        backups
            .data
            .with(|backups| consequences(&row, backups.as_deref().unwrap_or_default(), earliest))
    });
    let refusal = view_of(move || {
        let is_refused = state.get() == AsyncOperationState::Refused;
        match operation.problem.get().filter(|_| is_refused) {
            Some(problem) => view! { <Refusal title="The backup was not deleted" problem /> }.into_any(),
            None => ().into_any(),
        }
    });
    view! {
        <ConfirmDialog
            title="Delete backup"
            act="Delete"
            destructive=true
            busy=Signal::derive(move || state.get() == AsyncOperationState::Requesting)
            on_confirm
            on_cancel
        >
            <p>
                "Are you sure you want to delete the backup "
                <strong class="name">"'" {name} "'"</strong>
                " in server "
                <strong class="name">"'" {server.get_value().name().to_owned()} "'"</strong>
                "?"
            </p>
            {view_of(move || told.with(card))}
            {refusal}
        </ConfirmDialog>
    }
}

fn card(told: &Consequences) -> AnyView {
    let lost = (IconName::DismissCircle, "icon-error");
    let in_time = (IconName::Clock, "");
    let stays = (IconName::CheckmarkCircle, "icon-ok");
    let item = |(icon, class): (IconName, &'static str), sentence: &String| {
        view! { <li><Icon name=icon class /> <span>{sentence.clone()}</span></li> }
    };
    view! {
        <div class="dialog-card">
            <h3>"What this takes away"</h3>
            <ul class="consequences" role="list">
                {item(lost, &told.lost)}
                {told.otherwise.as_ref().map(|otherwise| item(in_time, otherwise))}
            </ul>
            <h3>"What stays"</h3>
            <ul class="consequences" role="list">
                {told.stays.iter().map(|sentence| item(stays, sentence)).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}
