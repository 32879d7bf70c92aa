//! What somebody wants to protect (reference B3, B11).

use serde_json::{Value, json};

use crate::{
    call::Call,
    data_protection::user_errors::{self, UserError},
    postgres::{SERVER_TYPE, servers::text, single_servers::DATABASE_TYPE},
    refusals::{self, Refusal},
};

/// A backup instance as it was sent, with its oddities taken out.
#[derive(Debug, Clone)]
pub(crate) struct Protection {
    /// The instance's properties.
    pub(crate) properties: Value,
    pub(crate) tags: Option<Value>,
}

impl Protection {
    /// The `backupInstance` of a validation.
    pub(crate) fn of_validation(call: &Call) -> Result<Self, Refusal> {
        let body = call.json()?.unwrap_or_default();
        Self::read(body["backupInstance"].clone(), None).map_err(|error| error.refuse(call))
    }

    /// The `properties` of an instance.
    pub(crate) fn of_instance(call: &Call) -> Result<Self, Refusal> {
        let body = match call.json()? {
            Some(body) if body.is_object() => body,
            _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
        };
        let mut properties = body["properties"].clone();
        // The document has it beside the properties, which its own description says is wrong (reference B11).
        if properties.is_object() && properties.get("objectType").is_none() {
            properties["objectType"] = body["objectType"].clone();
        }
        let tags = body.get("tags").filter(|tags| tags.is_object()).cloned();
        Self::read(properties, tags).map_err(|error| error.refuse(call))
    }

    fn read(mut properties: Value, tags: Option<Value>) -> Result<Self, UserError> {
        for place in ["dataSourceInfo", "dataSourceSetInfo"] {
            use_the_documents_spelling(&mut properties[place]);
        }
        let protection = Self { properties, tags };
        let is_set = |pointer: &str| !text(&protection.properties, pointer).is_empty();
        let advice = if text(&protection.properties, "/objectType") != "BackupInstance" {
            "Specify 'BackupInstance' as 'objectType'."
        } else if !is_set("/dataSourceInfo/resourceID") {
            "Specify 'dataSourceInfo.resourceID'."
        } else if !is_set("/policyInfo/policyId") {
            "Specify 'policyInfo.policyId'."
        } else if !protection.is_flexible_server() && !protection.is_database() {
            "Specify a 'dataSourceInfo.datasourceType' that is supported."
        } else {
            return Ok(protection);
        };
        Err(user_errors::INVALID_INPUT.say(&[advice]))
    }

    pub(crate) fn is_flexible_server(&self) -> bool {
        self.kind().eq_ignore_ascii_case(SERVER_TYPE)
    }

    pub(crate) fn is_database(&self) -> bool {
        self.kind().eq_ignore_ascii_case(DATABASE_TYPE)
    }

    pub(crate) fn kind(&self) -> &str {
        text(&self.properties, "/dataSourceInfo/datasourceType")
    }

    /// The id of what is to be protected, as it was sent.
    pub(crate) fn source(&self) -> &str {
        text(&self.properties, "/dataSourceInfo/resourceID")
    }

    /// The lower-case id of the policy.
    pub(crate) fn policy_key(&self) -> String {
        text(&self.properties, "/policyInfo/policyId").to_ascii_lowercase()
    }

    /// The identifier of the secret with the credentials of a database.
    pub(crate) fn secret(&self) -> &str {
        text(
            &self.properties,
            "/datasourceAuthCredentials/secretStoreResource/uri",
        )
    }
}

/// Some clients send `resourceId`; all are answered `resourceID` (reference B11).
fn use_the_documents_spelling(source: &mut Value) {
    let Some(members) = source.as_object_mut() else {
        return;
    };
    if let Some(id) = members.shift_remove("resourceId")
        && !members.contains_key("resourceID")
    {
        let mut renamed = json!({ "resourceID": id });
        let rest = std::mem::take(members);
        if let Some(first) = renamed.as_object_mut() {
            first.extend(rest);
            *members = std::mem::take(first);
        }
    }
}
