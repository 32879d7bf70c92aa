//! A backup instance: something that a vault protects, protected or keeps the data of.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::vault::text;
use crate::{ServiceError, lenient, lenient::open_enum};

/// What is read of a backup instance, soft-deleted ones included (reference B3, B9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct BackupInstance {
    /// The resource id.
    pub id: ResourceId,
    /// The name, unique in the vault.
    pub name: String,
    /// What the service calls it.
    pub friendly_name: Option<String>,
    /// What it protects.
    pub source: Option<ResourceId>,
    /// `datasourceType`, such as `Microsoft.DBforPostgreSQL/flexibleServers`.
    pub source_type: Option<String>,
    /// The region of what it protects.
    pub source_location: Option<String>,
    /// The policy.
    pub policy: Option<ResourceId>,
    /// The identifier of the secret with a database's credentials.
    pub secret: Option<String>,
    /// How far protection has come.
    pub state: Option<ProtectionState>,
    /// Why it is not protected, unpacked.
    pub error: Option<Box<ServiceError>>,
    /// `Provisioning`, `Updating`, `Deleting`, `Succeeded`, `Failed`.
    pub provisioning_state: Option<String>,
    /// When it was deleted and when it will be gone; of soft-deleted instances only.
    pub deletion: Option<DeletionInfo>,
}

/// The end of a soft-deleted instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionInfo {
    /// When it was deleted.
    pub deleted: Option<Timestamp>,
    /// Until when its data cost something.
    pub billed_until: Option<Timestamp>,
    /// When its data will be gone.
    pub purged: Option<Timestamp>,
}

open_enum! {
    /// How far the protection of an instance has come.
    ProtectionState {
        /// The service is setting it up.
        Configuring = "ConfiguringProtection",
        /// The service could not set it up; the instance tells why.
        ConfiguringFailed = "ConfiguringProtectionFailed",
        /// It is backed up by its policy.
        Protected = "ProtectionConfigured",
        /// Another policy is being taken.
        Updating = "UpdatingProtection",
        /// No more backups; what is there stays for good.
        Stopped = "ProtectionStopped",
        /// No more backups; what is there expires by the policy.
        Suspended = "BackupSchedulesSuspended",
        /// Nothing expires any more.
        RetentionSuspended = "RetentionSchedulesSuspended",
        /// It should be backed up, and something is wrong.
        Error = "ProtectionError",
        /// It is being deleted, to be kept for a while.
        SoftDeleting = "SoftDeleting",
        /// It is deleted and kept for a while.
        SoftDeleted = "SoftDeleted",
        /// It is not protected.
        NotProtected = "NotProtected",
        /// The service does not know.
        Invalid = "Invalid",
    }
}

impl TryFrom<Value> for BackupInstance {
    type Error = String;

    fn try_from(instance: Value) -> Result<Self, Self::Error> {
        let id: ResourceId = text(&instance, "/id")
            .and_then(|id| id.parse().ok())
            .ok_or("a backup instance without an id")?;
        let of_source = |member: &str| text(&instance, &format!("/properties/dataSourceInfo/{member}"));
        // The state says more than the status, and is not always there (reference B3).
        let state = text(&instance, "/properties/currentProtectionState")
            .or_else(|| text(&instance, "/properties/protectionStatus/status"));
        let errors = [
            "/properties/protectionErrorDetails",
            "/properties/protectionStatus/errorDetails",
        ];
        let mut errors = errors.iter().filter_map(|pointer| instance.pointer(pointer));
        let moment = |member: &str| {
            let moment = text(&instance, &format!("/properties/deletionInfo/{member}"))?;
            lenient::parse_timestamp(&moment)
        };
        Ok(Self {
            name: text(&instance, "/name").unwrap_or_else(|| id.name().to_owned()),
            friendly_name: text(&instance, "/properties/friendlyName"),
            source: of_source("resourceID")
                .or_else(|| of_source("resourceId"))
                .and_then(|source| source.parse().ok()),
            source_type: of_source("datasourceType"),
            source_location: of_source("resourceLocation"),
            policy: text(&instance, "/properties/policyInfo/policyId").and_then(|policy| policy.parse().ok()),
            secret: text(
                &instance,
                "/properties/datasourceAuthCredentials/secretStoreResource/uri",
            ),
            state: state.map(ProtectionState::from),
            error: errors
                .find(|error| error.is_object())
                .map(|error| Box::new(ServiceError::in_resource(error))),
            provisioning_state: text(&instance, "/properties/provisioningState"),
            deletion: instance
                .pointer("/properties/deletionInfo")
                .filter(|info| info.is_object())
                .map(|_| DeletionInfo {
                    deleted: moment("deletionTime"),
                    billed_until: moment("billingEndDate"),
                    purged: moment("scheduledPurgeTime"),
                }),
            id,
        })
    }
}

