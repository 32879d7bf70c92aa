//! Microsoft's published clients against the emulator: `tests/clients`, once per set of package versions.

use crate::process::{Counts, cargo, find, output, root, run, run_tests};
use crate::tools;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Versions of azure-mgmt-postgresqlflexibleservers; each has a `requirements-….txt`.
const VERSIONS: [&str; 2] = ["3.0.0", "2.0.0"];

/// Builds the emulator's server and lets every set of packages drive it; a failing set does not spare the next.
pub fn test(counts: &mut Counts) -> Result<()> {
    let server = server()?;
    let mut result = Ok(());
    for version in VERSIONS {
        println!("\nazure-mgmt-postgresqlflexibleservers {version}");
        let mut command = Command::new(environment(version)?);
        command
            .args(["-m", "pytest", "--color=no", "tests/clients"])
            .current_dir(root())
            .env("ARM_EMULATOR_SERVER", &server)
            .env("PYTHONDONTWRITEBYTECODE", "1");
        result = result.and(run_tests(&mut command, counts));
    }
    result
}

/// The emulator behind HTTP, built.
pub fn server() -> Result<PathBuf> {
    run(&mut cargo(["build", "-p", "arm-emulator-server"]))?;
    let server = format!("debug/arm-emulator-server{}", std::env::consts::EXE_SUFFIX);
    Ok(tools::target_folder().join(server))
}

/// The Python of a virtual environment that holds exactly the required packages.
fn environment(version: &str) -> Result<PathBuf> {
    let folder = tools::target_folder().join(format!("tools/clients-{version}"));
    let requirements = format!("tests/clients/requirements-{version}.txt");
    let required = fs::read_to_string(root().join(&requirements)).with_context(|| requirements.clone())?;
    let program = python_in(&folder);
    // Written last: an interrupted installation has none.
    let stamp = folder.join("installed.txt");
    let is_installed = fs::read_to_string(&stamp).is_ok_and(|installed| installed == required);
    if is_installed && output(Command::new(&program).arg("--version")).is_some() {
        return Ok(program);
    }
    let python = python()?;
    println!("Installing the packages of {requirements} …");
    let mut make = Command::new(python);
    run(make.args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut install = Command::new(&program);
    install
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
        ])
        .args(["--requirement", &requirements]);
    run(install.current_dir(root()))
        .with_context(|| format!("the packages of {requirements} cannot be installed"))?;
    fs::write(stamp, required)?;
    Ok(program)
}

/// A Python that can make virtual environments with pip in them, which Debian packs by itself.
fn python() -> Result<PathBuf> {
    let usable = || {
        let programs = ["python3", "python"].into_iter().filter_map(find);
        let mut usable = programs.filter(|python| {
            let imported = Command::new(python)
                .args(["-c", "import ensurepip, venv"])
                .output();
            imported.is_ok_and(|imported| imported.status.success())
        });
        usable.next()
    };
    if usable().is_none() {
        tools::system_packages(&["python3-venv"])?;
    }
    usable().context("Python with venv is not on PATH after its installation")
}

fn python_in(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    })
}
