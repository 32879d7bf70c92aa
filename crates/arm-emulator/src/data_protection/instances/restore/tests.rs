mod jobs;

use arm_core::{Method, Request};
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{FIRST_VERSION, billing, commerce, get, refused, send, send_as, state, vault},
    directory::{COMMERCE_VAULT, TENANT_ID},
    testing::{DEVELOPMENT, PRODUCTION, Rig, STORAGE, STORAGE_VERSION, body, url},
};

const URL: &str = "https://stcommercebackup.blob.core.windows.net/restored-files";
const CODE_OF_INPUT: &str = "BMSUserErrorInvalidInput";

/// The newest recovery point of the billing server.
fn point(rig: &mut Rig) -> String {
    let points = get(rig, &format!("{}/recoveryPoints", billing()));
    let id = &points["value"][0]["properties"]["recoveryPointId"];
    id.as_str().expect("a recovery point").to_owned()
}

fn files(point: &str, url: &str, prefix: &str) -> Value {
    json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "sourceDataStoreType": "VaultStore",
        "restoreTargetInfo": {
            "targetDetails": { "url": url, "filePrefix": prefix, "restoreTargetLocationType": "AzureBlobs" },
            "restoreLocation": "westeurope",
            "recoveryOption": "FailIfExists",
            "objectType": "RestoreFilesTargetInfo",
        },
        "recoveryPointId": point,
    })
}

fn with(mut request: Value, pointer: &str, value: Value) -> Value {
    *request.pointer_mut(pointer).expect(pointer) = value;
    request
}

/// Validates to the end; the code it fails with, or nothing.
fn validate(rig: &mut Rig, request: &Value) -> Option<String> {
    let path = format!("{}/validateRestore", billing());
    let sent = json!({ "objectType": "ValidateRestoreRequestObject", "restoreRequestObject": request });
    let begun = send(rig, Method::Post, &path, &sent);
    assert_eq!((begun.status, begun.body.as_str()), (202, ""), "{}", begun.body);
    assert_eq!(begun.headers.get("Retry-After"), Some("10"));
    rig.wait(40);
    let ended = state(rig, &begun);
    let code = ended["error"]["code"].as_str().map(str::to_owned);
    assert_eq!(ended["status"] == "Failed", code.is_some(), "{ended}");
    if code.is_none() {
        let location = begun.headers.get("Location").unwrap_or_default().to_owned();
        assert_eq!(
            body(&rig.follow(&location)),
            json!({ "objectType": "OperationJobExtendedInfo" })
        );
    }
    code
}

