use arm_core::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{VERSION, commerce, get, refused, send, state, vault},
    testing::{Rig, body, shown},
};

fn sent() -> Value {
    json!({
        "location": "West Europe",
        "identity": { "type": "SystemAssigned" },
        "properties": {
            "storageSettings": [{ "datastoreType": "VaultStore", "type": "ZoneRedundant" }],
        },
    })
}

#[test]
fn what_cannot_be_a_vault_is_refused_and_nothing_changes() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = sent();
        change(&mut body);
        body
    };
    let new = vault("bv-new");
    let invalid = "BMSUserErrorInvalidInput";
    for (rig, path, body, status, code) in [
        (Rig::as_reader(), new.clone(), sent(), 403, "AuthorizationFailed"),
        (
            Rig::new(),
            new.replace("rg-backup", "rg-none"),
            sent(),
            404,
            "ResourceGroupNotFound",
        ),
        (Rig::new(), new.clone(), json!("x"), 400, "InvalidRequestContent"),
        (Rig::new(), vault("1-vault"), sent(), 400, invalid),
        (
            Rig::new(),
            new.clone(),
            with(&|body| body["location"] = json!("")),
            400,
            "LocationRequired",
        ),
        (
            Rig::new(),
            new.clone(),
            with(&|body| body["location"] = json!("moon")),
            400,
            invalid,
        ),
        (
            Rig::new(),
            new.clone(),
            with(&|body| body["properties"] = json!({})),
            400,
            invalid,
        ),
        (
            Rig::new(),
            commerce(),
            with(&|_| ()),
            400,
            "UserErrorVaultSettingCannotBeReverted",
        ),
        (
            Rig::new(),
            commerce(),
            with(&|body| body["location"] = json!("northeurope")),
            400,
            invalid,
        ),
    ] {
        let mut rig = rig;
        assert_eq!(
            refused(&mut rig, Method::Put, &path, &body),
            (status, code.to_owned()),
            "{path} {body}"
        );
    }
}

