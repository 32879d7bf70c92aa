use chrono::TimeDelta;
use serde_json::Value;

use super::*;
use crate::testing::{ORDERS, PRODUCTION, Rig, VERSION, body, noon, service_sas, sibling, url};

fn as_json(world: &World) -> Value {
    serde_json::to_value(world).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_default_world_is_a_function_of_seed_and_moment() {
    let world = as_json(&World::new(1, noon()));
    assert_eq!(world, as_json(&World::new(1, noon())));
    assert_ne!(world["documents"], as_json(&World::new(2, noon()))["documents"]);
    let later = noon() + TimeDelta::hours(1);
    assert_ne!(world["documents"], as_json(&World::new(1, later))["documents"]);
}

#[test]
fn the_default_world_changes_nothing_when_it_is_first_asked() {
    let mut rig = Rig::new();
    let before = rig.contents();
    rig.get(ORDERS);
    assert_eq!(rig.contents(), before);
}

#[test]
fn a_world_read_back_goes_on_as_the_one_that_was_written() {
    let mut rig = Rig::new();
    rig.world.switches().operation_time_factor = 2.5;
    let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
    rig.get("/providers/Microsoft.Nothing/things");
    let status = begun.headers.get("Azure-AsyncOperation").unwrap_or_default();

    let text = serde_json::to_string(&rig.world).unwrap_or_else(|error| panic!("{error}"));
    let mut read = Rig::new();
    read.world = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(as_json(&read.world), as_json(&rig.world));
    for (seconds, state) in [(0, "InProgress"), (60, "Succeeded")] {
        rig.wait(seconds);
        read.wait(seconds);
        let answers = [&mut rig, &mut read].map(|rig| rig.follow(status));
        assert_eq!(answers[0], answers[1]);
        assert_eq!(body(&answers[0])["status"], state);
    }
    assert_eq!(as_json(&read.world), as_json(&rig.world));
}

#[test]
fn a_change_is_challenged_until_the_token_proves_what_is_asked_for() {
    let mut rig = Rig::new();
    rig.world.switches().required_context = Some("p1".to_owned());
    let before = rig.contents();
    let refused = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
    assert_eq!(refused.status, 401, "{}", refused.body);
    let challenge = refused.headers.get("WWW-Authenticate").unwrap_or_default();
    assert!(
        challenge.contains(r#"error="insufficient_claims", claims=""#),
        "{challenge}"
    );
    assert_eq!(rig.contents(), before);
    assert_eq!(rig.get(ORDERS).status, 200, "reading needs no more than before");
    assert_eq!(
        rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION)
            .status,
        401
    );

    let proved = crate::testing::token_of(&serde_json::json!({ "acrs": ["p1"] }));
    let request = Request::new(Method::Put, url(&format!("{ORDERS}/backups/b"), VERSION));
    let request = request.with_header("Authorization", format!("Bearer {proved}"));
    assert_eq!(rig.request(request).response.status, 202);
}

#[test]
fn a_world_of_another_format_is_not_read() {
    let mut world = as_json(&World::new(1, noon()));
    assert!(serde_json::from_value::<World>(world.clone()).is_ok());
    world["format"] = Value::from(0);
    let error = serde_json::from_value::<World>(world).expect_err("another format");
    assert_eq!(
        error.to_string(),
        "a world of format 0, while this emulator keeps format 3"
    );
}

/// Requests with bytes taken out, doubled and changed: an answer comes, and no resource is different.
#[test]
fn no_request_however_broken_panics_or_changes_a_resource() {
    const QUERY: &str = r#"{"query":"resources | where type =~ 'a' and (name has 'b' or not(isempty(properties.x['y']))) | order by name | take 5","options":{"$top":5}}"#;
    let seeds = [
        (
            Method::Get,
            format!("{ORDERS}/backups?$skiptoken=5bd1e9950000a5a0"),
            "",
        ),
        (Method::Delete, format!("{ORDERS}/backups/backup_1"), "{}"),
        (
            Method::Get,
            ORDERS.replace("/resourceGroups/rg-commerce-prod", "") + "/%20%C3%A4",
            "",
        ),
        (
            Method::Post,
            "/providers/Microsoft.ResourceGraph/resources".to_owned(),
            QUERY,
        ),
        (Method::Patch, "/tenants".to_owned(), "[[[[1e999]]]]"),
    ];
    let mut rig = Rig::new();
    let before = rig.contents();
    let mut random = Random::new(11);
    for round in 0..4000 {
        let (method, path, text) = &seeds[round % seeds.len()];
        let url = broken(&url(path, VERSION), &mut random);
        let text = broken(text, &mut random);
        let response = rig
            .request(Request::new(*method, url.clone()).with_body(text.clone()))
            .response;
        assert!(
            (200..=501).contains(&response.status),
            "{method} {url} {text}: {}",
            response.status
        );
    }
    assert_eq!(rig.contents(), before);
}

/// The same with what can begin something: whatever is refused has changed nothing.
#[test]
fn no_refused_request_however_broken_changes_a_resource() {
    let restore = format!(
        r#"{{"location":"westeurope","properties":{{"createMode":"PointInTimeRestore","sourceServerResourceId":"{ORDERS}","pointInTimeUTC":"2026-02-28T10:00:00Z"}}}}"#
    );
    let retention = r#"{"tags":{"a":"b"},"properties":{"backup":{"backupRetentionDays":10}}}"#;
    let name = r#"{"name":"pg-new","type":"Microsoft.DBforPostgreSQL/flexibleServers"}"#;
    let check_name = format!(
        "{PRODUCTION}/providers/Microsoft.DBforPostgreSQL/locations/westeurope/checkNameAvailability"
    );
    let sas = service_sas(
        &mut Rig::new(),
        "stcommercebackup",
        "ltr-orders",
        r#""signedPermission":"rwdl","signedExpiry":"2026-03-02""#,
    );
    let long_term = format!(
        r#"{{"backupSettings":{{"backupName":"weekly-1"}},"targetDetails":{{"sasUriList":["{sas}"]}}}}"#
    );
    let seeds = [
        (
            Method::Post,
            format!("{ORDERS}/startLtrBackup"),
            long_term.as_str(),
        ),
        (Method::Post, format!("{ORDERS}/ltrPreBackup"), long_term.as_str()),
        (Method::Put, sibling("pg-new"), restore.as_str()),
        (Method::Patch, ORDERS.to_owned(), retention),
        (Method::Post, check_name, name),
        (Method::Put, format!("{ORDERS}/backups/b"), "{}"),
        (Method::Delete, format!("{ORDERS}/backups/smoke-test"), ""),
        (Method::Delete, ORDERS.to_owned(), ""),
    ];
    let fresh = Rig::new().world;
    let mut rig = Rig::new();
    let mut random = Random::new(12);
    let mut accepted = 0;
    for round in 0..1600 {
        let (method, path, text) = &seeds[round % seeds.len()];
        let url = broken(&url(path, VERSION), &mut random);
        let text = broken(text, &mut random);
        let request = Request::new(*method, url.clone()).with_body(text.clone());
        let status = rig.request(request).response.status;
        assert!((200..=501).contains(&status), "{method} {url} {text}: {status}");
        if status == 202 {
            accepted += 1;
            rig.world = fresh.clone();
        } else {
            let is_same = rig.world.documents == fresh.documents && rig.world.operations.is_empty();
            assert!(is_same, "{method} {url} {text}: {status}");
        }
    }
    assert!((20..1000).contains(&accepted), "{accepted} were accepted");
}

fn broken(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..random.below(4) {
        if characters.is_empty() {
            break;
        }
        let place = usize::try_from(random.below(characters.len() as u64)).unwrap_or(0);
        match random.below(3) {
            0 => drop(characters.remove(place)),
            1 => characters.insert(place, characters[place]),
            _ => characters[place] = ['%', '/', '\'', '(', 'é', '\u{0}', '|', '{', '"'][place % 9],
        }
    }
    characters.into_iter().collect()
}
