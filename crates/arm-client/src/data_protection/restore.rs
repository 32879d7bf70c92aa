//! Restoring a recovery point: as files, or of a legacy database also as a database (reference B2, B6, S3).

use arm_core::{Method, ResourceId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DataProtection, Datasource, Done, StartedJob, vault::text};
use crate::{ArmError, Poller, Repetition, lenient, pipeline::read_body};

/// What is to be restored, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreRequest {
    /// The `recoveryPointId`; never the friendly name, which the document's prose names (reference B5).
    pub recovery_point_id: String,
    /// In which store its data are, such as `VaultStore`.
    pub store: String,
    /// The region of the vault.
    pub location: String,
    /// Where to.
    pub target: RestoreTarget,
}

/// Where a recovery point is restored to; what is there already makes the restore fail (`FailIfExists`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreTarget {
    /// As files in a container.
    Files {
        /// The URL of the container, without a SAS.
        url: String,
        /// What the names of all files begin with.
        prefix: String,
        /// The resource id of the container: needed in another subscription than the vault's, and where the vault does
        /// not restore across subscriptions (description of the field).
        container: Option<ResourceId>,
    },
    /// As a database that is not there yet, on a legacy single server; flexible servers are restored as files only.
    Database {
        /// The database to be.
        database: Datasource,
        /// The identifier of the secret with the credentials for its server.
        secret: Option<String>,
    },
}

/// The store of the recovery points of PostgreSQL.
pub const VAULT_STORE: &str = "VaultStore";

/// A prefix for the files of a restore that begins now: what is restored, and when, to the second.
///
/// The service does not say what a prefix may hold; this one has only what every name of a blob may.
pub fn file_prefix(source: &str, now: Timestamp) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '-'
        }
    };
    let source: String = source.chars().map(plain).collect();
    format!("{source}-{}", now.format("%Y%m%dT%H%M%SZ"))
}

impl RestoreRequest {
    /// The body of `restore`: the request itself.
    pub fn body(&self) -> Value {
        json!({
            "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
            "sourceDataStoreType": self.store,
            "restoreTargetInfo": self.target_info(),
            "recoveryPointId": self.recovery_point_id,
        })
    }

    /// The body of `validateRestore`: the same, wrapped, with the `objectType` that the document puts beside it.
    pub fn validation_body(&self) -> Value {
        json!({
            "objectType": "ValidateRestoreRequestObject",
            "restoreRequestObject": self.body(),
        })
    }

    fn target_info(&self) -> Value {
        match &self.target {
            RestoreTarget::Files {
                url,
                prefix,
                container,
            } => {
                let mut details = json!({
                    "url": url,
                    "filePrefix": prefix,
                    "restoreTargetLocationType": "AzureBlobs",
                });
                if let Some(container) = container {
                    details["targetResourceArmId"] = json!(container);
                }
                json!({
                    "targetDetails": details,
                    "restoreLocation": self.location,
                    "recoveryOption": "FailIfExists",
                    "objectType": "RestoreFilesTargetInfo",
                })
            }
            RestoreTarget::Database { database, secret } => {
                let mut info = json!({
                    // With a lower-case s, other than in an instance (reference B6).
                    "datasourceInfo": database.info(),
                    "datasourceSetInfo": database.set(),
                    "restoreLocation": self.location,
                    "recoveryOption": "FailIfExists",
                    "objectType": "RestoreTargetInfo",
                });
                if let Some(secret) = secret {
                    info["datasourceAuthCredentials"] = json!({
                        "objectType": "SecretStoreBasedAuthCredentials",
                        "secretStoreResource": { "secretStoreType": "AzureKeyVault", "uri": secret, "value": null },
                    });
                }
                info
            }
        }
    }
}

/// A time of which every moment can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestorableRange {
    /// Its beginning.
    pub start: Option<Timestamp>,
    /// Its end.
    pub end: Option<Timestamp>,
}

impl DataProtection {
    /// Begins to validate a restore. It changes nothing, so it may be sent again.
    ///
    /// What is wrong at once is an [`ArmError::Service`] (400), what is found out later an
    /// [`ArmError::OperationFailed`] of the poller. Where nobody knows where to ask, the outcome stays unknown.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_validate_restore(
        &self,
        instance: &ResourceId,
        request: &RestoreRequest,
    ) -> Result<Poller<Done>, ArmError> {
        let path = format!("{instance}/validateRestore");
        let body = Some(request.validation_body());
        self.begin(Method::Post, path, body, Repetition::Converges).await
    }

    /// Begins a restore; the operation ends in a job, which runs on and decides.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_restore(
        &self,
        instance: &ResourceId,
        request: &RestoreRequest,
    ) -> Result<Poller<StartedJob>, ArmError> {
        self.act(instance, "restore", Some(request.body())).await
    }

    /// The times of which every moment can be restored: of PostgreSQL there are none, as it is restored by recovery
    /// points (reference B5).
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn restorable_ranges(
        &self,
        instance: &ResourceId,
        store: &str,
    ) -> Result<Vec<RestorableRange>, ArmError> {
        let path = format!("{instance}/findRestorableTimeRanges");
        let url = self.client().url(&path, self.version())?;
        // It only reads.
        let mut call = self.client().call(Method::Post, url, Repetition::Converges);
        call.body = Some(json!({ "sourceDataStoreType": store }).to_string());
        let answer: Ranges = read_body(&self.client().send(&call).await?.response)?;
        Ok(answer.0)
    }
}

#[derive(Deserialize)]
#[serde(from = "Value")]
struct Ranges(Vec<RestorableRange>);

impl From<Value> for Ranges {
    fn from(answer: Value) -> Self {
        let ranges = answer["properties"]["restorableTimeRanges"].as_array();
        let moment =
            |range: &Value, pointer| text(range, pointer).and_then(|text| lenient::parse_timestamp(&text));
        let read = |range| RestorableRange {
            start: moment(range, "/startTime"),
            end: moment(range, "/endTime"),
        };
        Self(ranges.into_iter().flatten().map(read).collect())
    }
}

#[cfg(test)]
mod tests;
