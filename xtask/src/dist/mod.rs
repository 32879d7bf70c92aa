//! `cargo xtask dist`: the release build, from the same index.html as Trunk's.
//!
//! It does what Trunk cannot: the app in parts that are fetched when they are needed, the emulator worker in a folder named by its hash and only in the demo, one stylesheet,
//! a content policy in the page, compressed copies, the licences of what is inside, and the weight of the first page.

mod bindings;
mod bridge;
mod bundle;
mod compact;
mod compressed;
mod element;
mod fingerprint;
mod first_page;
mod in_page;
mod in_page_style;
mod marked;
mod merged;
mod names;
mod ordered;
mod packs;
mod page;
mod papers;
mod parted;
mod prefetch;
mod public_url;
mod rooted;
mod size;
mod sources;
mod split;

pub use first_page::FILE as FIRST_PAGE;
pub use public_url::PublicUrl;
pub use size::FirstPage;

use crate::process::{cargo, root, run};
use crate::tools;
use anyhow::{Context as _, Result};
use fingerprint::Record;
use page::Page;
use sources::Sources;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What to build and where to put it.
pub struct Options {
    /// The folder that becomes the build; what was there goes.
    pub out: PathBuf,
    /// Whether emulator, sign-in page and the demo's config.json come along.
    pub demo: bool,
    /// The path that the build will be served below.
    pub public_url: PublicUrl,
    /// The installation's config.json, in place of the demo's.
    pub config: Option<PathBuf>,
    /// Whether the app notes what of it runs (`cargo xtask first-page`).
    pub to_be_recorded: bool,
}

/// Builds the app, or finds that it is built already.
///
/// # Errors
/// A tool is missing and cannot be installed, cargo fails, or index.html holds what this build does not know.
pub fn build(options: &Options) -> Result<FirstPage> {
    tools::wasm_target()?;
    let bindgen = tools::wasm_bindgen()?;
    let index = fs::read_to_string(root().join("index.html")).context("index.html")?;
    let page = Page::parse(&index, options.demo)?;

    // Two builds of one folder at a time would take away each other's files.
    fs::create_dir_all(tools::target_folder())?;
    let lock = fs::File::create(beside(&options.out, ".lock"))?;
    lock.lock().context("waiting for another build")?;

    println!("Building the app …");
    let app = linked(
        "pg-backup-portal",
        &page.app,
        &["--features", "split"],
        &TO_BE_SPLIT,
    )?;
    // A call of its own: in one call the features of both would be united, and the app would carry the worker's.
    let worker = page.worker.as_ref().map(|worker| {
        println!("Building the emulator's worker …");
        linked(&worker.binary, &worker.binary, &[], &[])
    });
    let mut sources = Sources::read(&page, app, worker.transpose()?)?;
    if let Some(file) = &options.config {
        sources.set_config(fs::read(file).with_context(|| file.display().to_string())?);
    }

    let release = papers::Release::here();
    write_hosts(&sources, options)?;
    let record_file = beside(&options.out, ".fingerprint");
    let inputs = fingerprint::of_inputs(
        &[
            &index,
            &release.json(),
            &papers::guides()?,
            &options.public_url.to_string(),
            &options.to_be_recorded.to_string(),
        ],
        &sources,
        &bindgen,
    )?;
    if let Some(record) = Record::read(&record_file)
        && record.inputs == inputs
        && record.outputs == fingerprint::of_folder(&options.out)?
    {
        println!("The bundle is up to date.");
        return Ok(record.first_page);
    }

    println!("Bundling and compressing …");
    let staging = beside(&options.out, ".new");
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    let first_page = bundle::write(
        &page,
        &sources,
        &bindgen,
        &release,
        &options.public_url,
        &staging,
        options.to_be_recorded,
    )?;
    papers::write(&staging, options.demo, &release)?;
    if options.out.exists() {
        fs::remove_dir_all(&options.out)?;
    }
    fs::rename(&staging, &options.out)?;
    let outputs = fingerprint::of_folder(&options.out)?;
    let record = Record {
        inputs,
        outputs,
        first_page,
    };
    record.write(&record_file)?;
    Ok(record.first_page)
}

/// Writes the configurations of hosts into a folder beside the build: nobody should serve them by mistake.
fn write_hosts(sources: &Sources, options: &Options) -> Result<()> {
    // Without one the built-in public cloud is what most installations are for.
    let config = sources.config().unwrap_or(br#"{"cloud":"public"}"#);
    let config = serde_json::from_slice(config).context("config.json")?;
    let folder = beside(&options.out, "-hosts");
    fs::create_dir_all(&folder)?;
    for file in static_host::hosts::configurations(&config, &options.public_url.to_string()) {
        fs::write(folder.join(file.name), file.content)?;
    }
    Ok(())
}

/// What the splitting reads: where the linker put what, and by which name. Neither reaches the build.
const TO_BE_SPLIT: [&str; 4] = ["-C", "link-arg=--emit-relocs", "-C", "strip=none"];

/// Builds a program for the browser and gives the file the linker made; `flags` are for its last step alone.
fn linked(package: &str, binary: &str, options: &[&str], flags: &[&str]) -> Result<PathBuf> {
    let names = format!(
        "target.{}.rustflags=[\"-Csymbol-mangling-version=v0\"]",
        tools::WASM
    );
    let mut command = cargo(["rustc", "--release", "--target", "wasm32-unknown-unknown"]);
    // Names that are the same on every machine, and tell the types that a function is compiled for.
    command.args(["--config", &names]);
    command
        .args(["--package", package, "--bin", binary])
        .args(options);
    run(command.arg("--").args(flags))?;
    let file = format!("wasm32-unknown-unknown/release/{binary}.wasm");
    Ok(tools::target_folder().join(file))
}

/// A path that differs only in the end of its last part.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(suffix);
    path.with_file_name(name)
}
