//! What the commands need beyond cargo: found, or installed, or named in one line with the way to get it.

use crate::process::{cargo, find, output, root, run};
use anyhow::{Context as _, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Later versions ask for a newer Rust than rust-toolchain.toml pins.
const TRUNK_VERSION: &str = "0.21.14";
const AXE_VERSION: &str = "4.14.1";

/// Where cargo and these commands put what they make.
pub fn target_folder() -> PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(folder)
}

/// What the app is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for wasm.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = WASM;
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(root());
    if output(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    println!("Installing the Rust target {TARGET} …");
    let mut rustup = Command::new("rustup");
    run(rustup.args(["target", "add", TARGET]).current_dir(root()))
        .context("the Rust target is missing: install it with `rustup target add wasm32-unknown-unknown`")
}

/// The formatter and clippy.
pub fn rust_components() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(&mut cargo([tool, "--version"])).is_none() {
            println!("Installing the Rust component {component} …");
            let mut rustup = Command::new("rustup");
            run(rustup.args(["component", "add", component]).current_dir(root())).with_context(|| {
                format!("{component} is missing: install it with `rustup component add {component}`")
            })?;
        }
    }
    Ok(())
}

/// The `wasm-bindgen` program, of the version of the library in Cargo.lock: the two speak a private format.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", version)
}

/// The `trunk` program.
pub fn trunk() -> Result<PathBuf> {
    cargo_tool("trunk", "trunk", TRUNK_VERSION)
}

/// `PATH` with the folder of the program in front.
pub fn path_with(program: &Path) -> Result<OsString> {
    let folder = program.parent().context("a program lies in a folder")?.to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    Ok(std::env::join_paths(
        std::iter::once(folder).chain(std::env::split_paths(&path)),
    )?)
}

/// A browser for tests.
pub struct Browser {
    /// The program that drives it.
    pub driver: PathBuf,
}

/// Chromium and its driver.
pub fn browser() -> Result<Browser> {
    let driver = || {
        std::env::var_os("CHROMEDRIVER")
            .map(PathBuf::from)
            .or_else(|| find("chromedriver"))
    };
    let browser = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(find)
    };
    if driver().is_none() || browser().is_none() {
        system_packages(&["chromium", "chromium-driver"])?;
    }
    let driver = driver().context("chromedriver is not on PATH after its installation")?;
    Ok(Browser { driver })
}

/// The web servers whose configurations are tested in them.
pub fn web_servers() -> Result<()> {
    const PACKAGES: [&str; 3] = ["nginx-light", "libnginx-mod-http-brotli-static", "caddy"];
    let brotli = Path::new("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    if find("nginx").is_some() && find("caddy").is_some() && brotli.exists() {
        return Ok(());
    }
    for_its_owner(&PACKAGES)?;
    system_packages(&PACKAGES)
}

/// The folder with the programs of PostgreSQL: Debian keeps those of each version in one that is not on `PATH`.
pub fn postgres() -> Result<PathBuf> {
    let folder = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten();
        let newest = versions
            .filter_map(|entry| {
                Some((
                    entry.file_name().to_str()?.parse::<u32>().ok()?,
                    entry.path().join("bin"),
                ))
            })
            .filter(|(_, folder)| folder.join("initdb").is_file())
            .max();
        let on_path = || find("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned));
        newest.map(|(_, folder)| folder).or_else(on_path)
    };
    if folder().is_none() {
        for_its_owner(&["postgresql"])?;
        system_packages(&["postgresql"])?;
    }
    folder().context("initdb of PostgreSQL is not found after its installation")
}

/// Refuses where services are managed: there these packages would start theirs, which is for the owner to decide.
fn for_its_owner(packages: &[&str]) -> Result<()> {
    if Path::new("/run/systemd/system").exists() {
        let names = packages.join(" ");
        bail!("{names} missing: install them; their services are not needed and may be disabled");
    }
    Ok(())
}

/// Node, which comes with npm.
pub fn node() -> Result<PathBuf> {
    if find("node").is_none() {
        system_packages(&["npm"])?;
    }
    find("node").context("node is not on PATH after its installation")
}

/// The script of axe-core, which looks for barriers in a page.
pub fn axe() -> Result<PathBuf> {
    let folder = target_folder().join("tools");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let start = std::fs::read_to_string(&script).unwrap_or_default();
    if start.starts_with(&format!("/*! axe v{AXE_VERSION}")) {
        return Ok(script);
    }
    if find("npm").is_none() {
        system_packages(&["npm"])?;
    }
    println!("Installing axe-core {AXE_VERSION} …");
    std::fs::create_dir_all(&folder)?;
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--prefix",
    ]);
    run(npm.arg(&folder).arg(format!("axe-core@{AXE_VERSION}")))?;
    Ok(script)
}

/// A program installed by cargo below the target folder, unless that or the one on `PATH` has the version already.
fn cargo_tool(program: &str, package: &str, version: &str) -> Result<PathBuf> {
    let tools = target_folder().join("tools");
    let own = tools
        .join("bin")
        .join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let has_version = |path: &PathBuf| {
        let printed = output(Command::new(path).arg("--version"));
        printed.is_some_and(|printed| printed.split_whitespace().nth(1) == Some(version))
    };
    if let Some(found) = [Some(own.clone()), find(program)]
        .into_iter()
        .flatten()
        .find(has_version)
    {
        return Ok(found);
    }
    println!("Installing {package} {version} (once, some minutes) …");
    let mut command = cargo([
        "install",
        "--locked",
        "--no-default-features",
        package,
        "--version",
        version,
    ]);
    command.arg("--root").arg(&tools);
    // A tool runs for seconds: it is built for a short build, and an interrupted one goes on where it stopped.
    command.env("CARGO_TARGET_DIR", target_folder().join("tools-build"));
    command.env("CARGO_PROFILE_RELEASE_LTO", "off");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    run(&mut command).with_context(|| {
        format!(
            "{package} is missing: install it with `cargo install --locked {package} --version {version}`"
        )
    })?;
    Ok(own)
}

/// Installs packages of the system, where that needs no password: as root on Debian and Ubuntu.
pub fn system_packages(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let is_root = output(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !is_root || find("apt-get").is_none() {
        bail!(
            "{names} missing: install them (Debian, Ubuntu: `sudo apt-get install {names}`; elsewhere Chrome or \
             Chromium with the chromedriver of its version, npm, Python with venv, or PostgreSQL) and put them on PATH"
        );
    }
    println!("Installing {names} …");
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    let mut install = Command::new("apt-get");
    install
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(packages);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The version of a package in the text of Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_and_not_of_a_namesake() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"registry\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }
}
