//! Asking for something to be done with an instance, and looking at the instance where the answer says nothing.

use std::mem;

use arm_client::{
    ArmError, Poller,
    data_protection::{BackupInstance, DataProtection, Done, ProtectionState},
    is_missing_backup as is_missing,
};
use arm_core::ResourceId;

use super::{ProtectionKind, ProtectionRequest};
use crate::stores::operations::{Asked, Drive, Event};

impl Drive {
    /// Sends the request; the client repeats it only where it converges.
    pub(in crate::stores::operations) async fn protect(mut self) {
        let Asked::Protection(request) = mem::replace(&mut self.asked, Asked::Nothing) else {
            return;
        };
        let (service, instance) = (self.data_protection(), self.operation.target.clone());
        let begun = match request {
            ProtectionRequest::Configure(new) | ProtectionRequest::ChangePolicy(new) => {
                return self.configure(&new).await;
            }
            ProtectionRequest::BackUp { rule, tag } => {
                return self.back_up_instance(&rule, tag.as_deref()).await;
            }
            ProtectionRequest::Delete => return self.delete_instance().await,
            ProtectionRequest::StopProtection => service.begin_stop_protection(&instance).await,
            ProtectionRequest::SuspendBackups => service.begin_suspend_backups(&instance).await,
            ProtectionRequest::ResumeProtection => service.begin_resume_protection(&instance).await,
            ProtectionRequest::ResumeBackups => service.begin_resume_backups(&instance).await,
            ProtectionRequest::Undelete => service.begin_undelete(&instance).await,
        };
        if let Some(poller) = self.accepted(begun).await {
            self.follow(poller).await;
        }
    }

    /// Goes on where an earlier tab stopped.
    pub(in crate::stores::operations) async fn go_on_protecting(&mut self, kind: ProtectionKind) {
        match kind {
            ProtectionKind::Configure | ProtectionKind::ChangePolicy => self.go_on_configuring().await,
            ProtectionKind::BackUp => self.go_on_to_job().await,
            ProtectionKind::Delete => self.go_on_to_its_end::<()>().await,
            _ => self.go_on_to_its_end::<Done>().await,
        }
    }

    /// Looks at what the service shows instead of its answer.
    pub(in crate::stores::operations) async fn look_for_protection(&mut self, kind: ProtectionKind) {
        match kind {
            ProtectionKind::Configure | ProtectionKind::ChangePolicy => self.look_at_protection().await,
            ProtectionKind::BackUp => self.look_for_job().await,
            _ => {
                let id = self.instance_id();
                self.look_until_it_ends(async |drive| {
                    let instance = match drive.data_protection().instance(&id).await {
                        Ok(instance) => Some(instance),
                        Err(error) if is_missing(&error) => None,
                        Err(error) => return Err(error),
                    };
                    Ok(if is_done(kind, instance.as_ref()) {
                        Event::Completed
                    } else {
                        Event::Unknown(None)
                    })
                })
                .await;
            }
        }
    }

    async fn delete_instance(mut self) {
        match self.data_protection().begin_delete(&self.operation.target).await {
            Ok(poller) => self.deletion_begun(poller).await,
            Err(error) if is_missing(&error) => {
                let _ = self.tell(Event::AlreadyGone);
            }
            Err(error) => self.not_accepted(error).await,
        }
    }

    /// Tells what became of a request; gives the poller of what has begun.
    pub(in crate::stores::operations) async fn accepted<T: serde::de::DeserializeOwned>(
        &mut self,
        begun: Result<Poller<T>, ArmError>,
    ) -> Option<Poller<T>> {
        match begun {
            Ok(poller) => {
                let told = self.tell(Event::Accepted(poller.continuation_token()));
                told.is_continue().then_some(poller)
            }
            Err(error) => {
                self.not_accepted(error).await;
                None
            }
        }
    }

    pub(in crate::stores::operations) fn data_protection(&self) -> DataProtection {
        self.client.data_protection()
    }

    /// The vault that has the instance. An id that is in no vault stays what it is, and the service refuses it.
    pub(in crate::stores::operations) fn vault(&self) -> ResourceId {
        let instance = &self.operation.target;
        instance.parent().unwrap_or_else(|| instance.clone())
    }

    /// The instance, also where the target is the deleted one.
    fn instance_id(&self) -> ResourceId {
        let target = &self.operation.target;
        let instance = self.vault().child("backupInstances", target.name());
        instance.unwrap_or_else(|_| target.clone())
    }
}

/// Whether the instance is as it was to become; nothing where there is none.
fn is_done(kind: ProtectionKind, instance: Option<&BackupInstance>) -> bool {
    let is_in = |wanted: ProtectionState| {
        let is_busy = |state: &str| matches!(state, "Provisioning" | "Updating" | "Deleting");
        instance.is_some_and(|instance| {
            instance.state.as_ref() == Some(&wanted)
                && !instance.provisioning_state.as_deref().is_some_and(is_busy)
        })
    };
    match kind {
        ProtectionKind::StopProtection => is_in(ProtectionState::Stopped),
        ProtectionKind::SuspendBackups => is_in(ProtectionState::Suspended),
        ProtectionKind::ResumeProtection | ProtectionKind::ResumeBackups => is_in(ProtectionState::Protected),
        ProtectionKind::Delete => instance.is_none(),
        ProtectionKind::Undelete => instance.is_some(),
        // These are looked for in ways of their own.
        ProtectionKind::Configure | ProtectionKind::ChangePolicy | ProtectionKind::BackUp => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_instance_tells_what_a_lost_answer_did_not() {
        use ProtectionKind::{
            Delete, ResumeBackups, ResumeProtection, StopProtection, SuspendBackups, Undelete,
        };
        let instance = |state: &str, provisioning: &str| -> BackupInstance {
            let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/i";
            let json = format!(
                r#"{{"id":"{id}","properties":{{"currentProtectionState":"{state}","provisioningState":"{provisioning}"}}}}"#
            );
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
        };
        for (kind, state, expected) in [
            (StopProtection, Some(("ProtectionStopped", "Succeeded")), true),
            (StopProtection, Some(("ProtectionConfigured", "Succeeded")), false),
            (StopProtection, Some(("ProtectionConfigured", "Updating")), false),
            (
                StopProtection,
                Some(("BackupSchedulesSuspended", "Succeeded")),
                false,
            ),
            (StopProtection, None, false),
            (
                SuspendBackups,
                Some(("BackupSchedulesSuspended", "Succeeded")),
                true,
            ),
            (SuspendBackups, Some(("ProtectionStopped", "Succeeded")), false),
            (
                ResumeProtection,
                Some(("ProtectionConfigured", "Succeeded")),
                true,
            ),
            (
                ResumeProtection,
                Some(("ProtectionConfigured", "Updating")),
                false,
            ),
            (ResumeBackups, Some(("ProtectionConfigured", "Succeeded")), true),
            (
                ResumeBackups,
                Some(("BackupSchedulesSuspended", "Succeeded")),
                false,
            ),
            (Delete, None, true),
            (Delete, Some(("SoftDeleting", "Deleting")), false),
            (Delete, Some(("ProtectionConfigured", "Deleting")), false),
            (Undelete, Some(("ProtectionStopped", "Succeeded")), true),
            (Undelete, None, false),
        ] {
            let instance = state.map(|(state, provisioning)| instance(state, provisioning));
            assert_eq!(is_done(kind, instance.as_ref()), expected, "{kind:?} {state:?}");
        }
    }
}
