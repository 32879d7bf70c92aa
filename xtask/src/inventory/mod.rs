//! What is inside a build: the crates that are linked into it, as cargo resolves them.

mod licences;
mod sbom;

pub use licences::licences;
pub use sbom::sbom;

use crate::process::{cargo, output};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The app's package with the cargo options of its release build.
pub const APP: (&str, &[&str]) = ("pg-backup-portal", &["--features", "split"]);
/// That of the emulator's worker, which is inside the demo.
pub const WORKER: (&str, &[&str]) = ("arm-emulator-worker", &[]);

/// A crate that is inside a build.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    /// Its name on crates.io, or in this workspace.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an SPDX expression; empty where it declares none.
    pub licence: String,
    /// Where its sources lie.
    pub folder: PathBuf,
    /// The SHA-256 of its package on crates.io; `None` for those of this workspace.
    pub checksum: Option<String>,
    /// Names and versions of the crates of the build that it uses.
    pub uses: Vec<(String, String)>,
}

/// The crates linked into these packages when they are built for the browser, sorted by name and version. Each package
/// stands with the cargo options it is built with.
///
/// # Errors
/// Cargo fails, or answers what this does not know.
pub fn crates(packages: &[(&str, &[&str])]) -> Result<Vec<Crate>> {
    let mut linked = BTreeSet::new();
    for (package, options) in packages {
        let mut tree = cargo(["tree", "--locked", "--package", package]);
        tree.args(["--target", TARGET, "--edges", "normal,no-proc-macro"])
            .args(["--prefix", "none", "--format", "{p}"])
            .args(*options);
        let tree = output(&mut tree).with_context(|| format!("cargo tree of {package} failed"))?;
        linked.extend(tree.lines().filter_map(name_and_version));
    }
    let mut metadata = cargo(["metadata", "--locked", "--format-version", "1"]);
    metadata.args(["--filter-platform", TARGET]);
    let metadata = output(&mut metadata).context("cargo metadata failed")?;
    let metadata = serde_json::from_str(&metadata).context("cargo metadata")?;
    let lock = std::fs::read_to_string(crate::process::root().join("Cargo.lock")).context("Cargo.lock")?;
    described(&linked, &metadata, &lock)
}

const TARGET: &str = "wasm32-unknown-unknown";

/// Reads `serde v1.0.228` and `arm-core v0.1.0 (/a/folder) (*)`.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split(' ');
    let (name, version) = (words.next()?, words.next()?);
    Some((name.to_owned(), version.strip_prefix('v')?.to_owned()))
}

fn described(linked: &BTreeSet<(String, String)>, metadata: &Value, lock: &str) -> Result<Vec<Crate>> {
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let found = linked.iter().map(|(name, version)| {
        let package = packages
            .iter()
            .find(|package| package["name"] == **name && package["version"] == **version)
            .with_context(|| format!("cargo metadata does not know {name} {version}"))?;
        let manifest = package["manifest_path"].as_str().map(PathBuf::from);
        let folder = manifest.and_then(|manifest| manifest.parent().map(PathBuf::from));
        Ok(Crate {
            name: name.clone(),
            version: version.clone(),
            licence: expression(package["license"].as_str().unwrap_or_default()),
            folder: folder.with_context(|| format!("cargo metadata tells no folder of {name}"))?,
            checksum: checksum(lock, name, version).map(str::to_owned),
            uses: uses(metadata, package, linked),
        })
    });
    found.collect()
}

/// The crates of the build that a package uses, whether or not by way of what runs at build time.
fn uses(metadata: &Value, package: &Value, linked: &BTreeSet<(String, String)>) -> Vec<(String, String)> {
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let node = nodes.into_iter().find(|node| node["id"] == package["id"]);
    let used = node
        .and_then(|node| node["dependencies"].as_array())
        .into_iter()
        .flatten();
    let packages: Vec<_> = metadata["packages"].as_array().into_iter().flatten().collect();
    let used = used.filter_map(|id| {
        let package = packages.iter().find(|package| package["id"] == *id)?;
        Some((
            package["name"].as_str()?.to_owned(),
            package["version"].as_str()?.to_owned(),
        ))
    });
    let mut used: Vec<_> = used.filter(|used| linked.contains(used)).collect();
    used.sort();
    used
}