/// Starts a restore and gives the id of its job.
fn start(rig: &mut Rig, request: &Value) -> String {
    let begun = send(rig, Method::Post, &format!("{}/restore", billing()), request);
    assert_eq!(begun.status, 202, "{}", begun.body);
    rig.wait(4);
    let ended = state(rig, &begun);
    assert_eq!(ended["status"], "Succeeded", "{ended}");
    ended["properties"]["jobId"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn names(rig: &Rig) -> Vec<&str> {
    let key = format!("{STORAGE}/blobServices/default/containers/restored-files").to_ascii_lowercase();
    rig.world
        .blobs
        .get(&key)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect()
}

#[test]
fn what_cannot_be_restored_at_all_is_refused_at_once() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let points = get(&mut rig, &format!("{}/recoveryPoints", billing()));
    let friendly = points["value"][0]["properties"]["friendlyName"].clone();
    let good = files(&id, URL, "p");
    let target = "/restoreTargetInfo";
    for (request, code) in [
        (json!({}), CODE_OF_INPUT),
        (
            with(
                good.clone(),
                "/objectType",
                json!("AzureBackupRecoveryTimeBasedRestoreRequest"),
            ),
            CODE_OF_INPUT,
        ),
        (with(good.clone(), "/recoveryPointId", json!("")), CODE_OF_INPUT),
        (
            with(good.clone(), "/recoveryPointId", friendly),
            "UserErrorRecoveryPointNotFound",
        ),
        (
            with(good.clone(), "/sourceDataStoreType", json!("ArchiveStore")),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/recoveryOption"),
                json!("Overwrite"),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/objectType"),
                json!("RestoreTargetInfo"),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/targetDetails/filePrefix"),
                json!(""),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/targetDetails/url"),
                json!("https://a/b/c"),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/targetDetails/url"),
                json!(format!("{URL}?sig=x")),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/targetDetails/restoreTargetLocationType"),
                json!("AzureFiles"),
            ),
            CODE_OF_INPUT,
        ),
        (
            with(
                good.clone(),
                &format!("{target}/targetDetails"),
                json!({
                    "url": URL, "filePrefix": "p", "restoreTargetLocationType": "AzureBlobs", "targetResourceArmId": STORAGE,
                }),
            ),
            CODE_OF_INPUT,
        ),
    ] {
        let answer = refused(
            &mut rig,
            Method::Post,
            &format!("{}/restore", billing()),
            &request,
        );
        assert_eq!(answer, (400, code.to_owned()), "{request}");
        let wrapped = json!({ "restoreRequestObject": request });
        let answer = refused(
            &mut rig,
            Method::Post,
            &format!("{}/validateRestore", billing()),
            &wrapped,
        );
        assert_eq!(answer, (400, code.to_owned()), "{wrapped}");
    }
    // Each has the other's form.
    let answer = refused(
        &mut rig,
        Method::Post,
        &format!("{}/validateRestore", billing()),
        &good,
    );
    assert_eq!(answer, (400, CODE_OF_INPUT.to_owned()));
    let wrapped = json!({ "restoreRequestObject": good });
    let answer = refused(
        &mut rig,
        Method::Post,
        &format!("{}/restore", billing()),
        &wrapped,
    );
    assert_eq!(answer, (400, CODE_OF_INPUT.to_owned()));
    for (rig, path, status) in [
        (Rig::as_reader(), billing(), 403),
        (Rig::new(), format!("{}x", billing()), 404),
    ] {
        let mut rig = rig;
        for (act, sent) in [("validateRestore", &wrapped), ("restore", &good)] {
            assert_eq!(
                refused(&mut rig, Method::Post, &format!("{path}/{act}"), sent).0,
                status,
                "{act}"
            );
        }
    }
}

#[test]
fn an_instance_that_was_never_protected_is_not_restored() {
    let mut rig = Rig::new();
    let failed = format!(
        "{}/backupInstances/pg-analytics-957d23b1-c679-4c94-ade6-c4d34635e104",
        vault("bv-insights-neu")
    );
    let answer = refused(
        &mut rig,
        Method::Post,
        &format!("{failed}/restore"),
        &files("x", URL, "p"),
    );
    assert_eq!(
        answer,
        (400, "UserErrorOperationNotAllowedInCurrentState".to_owned())
    );
}

fn patch(rig: &mut Rig, account: &str, properties: &Value) {
    let sent = json!({ "properties": properties });
    let answered = send_as(rig, Method::Patch, account, STORAGE_VERSION, &sent);
    assert_eq!(answered.status, 200, "{}", answered.body);
}

fn grant(rig: &mut Rig, scope: &str) {
    let role = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    let path = format!(
        "{scope}/providers/Microsoft.Authorization/roleAssignments/bbbbbbbb-0000-4000-8000-000000000009"
    );
    let sent = json!({ "properties": {
        "roleDefinitionId": format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
        "principalId": COMMERCE_VAULT,
        "principalType": "ServicePrincipal",
    } });
    let answered = send_as(rig, Method::Put, &path, "2022-04-01", &sent);
    assert_eq!(answered.status, 201, "{}", answered.body);
}

