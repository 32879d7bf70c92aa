//! Container documents (reference C3).

use arm_core::Timestamp;
use serde_json::{Value, json};

use super::CONTAINER_TYPE;
use crate::timestamps::with_z;

/// A container that was last changed at a moment.
pub(crate) fn document(account_id: &str, name: &str, modified: Timestamp) -> Value {
    json!({
        "id": format!("{account_id}/blobServices/default/containers/{name}"),
        "name": name,
        "type": CONTAINER_TYPE,
        "etag": etag(modified),
        "properties": {
            "deleted": false,
            "remainingRetentionDays": 0,
            "defaultEncryptionScope": "$account-encryption-key",
            "denyEncryptionScopeOverride": false,
            "publicAccess": "None",
            "leaseStatus": "Unlocked",
            "leaseState": "Available",
            "lastModifiedTime": with_z(modified),
            "immutableStorageWithVersioning": { "enabled": false },
            "hasImmutabilityPolicy": false,
            "hasLegalHold": false,
        },
    })
}

/// 3 to 63 lower-case letters, digits and single dashes between them (reference C3).
pub(super) fn is_container_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&name.len())
        && name.bytes().all(is_allowed)
        && name.split('-').all(|part| !part.is_empty())
}

fn etag(modified: Timestamp) -> String {
    format!("\"0x8D{:X}\"", modified.timestamp_micros())
}