/// The old way of writing `MIT OR Apache-2.0` is `MIT/Apache-2.0`, which is no SPDX expression.
fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// The checksum that Cargo.lock keeps of a package.
fn checksum<'a>(lock: &'a str, name: &str, version: &str) -> Option<&'a str> {
    let entry = lock.split("[[package]]").find(|entry| {
        let has = |key: &str, value: &str| entry.lines().any(|line| line == format!("{key} = \"{value}\""));
        has("name", name) && has("version", version)
    })?;
    let line = entry
        .lines()
        .find_map(|line| line.strip_prefix("checksum = \""))?;
    line.strip_suffix('"')
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use serde_json::json;

    /// A crate with nothing but a name and a licence.
    pub fn named(name: &str, licence: &str) -> Crate {
        Crate {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            folder: PathBuf::new(),
            checksum: None,
            uses: Vec::new(),
        }
    }

    #[test]
    fn lines_of_cargo_tree_are_read_with_and_without_folder_and_repetition() {
        for (line, expected) in [
            ("serde v1.0.228", Some(("serde", "1.0.228"))),
            ("serde v1.0.228 (*)", Some(("serde", "1.0.228"))),
            ("arm-core v0.1.0 (/a/folder) (*)", Some(("arm-core", "0.1.0"))),
            ("", None),
            ("[build-dependencies]", None),
        ] {
            let expected = expected.map(|(name, version)| (name.to_owned(), version.to_owned()));
            assert_eq!(name_and_version(line), expected, "{line}");
        }
    }

    #[test]
    fn a_crate_is_described_by_what_cargo_says_of_it() {
        let metadata = json!({
            "packages": [
                { "id": "a#1", "name": "a", "version": "1.0.0", "license": "MIT/Apache-2.0", "manifest_path": "/c/a/Cargo.toml" },
                { "id": "b#2", "name": "b", "version": "2.0.0", "license": null, "manifest_path": "/c/b/Cargo.toml" },
                { "id": "m#1", "name": "macros", "version": "1.0.0", "license": "MIT", "manifest_path": "/c/m/Cargo.toml" },
            ],
            "resolve": { "nodes": [{ "id": "a#1", "dependencies": ["b#2", "m#1"] }, { "id": "b#2", "dependencies": [] }] },
        });
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"00ff\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n";
        let key = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let linked = BTreeSet::from([key("a", "1.0.0"), key("b", "2.0.0")]);
        let found = described(&linked, &metadata, lock).unwrap();
        assert_eq!(found.len(), 2, "what runs at build time is not inside: {found:?}");
        assert_eq!(found[0].licence, "MIT OR Apache-2.0");
        assert_eq!(found[0].checksum.as_deref(), Some("00ff"));
        assert_eq!(found[0].folder, PathBuf::from("/c/a"));
        assert_eq!(found[0].uses, [key("b", "2.0.0")]);
        assert_eq!((found[1].licence.as_str(), &found[1].checksum), ("", &None));
        let unknown = BTreeSet::from([key("c", "1.0.0")]);
        let problem = described(&unknown, &metadata, lock).unwrap_err().to_string();
        assert!(problem.contains("c 1.0.0"), "{problem}");
    }

    #[test]
    fn the_app_holds_what_it_is_written_with_and_nothing_that_runs_at_build_time() {
        let crates = crates(&[APP]).unwrap();
        let has = |name: &str| crates.iter().any(|found| found.name == name);
        for name in [
            "pg-backup-portal",
            "arm-client",
            "leptos",
            "serde_json",
            "wasm-bindgen",
        ] {
            assert!(has(name), "{name} is inside");
        }
        for name in ["serde_derive", "leptos_macro", "tokio", "arm-emulator", "trunk"] {
            assert!(!has(name), "{name} is not inside");
        }
    }
}
