//! Making a backup vault, turning its identity on, letting it restore to other subscriptions: over in seconds, so that the
//! page waits for it.
//!
//! They converge, so that a lost answer is made up for by looking at the vault; how it ended stands in the bell.

use arm_client::{
    ArmError, Poller, Progress,
    data_protection::{BackupVault, DataProtection, NewVault},
};
use arm_core::{Clock, ResourceId};
use chrono::TimeDelta;
use serde_json::json;

use super::AsyncOperationState;
use crate::{
    prelude::*,
    problem::Problem,
    routes,
    services::use_services,
    stores::{
        notifications::{Intent, Link, use_notifications},
        operations::is_passing,
    },
};

/// How long a change is looked for of which nothing can be learned.
const LOOKING_FOR: TimeDelta = TimeDelta::minutes(2);
/// The pause between two looks at the vault.
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_secs(5);

/// A page's window on one change of a vault.
#[derive(Clone, Copy)]
pub struct VaultChange {
    /// How far it is.
    pub state: Signal<AsyncOperationState>,
    /// Why it was refused or failed, or why nobody can say.
    pub problem: Signal<Option<Problem>>,
    /// The vault as it was after the change.
    pub vault: Signal<Option<BackupVault>>,
    /// Makes a vault, with an identity of its own; does nothing while a change is under way.
    pub create: Callback<(ResourceId, NewVault)>,
    /// Turns the vault's own identity on; does nothing while a change is under way.
    pub turn_identity_on: Callback<ResourceId>,
    /// Lets the vault restore to other subscriptions; does nothing while a change is under way.
    pub allow_other_subscriptions: Callback<ResourceId>,
}

/// What is changed.
enum Change {
    Create(NewVault),
    TurnIdentityOn,
    AllowOtherSubscriptions,
}

/// How a change ended.
enum End {
    Done(Box<BackupVault>),
    Refused(ArmError),
    Failed(ArmError),
    Unknown(Option<ArmError>),
}

/// A window on a change that has yet to be asked for. What was asked for goes on without it.
pub fn use_vault_change() -> VaultChange {
    let services = StoredValue::new_local(use_services());
    let notifications = use_notifications();
    let state = RwSignal::new(AsyncOperationState::Idle);
    let problem = RwSignal::new(None::<Problem>);
    let changed = RwSignal::new(None::<BackupVault>);
    let is_busy = move || {
        matches!(
            state.get_untracked(),
            AsyncOperationState::Requesting | AsyncOperationState::Running
        )
    };
    let begin = move |vault: ResourceId, change: Change| {
        state.set(AsyncOperationState::Requesting);
        problem.set(None);
        changed.set(None);
        let (arm, clock) = services.with_value(|services| (services.arm.clone(), services.clock.clone()));
        spawn_local(async move {
            let service = arm.data_protection();
            // The page may be gone by now, which changes nothing for the vault.
            let on_begun = || {
                state.try_set(AsyncOperationState::Running);
            };
            let end = carry_out(&service, &*clock, &vault, &change, &on_begun).await;
            let (now, (intent, title, body)) = (clock.now(), said(&vault, &change, &end));
            // A refusal is said where it was asked for, if that is still there.
            if !matches!(end, End::Refused(_)) || state.is_disposed() {
                let link = Link {
                    label: "Show backup vault",
                    path: routes::vault(&vault),
                };
                notifications.push(intent, title, body, Some(link), now);
            }
            let (ended, why) = match end {
                End::Done(vault) => {
                    changed.try_set(Some(*vault));
                    (AsyncOperationState::Completed, None)
                }
                End::Refused(error) => (AsyncOperationState::Refused, Some(error)),
                End::Failed(error) => (AsyncOperationState::Failed, Some(error)),
                End::Unknown(error) => (AsyncOperationState::Unknown, error),
            };
            problem.try_set(why.as_ref().map(Problem::in_full));
            state.try_set(ended);
        });
    };
    VaultChange {
        state: state.into(),
        problem: problem.into(),
        vault: changed.into(),
        create: Callback::new(move |(vault, new): (ResourceId, NewVault)| {
            if !is_busy() {
                begin(vault, Change::Create(new));
            }
        }),
        turn_identity_on: Callback::new(move |vault: ResourceId| {
            if !is_busy() {
                begin(vault, Change::TurnIdentityOn);
            }
        }),
        allow_other_subscriptions: Callback::new(move |vault: ResourceId| {
            if !is_busy() {
                begin(vault, Change::AllowOtherSubscriptions);
            }
        }),
    }
}

