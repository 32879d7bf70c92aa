use arm_core::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{billing, commerce, get, protect_orders, refused, send, state},
    testing::{Rig, body},
};

fn options(rule: &str, tag: Option<&str>) -> Value {
    let mut trigger = json!({});
    if let Some(tag) = tag {
        trigger["retentionTagOverride"] = json!(tag);
    }
    json!({ "backupRuleOptions": { "ruleName": rule, "triggerOption": trigger } })
}

#[test]
fn what_cannot_be_backed_up_is_refused() {
    let invalid = "BMSUserErrorInvalidInput";
    for (rig, path, sent, status, code) in [
        (
            Rig::as_reader(),
            billing(),
            options("BackupWeekly", None),
            403,
            "AuthorizationFailed",
        ),
        (
            Rig::new(),
            format!("{}x", billing()),
            options("BackupWeekly", None),
            404,
            "ResourceNotFound",
        ),
        (Rig::new(), billing(), json!({}), 400, invalid),
        (
            Rig::new(),
            billing(),
            json!({ "backupRuleOptions": { "ruleName": "BackupWeekly" } }),
            400,
            invalid,
        ),
        (Rig::new(), billing(), options("Default", None), 400, invalid),
        (
            Rig::new(),
            billing(),
            options("BackupWeekly", Some("Weekly")),
            400,
            invalid,
        ),
    ] {
        let mut rig = rig;
        let answer = refused(&mut rig, Method::Post, &format!("{path}/backup"), &sent);
        assert_eq!(answer, (status, code.to_owned()), "{sent}");
    }
    let mut rig = Rig::new();
    let stopped = get(&mut rig, &format!("{}/backupInstances", commerce()))["value"].clone();
    let stopped = stopped
        .as_array()
        .into_iter()
        .flatten()
        .find(|found| found["properties"]["currentProtectionState"] == "ProtectionStopped");
    let stopped = stopped
        .and_then(|found| found["id"].as_str())
        .expect("a stopped instance")
        .to_owned();
    let answer = refused(
        &mut rig,
        Method::Post,
        &format!("{stopped}/backup"),
        &options("BackupWeekly", None),
    );
    assert_eq!(
        answer,
        (400, "UserErrorOperationNotAllowedInCurrentState".to_owned())
    );
}

