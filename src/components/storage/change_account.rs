//! The question before a storage account is changed: which setting, from what, to what.

use arm_client::{
    data_protection::BackupVault,
    storage::{AccountChange, TargetRule},
};
use arm_core::ResourceId;

use super::account_change::{End, carry_out};
use crate::{
    code,
    components::{Refusal, ShowAsCode},
    hooks::use_rights_beside,
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_services,
    stores::notifications::{Intent, use_notifications},
    ui::{
        changing::view_of,
        confirm_dialog::ConfirmDialog,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// What is said below the settings.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Nothing,
    Moved,
    Refused(Problem),
    Unknown(Option<Problem>),
}

/// Asks, changes, waits until the account shows it, and keeps a refusal in view.
#[component]
pub fn ChangeAccount(
    account: ResourceId,
    /// The rule that is to be kept.
    rule: TargetRule,
    /// The change as the account was read.
    change: AccountChange,
    /// The vault that restores.
    vault: BackupVault,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called once the account shows it.
    on_done: Callback<()>,
) -> impl IntoView {
    let (services, notifications) = (StoredValue::new_local(use_services()), use_notifications());
    let (is_sent, said) = (RwSignal::new(false), RwSignal::new(Said::Nothing));
    let change = RwSignal::new(change);
    let (name, group) = (
        account.name().to_owned(),
        account.resource_group().unwrap_or_default().to_owned(),
    );
    let account = StoredValue::new(account);
    let rights = use_rights_beside(&[Act::ChangeStorage], move || Some(account.get_value()));
    let disabled_reason = rights.reason_or(Act::ChangeStorage, None::<String>);
    let vault = StoredValue::new(vault);
    let on_confirm = Callback::new(move |()| {
        if is_sent.get_untracked() {
            return;
        }
        is_sent.set(true);
        said.set(Said::Nothing);
        let (services, agreed) = (services.get_value(), change.get_untracked());
        let (account, vault) = (account.get_value(), vault.get_value());
        // What has been agreed to is brought to its end even if the page is left meanwhile.
        spawn_local(async move {
            let accounts = services.arm.storage_accounts();
            let end = carry_out(&accounts, &*services.clock, &account, rule, &vault, &agreed).await;
            is_sent.try_set(false);
            match end {
                End::Done => {
                    let members: Vec<_> = agreed.members.iter().map(|member| member.name).collect();
                    let body = format!("'{}': {}.", account.name(), members.join(", "));
                    let now = services.page_clock.now();
                    notifications.push(Intent::Success, "Storage account changed", body, None, now);
                    if !is_sent.is_disposed() {
                        on_done.run(());
                    }
                }
                End::DoneBefore => {
                    let body = format!("'{}': nothing was sent.", account.name());
                    let now = services.page_clock.now();
                    let title = "Storage account was changed by somebody else";
                    notifications.push(Intent::Info, title, body, None, now);
                    if !is_sent.is_disposed() {
                        on_done.run(());
                    }
                }
                End::Moved(other) => {
                    change.try_set(other);
                    said.try_set(Said::Moved);
                }
                End::Refused(error) => drop(said.try_set(Said::Refused(Problem::in_full(&error)))),
                End::Unknown(error) => {
                    let problem = error.as_ref().map(Problem::in_full);
                    said.try_set(Said::Unknown(problem));
                }
            }
        });
    });
    let on_its_way = Signal::derive(move || is_sent.get().then(|| "The request is on its way.".to_owned()));
    let on_cancel = Callback::new(move |()| {
        if !is_sent.get_untracked() {
            on_cancel.run(());
        }
    });
    let origin = StoredValue::new(services.with_value(|services| services.config.arm.clone()));
    let samples = Signal::derive(move || {
        let change = change.get();
        origin
            .with_value(|origin| account.with_value(|account| code::change_account(origin, account, &change)))
    });
    view! {
        <ConfirmDialog
            title="Change storage account"
            act="Change"
            busy=is_sent
            disabled_reason
            cancel_disabled_reason=on_its_way
            on_confirm
            on_cancel
            below=move || view! { <ShowAsCode label="Change the storage account" samples /> }
        >
            <p>
                "Change the settings of the storage account "
                <strong class="name">"'" {name} "'"</strong>
                " in resource group "
                <strong class="name">"'" {group} "'"</strong>
                "? All its other settings stay."
            </p>
            {view_of(move || settings(&change.get()))}
            <p>{consequence(rule)}</p>
            {view_of(move || words(said.get()))}
        </ConfirmDialog>
    }
}

/// Each setting that changes, with what it is now and what it will be.
fn settings(change: &AccountChange) -> AnyView {
    let rows = change.members.iter().map(|member| {
        view! {
            <tr>
                <th scope="row">{member.name}</th>
                <td data-label="Now">{member.from.clone()}</td>
                <td data-label="Then">{member.to.clone()}</td>
            </tr>
        }
    });
    view! {
        <div class="table-card">
            <table class="table target-settings">
                <thead>
                    <tr>
                        <th scope="col">"Setting"</th>
                        <th scope="col">"Now"</th>
                        <th scope="col">"Then"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What follows for the account, beside the restore (reference G6).
fn consequence(rule: TargetRule) -> &'static str {
    match rule {
        TargetRule::Network => {
            "Only this Backup vault is let in, together with the Azure services that Azure Storage trusts. Whom no rule names \
             stays out."
        }
        TargetRule::CopyScope => {
            "Blobs can then be copied into this account from any storage account, also of other directories, by whoever may \
             write to it."
        }
        _ => {
            "Whoever manages this account can then also replicate its blobs to and from storage accounts of other directories. \
             It can be turned off again after the restore."
        }
    }
}

fn words(said: Said) -> AnyView {
    match said {
        Said::Nothing => ().into_any(),
        Said::Moved => view! {
            <div role="alert">
                <MessageBar intent=MessageIntent::Warning stacked=true title="The storage account is not as it was">
                    <p>"Somebody has changed it meanwhile, and nothing was sent. The settings above are those of now."</p>
                </MessageBar>
            </div>
        }
        .into_any(),
        Said::Refused(problem) => {
            view! { <Refusal title="The storage account was not changed" problem /> }.into_any()
        }
        Said::Unknown(problem) => view! {
            <div role="alert">
                <MessageBar
                    intent=MessageIntent::Warning
                    stacked=true
                    title="Whether the storage account was changed is not known"
                >
                    <p>"It does not show the change yet. Changing it once more does no harm."</p>
                </MessageBar>
            </div>
            {problem.map(|problem| view! { <Refusal title="The last answer" problem /> })}
        }
        .into_any(),
    }
}
