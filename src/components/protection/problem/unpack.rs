//! An error of Azure Backup taken apart: who lacks what where, what holds the datasource already, what Azure recommends;
//! pure.

use arm_client::{ErrorDetail, ServiceError};
use arm_core::ResourceId;
use serde_json::Value;

use crate::problem::{MissingAccess, quoted_after};

/// What Azure Backup says, in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// What it comes to, in a few words; nothing for a code that is not known.
    pub title: Option<&'static str>,
    /// Whose rights are too few: an object id.
    pub who: Option<String>,
    /// Which right is missing where.
    pub missing: Option<MissingAccess>,
    /// The vault that has the datasource already.
    pub vault: Option<ResourceId>,
    /// The instance of it there.
    pub instance: Option<ResourceId>,
    /// What Azure recommends, in parts.
    pub recommended: Vec<Vec<Part>>,
    /// The id that Azure Backup's support asks for.
    pub activity_id: Option<String>,
}

/// A part of a text of Azure's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words(String),
    /// The address of a page of Microsoft's.
    Page(String),
    /// The id of a resource.
    Resource(ResourceId),
}

/// Whose pages an error may lead to: links are taken from nobody else.
const SAFE_HOSTS: [&str; 3] = ["aka.ms", "go.microsoft.com", "learn.microsoft.com"];

/// Takes an error apart.
pub fn unpack(error: &ServiceError) -> Unpacked {
    let messages = messages(error);
    let said = |before: &str| messages.iter().find_map(|message| quoted_after(message, before));
    let held = error.codes().any(is_held).then(|| holder(error)).flatten();
    Unpacked {
        title: error.codes().find_map(title),
        who: said("with object id ").or_else(|| said("The client ")),
        missing: said("perform action ").map(|action| MissingAccess {
            action,
            scope: said("over scope ").map(without_provider),
        }),
        vault: held.as_ref().map(|(vault, _)| vault.clone()),
        instance: held.and_then(|(_, instance)| instance),
        recommended: error
            .recommended_actions
            .iter()
            .map(|action| parts(action))
            .collect(),
        activity_id: activity_id(&error.received),
    }
}

/// Codes that tell of another instance of the datasource.
fn is_held(code: &str) -> bool {
    let codes = [
        "UserErrorDppDatasourceAlreadyProtected",
        "UserErrorDppDatasourceAlreadySoftDeleted",
    ];
    codes.iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// What a code comes to (reference B10).
fn title(code: &str) -> Option<&'static str> {
    const TITLES: [(&str, &str); 18] = [
        (
            "UserErrorDppDatasourceAlreadyProtected",
            "It is protected already",
        ),
        (
            "UserErrorDppDatasourceAlreadySoftDeleted",
            "A soft-deleted instance is in the way",
        ),
        (
            "UserErrorMissingRequiredPermissions",
            "The vault's identity lacks a permission",
        ),
        (
            "UserErrorMSIMissingPermissions",
            "The vault's identity lacks a permission",
        ),
        (
            "UserErrorMaxConcurrentOperationLimitReached",
            "Another backup is running",
        ),
        ("PostgreSQLFlexOperationFailedUserError", "The server refused"),
        (
            "UserErrorContainerNotAccessible",
            "The container cannot be reached",
        ),
        (
            "UserErrorBackupUserAuthFailed",
            "The database did not accept the user of the secret",
        ),
        (
            "UserErrorDBUserAuthFailed",
            "The database did not accept the user of the secret",
        ),
        (
            "UserErrorMissingNetworkSecurityPermissions",
            "The vault cannot reach the server's network",
        ),
        ("UserErrorInvalidSecret", "The secret is not there or not enabled"),
        ("UserErrorInvalidSecretStore", "The key vault is not there"),
        (
            "UserErrorSecretValueInUnsupportedFormat",
            "The secret is no connection string",
        ),
        (
            "UserErrorMissingPermissionsOnSecretStore",
            "The vault's identity may not read the secret",
        ),
        (
            "UserErrorMissingDBPermissions",
            "The database user lacks a permission",
        ),
        ("UserErrorDBNotFound", "The database is not there"),
        (
            "UserErrorDatabaseNameAlreadyInUse",
            "A database of this name is there",
        ),
        (
            "UserErrorServerConnectionClosed",
            "The server closed the connection",
        ),
    ];
    let found = TITLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    found.map(|(_, title)| *title)
}

/// All that is said, the outermost first.
fn messages(error: &ServiceError) -> Vec<&str> {
    let mut messages = vec![error.message.as_str()];
    collect(&error.details, &mut messages);
    messages
}

fn collect<'a>(details: &'a [ErrorDetail], messages: &mut Vec<&'a str>) {
    for detail in details {
        messages.push(&detail.message);
        collect(&detail.details, messages);
    }
}

/// *… under the Backup vault {id}.*, *Delete the backup instance {name} from the Backup vault …* (the documents' first
/// response).
fn holder(error: &ServiceError) -> Option<(ResourceId, Option<ResourceId>)> {
    let actions = error.recommended_actions.iter().map(String::as_str);
    let texts: Vec<_> = messages(error).into_iter().chain(actions).collect();
    let after = |before: &str| texts.iter().find_map(|text| word_after(text, before));
    let vault: ResourceId = after("Backup vault /")
        .and_then(|rest| format!("/{rest}").parse().ok())
        .filter(is_vault)?;
    let instance = after("backup instance ").and_then(|name| vault.child("backupInstances", name).ok());
    Some((vault, instance))
}

fn is_vault(id: &ResourceId) -> bool {
    let kind = id.resource_type();
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case(crate::routes::BACKUP_VAULT))
}

/// The word that follows, without the full stop of its sentence.
fn word_after<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let word = text.split_once(before)?.1.split_whitespace().next()?;
    Some(word.trim_end_matches(['.', ',']))
}

/// The scope of a right to read role assignments is named with the provider behind the resource.
fn without_provider(scope: String) -> String {
    const PROVIDER: &str = "/providers/microsoft.authorization";
    match scope.to_ascii_lowercase().strip_suffix(PROVIDER) {
        Some(rest) => scope[..rest.len()].to_owned(),
        None => scope,
    }
}

/// Words, pages of Microsoft's, and ids, in their order.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let core = word.trim_end_matches(['.', ',', ';', ')']);
        let part = page(core)
            .map(Part::Page)
            .or_else(|| core.parse().ok().map(Part::Resource));
        let words = match part {
            Some(part) => {
                parts.push(part);
                &piece[core.len()..]
            }
            None => piece,
        };
        match parts.last_mut() {
            _ if words.is_empty() => {}
            Some(Part::Words(before)) => before.push_str(words),
            _ => parts.push(Part::Words(words.to_owned())),
        }
    }
    parts
}

fn page(word: &str) -> Option<String> {
    let rest = word.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_safe = SAFE_HOSTS.iter().any(|safe| safe.eq_ignore_ascii_case(host));
    is_safe.then(|| word.to_owned())
}

/// `properties.ActivityId` of the innermost object that has one.
fn activity_id(received: &str) -> Option<String> {
    fn find(value: &Value) -> Option<&str> {
        match value {
            Value::Object(members) => {
                let own = members.get("ActivityId").and_then(Value::as_str);
                own.or_else(|| members.values().find_map(find))
            }
            Value::Array(items) => items.iter().find_map(find),
            _ => None,
        }
    }
    let received: Value = serde_json::from_str(received).ok()?;
    find(&received).filter(|id| !id.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