/// One account after the other is refused for what is wrong with it, and is let be once that is mended.
#[test]
fn each_reason_of_the_target_is_told_in_its_order_and_can_be_mended() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let keyless = STORAGE
        .replace("rg-commerce-prod", "rg-billing-prod")
        .replace("stcommercebackup", "stbillingkeyless");
    let at = |account: &str, container: &str| format!("https://{account}.blob.core.windows.net/{container}");
    let code = |rig: &mut Rig, url: &str| validate(rig, &files(&id, url, "p"));
    let told = |code: &str| Some(code.to_owned());

    assert_eq!(
        code(&mut rig, &at("stnowhere", "c")),
        told("UserErrorStorageAccountNotFound")
    );
    assert_eq!(
        code(&mut rig, &at("stinsightsarchive", "archive")),
        told("UserErrorTargetRegionMismatch")
    );
    assert_eq!(
        code(&mut rig, &at("stcommercebackup", "nothing")),
        told("UserErrorContainerNotFound")
    );
    assert_eq!(code(&mut rig, URL), None);

    let url = at("stbillingkeyless", "ltr-billing");
    assert_eq!(
        code(&mut rig, &url),
        told("UserErrorPermittedCopyScopeRestricted")
    );
    patch(&mut rig, &keyless, &json!({ "allowedCopyScope": "All" }));
    assert_eq!(code(&mut rig, &url), told("UserErrorContainerNotAccessible"));
    grant(
        &mut rig,
        &format!("{keyless}/blobServices/default/containers/ltr-billing"),
    );
    assert_eq!(code(&mut rig, &url), None);
    patch(
        &mut rig,
        &keyless,
        &json!({ "allowCrossTenantReplication": false }),
    );
    assert_eq!(
        code(&mut rig, &url),
        told("UserErrorCrossTenantReplicationDisabled")
    );
    patch(
        &mut rig,
        &keyless,
        &json!({ "allowCrossTenantReplication": true, "publicNetworkAccess": "Disabled" }),
    );
    assert_eq!(code(&mut rig, &url), told("UserErrorStorageAccountNotReachable"));

    let closed = |rules: Value| {
        json!({
            "publicNetworkAccess": "Enabled",
            "networkAcls": { "defaultAction": "Deny", "bypass": "AzureServices", "resourceAccessRules": rules },
        })
    };
    let rule = |resource: String| json!([{ "tenantId": TENANT_ID, "resourceId": resource }]);
    for (rules, expected) in [
        (json!([]), told("UserErrorStorageAccountNotReachable")),
        (
            rule(vault("bv-other")),
            told("UserErrorStorageAccountNotReachable"),
        ),
        (
            rule(format!(
                "{PRODUCTION}/providers/Microsoft.DataProtection/BackupVaults/*"
            )),
            None,
        ),
        (rule(vault("*")), None),
        (rule(commerce()), None),
    ] {
        patch(&mut rig, &keyless, &closed(rules.clone()));
        assert_eq!(code(&mut rig, &url), expected, "{rules}");
    }
    let open = json!({ "publicNetworkAccess": "Enabled", "networkAcls": { "defaultAction": "Allow" } });
    patch(&mut rig, &keyless, &open);
    assert_eq!(code(&mut rig, &url), None);
}

#[test]
fn another_subscription_takes_the_id_of_its_container() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let account = format!(
        "{DEVELOPMENT}/resourceGroups/rg-dev/providers/Microsoft.Storage/storageAccounts/stdevscratch"
    );
    let container = format!("{account}/blobServices/default/containers/restored");
    let made = send_as(&mut rig, Method::Put, &container, STORAGE_VERSION, &json!({}));
    assert_eq!(made.status, 201, "{}", made.body);
    grant(&mut rig, &account);
    let mut request = files(&id, "https://stdevscratch.blob.core.windows.net/restored", "p");
    assert_eq!(validate(&mut rig, &request).as_deref(), Some(CODE_OF_INPUT));
    request["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"] = json!(container);
    assert_eq!(validate(&mut rig, &request), None);
    let disabled = json!({ "properties": { "featureSettings": { "crossSubscriptionRestoreSettings": { "state": "Disabled" } } } });
    let changed = send(&mut rig, Method::Patch, &commerce(), &disabled);
    assert_eq!(changed.status, 202, "{}", changed.body);
    rig.wait(30);
    assert_eq!(
        validate(&mut rig, &request).as_deref(),
        Some("UserErrorCrossSubscriptionRestoreNotAllowed")
    );
}

