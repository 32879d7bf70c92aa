//! The question before a policy is deleted.

use arm_client::ArmError;
use arm_core::ResourceId;

use super::row::Row;
use crate::{
    components::Refusal,
    hooks::rights,
    pages::vaults::vault::Vault,
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_services,
    stores::notifications::{Intent, use_notifications},
    ui::{
        changing::view_of,
        confirm_dialog::ConfirmDialog,
        icon::{Icon, IconName},
    },
};

/// Asks, and keeps a refusal in view. Azure deletes a policy at once; there is nothing to follow.
#[component]
pub fn DeletePolicy(
    vault: Vault,
    row: Row,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called once it is deleted.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let (services, notifications) = (StoredValue::new_local(use_services()), use_notifications());
    let (is_sent, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let policy = row.id.parse::<ResourceId>().ok();
    let name = StoredValue::new(row.name.clone());
    let on_confirm = Callback::new(move |()| {
        let Some(policy) = policy.clone() else { return };
        is_sent.set(true);
        problem.set(None);
        let services = services.get_value();
        spawn_local(async move {
            let end: Result<(), ArmError> = services.arm.data_protection().delete_policy(&policy).await;
            // The page may be gone by now; what was done is told all the same.
            is_sent.try_set(false);
            match end {
                Ok(()) => {
                    let of = policy.parent().map(|vault| vault.name().to_owned());
                    let body = format!("'{}' of vault '{}'.", policy.name(), of.unwrap_or_default());
                    let now = services.page_clock.now();
                    notifications.push(Intent::Success, "Backup policy deleted", body, None, now);
                    if !is_sent.is_disposed() {
                        on_deleted.run(());
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
        Some(problem) => view! { <Refusal title="The policy was not deleted" problem /> }.into_any(),
        None => ().into_any(),
    });
    let item = |icon: IconName, class: &'static str, sentence: &'static str| {
        view! { <li><Icon name=icon class /> <span>{sentence}</span></li> }
    };
    view! {
        <ConfirmDialog
            title="Delete policy"
            act="Delete"
            destructive=true
            busy=is_sent
            disabled_reason=rights().reason_or(Act::DeletePolicy, None::<String>)
            cancel_disabled_reason=on_its_way
            on_confirm
            on_cancel
        >
            <p>
                "Are you sure you want to delete the policy "
                <strong class="name">"'" {name.get_value()} "'"</strong>
                " of vault "
                <strong class="name">"'" {vault.id.with_value(|id| id.name().to_owned())} "'"</strong>
                "?"
            </p>
            <div class="dialog-card">
                <h3>"What this takes away"</h3>
                <ul class="consequences" role="list">
                    {item(
                        IconName::DismissCircle,
                        "icon-error",
                        "The choice of this policy for what is protected from now on.",
                    )}
                </ul>
                <h3>"What stays"</h3>
                <ul class="consequences" role="list">
                    {item(
                        IconName::CheckmarkCircle,
                        "icon-ok",
                        "All instances and their recovery points: Azure deletes no policy that an instance uses.",
                    )}
                </ul>
            </div>
            {refusal}
        </ConfirmDialog>
    }
}