async fn carry_out(
    service: &DataProtection,
    clock: &dyn Clock,
    vault: &ResourceId,
    change: &Change,
    on_begun: &dyn Fn(),
) -> End {
    let begun = match change {
        Change::Create(new) => service.begin_create_vault(vault, new).await,
        Change::TurnIdentityOn => {
            // Other identities of the vault, such as that of an encryption key, stay.
            let kind = match service.vault(vault).await {
                Ok(vault) if vault.has_assigned_identities() => "SystemAssigned,UserAssigned",
                Ok(_) => "SystemAssigned",
                Err(error) => return End::Refused(error),
            };
            let patch = json!({ "identity": { "type": kind } });
            service.begin_update_vault(vault, &patch).await
        }
        Change::AllowOtherSubscriptions => {
            let settings = json!({ "crossSubscriptionRestoreSettings": { "state": "Enabled" } });
            let patch = json!({ "properties": { "featureSettings": settings } });
            service.begin_update_vault(vault, &patch).await
        }
    };
    let lost = match begun {
        Ok(poller) => {
            on_begun();
            match follow(poller, clock).await {
                Err(error @ ArmError::OperationFailed(_)) => return End::Failed(error),
                Err(error) => Some(error),
                Ok(()) => None,
            }
        }
        Err(error) if error.may_have_begun() => {
            on_begun();
            Some(error)
        }
        Err(error) => return End::Refused(error),
    };
    look(service, clock, vault, change, lost).await
}

/// Follows the operation until it has ended, or nobody knows where to ask.
async fn follow(mut poller: Poller<BackupVault>, clock: &dyn Clock) -> Result<(), ArmError> {
    let mut until = clock.now() + LOOKING_FOR;
    loop {
        match poller.next().await {
            Ok(Progress::Running { .. }) => until = clock.now() + LOOKING_FOR,
            Ok(Progress::Finished | Progress::Unknown) => return Ok(()),
            Err(error) if is_passing(&error) && clock.now() < until => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads the vault until it is as it was to become: there, at rest, and changed.
async fn look(
    service: &DataProtection,
    clock: &dyn Clock,
    vault: &ResourceId,
    change: &Change,
    mut why: Option<ArmError>,
) -> End {
    let until = clock.now() + LOOKING_FOR;
    loop {
        match service.vault(vault).await {
            Ok(vault) if is_ready(&vault, change) => return End::Done(Box::new(vault)),
            Ok(_) => {}
            Err(error) => why = Some(error),
        }
        let is_signed_out = matches!(why, Some(ArmError::SignInNeeded(_)));
        if is_signed_out || clock.now() >= until {
            return End::Unknown(why);
        }
        clock.sleep(BETWEEN_LOOKS).await;
    }
}

fn is_ready(vault: &BackupVault, change: &Change) -> bool {
    let is_busy = |state: &str| !state.eq_ignore_ascii_case("Succeeded");
    let is_changed = match change {
        Change::Create(_) | Change::TurnIdentityOn => vault.principal_id.is_some(),
        // Where nothing is said it is allowed (reference B8).
        Change::AllowOtherSubscriptions => {
            let state = vault.cross_subscription_restore.as_deref();
            state.is_none_or(|state| state.eq_ignore_ascii_case("Enabled"))
        }
    };
    is_changed && !vault.provisioning_state.as_deref().is_some_and(is_busy)
}

fn said(vault: &ResourceId, change: &Change, end: &End) -> (Intent, &'static str, String) {
    let it = format!("'{}'", vault.name());
    let (done, failed, unknown) = match change {
        Change::Create(_) => (
            "Backup vault created",
            "Backup vault could not be created",
            "Creation of a backup vault: outcome not known",
        ),
        Change::TurnIdentityOn => (
            "Identity of backup vault turned on",
            "Identity of backup vault could not be turned on",
            "Identity of backup vault: outcome not known",
        ),
        Change::AllowOtherSubscriptions => (
            "Restores to other subscriptions allowed",
            "Restores to other subscriptions could not be allowed",
            "Restores to other subscriptions: outcome not known",
        ),
    };
    match end {
        End::Done(_) => (Intent::Success, done, format!("{it}.")),
        End::Refused(error) | End::Failed(error) => {
            let reason = Problem::from(error).reason;
            (Intent::Error, failed, format!("{it}. {reason}"))
        }
        End::Unknown(_) => {
            let body = format!("Azure's answer about {it} was lost or says nothing. Look at the vault.");
            (Intent::Warning, unknown, body)
        }
    }
}