#[test]
fn a_vault_is_there_at_once_with_its_identity() {
    let mut rig = Rig::new();
    let begun = send(&mut rig, Method::Put, &vault("bv-new"), &sent());
    let principal = body(&begun)["identity"]["principalId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(principal.len(), 36, "{}", begun.body);
    assert_snapshot!(shown(&begun).replace(&principal, "…"), @r#"
    201
    Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-new/operationStatus/ZmI0ZjBiYjYtZjAyNS00OTQ4LTlkODEtNzg4YTVjMmVmNjdmOzU3MDY0MWIwLWQ5MTktNDFjMy04YmY2LTFjM2U0ZTQzOTU5Yw==?api-version=2026-06-01&t=…&c=…&s=…&h=…
    Retry-After: 10
    {
      "location": "westeurope",
      "properties": {
        "provisioningState": "Provisioning",
        "storageSettings": [
          {
            "datastoreType": "VaultStore",
            "type": "ZoneRedundant"
          }
        ],
        "securitySettings": {
          "softDeleteSettings": {
            "state": "On",
            "retentionDurationInDays": 14.0
          }
        },
        "isVaultProtectedByResourceGuard": false,
        "secureScore": "Minimum",
        "bcdrSecurityLevel": "Fair",
        "replicatedRegions": []
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourcegroups/rg-backup-prod/providers/Microsoft.DataProtection/BackupVaults/bv-new",
      "name": "bv-new",
      "type": "Microsoft.DataProtection/backupVaults",
      "identity": {
        "type": "SystemAssigned",
        "principalId": "…",
        "tenantId": "72f988bf-0000-4000-8000-00000000c0de"
      }
    }
    "#);
    rig.wait(1);
    assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
    let made = get(&mut rig, &vault("BV-new"));
    assert_eq!(made["properties"]["provisioningState"], "Succeeded");
    let again = send(&mut rig, Method::Put, &vault("bv-new"), &sent());
    assert_eq!(
        (again.status, again.headers.get("Azure-AsyncOperation")),
        (200, None),
        "it is so already"
    );
    assert_eq!(body(&again), made);
}

#[test]
fn a_changed_vault_keeps_its_identity() {
    let mut rig = Rig::new();
    let before = get(&mut rig, &commerce());
    let mut changed = before.clone();
    changed["properties"]["securitySettings"]["softDeleteSettings"]["state"] = json!("On");
    changed["tags"] = json!({ "team": "commerce" });
    let begun = send(&mut rig, Method::Put, &commerce(), &changed);
    assert_eq!(
        body(&begun)["properties"]["provisioningState"],
        "Updating",
        "{}",
        begun.body
    );
    rig.wait(1);
    let after = get(&mut rig, &commerce());
    assert_eq!(after["identity"], before["identity"]);
    assert_eq!(after["properties"]["secureScore"], "Minimum", "{after}");
    assert_eq!(after["tags"]["team"], "commerce");
}

#[test]
fn a_patch_turns_the_identity_on_and_answers_with_a_location_alone() {
    let mut rig = Rig::new();
    let path = vault("bv-dev-neu")
        .replace(
            "11111111-1111-4111-8111-111111111111",
            "22222222-2222-4222-8222-222222222222",
        )
        .replace("rg-backup-prod", "rg-platform-dev");
    assert_eq!(get(&mut rig, &path).get("identity"), None);
    let begun = send(
        &mut rig,
        Method::Patch,
        &path,
        &json!({ "identity": { "type": "SystemAssigned" } }),
    );
    assert_eq!(
        (begun.status, begun.headers.get("Azure-AsyncOperation")),
        (202, None),
        "{}",
        begun.body
    );
    let result = begun.headers.get("Location").unwrap_or_default().to_owned();
    rig.wait(1);
    let answered = rig.follow(&result);
    assert_eq!(answered.status, 200);
    assert_eq!(
        body(&answered)["identity"]["type"],
        "SystemAssigned",
        "{}",
        answered.body
    );
    assert_eq!(body(&answered), get(&mut rig, &path));
    let redundancy = json!({ "properties": { "storageSettings": [] } });
    let answer = refused(&mut rig, Method::Patch, &path, &redundancy);
    assert_eq!(answer, (400, "BMSUserErrorInvalidInput".to_owned()));
}

#[test]
fn a_vault_that_is_patched_twice_comes_to_rest() {
    let mut rig = Rig::new();
    for team in ["commerce", "orders"] {
        send(
            &mut rig,
            Method::Patch,
            &commerce(),
            &json!({ "tags": { "team": team } }),
        );
    }
    rig.wait(2);
    let after = get(&mut rig, &commerce());
    assert_eq!(after["properties"]["provisioningState"], "Succeeded", "{after}");
}

#[test]
fn only_an_empty_vault_is_deleted() {
    let mut rig = Rig::new();
    let answer = refused(&mut rig, Method::Delete, &commerce(), &Value::Null);
    assert_eq!(answer, (400, "UserErrorVaultNotEmpty".to_owned()));
    send(&mut rig, Method::Put, &vault("bv-new"), &sent());
    rig.wait(1);
    let begun = rig.send(Method::Delete, &vault("bv-new"), VERSION);
    let status = begun.headers.get("Azure-AsyncOperation").unwrap_or_default();
    assert!(
        status.contains("/locations/westeurope/operationStatus/"),
        "{status}"
    );
    rig.wait(10);
    assert_eq!(rig.send(Method::Get, &vault("bv-new"), VERSION).status, 404);
    assert_eq!(rig.send(Method::Delete, &vault("bv-new"), VERSION).status, 204);
}

#[test]
fn vaults_are_listed_by_subscription_and_group_and_names_are_checked() {
    let mut rig = Rig::new();
    let subscription = commerce()
        .split("/resourceGroups")
        .next()
        .unwrap_or_default()
        .to_owned();
    let names = |rig: &mut Rig, scope: &str| -> Vec<String> {
        let listed = get(
            rig,
            &format!("{scope}/providers/Microsoft.DataProtection/backupVaults"),
        );
        let listed = listed["value"].as_array().cloned().unwrap_or_default();
        listed
            .iter()
            .filter_map(|vault| vault["name"].as_str().map(str::to_owned))
            .collect()
    };
    let all = ["bv-archive-gwc", "bv-commerce-weu", "bv-insights-neu"];
    assert_eq!(names(&mut rig, &subscription), all);
    assert_eq!(
        names(&mut rig, &format!("{subscription}/resourceGroups/rg-backup-prod")),
        all
    );
    assert!(names(&mut rig, &format!("{subscription}/resourceGroups/rg-hr")).is_empty());
    let path = format!(
        "{subscription}/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/locations/westeurope/checkNameAvailability"
    );
    for (name, expected) in [
        ("bv-new", Value::Null),
        ("BV-commerce-weu", json!("AlreadyExists")),
        ("_", json!("Invalid")),
    ] {
        let asked = json!({ "name": name, "type": "Microsoft.DataProtection/BackupVaults" });
        let told = body(&send(&mut rig, Method::Post, &path, &asked));
        assert_eq!(told["reason"], expected, "{told}");
        assert_eq!(told["nameAvailable"], expected.is_null(), "{told}");
    }
}
