//! What is sent, from what is chosen.

use serde_json::{Value, json};

use super::*;

fn read<T: serde::de::DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn account(subscription: &str, name: &str) -> StorageAccount {
    let id = format!(
        "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/{name}"
    );
    let endpoint = format!("https://{name}.blob.core.windows.net/");
    read(&json!({ "id": id, "name": name, "properties": { "primaryEndpoints": { "blob": endpoint } } }))
}

fn vault(crosses: Option<&str>) -> BackupVault {
    read(&json!({
        "id": "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/TestBkpVault",
        "location": "West US",
        "properties": { "featureSettings": { "crossSubscriptionRestoreSettings": { "state": crosses } } },
    }))
}

fn point(stores: &[&str]) -> RecoveryPoint {
    let stores: Vec<_> = stores.iter().map(|store| json!({ "type": store })).collect();
    read(&json!({ "properties": {
        "recoveryPointId": "eb006fde78cb47198be5a320fbe45e9b",
        "friendlyName": "794ead7c7661410da03997d210d469e7",
        "recoveryPointDataStoresDetails": stores,
    } }))
}

/// The document's own request, member by member (S3).
#[test]
fn the_documents_choices_give_the_documents_request() {
    let accounts = [account("s-1", "testossstorageaccount")];
    let place = chosen(accounts.first(), Some("testcontainerrestore")).expect("a place");
    let vault = vault(Some("Enabled"));
    let target = files(place.clone(), "testprefix", &vault);
    let sent = request(Ok(&point(&["VaultStore"])), Some(&vault), Ok(target)).expect("a request");
    let inner = json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "sourceDataStoreType": "VaultStore",
        "restoreTargetInfo": {
            "targetDetails": {
                "url": "https://testossstorageaccount.blob.core.windows.net/testcontainerrestore",
                "filePrefix": "testprefix",
                "restoreTargetLocationType": "AzureBlobs",
            },
            "restoreLocation": "westus",
            "recoveryOption": "FailIfExists",
            "objectType": "RestoreFilesTargetInfo",
        },
        "recoveryPointId": "eb006fde78cb47198be5a320fbe45e9b",
    });
    assert_eq!(sent.body(), inner);
    assert_eq!(
        sent.validation_body(),
        json!({ "objectType": "ValidateRestoreRequestObject", "restoreRequestObject": inner })
    );
    let pasted = pasted(
        "https://testossstorageaccount.blob.core.windows.net/testcontainerrestore",
        &accounts,
    );
    assert_eq!(pasted, Ok(place), "pasted or chosen, it is the same");
}

#[test]
fn the_container_is_named_by_its_id_where_the_subscription_is_another_one_or_has_to_be_told() {
    for (subscription, crosses, expected) in [
        ("s-1", Some("Enabled"), false),
        ("S-1", None, false),
        ("s-2", Some("Enabled"), true),
        ("s-2", None, true),
        ("s-1", Some("Disabled"), true),
        ("s-1", Some("PermanentlyDisabled"), true),
    ] {
        let account = account(subscription, "sta");
        let place = chosen(Some(&account), Some("restored")).expect("a place");
        let RestoreTarget::Files { container, .. } = files(place, "p", &vault(crosses)) else {
            panic!("files");
        };
        let wanted = format!("{}/blobServices/default/containers/restored", account.id);
        let wanted = expected.then_some(wanted);
        assert_eq!(
            container.map(|id| id.to_string()),
            wanted,
            "{subscription} {crosses:?}"
        );
    }
}

#[test]
fn what_is_lacking_of_a_container_is_said() {
    let accounts = [account("s-1", "sta")];
    let said = [
        chosen(None, None),
        chosen(accounts.first(), None),
        pasted(" ", &accounts),
        pasted("sta/restored", &accounts),
        pasted("https://sta.blob.core.windows.net/", &accounts),
    ];
    let said: Vec<_> = said.into_iter().map(|place| place.expect_err("lacks")).collect();
    assert_eq!(
        said,
        [
            "Choose a storage account.",
            "Choose a container.",
            "Paste the address of a container.",
            "This is no address of a container: it does not begin with https:// and the host of a storage account.",
            "This is no address of a container: it does not end with the name of a container.",
        ]
    );
    let unseen = pasted("https://other.blob.core.windows.net/restored", &accounts).expect("a place");
    assert_eq!(unseen.account, None);
}

#[test]
fn a_sas_is_taken_off_an_address() {
    for (address, expected) in [
        ("https://sta/c", ("https://sta/c", false)),
        ("https://sta/c?sv=1&sig=x", ("https://sta/c", true)),
        ("https://sta/c#?sig=x", ("https://sta/c", true)),
        ("?sig=x", ("", true)),
        ("", ("", false)),
    ] {
        assert_eq!(without_query(address), expected, "{address}");
    }
}

#[test]
fn a_database_goes_to_its_server_with_its_secret() {
    let server: SingleServer = read(&json!({
        "id": "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/pgs",
        "name": "pgs",
        "location": "West Europe",
    }));
    let secret = "https://kv.vault.azure.net/secrets/s".to_owned();
    let target = database(&server, "crm_restored", secret).expect("a target");
    let sent = request(Ok(&point(&[])), Some(&vault(None)), Ok(target)).expect("a request");
    let info = &sent.body()["restoreTargetInfo"];
    assert_eq!(info["objectType"], "RestoreTargetInfo");
    assert_eq!(
        info["datasourceInfo"]["resourceID"],
        format!("{}/databases/crm_restored", server.id)
    );
    assert_eq!(info["datasourceInfo"]["resourceLocation"], "westeurope");
    assert!(database(&server, "a/b", String::new()).is_err());
}

#[test]
fn the_store_is_one_that_can_be_read_from() {
    for (stores, expected) in [
        (&["VaultStore"][..], Some("VaultStore")),
        (&["ArchiveStore", "vaultstore"], Some("VaultStore")),
        (&["OperationalStore"], Some("OperationalStore")),
        (&[], Some("VaultStore")),
        (&["ArchiveStore"], None),
    ] {
        assert_eq!(store_of(&point(stores)).ok().as_deref(), expected, "{stores:?}");
    }
}

#[test]
fn the_uppermost_thing_that_is_lacking_is_said_first() {
    let target = || Err("Choose a storage account.".to_owned());
    let known = point(&[]);
    let no_point = || Err("Choose a recovery point.".to_owned());
    let said = [
        request(no_point(), None, target()),
        request(Ok(&known), None, target()),
        request(
            Ok(&known),
            None,
            Ok(files(
                Place {
                    url: String::new(),
                    container: String::new(),
                    account: None,
                },
                "p",
                &vault(None),
            )),
        ),
    ];
    let said: Vec<_> = said.into_iter().map(|sent| sent.expect_err("lacks")).collect();
    assert_eq!(
        said,
        [
            "Choose a recovery point.",
            "Choose a storage account.",
            "The backup vault has not been read yet.",
        ]
    );
}
