//! The question before the container is created that files are to be restored to.

use arm_client::storage::ContainerName;
use arm_core::ResourceId;

use crate::{
    components::Refusal,
    hooks::use_rights_beside,
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_services,
    stores::notifications::{Intent, use_notifications},
    ui::{changing::view_of, confirm_dialog::ConfirmDialog},
};

/// Asks, creates, and keeps a refusal in view.
#[component]
pub fn CreateContainer(
    account: ResourceId,
    container: ContainerName,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called once it is there.
    on_done: Callback<()>,
) -> impl IntoView {
    let (services, notifications) = (StoredValue::new_local(use_services()), use_notifications());
    let (is_sent, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let id = account.clone();
    let rights = use_rights_beside(&[Act::CreateContainer], move || Some(id.clone()));
    let disabled_reason = rights.reason_or(Act::CreateContainer, None::<String>);
    let (name, of) = (container.to_string(), account.name().to_owned());
    let on_confirm = Callback::new(move |()| {
        if is_sent.get_untracked() {
            return;
        }
        is_sent.set(true);
        problem.set(None);
        let services = services.get_value();
        let (account, container) = (account.clone(), container.clone());
        spawn_local(async move {
            let accounts = services.arm.storage_accounts();
            // It converges, so that a lost answer was made up for by asking again.
            let made = accounts.create_container(&account, &container).await;
            is_sent.try_set(false);
            match made {
                Ok(_) => {
                    let body = format!("'{container}' in storage account '{}'.", account.name());
                    let now = services.page_clock.now();
                    notifications.push(Intent::Success, "Container created", body, None, now);
                    if !is_sent.is_disposed() {
                        on_done.run(());
                    }
                }
                Err(error) => drop(problem.try_set(Some(Problem::in_full(&error)))),
            }
        });
    });
    let on_its_way = Signal::derive(move || is_sent.get().then(|| "The request is on its way.".to_owned()));
    let on_cancel = Callback::new(move |()| {
        if !is_sent.get_untracked() {
            on_cancel.run(());
        }
    });
    let refusal = view_of(move || match problem.get() {
        Some(problem) => view! { <Refusal title="The container was not created" problem /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <ConfirmDialog
            title="Create container"
            act="Create"
            busy=is_sent
            disabled_reason
            cancel_disabled_reason=on_its_way
            on_confirm
            on_cancel
        >
            <p>
                "Create the container "
                <strong class="name">"'" {name} "'"</strong>
                " in the storage account "
                <strong class="name">"'" {of} "'"</strong>
                "? It is private: nobody reads it without a role or a SAS."
            </p>
            {refusal}
        </ConfirmDialog>
    }
}
