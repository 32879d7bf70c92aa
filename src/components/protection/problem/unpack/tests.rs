use arm_client::data_protection::BackupInstance;

use super::*;

const VAULT: &str = "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxx/resourceGroups/TestBkpVaultRG/providers/Microsoft.DataProtection/backupVaults/testBkpVault";

/// An error as an instance has it, of this JSON.
fn error(details: &str) -> ServiceError {
    let json = format!(
        r#"{{"id":"{VAULT}/backupInstances/i","properties":{{"protectionStatus":{{"errorDetails":{details}}}}}}}"#
    );
    let instance: BackupInstance =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
    *instance.error.expect("an error")
}

/// The first response of the document on flexible servers.
fn already_protected() -> ServiceError {
    error(&format!(
        r#"{{"message":"Datasource is already protected under the Backup vault {VAULT}.",
        "recommendedAction":["Delete the backup instance testpostgresql-empdb11-957d23b1-c679-4c94-ade6-c4d34635e149 from the Backup vault {VAULT} to re-protect the datasource in any other vault."],
        "details":null,"code":"UserErrorDppDatasourceAlreadyProtected","target":"","innerError":null,
        "isRetryable":false,"isUserError":false,"properties":{{"ActivityId":"0c99ff0f-6c26-4ec7-899f-205435e89894"}}}}"#
    ))
}

/// The response of the document to a validation without rights.
fn missing_permissions() -> ServiceError {
    error(
        r#"{"message":"Appropriate permissions to perform the operation is missing.",
        "recommendedAction":["Grant appropriate permissions to perform this operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation."],
        "code":"UserErrorMissingRequiredPermissions","target":"","innerError":{"code":"UserErrorMissingRequiredPermissions",
        "additionalInfo":{"DetailedNonLocalisedMessage":"Validate for Protection failed. Exception Message: The client 'a8b24f84-f43c-45b3-aa54-e3f6d54d31a6' with object id 'a8b24f84-f43c-45b3-aa54-e3f6d54d31a6' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '/subscriptions/s/resourceGroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver/providers/Microsoft.Authorization' or the scope is invalid. If access was recently granted, please refresh your credentials."}},
        "isRetryable":false,"isUserError":false,"properties":{"ActivityId":"3e7cacb3-65cd-4b3c-8145-71fe90d57327"}}"#,
    )
}

fn words(text: &str) -> Part {
    Part::Words(text.to_owned())
}

#[test]
fn the_documents_refusal_names_the_vault_and_the_instance_that_have_it() {
    let unpacked = unpack(&already_protected());
    let vault: ResourceId = VAULT.parse().expect("an id");
    let name = "testpostgresql-empdb11-957d23b1-c679-4c94-ade6-c4d34635e149";
    assert_eq!(unpacked.title, Some("It is protected already"));
    assert_eq!(unpacked.vault.as_ref(), Some(&vault));
    assert_eq!(unpacked.instance, vault.child("backupInstances", name).ok());
    assert_eq!(
        unpacked.activity_id.as_deref(),
        Some("0c99ff0f-6c26-4ec7-899f-205435e89894")
    );
    assert_eq!(
        unpacked.recommended,
        [[
            words(&format!(
                "Delete the backup instance {name} from the Backup vault "
            )),
            Part::Resource(vault),
            words(" to re-protect the datasource in any other vault."),
        ]]
    );
    assert_eq!((unpacked.who, unpacked.missing), (None, None));
}

#[test]
fn the_documents_failure_names_who_lacks_which_action_where() {
    let unpacked = unpack(&missing_permissions());
    assert_eq!(unpacked.title, Some("The vault's identity lacks a permission"));
    assert_eq!(
        unpacked.who.as_deref(),
        Some("a8b24f84-f43c-45b3-aa54-e3f6d54d31a6")
    );
    let missing = unpacked.missing.expect("what is missing");
    assert_eq!(missing.action, "Microsoft.Authorization/roleAssignments/read");
    assert_eq!(
        missing.scope.as_deref(),
        Some(
            "/subscriptions/s/resourceGroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver"
        )
    );
    assert_eq!(
        unpacked.recommended,
        [[
            words("Grant appropriate permissions to perform this operation as mentioned at "),
            Part::Page("https://aka.ms/UserErrorMissingRequiredPermissions".to_owned()),
            words(" and retry the operation."),
        ]]
    );
    assert_eq!((unpacked.vault, unpacked.instance), (None, None));
    assert_eq!(
        unpacked.activity_id.as_deref(),
        Some("3e7cacb3-65cd-4b3c-8145-71fe90d57327")
    );
}

#[test]
fn only_pages_of_microsofts_become_links() {
    for (text, expected) in [
        (
            "See https://aka.ms/x.",
            vec![
                words("See "),
                Part::Page("https://aka.ms/x".to_owned()),
                words("."),
            ],
        ),
        (
            "https://aka.ms/x",
            vec![Part::Page("https://aka.ms/x".to_owned())],
        ),
        (
            "https://AKA.MS/x",
            vec![Part::Page("https://AKA.MS/x".to_owned())],
        ),
        ("See http://aka.ms/x", vec![words("See http://aka.ms/x")]),
        (
            "See https://aka.ms.evil.example/x",
            vec![words("See https://aka.ms.evil.example/x")],
        ),
        (
            "See https://user@aka.ms/x",
            vec![words("See https://user@aka.ms/x")],
        ),
        (
            "See https://aka.ms:8443/x",
            vec![words("See https://aka.ms:8443/x")],
        ),
        ("javascript:alert(1)", vec![words("javascript:alert(1)")]),
        (
            "https://evil.example?https://aka.ms/",
            vec![words("https://evil.example?https://aka.ms/")],
        ),
        ("", vec![]),
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_is_left_out() {
    let odd = unpack(&error(r#"{"code":"UserErrorOfTomorrow","message":"Something."}"#));
    assert_eq!(odd, Unpacked::default());
    let without_ids = unpack(&error(
        r#"{"code":"UserErrorDppDatasourceAlreadyProtected","message":"Datasource is already protected under the Backup vault bv."}"#,
    ));
    assert_eq!((without_ids.vault, without_ids.instance), (None, None));
    let of_another_kind = VAULT.replace("Microsoft.DataProtection/backupVaults", "Microsoft.X/y");
    let elsewhere = unpack(&error(&format!(
        r#"{{"code":"UserErrorDppDatasourceAlreadyProtected","message":"Datasource is already protected under the Backup vault {of_another_kind}."}}"#,
    )));
    assert_eq!(elsewhere.vault, None, "a link leads to vaults only");
}
