//! A world that outlives its server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use arm_emulator_server::{EmulatorServer, Options};
use reqwest::Method;
use serde_json::Value;

use crate::rig::{Rig, SERVER, SUBSCRIPTIONS, header, json};

/// A file of this test's own, which is not there yet.
fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("worlds");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(format!("{name}.json"));
    fs::remove_file(&file).ok();
    file
}

fn kept_in(file: &Path) -> Options {
    Options {
        world: Some(file.to_owned()),
        ..Options::default()
    }
}

fn written(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

async fn status(rig: &Rig, path: &str) -> u16 {
    let answer = rig.request(Method::GET, path).send().await;
    answer.expect("an answer").status().as_u16()
}

#[tokio::test]
async fn a_backup_that_was_begun_goes_on_after_a_restart() {
    let file = file("restart");
    let rig = Rig::start(kept_in(&file)).await;
    let accepted = rig.put_backup("before-v42").await;
    assert_eq!(accepted.status(), 202, "{accepted:?}");
    let operation = header(&accepted, "Azure-AsyncOperation");
    let old = rig.server.url();
    drop(rig);

    // Time stands still for the file: the end of the operation is put into the past instead.
    let mut world = written(&file);
    let running = world["operations"].as_object_mut().expect("operations");
    for operation in running.values_mut() {
        operation["ends"] = operation["started"].clone();
    }
    fs::write(&file, world.to_string()).expect("the file");

    let rig = Rig::start(kept_in(&file)).await;
    let polled = rig.ask(Method::GET, &operation.replace(&old, &rig.server.url()));
    let polled = json(polled.send().await.expect("an answer")).await;
    assert_eq!(polled["status"], "Succeeded", "{polled}");
    let backup = format!("{SERVER}/backups/before-v42?api-version=2025-08-01");
    assert_eq!(status(&rig, &backup).await, 200);
}

#[tokio::test]
async fn each_change_is_in_the_file_before_it_is_answered() {
    let file = file("changes");
    let rig = Rig::start(kept_in(&file)).await;
    let in_memory = || {
        let world = rig.server.with_world(|world| serde_json::to_value(world));
        world.expect("JSON")
    };
    assert_eq!(written(&file), in_memory(), "at the start");

    rig.put_backup("before-v42").await;
    assert_eq!(
        written(&file)["operations"].as_object().map(|all| all.len()),
        Some(1)
    );

    let fault = r#"{"matching":{},"kind":{"type":"garbage"},"times":1}"#;
    let injected = rig.request(Method::POST, "/_emulator/faults").body(fault);
    injected.send().await.expect("an answer");
    assert_eq!(written(&file)["faults"].as_array().map(Vec::len), Some(1));
    status(&rig, SUBSCRIPTIONS).await;
    assert_eq!(
        written(&file)["faults"].as_array().map(Vec::len),
        Some(0),
        "a read that meets it"
    );

    status(&rig, "/providers/Microsoft.Nothing/things?api-version=1").await;
    assert_eq!(written(&file)["unknown_routes"].as_array().map(Vec::len), Some(1));

    let reset = rig.request(Method::POST, "/_emulator/reset").send().await;
    assert_eq!(reset.expect("an answer").status(), 204);
    assert_eq!(
        written(&file)["operations"].as_object().map(|all| all.len()),
        Some(0)
    );
    assert!(
        !file.with_file_name("changes.json.new").exists(),
        "nothing is left beside it"
    );
}

#[tokio::test]
async fn a_file_without_a_world_of_this_format_is_refused_and_left_alone() {
    let rig = Rig::start(Options::default()).await;
    let mut other = rig
        .server
        .with_world(|world| serde_json::to_value(world))
        .expect("JSON");
    other["format"] = 1.into();
    for (name, text, expected) in [
        (
            "format",
            other.to_string(),
            "a world of format 1, while this emulator keeps format",
        ),
        ("empty", String::new(), "EOF"),
        ("text", "[1,2".to_owned(), "holds no world that can be used"),
    ] {
        let file = file(name);
        fs::write(&file, &text).expect("the file");
        let refused = EmulatorServer::start(kept_in(&file)).await;
        let error = refused.err().expect(name).to_string();
        assert!(
            error.contains(expected) && error.contains("Take it away"),
            "{name}: {error}"
        );
        assert_eq!(fs::read_to_string(&file).expect("the file"), text, "{name}");
    }
    let folder = file("gone").with_file_name("no-such-folder").join("world.json");
    let refused = EmulatorServer::start(kept_in(&folder)).await;
    assert!(refused.is_err(), "a file that cannot be written");
}

#[tokio::test]
async fn a_load_of_backups_is_listed_in_pages() {
    let rig = Rig::start(Options {
        load: 2500,
        ..Options::default()
    })
    .await;
    let server = SERVER
        .replace("rg-commerce-prod", "rg-insights")
        .replace("pg-orders-prod", "pg-many-backups");
    let mut url = format!("{}{server}/backups?api-version=2025-08-01", rig.server.url());
    let mut sizes = Vec::new();
    loop {
        let page = json(rig.ask(Method::GET, &url).send().await.expect("an answer")).await;
        sizes.push(page["value"].as_array().map_or(0, Vec::len));
        match page["nextLink"].as_str() {
            Some(next) => url = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(sizes, [1000, 1000, 500]);
}

#[tokio::test]
async fn a_seed_chooses_freedoms_and_the_first_one_none() {
    for seed in 1..12 {
        let rig = Rig::start(Options {
            seed,
            ..Options::default()
        })
        .await;
        let chosen = rig.server.with_world(|world| world.switches().clone());
        let expected = arm_emulator::Switches::default().with_freedoms_of(seed);
        assert_eq!(chosen, expected, "seed {seed}");
        assert_eq!(status(&rig, SUBSCRIPTIONS).await, 200, "seed {seed}: {chosen:?}");
    }
}
