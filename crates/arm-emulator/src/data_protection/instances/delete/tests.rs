use arm_core::Method;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{
        VERSION, billing, commerce, get, protect_orders, refused, send, state, vault,
    },
    testing::{Rig, body},
};

fn delete(rig: &mut Rig, path: &str) -> arm_core::Response {
    rig.send(Method::Delete, path, VERSION)
}

/// The only instance of the vault with soft delete, whatever its state.
fn in_insights(kind: &str) -> String {
    format!("{}/{kind}", vault("bv-insights-neu"))
}

fn names(rig: &mut Rig, path: &str) -> Vec<String> {
    let listed = get(rig, path)["value"].as_array().cloned().unwrap_or_default();
    listed
        .iter()
        .filter_map(|item| item["name"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn an_instance_is_deleted_with_its_data_where_soft_delete_is_off() {
    let mut rig = Rig::new();
    assert!(!names(&mut rig, &format!("{}/recoveryPoints", billing())).is_empty());
    let begun = delete(&mut rig, &billing());
    assert_eq!((begun.status, begun.body.as_str()), (202, ""));
    assert_eq!(begun.headers.get("Retry-After"), Some("30"));
    assert!(begun.headers.get("Location").is_some());
    assert_eq!(
        get(&mut rig, &billing())["properties"]["provisioningState"],
        "Deleting"
    );
    rig.wait(16);
    assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
    assert_eq!(rig.send(Method::Get, &billing(), VERSION).status, 404);
    assert_eq!(delete(&mut rig, &billing()).status, 204, "it is gone");
    assert!(names(&mut rig, &format!("{}/deletedBackupInstances", commerce())).is_empty());
    let prefix = format!("{}/", billing().to_ascii_lowercase());
    assert!(
        rig.world.documents.keys().all(|key| !key.starts_with(&prefix)),
        "no recovery point is left"
    );
    let policy = format!("{}/backupPolicies/pgflex-long-term", commerce());
    assert_eq!(delete(&mut rig, &policy).status, 200, "nobody uses it any more");
}

#[test]
fn a_running_backup_ends_with_its_instance() {
    let mut rig = Rig::new();
    let path = protect_orders(&mut rig);
    let options = json!({ "backupRuleOptions": { "ruleName": "BackupWeekly", "triggerOption": {} } });
    let begun = send(&mut rig, Method::Post, &format!("{path}/backup"), &options);
    rig.wait(10);
    let job = state(&mut rig, &begun)["properties"]["jobId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(get(&mut rig, &job)["properties"]["status"], "InProgress");
    delete(&mut rig, &path);
    assert_eq!(get(&mut rig, &job)["properties"]["status"], "Cancelled");
    rig.wait(600);
    let prefix = format!("{}/", path.to_ascii_lowercase());
    assert!(rig.world.documents.keys().all(|key| !key.starts_with(&prefix)));
}

#[test]
fn an_immutable_vault_keeps_what_has_not_expired() {
    let mut rig = Rig::new();
    // The vault of insights is immutable; its only instance has no recovery point, so it may go.
    let failed = format!(
        "{}/{}",
        in_insights("backupInstances"),
        names(&mut rig, &in_insights("backupInstances"))[0]
    );
    assert_eq!(delete(&mut rig, &failed).status, 202);
    let key = commerce().to_ascii_lowercase();
    let settings =
        &mut rig.world.documents.get_mut(&key).expect("the vault")["properties"]["securitySettings"];
    settings["immutabilitySettings"]["state"] = json!("Locked");
    let answer = refused(&mut rig, Method::Delete, &billing(), &Value::Null);
    assert_eq!(
        answer,
        (400, "UserErrorOperationNotAllowedByImmutability".to_owned())
    );
}

#[test]
fn a_soft_deleted_instance_comes_back_as_one_that_is_stopped() {
    let mut rig = Rig::new();
    let listed = get(&mut rig, &in_insights("deletedBackupInstances"))["value"][0].clone();
    let properties = &listed["properties"];
    assert_eq!(properties["objectType"], "DeletedBackupInstance", "{listed}");
    assert_eq!(
        properties["protectionStatus"]["status"], "SoftDeleted",
        "{listed}"
    );
    assert_eq!(
        properties["deletionInfo"]["deletionTime"], "2026-02-25T12:00:00.0000000Z",
        "{listed}"
    );
    assert_eq!(
        properties["deletionInfo"]["scheduledPurgeTime"], "2026-03-11T12:00:00.0000000Z",
        "{listed}"
    );
    let deleted = listed["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(get(&mut rig, &deleted), listed);

    let begun = rig.send(Method::Post, &format!("{deleted}/undelete"), VERSION);
    assert_eq!(
        (begun.status, begun.headers.get("Azure-AsyncOperation")),
        (202, None)
    );
    let result = begun.headers.get("Location").unwrap_or_default().to_owned();
    assert_eq!(rig.follow(&result).status, 202);
    rig.wait(5);
    assert_eq!(rig.follow(&result).status, 200);
    let instance = deleted.replace("deletedBackupInstances", "backupInstances");
    let back = get(&mut rig, &instance);
    assert_eq!(
        back["properties"]["currentProtectionState"], "ProtectionStopped",
        "{back}"
    );
    assert_eq!(back["properties"].get("deletionInfo"), None, "{back}");
    assert!(
        !names(&mut rig, &format!("{instance}/recoveryPoints")).is_empty(),
        "its points are kept"
    );
    assert!(names(&mut rig, &in_insights("deletedBackupInstances")).is_empty());
    assert_eq!(
        rig.send(Method::Post, &format!("{instance}/resumeProtection"), VERSION)
            .status,
        202
    );
}

#[test]
fn a_soft_deleted_instance_is_purged_with_its_points_when_its_time_has_come() {
    let mut rig = Rig::new();
    rig.wait(10 * 24 * 3600 - 1);
    assert_eq!(names(&mut rig, &in_insights("deletedBackupInstances")).len(), 1);
    rig.wait(1);
    assert!(names(&mut rig, &in_insights("deletedBackupInstances")).is_empty());
    let left = rig
        .world
        .documents
        .keys()
        .filter(|key| key.contains("pg-metrics-v2-957d23b1"));
    let left: Vec<_> = left.filter(|key| !key.contains("backupjobs")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn deleting_with_soft_delete_keeps_the_instance_for_a_while() {
    let mut rig = Rig::new();
    let instances = names(&mut rig, &in_insights("backupInstances"));
    let failed = format!("{}/{}", in_insights("backupInstances"), instances[0]);
    let begun = delete(&mut rig, &failed);
    assert_eq!(
        get(&mut rig, &failed)["properties"]["currentProtectionState"],
        "SoftDeleting"
    );
    let again = delete(&mut rig, &failed);
    assert_eq!(
        body(&again)["error"]["code"],
        "UserErrorOperationNotAllowedInCurrentState"
    );
    rig.wait(16);
    assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
    assert!(names(&mut rig, &in_insights("backupInstances")).is_empty());
    assert_eq!(names(&mut rig, &in_insights("deletedBackupInstances")).len(), 2);
    assert_eq!(
        delete(&mut rig, &vault("bv-insights-neu")).status,
        400,
        "the vault holds them"
    );
}
