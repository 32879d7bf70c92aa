use arm_core::Method;
use serde_json::Value;

use crate::{
    data_protection::testing::{FIRST_VERSION, VERSION, billing, get, refused, state},
    testing::{Rig, body},
};

const DAY: i64 = 24 * 3600;

fn post(rig: &mut Rig, action: &str) -> arm_core::Response {
    rig.send(Method::Post, &format!("{}/{action}", billing()), VERSION)
}

fn current(rig: &mut Rig) -> String {
    let instance = get(rig, &billing());
    instance["properties"]["currentProtectionState"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn points(rig: &mut Rig) -> Vec<Value> {
    let listed = get(rig, &format!("{}/recoveryPoints", billing()))["value"].clone();
    listed.as_array().cloned().unwrap_or_default()
}

#[test]
fn each_state_allows_what_it_allows() {
    let (configured, stopped, suspended) = (
        "ProtectionConfigured",
        "ProtectionStopped",
        "BackupSchedulesSuspended",
    );
    for (before, action, after) in [
        (vec![], "stopProtection", Some(stopped)),
        (vec![], "suspendBackups", Some(suspended)),
        (vec![], "resumeProtection", None),
        (vec![], "resumeBackups", None),
        (vec!["stopProtection"], "resumeProtection", Some(configured)),
        (vec!["stopProtection"], "resumeBackups", None),
        (vec!["stopProtection"], "stopProtection", None),
        (vec!["stopProtection"], "suspendBackups", None),
        (vec!["suspendBackups"], "resumeBackups", Some(configured)),
        (vec!["suspendBackups"], "resumeProtection", None),
        (vec!["suspendBackups"], "stopProtection", Some(stopped)),
    ] {
        let mut rig = Rig::new();
        for action in &before {
            assert_eq!(post(&mut rig, action).status, 202);
            rig.wait(5);
        }
        let Some(after) = after else {
            let answer = refused(
                &mut rig,
                Method::Post,
                &format!("{}/{action}", billing()),
                &Value::Null,
            );
            assert_eq!(
                answer,
                (400, "UserErrorOperationNotAllowedInCurrentState".to_owned()),
                "{before:?} {action}"
            );
            continue;
        };
        let begun = post(&mut rig, action);
        assert_eq!(
            (begun.status, begun.body.as_str()),
            (202, ""),
            "{before:?} {action}"
        );
        assert_ne!(current(&mut rig), after, "it takes its time");
        let busy = post(&mut rig, action);
        assert_eq!(
            body(&busy)["error"]["code"],
            "UserErrorOperationNotAllowedInCurrentState",
            "one at a time"
        );
        rig.wait(5);
        assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
        assert_eq!(current(&mut rig), after, "{before:?} {action}");
    }
}

#[test]
fn the_documents_version_knows_none_of_this() {
    let mut rig = Rig::new();
    let answered = rig.send(
        Method::Post,
        &format!("{}/stopProtection", billing()),
        FIRST_VERSION,
    );
    assert_eq!(body(&answered)["error"]["code"], "NoRegisteredProviderFound");
}

#[test]
fn stopped_data_stay_for_good_and_suspended_data_expire() {
    let count = |action: &str, days: i64| {
        let mut rig = Rig::new();
        if !action.is_empty() {
            post(&mut rig, action);
            rig.wait(5);
        }
        let before = points(&mut rig).len();
        rig.wait(days * DAY);
        (before, points(&mut rig).len())
    };
    let (before, after) = count("stopProtection", 380);
    assert_eq!(after, before);
    let (before, after) = count("suspendBackups", 100);
    assert!(
        after < before && after > 0,
        "those of months and years stay: {before} {after}"
    );
    let (before, after) = count("", 7);
    assert!(
        after >= before,
        "one comes and at most one goes: {before} {after}"
    );
}

#[test]
fn resuming_goes_on_with_the_next_backup_and_catches_up_with_none() {
    let mut rig = Rig::new();
    let newest = |rig: &mut Rig| {
        points(rig)[0]["properties"]["recoveryPointTime"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(newest(&mut rig).as_deref(), Some("2026-03-01T02:00:00.0000000Z"));
    post(&mut rig, "suspendBackups");
    rig.wait(20 * DAY);
    assert_eq!(newest(&mut rig).as_deref(), Some("2026-03-01T02:00:00.0000000Z"));
    post(&mut rig, "resumeBackups");
    rig.wait(DAY);
    let is_it = newest(&mut rig);
    assert_eq!(
        is_it.as_deref(),
        Some("2026-03-22T02:00:00.0000000Z"),
        "the 21st is a Saturday"
    );
    let times: Vec<_> = points(&mut rig)
        .iter()
        .map(|point| point["properties"]["recoveryPointTime"].clone())
        .collect();
    assert!(
        !times.iter().any(|time| time == "2026-03-15T02:00:00.0000000Z"),
        "{times:?}"
    );
}
