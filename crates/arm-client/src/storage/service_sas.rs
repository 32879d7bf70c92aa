//! What a SAS is asked for of the resource manager (reference G6).

use arm_core::{Secret, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::{ContainerName, InvalidSasUri, SasUri, StorageAccount, sas_time::written};
use crate::Unreadable;

/// A SAS of one container for a long-term retention backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceSasRequest {
    /// The container.
    pub container: ContainerName,
    /// When it begins to be valid; `None` for at once, which spares a clock that is ahead.
    pub start: Option<Timestamp>,
    /// When it expires.
    pub expiry: Timestamp,
}

/// The answer; its token never becomes anything that can be shown.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    #[serde(deserialize_with = "secret")]
    service_sas_token: Secret,
}

impl ServiceSasRequest {
    /// What a backup does in a container (reference A3), in the order that the service takes.
    const PERMISSIONS: &str = "rwdl";

    /// The body: a container, what a backup needs, over https.
    pub(super) fn body(&self, account: &str) -> String {
        self.body_for(account, Self::PERMISSIONS)
    }

    /// The body with these permissions instead.
    pub(super) fn body_for(&self, account: &str, permissions: &str) -> String {
        let mut body = json!({
            "canonicalizedResource": format!("/blob/{account}/{}", self.container),
            "signedResource": "c",
            "signedPermission": permissions,
            "signedProtocol": "https",
            "signedExpiry": written(self.expiry),
        });
        if let Some(start) = self.start {
            body["signedStart"] = json!(written(start));
        }
        body.to_string()
    }
}

impl Answer {
    /// The URI of the container in the account with the token of this answer.
    pub(super) fn uri(
        &self,
        account: &StorageAccount,
        container: &ContainerName,
    ) -> Result<SasUri, Unreadable> {
        let endpoint = account.blob_endpoint.as_deref().unwrap_or_default();
        let token = self.service_sas_token.expose().trim_start_matches('?');
        let uri = format!("{}/{container}?{token}", endpoint.trim_end_matches('/'));
        uri.parse()
            .map_err(|error: InvalidSasUri| Unreadable::new(format!("the SAS that was handed out: {error}")))
    }
}

fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_container_and_what_a_backup_needs_are_asked_for() {
        let mut request = ServiceSasRequest {
            container: "ltr-orders".parse().expect("a name"),
            start: None,
            expiry: moment("2026-03-02T12:00:00.9Z"),
        };
        let body = |request: &ServiceSasRequest| -> serde_json::Value {
            serde_json::from_str(&request.body("sta")).expect("JSON")
        };
        let expected = json!({
            "canonicalizedResource": "/blob/sta/ltr-orders",
            "signedResource": "c",
            "signedPermission": "rwdl",
            "signedProtocol": "https",
            "signedExpiry": "2026-03-02T12:00:00Z",
        });
        assert_eq!(body(&request), expected);
        request.start = Some(moment("2026-03-01T12:00:00Z"));
        assert_eq!(body(&request)["signedStart"], "2026-03-01T12:00:00Z");
    }

    #[test]
    fn endpoint_container_and_token_make_the_uri() {
        let account: StorageAccount = serde_json::from_str(
            r#"{"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta",
                "properties":{"primaryEndpoints":{"blob":"https://sta.z1.blob.storage.azure.net/"}}}"#,
        )
        .expect("an account");
        for token in ["sv=1&sig=x", "?sv=1&sig=x"] {
            let answer: Answer =
                serde_json::from_str(&format!(r#"{{"serviceSasToken":"{token}"}}"#)).expect("an answer");
            let uri = answer
                .uri(&account, &"ltr".parse().expect("a name"))
                .expect("a URI");
            assert_eq!(
                uri.expose(),
                "https://sta.z1.blob.storage.azure.net/ltr?sv=1&sig=x"
            );
        }
    }
}
