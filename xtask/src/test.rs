//! `cargo xtask test`: every check there is.

use crate::process::{Counts, cargo, root, run, run_tests};
use crate::steps::{self, Step};
use crate::{clients, dist, tools};
use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::process::{Command, ExitCode};

/// What *Backup and restore* may load before its data, signed in: HTML, JavaScript, wasm and CSS in bytes of brotli 11.
///
/// The aim is 200 000 (decision 6). This is what it weighs, rounded up; it is never raised, and lowered whenever the page
/// becomes lighter.
const SIZE_LIMIT: usize = 211_000;

const WASM: &str = "wasm32-unknown-unknown";

/// In the order in which a mistake shows soonest. Trunk comes last: a fresh machine compiles it for minutes, and
/// only when all else has passed.
const STEPS: [Step; 10] = [
    Step::new("format", format),
    Step::new("clippy", clippy),
    Step::new("clippy-wasm", clippy_wasm),
    Step::new("native", native),
    Step::new("clients", clients::test),
    Step::new("scripts", scripts),
    Step::new("components", components),
    Step::new("dist", dist_and_size),
    Step::new("e2e", end_to_end),
    Step::new("trunk", trunk),
];

/// Runs all steps, or those named.
pub fn run_steps(names: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = names
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", known.join(", "));
    }
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect();
    Ok(if steps::run(&steps) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn format(_: &mut Counts) -> Result<()> {
    tools::rust_components()?;
    run(&mut cargo(["fmt", "--all", "--check"]))
}

fn clippy(_: &mut Counts) -> Result<()> {
    run(&mut cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features=e2e/gallery",
        "--",
        "-D",
        "warnings",
    ]))
}

