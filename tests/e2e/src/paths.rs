//! Where built things lie.

use std::path::PathBuf;

/// The built app: `E2E_DIST`, else `target/dist`.
///
/// # Panics
/// When there is none.
pub fn dist() -> PathBuf {
    let dist = std::env::var_os("E2E_DIST").map_or_else(|| target().join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "there is no built app in {}: run `cargo xtask dist --demo`",
        dist.display()
    );
    dist
}

/// The text of axe-core, which finds faults of accessibility: the file `E2E_AXE`, else the one that
/// `cargo xtask test` installs.
///
/// # Panics
/// When it is not installed.
pub fn axe() -> String {
    let installed = || target().join("tools/node_modules/axe-core/axe.min.js");
    let file = std::env::var_os("E2E_AXE").map_or_else(installed, PathBuf::from);
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; run `cargo xtask test e2e`, which installs axe-core",
            file.display()
        )
    })
}

/// A picture of this name, in `target/e2e-screenshots`, whose folder exists.
///
/// # Panics
/// When the folder cannot be made.
pub fn screenshot(name: &str) -> PathBuf {
    let folder = target().join("e2e-screenshots");
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    folder.join(format!("{name}.png"))
}

/// Cargo's target folder of the workspace.
fn target() -> PathBuf {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(workspace).join("target"), PathBuf::from)
}
