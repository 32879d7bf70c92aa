//! A container of blobs.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use crate::lenient;

/// What is read of a container (reference C3).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Wire")]
pub struct BlobContainer {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// When it was last changed; the answer to its making does not say.
    pub last_modified_time: Option<Timestamp>,
    /// Whether blobs in it can be neither changed nor deleted for a while, which a backup may need to do.
    pub has_immutability_policy: Option<bool>,
    /// Whether blobs in it can be neither changed nor deleted until somebody lifts the hold.
    pub has_legal_hold: Option<bool>,
    /// Whether it is deleted and can still be brought back.
    pub is_deleted: bool,
}

#[derive(Deserialize)]
struct Wire {
    id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    properties: WireProperties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireProperties {
    #[serde(default, deserialize_with = "lenient::timestamp")]
    last_modified_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::flag")]
    has_immutability_policy: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    has_legal_hold: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    deleted: Option<bool>,
}

impl From<Wire> for BlobContainer {
    fn from(wire: Wire) -> Self {
        let properties = wire.properties;
        Self {
            name: wire.name.unwrap_or_else(|| wire.id.name().to_owned()),
            id: wire.id,
            last_modified_time: properties.last_modified_time,
            has_immutability_policy: properties.has_immutability_policy,
            has_legal_hold: properties.has_legal_hold,
            is_deleted: properties.deleted.unwrap_or(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_read_as_far_as_it_goes() {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta/blobServices/default/containers/ltr";
        for (properties, modified, hold, deleted) in [
            (
                r#"{"lastModifiedTime":"2026-01-07T17:13:34.0000000Z","hasLegalHold":true,"deleted":true}"#,
                Some(1_767_806_014),
                Some(true),
                true,
            ),
            (
                r#"{"lastModifiedTime":null,"hasLegalHold":null}"#,
                None,
                None,
                false,
            ),
            ("null", None, None, false),
        ] {
            let json = format!(r#"{{"id":"{id}","etag":"e","properties":{properties}}}"#);
            let container: BlobContainer = serde_json::from_str(&json).expect("a container");
            assert_eq!(container.name, "ltr", "{properties}");
            assert_eq!(
                container.last_modified_time.map(|at| at.timestamp()),
                modified,
                "{properties}"
            );
            assert_eq!(
                (container.has_legal_hold, container.is_deleted),
                (hold, deleted),
                "{properties}"
            );
        }
    }
}
