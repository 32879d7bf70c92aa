//! The states of protection, and what is possible in which (reference B1, B3).

use serde_json::{Map, Value, json};

use crate::postgres::servers::text;

pub(crate) const CONFIGURING: &str = "ConfiguringProtection";
pub(crate) const CONFIGURING_FAILED: &str = "ConfiguringProtectionFailed";
pub(crate) const CONFIGURED: &str = "ProtectionConfigured";
pub(crate) const SUSPENDED: &str = "BackupSchedulesSuspended";
pub(crate) const STOPPED: &str = "ProtectionStopped";
pub(crate) const SOFT_DELETING: &str = "SoftDeleting";
pub(crate) const SOFT_DELETED: &str = "SoftDeleted";

/// The instance's state.
pub(crate) fn of(instance: &Value) -> &str {
    text(instance, "/properties/currentProtectionState")
}

/// A merge patch that brings an instance into a state; `error` is a `UserFacingError` or null.
pub(crate) fn patch(state: &str, provisioning: &str, error: &Value) -> Value {
    // The status knows fewer words than the state (reference B3).
    let status = if state == SUSPENDED { STOPPED } else { state };
    json!({ "properties": {
        "protectionStatus": { "status": status, "errorDetails": error },
        "currentProtectionState": state,
        "protectionErrorDetails": error,
        "provisioningState": provisioning,
    } })
}

/// What may be done with an instance, as Resource Graph tells (reference B1).
pub(crate) fn allowed_operations(state: &str) -> Vec<&'static str> {
    match state {
        CONFIGURED => vec!["Backup", "Restore", "StopProtection", "SuspendBackup", "Delete"],
        SUSPENDED | STOPPED => vec!["Restore", "ResumeBackup", "Delete"],
        CONFIGURING_FAILED => vec!["Delete"],
        _ => Vec::new(),
    }
}

/// The properties of an instance that is being configured, in the order of the document's answer (S1).
pub(crate) fn being_configured(name: &str, sent: &Value) -> Value {
    let mut properties = Map::new();
    let friendly = match text(sent, "/friendlyName") {
        "" => name,
        friendly => friendly,
    };
    properties.insert("friendlyName".to_owned(), json!(friendly));
    for member in ["dataSourceInfo", "dataSourceSetInfo", "policyInfo"] {
        properties.insert(member.to_owned(), sent[member].clone());
    }
    for optional in ["datasourceAuthCredentials", "identityDetails"] {
        if let Some(value) = sent.get(optional).filter(|value| value.is_object()) {
            properties.insert(optional.to_owned(), value.clone());
        }
    }
    // Recorded: the place of the secret's value is always there, and always empty (reference B3).
    if let Some(store) = properties
        .get_mut("datasourceAuthCredentials")
        .and_then(|credentials| credentials.get_mut("secretStoreResource"))
        .and_then(Value::as_object_mut)
    {
        store.insert("value".to_owned(), Value::Null);
    }
    properties.insert("protectionStatus".to_owned(), json!({ "status": CONFIGURING }));
    properties.insert("currentProtectionState".to_owned(), json!(CONFIGURING));
    properties.insert("provisioningState".to_owned(), json!("Provisioning"));
    properties.insert("objectType".to_owned(), json!("BackupInstance"));
    properties.into()
}