#[test]
fn a_backup_is_a_job_that_runs_on_and_brings_a_recovery_point() {
    let mut rig = Rig::new();
    let path = protect_orders(&mut rig);
    let begun = send(
        &mut rig,
        Method::Post,
        &format!("{path}/backup"),
        &options("backupweekly", None),
    );
    assert_eq!((begun.status, begun.body.as_str()), (202, ""));
    assert_eq!(
        state(&mut rig, &begun).get("properties"),
        None,
        "while it runs there is no job"
    );
    rig.wait(2);
    let ended = state(&mut rig, &begun);
    assert_eq!(ended["status"], "Succeeded", "{ended}");
    assert_eq!(ended["properties"]["objectType"], "OperationJobExtendedInfo");
    let job = ended["properties"]["jobId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let result = begun.headers.get("Location").unwrap_or_default().to_owned();
    assert_eq!(body(&rig.follow(&result)), ended["properties"]);
    let running = get(&mut rig, &job);
    assert_eq!(running["properties"]["status"], "InProgress");
    assert_eq!(
        (
            &running["properties"]["endTime"],
            &running["properties"]["duration"]
        ),
        (&Value::Null, &json!("PT0S"))
    );
    assert_eq!(
        get(&mut rig, &format!("{path}/recoveryPoints"))["value"],
        json!([])
    );

    rig.wait(108);
    let mut done = get(&mut rig, &job);
    let listed = get(&mut rig, &format!("{}/backupJobs", commerce()))["value"][0].clone();
    assert_eq!(listed, done, "the newest comes first");
    let id = done["name"].as_str().unwrap_or_default().to_owned();
    done = serde_json::from_str(&done.to_string().replace(&id, "…")).unwrap_or_default();
    assert_snapshot!(format!("{done:#}"), @r#"
    {
      "properties": {
        "activityID": "…",
        "subscriptionId": "11111111-1111-4111-8111-111111111111",
        "backupInstanceId": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupInstances/pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149",
        "policyId": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupPolicies/pgflex-weekly",
        "dataSourceId": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod",
        "vaultName": "bv-commerce-weu",
        "backupInstanceFriendlyName": "pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149",
        "policyName": "pgflex-weekly",
        "sourceResourceGroup": "rg-commerce-prod",
        "dataSourceSetName": "pg-orders-prod",
        "dataSourceName": "pg-orders-prod",
        "sourceDataStoreName": null,
        "sourceDataStoreType": null,
        "destinationDataStoreName": null,
        "progressEnabled": false,
        "etag": "W/\"datetime'2026-03-01T12%3A02%3A49.5640000Z'\"",
        "sourceSubscriptionID": "11111111-1111-4111-8111-111111111111",
        "dataSourceLocation": "westeurope",
        "startTime": "2026-03-01T12:01:02.0000000Z",
        "endTime": "2026-03-01T12:02:49.5640000Z",
        "dataSourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
        "operationCategory": "Backup",
        "operation": "Backup",
        "status": "Completed",
        "restoreType": null,
        "isUserTriggered": true,
        "rehydrationPriority": null,
        "supportedActions": [
          ""
        ],
        "duration": "PT1M47.5640000S",
        "progressUrl": null,
        "isCrossRegionRestore": false,
        "errorDetails": null,
        "extendedInfo": {
          "backupInstanceState": "",
          "dataTransferredInBytes": null,
          "targetRecoverPoint": null,
          "sourceRecoverPoint": null,
          "recoveryDestination": null,
          "subTasks": [
            {
              "taskId": 1,
              "taskName": "Trigger Backup",
              "taskStatus": "Completed",
              "taskProgress": null,
              "additionalDetails": {
                "DataTransferredInBytes": "0",
                "TaskId": "…",
                "DatasourceType": "Microsoft.DBforPostgreSQL/flexibleServers"
              }
            }
          ],
          "additionalDetails": {
            "RetentionTag": "Default"
          }
        }
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupJobs/…",
      "name": "…",
      "type": "Microsoft.DataProtection/backupVaults/backupJobs"
    }
    "#);
    let points = get(&mut rig, &format!("{path}/recoveryPoints"))["value"].clone();
    assert_eq!(points.as_array().map(Vec::len), Some(1), "{points}");
    assert_snapshot!(format!("{:#}", points[0]), @r#"
    {
      "properties": {
        "objectType": "AzureBackupDiscreteRecoveryPoint",
        "recoveryPointId": "d6c5a8505060405698379df5a17bce69",
        "recoveryPointTime": "2026-03-01T12:01:02.0000000Z",
        "recoveryPointType": "Full",
        "friendlyName": "4f98647be07a43bbaa63eeae673ebc17",
        "recoveryPointDataStoresDetails": [
          {
            "id": "2bfc7737-425e-4f72-96f4-66eff7ce6839",
            "type": "VaultStore",
            "creationTime": "2026-03-01T12:01:02.0000000Z",
            "expiryTime": "2026-06-01T12:01:02.0000000Z",
            "metaData": null,
            "visible": true,
            "state": "COMMITTED",
            "rehydrationExpiryTime": null,
            "rehydrationStatus": null
          }
        ],
        "retentionTagName": "Default",
        "retentionTagVersion": "571aa1e7-5363-435c-89a6-992933bfe07a",
        "policyName": "pgflex-weekly",
        "policyVersion": null,
        "expiryTime": "2026-06-01T12:01:02.0000000Z",
        "recoveryPointState": "Completed"
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupInstances/pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149/recoveryPoints/d6c5a8505060405698379df5a17bce69",
      "name": "d6c5a8505060405698379df5a17bce69",
      "type": "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints"
    }
    "#);
    let point = points[0]["id"].as_str().unwrap_or_default().to_owned();
    assert_eq!(get(&mut rig, &point), points[0]);
}

#[test]
fn a_tag_decides_how_long_a_backup_is_kept() {
    let mut rig = Rig::new();
    let begun = send(
        &mut rig,
        Method::Post,
        &format!("{}/backup", billing()),
        &options("BackupWeekly", Some("yearly")),
    );
    assert_eq!(begun.status, 202, "{}", begun.body);
    rig.wait(120);
    let point = get(&mut rig, &format!("{}/recoveryPoints", billing()))["value"][0]["properties"].clone();
    assert_eq!(point["retentionTagName"], "Yearly", "{point}");
    assert_eq!(point["expiryTime"], "2036-03-01T12:00:02.0000000Z", "{point}");
}

#[test]
fn a_second_backup_at_a_time_fails() {
    let mut rig = Rig::new();
    let path = protect_orders(&mut rig);
    let begin = |rig: &mut Rig| {
        send(
            rig,
            Method::Post,
            &format!("{path}/backup"),
            &options("BackupWeekly", None),
        )
    };
    begin(&mut rig);
    rig.wait(50);
    let second = begin(&mut rig);
    rig.wait(2);
    let failed = state(&mut rig, &second);
    assert_eq!(
        failed["error"]["code"], "UserErrorMaxConcurrentOperationLimitReached",
        "{failed}"
    );
    rig.wait(100);
    let third = begin(&mut rig);
    rig.wait(2);
    assert_eq!(state(&mut rig, &third)["status"], "Succeeded");
}

#[test]
fn a_backup_for_which_a_role_is_gone_fails_in_its_job() {
    let mut rig = Rig::new();
    let path = protect_orders(&mut rig);
    let group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod";
    let assignment = format!(
        "{group}/providers/Microsoft.Authorization/roleAssignments/bbbbbbbb-0000-4000-8000-000000000002"
    );
    assert_eq!(rig.send(Method::Delete, &assignment, "2022-04-01").status, 200);
    let begun = send(
        &mut rig,
        Method::Post,
        &format!("{path}/backup"),
        &options("BackupWeekly", None),
    );
    rig.wait(120);
    let job = state(&mut rig, &begun)["properties"]["jobId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let job = get(&mut rig, &job);
    assert_eq!(job["properties"]["status"], "Failed", "{job}");
    assert_eq!(
        job["properties"]["errorDetails"][0]["code"], "UserErrorMissingRequiredPermissions",
        "{job}"
    );
    assert_eq!(
        get(&mut rig, &format!("{path}/recoveryPoints"))["value"],
        json!([])
    );
}
