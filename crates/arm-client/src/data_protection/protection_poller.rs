//! Following the configuration of protection to its real end.

use std::time::Duration;

use arm_core::ResourceId;

use super::{BackupInstance, DataProtection, ProtectionState};
use crate::{ArmError, ContinuationToken, Poller, Progress, ServiceError, lro::pace};

/// Follows a new instance until it is protected.
///
/// The operation's *Succeeded* does not mean protected (reference B2): after it, or where nobody knows where to ask
/// for it, the instance itself is read until its state has ended.
pub struct ProtectionPoller {
    service: DataProtection,
    instance: ResourceId,
    /// The first stage; `None` in the second.
    operation: Option<Poller<BackupInstance>>,
    /// How often the instance was read.
    reads: u32,
    /// What it ended with.
    ended: Option<BackupInstance>,
}

/// How far the protection of an instance has come.
#[derive(Debug, Clone, PartialEq)]
pub enum ProtectionProgress {
    /// The service works on it; its own word for that.
    Configuring {
        /// Such as `Inprogress` of the operation, `ConfiguringProtection` of the instance.
        status: String,
    },
    /// It is protected.
    Protected(Box<BackupInstance>),
}

impl ProtectionPoller {
    pub(super) fn new(
        service: DataProtection,
        instance: ResourceId,
        operation: Option<Poller<BackupInstance>>,
    ) -> Self {
        Self {
            service,
            instance,
            operation,
            reads: 0,
            ended: None,
        }
    }

    /// How far it is now. It waits as [`Poller::next`] does, and once it has ended answers the same at once.
    ///
    /// # Errors
    /// [`ArmError::OperationFailed`] when the operation failed, or the instance ended otherwise than protected, with
    /// the error that it tells. Every other error says only that the asking failed, and the next call asks again.
    pub async fn next(&mut self) -> Result<ProtectionProgress, ArmError> {
        if let Some(instance) = &self.ended {
            return judge(instance);
        }
        match &mut self.operation {
            Some(operation) => {
                let progress = operation.next().await?;
                self.after_the_operation(progress).await
            }
            None => {
                let wait = self.between_reads();
                self.service.client().shared.clock.sleep(wait).await;
                self.read().await
            }
        }
    }

    /// How far it is now, asked at once: for who waits by himself, or whom the user has told to.
    ///
    /// # Errors
    /// As [`ProtectionPoller::next`].
    pub async fn look(&mut self) -> Result<ProtectionProgress, ArmError> {
        if let Some(instance) = &self.ended {
            return judge(instance);
        }
        match &mut self.operation {
            Some(operation) => {
                let progress = operation.look().await?;
                self.after_the_operation(progress).await
            }
            None => self.read().await,
        }
    }

    /// In how long it is to be asked again; `None` when it has ended.
    pub fn next_poll_in(&self) -> Option<Duration> {
        match &self.operation {
            Some(operation) => operation.next_poll_in(),
            None => self.ended.is_none().then(|| self.between_reads()),
        }
    }

    fn between_reads(&self) -> Duration {
        pace::wait(None, self.reads, u64::from(self.reads))
    }

    async fn after_the_operation(&mut self, progress: Progress) -> Result<ProtectionProgress, ArmError> {
        if let Progress::Running { status, .. } = progress {
            return Ok(ProtectionProgress::Configuring { status });
        }
        self.operation = None;
        self.read().await
    }

    async fn read(&mut self) -> Result<ProtectionProgress, ArmError> {
        self.reads = self.reads.saturating_add(1);
        let instance = self.service.instance(&self.instance).await?;
        let progress = judge(&instance);
        if !matches!(progress, Ok(ProtectionProgress::Configuring { .. })) {
            self.ended = Some(instance);
        }
        progress
    }

    /// The instance.
    pub fn instance(&self) -> &ResourceId {
        &self.instance
    }

    /// The instance as it was when it ended, protected or not; `None` before, and where its operation failed.
    pub fn ended(&self) -> Option<&BackupInstance> {
        self.ended.as_ref()
    }

    /// What to keep to go on later with [`DataProtection::resume_configuring`]; `None` in the second stage, which
    /// needs nothing but the instance's id.
    pub fn continuation_token(&self) -> Option<ContinuationToken> {
        self.operation.as_ref()?.continuation_token()
    }
}

/// What the state of an instance means for somebody who waits for its protection.
fn judge(instance: &BackupInstance) -> Result<ProtectionProgress, ArmError> {
    let is_provisioning = matches!(
        instance.provisioning_state.as_deref(),
        Some("Provisioning" | "Updating")
    );
    match &instance.state {
        Some(ProtectionState::Protected) => Ok(ProtectionProgress::Protected(Box::new(instance.clone()))),
        Some(state @ (ProtectionState::Configuring | ProtectionState::Updating)) => {
            Ok(ProtectionProgress::Configuring {
                status: state.to_string(),
            })
        }
        // A word that is not known, or none, may still become *protected*.
        None | Some(ProtectionState::Other(_)) if instance.error.is_none() => {
            Ok(ProtectionProgress::Configuring {
                status: instance
                    .state
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            })
        }
        Some(state) if is_provisioning && instance.error.is_none() => Ok(ProtectionProgress::Configuring {
            status: state.to_string(),
        }),
        state => Err(ArmError::OperationFailed(instance.error.clone().unwrap_or_else(
            || {
                Box::new(ServiceError {
                    status: 200,
                    code: state.as_ref().map(ToString::to_string).unwrap_or_default(),
                    ..ServiceError::default()
                })
            },
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance(state: &str, provisioning: &str, error: &str) -> BackupInstance {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/i";
        let json = format!(
            r#"{{"id":"{id}","properties":{{"currentProtectionState":{state},"provisioningState":"{provisioning}","protectionErrorDetails":{error}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn only_protected_is_the_end_and_every_other_end_is_told_with_its_error() {
        let error = r#"{"code":"UserErrorMissingRequiredPermissions","message":"M"}"#;
        for (state, provisioning, error, expected) in [
            (r#""ProtectionConfigured""#, "Succeeded", "null", "protected"),
            (r#""ConfiguringProtection""#, "Succeeded", "null", "configuring"),
            (r#""UpdatingProtection""#, "Updating", "null", "configuring"),
            (r#""SomethingNew""#, "Succeeded", "null", "configuring"),
            ("null", "Provisioning", "null", "configuring"),
            (r#""NotProtected""#, "Provisioning", "null", "configuring"),
            (r#""NotProtected""#, "Succeeded", "null", "NotProtected"),
            (
                r#""ConfiguringProtectionFailed""#,
                "Succeeded",
                error,
                "UserErrorMissingRequiredPermissions",
            ),
            (
                r#""ConfiguringProtectionFailed""#,
                "Failed",
                "null",
                "ConfiguringProtectionFailed",
            ),
            (r#""ProtectionStopped""#, "Succeeded", "null", "ProtectionStopped"),
        ] {
            let told = match judge(&instance(state, provisioning, error)) {
                Ok(ProtectionProgress::Protected(_)) => "protected".to_owned(),
                Ok(ProtectionProgress::Configuring { .. }) => "configuring".to_owned(),
                Err(error) => error.code().unwrap_or_default().to_owned(),
            };
            assert_eq!(told, expected, "{state} {provisioning} {error}");
        }
    }
}
