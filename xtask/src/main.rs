//! The project's own commands; `cargo xtask` lists them.

#![allow(
    clippy::print_stdout,
    reason = "a command speaks to its user on standard output"
)]

mod audit;
mod clients;
mod demo;
mod dist;
mod inventory;
mod process;
mod steps;
mod test;
mod tools;

use anyhow::{Context as _, Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo [--port N] [--open]   build the app and serve it with its built-in emulator (port 8080)
cargo xtask test [STEP …]              every check, in order; with names only those steps
cargo xtask dist [--out DIR] [--public-url /path/] [--config FILE] [--demo]
                                       the release build (target/dist), to be served below the path with this
                                       config.json, and the configurations of hosts (target/dist-hosts); --demo
                                       adds emulator and sign-in page
cargo xtask bench                      the release build in Chromium with 50,000 backups; writes docs/benchmarks.md
cargo xtask first-page                 opens first pages in Chromium and writes down which functions they do without
cargo xtask fuzz [N]                   N generated inputs (a million) for each parser of what a sign-in answers
cargo xtask audit [--database DIR]     licences and versions of what is inside; with a clone of RustSec/advisory-db
                                       and cargo-audit what is known against it";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(ExitCode::SUCCESS);
    };
    match command.as_str() {
        "demo" => demo(rest)?,
        "dist" => dist(rest)?,
        "audit" => audit(rest)?,
        "bench" => test::bench()?,
        "first-page" => test::first_page()?,
        "fuzz" => test::fuzz(rest)?,
        "test" => return test::run_steps(rest),
        _ => bail!("there is no command `{command}`\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn audit(arguments: &[String]) -> Result<()> {
    match arguments {
        [] => audit::audit(None),
        [name, folder] if name == "--database" => audit::audit(Some(folder.as_ref())),
        _ => bail!("`audit` takes --database and a folder\n{USAGE}"),
    }
}

fn demo(arguments: &[String]) -> Result<()> {
    let mut options = demo::Options {
        port: 8080,
        open: false,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--open" => options.open = true,
            "--port" => {
                let value = arguments.next().context("--port needs a number")?;
                options.port = value.parse().with_context(|| format!("--port {value}"))?;
            }
            other => bail!("`demo` knows no {other}\n{USAGE}"),
        }
    }
    demo::serve(&options)
}

fn dist(arguments: &[String]) -> Result<()> {
    let mut options = dist::Options {
        out: tools::target_folder().join("dist"),
        demo: false,
        public_url: dist::PublicUrl::default(),
        config: None,
        to_be_recorded: false,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--config" => {
                options.config = Some(PathBuf::from(arguments.next().context("--config needs a file")?));
            }
            "--public-url" => {
                let value = arguments.next().context("--public-url needs a path")?;
                options.public_url = value.parse()?;
            }
            "--demo" => options.demo = true,
            "--out" => options.out = PathBuf::from(arguments.next().context("--out needs a folder")?),
            other => bail!("`dist` knows no {other}\n{USAGE}"),
        }
    }
    let first_page = dist::build(&options)?;
    println!("{first_page}\nThe build is in {}.", options.out.display());
    Ok(())
}