/// The tests of the app run in a browser, so they count too; those of the other two do not compile for one.
fn clippy_wasm(_: &mut Counts) -> Result<()> {
    tools::wasm_target()?;
    let app = ["-p", "pg-backup-portal", "--all-targets"].as_slice();
    let others = ["-p", "entra-auth", "-p", "arm-emulator-worker", "--lib", "--bins"].as_slice();
    for packages in [app, others] {
        let mut command = cargo(["clippy", "--target", WASM]);
        run(command.args(packages).args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn native(counts: &mut Counts) -> Result<()> {
    tools::web_servers()?;
    let postgres = tools::postgres()?;
    let server = clients::server()?;
    let mut tests = cargo(["test", "--workspace", "--exclude", "e2e", "--no-fail-fast"]);
    // Nothing is left out here for want of a program.
    tests
        .env("REAL_HOSTS", "1")
        .env("PG_BIN", postgres)
        .env("ARM_EMULATOR_SERVER", server);
    run_tests(&mut tests, counts)
}

/// The JavaScript that is tested without a browser.
fn scripts(counts: &mut Counts) -> Result<()> {
    let mut command = Command::new(tools::node()?);
    command.args([
        "--test",
        "--test-reporter=tap",
        "crates/arm-emulator/assets/sign-in/authorize.test.mjs",
        "tests/scripts/auth-bridge.test.mjs",
        "tests/scripts/boot.test.mjs",
        "tests/scripts/prefetch.test.mjs",
    ]);
    run_tests(command.current_dir(root()), counts)
}

fn components(counts: &mut Counts) -> Result<()> {
    tools::wasm_target()?;
    let bindgen = tools::wasm_bindgen()?;
    let browser = tools::browser()?;
    // The test of the gallery takes it from below `target/`.
    tools::axe()?;
    let mut command = cargo(["test", "--target", WASM, "--test", "components"]);
    command
        .env("PATH", tools::path_with(&bindgen)?)
        .env("CHROMEDRIVER", browser.driver);
    // The default of 20 s is too short where other work shares the machine.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    run_tests(&mut command, counts)
}

fn dist_and_size(_: &mut Counts) -> Result<()> {
    let first_page = dist::build(&dist::Options {
        out: tools::target_folder().join("dist"),
        demo: true,
        public_url: dist::PublicUrl::default(),
        config: None,
        to_be_recorded: false,
    })?;
    println!("{first_page}");
    let total = first_page.total();
    if total > SIZE_LIMIT {
        bail!("the first page weighs {total} bytes, more than {SIZE_LIMIT}");
    }
    Ok(())
}

/// How many end-to-end tests run at a time for each core: most of the time a test waits, for the browser or for Azure.
const AT_A_TIME: usize = 2;

/// The end-to-end test that measures how long a page is busy.
const MEASURED: &str = "fifty_thousand_backups_are_usable";

/// What is measured has the machine for itself.
fn end_to_end(counts: &mut Counts) -> Result<()> {
    let dist = tools::target_folder().join("dist");
    let threads = AT_A_TIME * std::thread::available_parallelism()?.get();
    let mut tests = browser_tests(&dist)?;
    tests.args(["--", "--skip", MEASURED, "--test-threads", &threads.to_string()]);
    run_tests(&mut tests, counts)?;
    run_tests(browser_tests(&dist)?.args(["--test", "portal", MEASURED]), counts)
}

/// Trunk's own builds must be the whole app too: a test of the demo runs against one, the gallery is looked at in the other.
fn trunk(counts: &mut Counts) -> Result<()> {
    let release = tools::target_folder().join("trunk");
    trunk_build(&release, &["--release"])?;
    run_tests(browser_tests(&release)?.arg("worker_demo"), counts)?;
    // What `trunk serve` serves: a development build, which has the gallery of components.
    let development = tools::target_folder().join("trunk-development");
    trunk_build(&development, &[])?;
    let mut gallery = browser_tests(&development)?;
    run_tests(
        gallery.args(["--features", "gallery", "--test", "gallery"]),
        counts,
    )
}

fn trunk_build(out: &Path, options: &[&str]) -> Result<()> {
    let (trunk, bindgen) = (tools::trunk()?, tools::wasm_bindgen()?);
    let mut command = Command::new(trunk);
    command
        .arg("build")
        .args(options)
        .arg("--dist")
        .arg(out)
        .current_dir(root());
    // Trunk reads NO_COLOR as a boolean of its own and stops at the `1` other tools expect.
    run(command
        .env("PATH", tools::path_with(&bindgen)?)
        .env_remove("NO_COLOR"))
}

/// As many inputs as `fuzz` makes where nobody says how many.
const FUZZ_INPUTS: u64 = 1_000_000;

/// Gives the parsers of the sign-in as many generated inputs as are asked for; the checks make a few thousand.
pub fn fuzz(arguments: &[String]) -> Result<()> {
    let inputs = match arguments {
        [] => FUZZ_INPUTS,
        [number] => number
            .parse()
            .with_context(|| format!("fuzz {number}: a number of inputs"))?,
        _ => bail!("`fuzz` takes one number"),
    };
    let mut command = cargo(["test", "--release", "-p", "entra-auth", "--test", "any_input"]);
    run(command.env("FUZZ_INPUTS", inputs.to_string()))
}

/// Measures the release build in a browser.
pub fn bench() -> Result<()> {
    let out = tools::target_folder().join("dist");
    dist::build(&dist::Options {
        out: out.clone(),
        demo: true,
        public_url: dist::PublicUrl::default(),
        config: None,
        to_be_recorded: false,
    })?;
    let browser = tools::browser()?;
    let mut command = cargo(["run", "-p", "e2e", "--bin", "bench"]);
    run(command.env("E2E_DIST", out).env("CHROMEDRIVER", browser.driver))
}

/// Opens first pages in a browser and writes down what of the main module they do without.
pub fn first_page() -> Result<()> {
    let out = tools::target_folder().join("first-page");
    dist::build(&dist::Options {
        out: out.clone(),
        demo: true,
        public_url: dist::PublicUrl::default(),
        config: None,
        to_be_recorded: true,
    })?;
    let browser = tools::browser()?;
    let mut command = cargo(["run", "-p", "e2e", "--bin", "first_page", "--"]);
    command.arg(root().join(dist::FIRST_PAGE));
    run(command.env("E2E_DIST", out).env("CHROMEDRIVER", browser.driver))
}

fn browser_tests(build: &Path) -> Result<Command> {
    let browser = tools::browser()?;
    let axe = tools::axe()?;
    let mut command = cargo(["test", "-p", "e2e", "--no-fail-fast"]);
    command
        .env("E2E_DIST", build)
        .env("E2E_AXE", axe)
        .env("CHROMEDRIVER", browser.driver);
    Ok(command)
}
