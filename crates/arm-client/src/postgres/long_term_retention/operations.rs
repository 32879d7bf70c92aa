//! Checking, starting and reading long-term retention backups.

use arm_core::{Method, ResourceId};
use serde::Deserialize;
use serde_json::json;

use super::{LongTermBackup, LongTermBackupName};
use crate::{
    ArmClient, ArmError, FinalStateVia, Operation, Pager, Poller, Unreadable, api_versions, lenient,
    pipeline::{Repetition, read_body},
    storage::SasUri,
};

/// The long-term retention backups of one flexible server.
#[derive(Clone)]
pub struct LongTermRetention {
    client: ArmClient,
    server: ResourceId,
}

/// What a backup needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreCheck {
    /// How many containers, and so how many SAS URIs.
    pub number_of_containers: u32,
    /// The service's id of the request, for support.
    pub request_id: Option<String>,
}

#[derive(Deserialize)]
struct Checked {
    #[serde(default, deserialize_with = "lenient::or_default")]
    properties: CheckedProperties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CheckedProperties {
    #[serde(default, deserialize_with = "lenient::count")]
    number_of_containers: Option<u32>,
}

impl LongTermRetention {
    pub(crate) fn new(client: ArmClient, server: ResourceId) -> Self {
        Self { client, server }
    }

    /// Asks whether a backup can be started, and how many containers it needs.
    ///
    /// # Errors
    /// [`ArmError::Service`] with the reason for which there can be none, such as
    /// `ServerNotReadyForLongTermBackup`; see [`ArmError`] for the rest.
    pub async fn pre_check(&self, name: &LongTermBackupName) -> Result<PreCheck, ArmError> {
        let path = format!("{}/ltrPreBackup", self.server);
        let url = self.client.url(&path, api_versions::POSTGRESQL)?;
        // It changes nothing.
        let mut call = self.client.call(Method::Post, url, Repetition::Converges);
        call.body = Some(json!({ "backupSettings": { "backupName": name.as_str() } }).to_string());
        let response = self.client.send(&call).await?.response;
        let checked: Checked = read_body(&response)?;
        let count = checked.properties.number_of_containers;
        let number_of_containers = count.ok_or_else(|| {
            Unreadable::new("the pre-check does not say how many containers are needed")
                .answered_by(&response)
        })?;
        Ok(PreCheck {
            number_of_containers,
            request_id: response.headers.get("x-ms-request-id").map(str::to_owned),
        })
    }

    /// Begins a backup into these containers, as many as the pre-check asks for.
    ///
    /// It triggers, so it is sent again only where it certainly was not taken. Of a start that is answered at once
    /// (200) what the service says of the backup counts: where that is not *Succeeded* the poller is at
    /// [`Progress::Unknown`](crate::Progress::Unknown), and [`LongTermRetention::operation`] tells the rest. So it
    /// does after a lost answer ([`ArmError::may_have_begun`]).
    ///
    /// The result of the poller may have no status: then it has succeeded, as the poller said (reference A3).
    ///
    /// # Errors
    /// See [`ArmError`]. What the service refuses later, such as a SAS that has expired, comes from the poller as
    /// [`ArmError::OperationFailed`]. No error holds a signature.
    pub async fn begin(
        &self,
        name: &LongTermBackupName,
        containers: &[SasUri],
    ) -> Result<Poller<LongTermBackup>, ArmError> {
        let uris: Vec<_> = containers.iter().map(SasUri::expose).collect();
        let body = json!({
            "backupSettings": { "backupName": name.as_str() },
            "targetDetails": { "sasUriList": uris },
        });
        let operation = Operation {
            method: Method::Post,
            path: format!("{}/startLtrBackup", self.server),
            api_version: api_versions::POSTGRESQL,
            body: Some(body.to_string()),
            repetition: Repetition::Triggers,
            final_state_via: FinalStateVia::Location,
        };
        self.client.begin(&operation).await
    }

    /// All backups that were ever begun, running ones as they stand now.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn operations(&self) -> Result<Vec<LongTermBackup>, ArmError> {
        let path = format!("{}/ltrBackupOperations", self.server);
        let first = self.client.url(&path, api_versions::POSTGRESQL)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// One backup as it stands now: how far it is, and how it ended.
    ///
    /// # Errors
    /// [`ArmError::Service`] with status 404 when there is none; see [`ArmError`] for the rest.
    pub async fn operation(&self, name: &LongTermBackupName) -> Result<LongTermBackup, ArmError> {
        let path = self.server.child("ltrBackupOperations", name.as_str())?;
        self.client.get(path.as_str(), api_versions::POSTGRESQL).await
    }
}
