//! A program with its JavaScript, as wasm-bindgen leaves them.

use super::compact;
use crate::process::run;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program and its JavaScript.
pub struct Bound {
    /// The JavaScript.
    pub script: Vec<u8>,
    /// The program.
    pub wasm: Vec<u8>,
}

/// Calls wasm-bindgen.
pub fn bind(bindgen: &Path, linked: &Path, name: &str, folder: &Path, more: &[&str]) -> Result<Bound> {
    let folder = folder.join(name);
    let mut command = Command::new(bindgen);
    command.args(["--target", "web", "--no-typescript", "--remove-producers-section"]);
    command.args(["--out-name", name, "--out-dir"]).arg(&folder);
    run(command.args(more).arg(linked))?;
    if folder.join("snippets").exists() {
        bail!(
            "{name} brings JavaScript of its own (snippets), which dist does not hash; name it in index.html"
        );
    }
    let read = |file: String| fs::read(folder.join(&file)).context(file);
    let script = String::from_utf8(read(format!("{name}.js"))?)?;
    Ok(Bound {
        script: compact::script(&script).into_bytes(),
        wasm: read(format!("{name}_bg.wasm"))?,
    })
}
