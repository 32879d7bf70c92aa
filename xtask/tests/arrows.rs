//! The arrows between the parts, checked against what cargo knows: nothing else may depend on anything else.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Part, what it may be built from, what its tests may use besides.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("arm-core", &[], &[]),
    ("arm-client", &["arm-core"], &["arm-emulator"]),
    ("entra-auth", &["arm-core"], &[]),
    ("arm-emulator", &["arm-core"], &[]),
    ("arm-emulator-worker", &["arm-core", "arm-emulator"], &[]),
    ("arm-emulator-server", &["arm-core", "arm-emulator"], &[]),
    (
        "arm-cli",
        &["arm-client", "arm-core"],
        &["arm-emulator", "arm-emulator-server"],
    ),
    (
        "pg-backup-portal",
        &["arm-client", "arm-core", "entra-auth"],
        &["arm-emulator"],
    ),
    ("static-host", &[], &[]),
    (
        "e2e",
        &["arm-core", "arm-emulator", "arm-emulator-server", "static-host"],
        &[],
    ),
    ("xtask", &["static-host"], &[]),
];

/// Who may name tokio: the programs, and the browser tests (invariant 4).
const TOKIO: &[&str] = &["arm-cli", "arm-emulator-server", "static-host", "e2e"];

/// What the emulator is made of: nothing here has a clock, a socket, a thread or randomness (invariant 2).
const EMULATOR: &[&str] = &["arm-core", "chrono", "serde", "serde_json"];

fn metadata(arguments: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The names of a package's direct dependencies: those it is built from, or those of its tests alone.
fn dependencies(package: &Value, of_tests: bool) -> BTreeSet<&str> {
    list(&package["dependencies"])
        .iter()
        .filter(|dependency| (text(&dependency["kind"]) == "dev") == of_tests)
        .map(|dependency| text(&dependency["name"]))
        .collect()
}

fn parts(metadata: &Value) -> BTreeMap<&str, &Value> {
    list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["name"]), package))
        .collect()
}

#[test]
fn every_part_depends_only_on_the_parts_it_has_an_arrow_to() {
    let metadata = metadata(&["--no-deps"]);
    let parts = parts(&metadata);
    let drawn: BTreeSet<&str> = ARROWS.iter().map(|(name, ..)| *name).collect();
    let built: BTreeSet<&str> = parts.keys().copied().collect();
    assert_eq!(built, drawn, "the parts of the workspace and those with arrows");

    for (name, built_from, tested_with) in ARROWS {
        let own = |of_tests| -> BTreeSet<&str> {
            dependencies(parts[name], of_tests)
                .into_iter()
                .filter(|name| drawn.contains(name))
                .collect()
        };
        let allowed: BTreeSet<&str> = built_from.iter().copied().collect();
        assert!(
            own(false).is_subset(&allowed),
            "{name} is built from {:?}, allowed {allowed:?}",
            own(false)
        );
        let allowed: BTreeSet<&str> = allowed.into_iter().chain(tested_with.iter().copied()).collect();
        assert!(
            own(true).is_subset(&allowed),
            "{name} is tested with {:?}, allowed {allowed:?}",
            own(true)
        );
    }
}

#[test]
fn tokio_is_named_only_by_programs_outside_the_browser() {
    let metadata = metadata(&["--no-deps"]);
    for (name, package) in parts(&metadata) {
        let named =
            dependencies(package, false).contains("tokio") || dependencies(package, true).contains("tokio");
        assert!(!named || TOKIO.contains(&name), "{name} depends on tokio");
    }
}

#[test]
fn the_emulator_is_made_of_nothing_that_could_tell_the_time_or_talk() {
    let metadata = metadata(&["--no-deps"]);
    let parts = parts(&metadata);
    let found = dependencies(parts["arm-emulator"], false);
    let allowed: BTreeSet<&str> = EMULATOR.iter().copied().collect();
    assert!(found.is_subset(&allowed), "arm-emulator is built from {found:?}");
    let chrono = list(&parts["arm-emulator"]["dependencies"])
        .iter()
        .find(|d| text(&d["name"]) == "chrono");
    let features: Vec<&str> = chrono
        .map(|chrono| list(&chrono["features"]))
        .unwrap_or_default()
        .iter()
        .map(text)
        .collect();
    assert!(
        !features.contains(&"clock") && !features.contains(&"now"),
        "chrono's clock: {features:?}"
    );
}

/// Everything the package is built from for a browser, its dependencies' dependencies included.
fn built_from(metadata: &Value, package: &str) -> BTreeSet<String> {
    let name_of: BTreeMap<&str, &str> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| (text(&node["id"]), node))
        .collect();
    let start = name_of
        .iter()
        .find(|(_, name)| **name == package)
        .map(|(id, _)| *id)
        .unwrap();
    let (mut open, mut seen) = (vec![start], BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in list(&nodes[id]["deps"]) {
            if list(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
            {
                open.push(text(&dependency["pkg"]));
            }
        }
    }
    seen.into_iter().map(|id| name_of[id].to_owned()).collect()
}

#[test]
fn t11_the_app_contains_neither_the_emulator_nor_a_runtime_nor_a_second_http_stack() {
    let metadata = metadata(&["--filter-platform", "wasm32-unknown-unknown"]);
    let app = built_from(&metadata, "pg-backup-portal");
    assert!(
        app.contains("leptos") && app.contains("arm-client"),
        "the walk goes through the app: {app:?}"
    );
    for foreign in [
        "arm-emulator",
        "arm-emulator-worker",
        "arm-emulator-server",
        "tokio",
        "reqwest",
        "hyper",
    ] {
        assert!(!app.contains(foreign), "the app contains {foreign}");
    }
}

#[test]
fn the_emulator_does_not_contain_the_clients_models() {
    let metadata = metadata(&["--filter-platform", "wasm32-unknown-unknown"]);
    for shell in ["arm-emulator", "arm-emulator-worker"] {
        let parts = built_from(&metadata, shell);
        assert!(!parts.contains("arm-client"), "{shell} contains arm-client");
    }
}