impl BackupInstance {
    /// The vault that has it.
    pub fn vault(&self) -> Option<ResourceId> {
        self.id.parent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/i";

    fn read(properties: &str) -> BackupInstance {
        let json = format!(r#"{{"id":"{ID}","name":"i","properties":{properties}}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_state_is_read_from_wherever_it_stands() {
        for (properties, expected) in [
            (
                r#"{"protectionStatus":{"status":"ProtectionStopped"},"currentProtectionState":"BackupSchedulesSuspended"}"#,
                Some(ProtectionState::Suspended),
            ),
            (
                r#"{"protectionStatus":{"status":"ConfiguringProtection"}}"#,
                Some(ProtectionState::Configuring),
            ),
            (
                r#"{"currentProtectionState":"protectionconfigured"}"#,
                Some(ProtectionState::Protected),
            ),
            (
                r#"{"currentProtectionState":"SomethingNew"}"#,
                Some(ProtectionState::Other("SomethingNew".to_owned())),
            ),
            (r#"{"protectionStatus":null}"#, None),
            ("null", None),
        ] {
            assert_eq!(read(properties).state, expected, "{properties}");
        }
    }

    #[test]
    fn an_error_is_unpacked_down_to_its_exact_words() {
        let instance = read(
            r#"{"protectionStatus":{"status":"ConfiguringProtectionFailed","errorDetails":{"code":"UserErrorMissingRequiredPermissions",
            "message":"Missing.","recommendedAction":["Grant."],"innerError":{"code":"UserErrorMissingRequiredPermissions",
            "additionalInfo":{"DetailedNonLocalisedMessage":"The client 'c' lacks it."}},"isRetryable":false}}}"#,
        );
        let error = instance.error.expect("an error");
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("UserErrorMissingRequiredPermissions", "Missing.")
        );
        assert_eq!(error.recommended_actions, ["Grant."]);
        assert_eq!(error.details[0].message, "The client 'c' lacks it.");
        assert_eq!(read(r#"{"protectionErrorDetails":null}"#).error, None);
    }

    #[test]
    fn both_spellings_of_the_sources_id_are_read() {
        for member in ["resourceID", "resourceId"] {
            let instance = read(&format!(r#"{{"dataSourceInfo":{{"{member}":"{ID}"}}}}"#));
            assert_eq!(
                instance.source.map(|id| id.to_string()).as_deref(),
                Some(ID),
                "{member}"
            );
        }
    }

    #[test]
    fn the_end_of_a_soft_deleted_instance_is_read() {
        let deletion = r#"{"deletionTime":"2026-02-24T12:00:00Z","billingEndDate":"0001-01-01T00:00:00","scheduledPurgeTime":"2026-03-10T12:00:00Z"}"#;
        let info = read(&format!(r#"{{"deletionInfo":{deletion}}}"#))
            .deletion
            .expect("a deletion");
        assert_eq!(info.purged, "2026-03-10T12:00:00Z".parse().ok());
        assert_eq!(info.billed_until, None);
    }
}
