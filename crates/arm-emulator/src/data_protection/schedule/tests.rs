use arm_core::{Method, Timestamp};
use chrono::{Datelike, TimeDelta};
use serde_json::Value;

use crate::{
    data_protection::testing::{VERSION, billing, commerce, get, protect_orders},
    testing::{ORDERS, Rig, noon},
};

const DAY: i64 = 24 * 3600;

fn points(rig: &mut Rig, instance: &str) -> Vec<(Timestamp, String)> {
    let listed = get(rig, &format!("{instance}/recoveryPoints"))["value"].clone();
    let each = listed.as_array().cloned().unwrap_or_default();
    let each = each.iter().map(|point| {
        let properties = &point["properties"];
        let time = properties["recoveryPointTime"]
            .as_str()
            .and_then(|time| time.parse().ok());
        let tag = properties["retentionTagName"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        (time.expect("a time"), tag)
    });
    each.collect()
}

#[test]
fn the_default_world_has_the_past_that_its_policies_make() {
    let mut rig = Rig::new();
    let points = points(&mut rig, &billing());
    let sundays = points
        .iter()
        .all(|(time, _)| time.weekday() == chrono::Weekday::Sun);
    assert!(sundays, "{points:?}");
    let count = |tag: &str| points.iter().filter(|(_, known)| known == tag).count();
    // 200 days: the very first backup and the first of the new year are yearly, the first of each other month
    assert_eq!(
        (count("Default"), count("Monthly"), count("Yearly")),
        (9, 6, 2),
        "{points:?}"
    );
    let first = points.iter().map(|(time, _)| *time).min();
    assert!(
        first.is_some_and(|first| first > noon() - TimeDelta::days(200)),
        "{points:?}"
    );
    let jobs = get(&mut rig, &format!("{}/backupJobs", commerce()))["value"].clone();
    let jobs = jobs.as_array().cloned().unwrap_or_default();
    assert!(
        jobs.iter().all(|job| job["properties"]["status"] == "Completed"),
        "{jobs:?}"
    );
    assert!(
        jobs.iter()
            .all(|job| job["properties"]["isUserTriggered"] == false)
    );
    assert!((20..40).contains(&jobs.len()), "{}", jobs.len());
}

#[test]
fn a_backup_comes_each_week_whether_anybody_asks_or_not() {
    let mut asked = Rig::new();
    let mut left_alone = Rig::new();
    for rig in [&mut asked, &mut left_alone] {
        protect_orders(rig);
    }
    let instance = format!(
        "{}/backupInstances/{}",
        commerce(),
        crate::data_protection::testing::INSTANCE
    );
    for _ in 0..30 {
        asked.wait(DAY);
        asked.get(ORDERS);
    }
    left_alone.now = asked.now;
    let [often, once] = [&mut asked, &mut left_alone].map(|rig| points(rig, &instance));
    assert_eq!(often, once);
    assert_eq!(often.len(), 4, "{often:?}");
}

#[test]
fn a_point_appears_when_its_job_has_ended_and_goes_when_it_expires() {
    let mut rig = Rig::new();
    let instance = protect_orders(&mut rig);
    let sunday: Timestamp = "2026-03-08T02:00:00Z".parse().expect("a moment");
    for (moment, expected) in [
        (sunday + TimeDelta::seconds(107), 0),
        (sunday + TimeDelta::seconds(108), 1),
    ] {
        rig.now = moment;
        assert_eq!(points(&mut rig, &instance).len(), expected, "{moment}");
    }
    let has_first = |rig: &mut Rig| points(rig, &instance).iter().any(|(time, _)| *time == sunday);
    rig.now = "2026-06-08T01:59:59Z".parse().expect("a moment");
    assert!(has_first(&mut rig));
    rig.wait(1);
    assert!(!has_first(&mut rig), "three months are over");
}

#[test]
fn a_scheduled_backup_of_a_server_that_is_not_ready_fails_in_its_job() {
    let mut rig = Rig::new();
    let instance = protect_orders(&mut rig);
    let server = rig
        .world
        .documents
        .get_mut(&ORDERS.to_ascii_lowercase())
        .expect("the server");
    server["properties"]["state"] = Value::from("Stopped");
    rig.wait(8 * DAY);
    assert!(points(&mut rig, &instance).is_empty());
    let jobs = get(&mut rig, &format!("{}/backupJobs", commerce()))["value"].clone();
    let failed = jobs
        .as_array()
        .into_iter()
        .flatten()
        .find(|job| job["properties"]["status"] == "Failed");
    let failed = failed.expect("a failed job");
    let error = &failed["properties"]["errorDetails"][0];
    assert_eq!(
        error["innerError"]["code"], "ServerNotReadyForLongTermBackup",
        "{error}"
    );
}

#[test]
fn the_first_backup_that_succeeds_in_a_month_is_its_first() {
    let mut rig = Rig::new();
    // The roles are gone over the first Sunday of April.
    rig.now = "2026-04-01T00:00:00Z".parse().expect("a moment");
    let key = "/subscriptions/11111111-1111-4111-8111-111111111111/resourcegroups/rg-billing-prod/providers/microsoft.authorization/roleassignments/";
    get(&mut rig, &billing());
    let taken: Vec<_> = rig
        .world
        .documents
        .keys()
        .filter(|id| id.starts_with(key))
        .cloned()
        .collect();
    assert_eq!(taken.len(), 1);
    let role = rig.world.documents.remove(&taken[0]).expect("the role");
    rig.now = "2026-04-06T00:00:00Z".parse().expect("a moment");
    get(&mut rig, &billing());
    rig.world.put(role);
    rig.now = "2026-04-20T00:00:00Z".parse().expect("a moment");
    let april: Vec<_> = points(&mut rig, &billing())
        .into_iter()
        .filter(|(time, _)| time.month() == 4)
        .map(|(time, tag)| (time.day(), tag))
        .collect();
    assert_eq!(april, [(19, "Default".to_owned()), (12, "Monthly".to_owned())]);
}

#[test]
fn old_jobs_go() {
    let mut rig = Rig::new();
    assert_eq!(
        rig.send(Method::Post, &format!("{}/stopProtection", billing()), VERSION)
            .status,
        202
    );
    rig.wait(380 * DAY);
    let path = format!("{}/backupJobs", commerce());
    let jobs = get(&mut rig, &path)["value"].clone();
    let names: Vec<_> = jobs.as_array().into_iter().flatten().collect();
    let is_of_billing = |job: &&&Value| job["properties"]["dataSourceName"] == "pg-billing-prod";
    assert_eq!(names.iter().filter(is_of_billing).count(), 0);
    assert!(
        (12..=13).contains(&names.len()),
        "a quarter of a year of the other instance: {}",
        names.len()
    );
}

#[test]
fn points_are_filtered_by_their_times() {
    let mut rig = Rig::new();
    let all = points(&mut rig, &billing());
    let path = |filter: &str| {
        let filter = filter.replace(' ', "%20").replace('\'', "%27");
        format!("{}/recoveryPoints?$filter={filter}", billing())
    };
    let february =
        "startDate eq '2026-02-01T00:00:00.0000000Z' and endDate eq '2026-02-28T23:59:59.0000000Z'";
    for (filter, expected) in [
        (february, all.iter().filter(|(time, _)| time.month() == 2).count()),
        ("startDate eq '2026-03-01T02:00:00Z'", 1),
        ("endDate eq '2020-01-01T00:00:00Z'", 0),
        ("", all.len()),
    ] {
        let listed = get(&mut rig, &path(filter))["value"].clone();
        assert_eq!(listed.as_array().map(Vec::len), Some(expected), "{filter}");
    }
    let bad = rig.send(Method::Get, &path("startDate eq 'yesterday'"), VERSION);
    assert_eq!(bad.status, 400, "{}", bad.body);
    rig.world.switches().page_size = 5;
    let first = get(&mut rig, &path(""));
    assert_eq!(first["value"].as_array().map(Vec::len), Some(5));
    assert!(
        first["nextLink"]
            .as_str()
            .is_some_and(|link| link.contains("$skiptoken=")),
        "{first}"
    );
}
