//! What somebody wants to restore, and where to (reference B6).

use serde_json::Value;

use crate::{
    call::Call,
    data_protection::user_errors::{self, UserError},
    postgres::{servers::text, single_servers::DATABASE_TYPE},
    refusals::Refusal,
    target,
};

/// A request as it was sent.
#[derive(Debug, Clone)]
pub(super) struct RestoreRequest {
    pub(super) point: String,
    pub(super) store: String,
    /// The region; empty where none is said.
    pub(super) location: String,
    pub(super) target: Target,
}

#[derive(Debug, Clone)]
pub(super) enum Target {
    /// Files in a container.
    Files {
        url: String,
        prefix: String,
        /// The resource id of the container; empty where none is said.
        container: String,
    },
    /// A database that is not there yet.
    Database { id: String, secret: String },
}

impl RestoreRequest {
    /// The `restoreRequestObject` of a validation; `objectType` beside it is taken and not needed (reference B6).
    pub(super) fn of_validation(call: &Call) -> Result<Self, Refusal> {
        let body = call.json()?.unwrap_or_default();
        let inner = body.get("restoreRequestObject").filter(|inner| inner.is_object());
        let inner = inner.ok_or("Specify 'restoreRequestObject'.");
        inner
            .and_then(Self::read)
            .map_err(|advice| invalid(advice).refuse(call))
    }

    /// The request of a restore: the same without its wrapping.
    pub(super) fn of_restore(call: &Call) -> Result<Self, Refusal> {
        let body = call.json()?.unwrap_or_default();
        Self::read(&body).map_err(|advice| invalid(advice).refuse(call))
    }

    fn read(request: &Value) -> Result<Self, &'static str> {
        if text(request, "/objectType") != "AzureBackupRecoveryPointBasedRestoreRequest" {
            return Err("Specify 'AzureBackupRecoveryPointBasedRestoreRequest' as 'objectType'.");
        }
        let required = |pointer: &str, advice: &'static str| match text(request, pointer) {
            "" => Err(advice),
            text => Ok(text.to_owned()),
        };
        if text(request, "/restoreTargetInfo/recoveryOption") != "FailIfExists" {
            return Err("Specify 'FailIfExists' as 'restoreTargetInfo.recoveryOption'.");
        }
        let target = match text(request, "/restoreTargetInfo/objectType") {
            "RestoreFilesTargetInfo" => Target::files(&request["restoreTargetInfo"]["targetDetails"])?,
            "RestoreTargetInfo" => Target::database(&request["restoreTargetInfo"])?,
            _ => return Err("Specify a 'restoreTargetInfo.objectType' that is supported."),
        };
        Ok(Self {
            point: required("/recoveryPointId", "Specify 'recoveryPointId'.")?,
            store: required("/sourceDataStoreType", "Specify 'sourceDataStoreType'.")?,
            location: text(request, "/restoreTargetInfo/restoreLocation").to_owned(),
            target,
        })
    }
}

impl Target {
    /// What the job calls it.
    pub(super) fn destination(&self) -> &str {
        match self {
            Self::Files { url, .. } => url,
            Self::Database { id, .. } => id,
        }
    }

    fn files(details: &Value) -> Result<Self, &'static str> {
        if text(details, "/restoreTargetLocationType") != "AzureBlobs" {
            return Err("Specify 'AzureBlobs' as 'targetDetails.restoreTargetLocationType'.");
        }
        let (url, prefix) = (text(details, "/url"), text(details, "/filePrefix"));
        if prefix.is_empty() {
            return Err("Specify 'targetDetails.filePrefix'.");
        }
        let (origin, name) =
            container(url).ok_or("Specify the URL of a container as 'targetDetails.url'.")?;
        let resource = text(details, "/targetResourceArmId");
        let account = origin.split("://").nth(1).and_then(|host| host.split('.').next());
        // It is the id of the container (description of the field), and must be that of the same one.
        let segments: Vec<_> = resource.split('/').collect();
        let is_same = matches!(segments.as_slice(), [_, _, _, _, _, _, _, _, owner, _, _, _, last]
            if account == Some(owner) && name == **last);
        if !resource.is_empty() && !is_same {
            return Err(
                "Specify the resource id of the container of 'targetDetails.url' as 'targetResourceArmId'.",
            );
        }
        Ok(Self::Files {
            url: url.to_owned(),
            prefix: prefix.to_owned(),
            container: resource.to_owned(),
        })
    }

    fn database(info: &Value) -> Result<Self, &'static str> {
        let kind = text(info, "/datasourceInfo/datasourceType");
        if !kind.eq_ignore_ascii_case(DATABASE_TYPE) {
            return Err("Specify a 'datasourceInfo.datasourceType' that is supported.");
        }
        let id = match text(info, "/datasourceInfo/resourceID") {
            "" => text(info, "/datasourceInfo/resourceId"),
            id => id,
        };
        if id.is_empty() {
            return Err("Specify 'datasourceInfo.resourceID'.");
        }
        Ok(Self::Database {
            id: id.to_owned(),
            secret: text(info, "/datasourceAuthCredentials/secretStoreResource/uri").to_owned(),
        })
    }
}

/// Origin and name of a container that a URL names, and nothing below it.
pub(super) fn container(url: &str) -> Option<(String, String)> {
    let target = target::Target::parse(url).ok()?;
    match target.segments.as_slice() {
        [name] if !name.is_empty() && target.query.is_empty() => Some((target.origin, name.clone())),
        _ => None,
    }
}

pub(super) fn invalid(advice: &str) -> UserError {
    user_errors::INVALID_INPUT.say(&[advice])
}