#[test]
fn a_legacy_database_is_restored_as_a_file_or_as_another_database() {
    let mut rig = Rig::new();
    let instance = format!(
        "{}/backupInstances/pgs-legacy-invoices-957d23b1-c679-4c94-ade6-c4d34635e102",
        commerce()
    );
    let points = get(&mut rig, &format!("{instance}/recoveryPoints"));
    let id = points["value"][0]["properties"]["recoveryPointId"]
        .as_str()
        .expect("a point")
        .to_owned();
    let server = format!(
        "{PRODUCTION}/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy"
    );
    let database = |name: &str, secret: &str| {
        json!({
            "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
            "sourceDataStoreType": "VaultStore",
            "restoreTargetInfo": {
                "objectType": "RestoreTargetInfo",
                "recoveryOption": "FailIfExists",
                "restoreLocation": "westeurope",
                "datasourceInfo": { "resourceID": format!("{server}/databases/{name}"), "datasourceType": "Microsoft.DBforPostgreSQL/servers/databases", "objectType": "Datasource" },
                "datasourceAuthCredentials": { "objectType": "SecretStoreBasedAuthCredentials", "secretStoreResource": { "secretStoreType": "AzureKeyVault", "uri": secret, "value": null } },
            },
            "recoveryPointId": id,
        })
    };
    let secret = "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup";
    let check = |rig: &mut Rig, request: &Value, expected: &str| {
        let sent = json!({ "restoreRequestObject": request });
        let begun = send(rig, Method::Post, &format!("{instance}/validateRestore"), &sent);
        assert_eq!(begun.status, 202, "{}", begun.body);
        rig.wait(40);
        let ended = state(rig, &begun);
        assert_eq!(
            ended["error"]["code"].as_str().unwrap_or_default(),
            expected,
            "{ended}"
        );
    };
    check(
        &mut rig,
        &database("crm", secret),
        "UserErrorDatabaseNameAlreadyInUse",
    );
    check(
        &mut rig,
        &database("crm_restored", "https://kv-none.vault.azure.net/secrets/x"),
        "UserErrorInvalidSecretStore",
    );
    let mut elsewhere = database("x", secret);
    elsewhere["restoreTargetInfo"]["datasourceInfo"]["resourceID"] = json!(format!("{server}x/databases/y"));
    check(&mut rig, &elsewhere, "UserErrorDBNotFound");
    check(&mut rig, &database("crm_restored", secret), "");
    for request in [database("crm_restored", secret), files(&id, URL, "legacy")] {
        let begun = send(&mut rig, Method::Post, &format!("{instance}/restore"), &request);
        assert_eq!(begun.status, 202, "{}", begun.body);
        rig.wait(724);
        assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
    }
    let restored = rig.read(&format!("{server}/databases/crm_restored"), "2017-12-01");
    assert_eq!(restored.status, 200, "{}", restored.body);
    assert_eq!(names(&rig), ["legacy_database_invoices.sql"]);
}

#[test]
fn the_documents_version_has_its_urls_below_the_location() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let version = "2021-07-01";
    assert_ne!(version, FIRST_VERSION);
    let sent =
        json!({ "objectType": "ValidateRestoreRequestObject", "restoreRequestObject": files(&id, URL, "p") });
    // As the document's example writes it, with a capital.
    let begun = send_as(
        &mut rig,
        Method::Post,
        &format!("{}/ValidateRestore", billing()),
        version,
        &sent,
    );
    assert_eq!(begun.status, 202, "{}", begun.body);
    for header in ["Azure-AsyncOperation", "Location"] {
        let url = begun.headers.get(header).unwrap_or_default();
        assert!(
            url.contains("/providers/Microsoft.DataProtection/locations/westeurope/operation"),
            "{header}: {url}"
        );
    }
    let running = state(&mut rig, &begun);
    assert_eq!(
        (&running["status"], &running["endTime"]),
        (&json!("Inprogress"), &json!("0001-01-01T00:00:00"))
    );
}

#[test]
fn databases_have_no_continuous_restores() {
    let mut rig = Rig::new();
    let path = format!("{}/findRestorableTimeRanges", billing());
    let answered = send(
        &mut rig,
        Method::Post,
        &path,
        &json!({ "sourceDataStoreType": "VaultStore" }),
    );
    assert_eq!(answered.status, 200, "{}", answered.body);
    assert_eq!(body(&answered)["properties"]["restorableTimeRanges"], json!([]));
    assert_eq!(refused(&mut rig, Method::Post, &path, &json!({})).0, 400);
    let request = Request::new(Method::Post, url(&path, "2026-06-01"));
    assert_eq!(rig.request(request).response.status, 400, "a store is required");
}
