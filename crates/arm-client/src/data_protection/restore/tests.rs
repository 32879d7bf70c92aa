//! The bodies against the document's (S3), which is told here as it stands there.

use super::*;
use crate::data_protection::DatasourceKind;

/// The document's body of a validation.
const VALIDATION: &str = r#"{
  "objectType": "ValidateRestoreRequestObject",
  "restoreRequestObject": {
    "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
    "sourceDataStoreType": "VaultStore",
    "restoreTargetInfo": {
      "targetDetails": {
        "url": "https://testossstorageaccount.blob.core.windows.net/testcontainerrestore",
        "filePrefix": "testprefix",
        "restoreTargetLocationType": "AzureBlobs"
      },
      "restoreLocation": "westus",
      "recoveryOption": "FailIfExists",
      "objectType": "RestoreFilesTargetInfo"
    },
    "recoveryPointId": "eb006fde78cb47198be5a320fbe45e9b"
  }
}"#;

fn id(path: &str) -> ResourceId {
    let text = format!("/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourceGroups/{path}");
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn request(target: RestoreTarget) -> RestoreRequest {
    RestoreRequest {
        recovery_point_id: "eb006fde78cb47198be5a320fbe45e9b".to_owned(),
        store: VAULT_STORE.to_owned(),
        location: "westus".to_owned(),
        target,
    }
}

fn files(container: Option<ResourceId>) -> RestoreRequest {
    request(RestoreTarget::Files {
        url: "https://testossstorageaccount.blob.core.windows.net/testcontainerrestore".to_owned(),
        prefix: "testprefix".to_owned(),
        container,
    })
}

#[test]
fn the_bodies_are_the_documents_field_by_field() {
    let document: Value = serde_json::from_str(VALIDATION).expect(VALIDATION);
    let request = files(None);
    assert_eq!(request.validation_body(), document);
    // "The same request body with minor changes": without its wrapping.
    assert_eq!(request.body(), document["restoreRequestObject"]);
}

#[test]
fn across_subscriptions_the_container_is_named_by_its_resource_id() {
    let container = id(
        "rg/providers/Microsoft.Storage/storageAccounts/testossstorageaccount/blobServices/default/containers/testcontainerrestore",
    );
    let with = files(Some(container.clone())).body();
    let mut expected = files(None).body();
    expected["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"] = json!(container);
    assert_eq!(with, expected);
}

#[test]
fn a_legacy_database_goes_to_another_one_with_its_credentials() {
    let server = "ossdemoRG/providers/Microsoft.DBforPostgreSQL/servers/testpostgresql";
    let body = request(RestoreTarget::Database {
        database: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id(&format!("{server}/databases/emprestored21")),
            location: "westus".to_owned(),
        },
        secret: Some("https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey".to_owned()),
    })
    .body();
    let member = |object: &str, id: ResourceId, resource: &str| {
        json!({
            "resourceID": id,
            "resourceUri": "",
            "datasourceType": "Microsoft.DBforPostgreSQL/servers/databases",
            "resourceName": id.name(),
            "resourceType": resource,
            "resourceLocation": "westus",
            "objectType": object,
        })
    };
    assert_eq!(
        body["restoreTargetInfo"],
        json!({
            "datasourceInfo": member(
                "Datasource",
                id(&format!("{server}/databases/emprestored21")),
                "Microsoft.DBforPostgreSQL/servers/databases"
            ),
            "datasourceSetInfo": member("DatasourceSet", id(server), "Microsoft.DBforPostgreSQL/servers"),
            "restoreLocation": "westus",
            "recoveryOption": "FailIfExists",
            "objectType": "RestoreTargetInfo",
            "datasourceAuthCredentials": {
                "objectType": "SecretStoreBasedAuthCredentials",
                "secretStoreResource": {
                    "secretStoreType": "AzureKeyVault",
                    "uri": "https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey",
                    "value": null,
                },
            },
        })
    );
}

#[test]
fn a_prefix_tells_what_is_restored_and_when() {
    let now: Timestamp = "2026-03-12T10:02:31.5Z".parse().expect("a moment");
    for (source, expected) in [
        ("pg-orders-prod", "pg-orders-prod-20260312T100231Z"),
        ("my db/é", "my-db---20260312T100231Z"),
    ] {
        assert_eq!(file_prefix(source, now), expected);
    }
}

#[test]
fn ranges_are_read_as_far_as_they_go() {
    let answer = r#"{"id":"i","properties":{"objectType":"AzureBackupFindRestorableTimeRangesResponse","restorableTimeRanges":[
        {"startTime":"2026-01-07T17:13:34.8853571Z","endTime":"0001-01-01T00:00:00Z","objectType":"RestorableTimeRange"}]}}"#;
    let read: Ranges = serde_json::from_str(answer).expect(answer);
    let start = read.0[0].start.map(|start| start.timestamp());
    assert_eq!((start, read.0[0].end), (Some(1_767_806_014), None));
    for answer in ["{}", "null", r#"{"properties":{"restorableTimeRanges":null}}"#] {
        let read: Ranges = serde_json::from_str(answer).expect(answer);
        assert_eq!(read.0, [], "{answer}");
    }
}
