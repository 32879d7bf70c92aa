//! `cargo xtask demo`: build, serve, stay.

use crate::process::{cargo, find, root, run};
use crate::{dist, tools};
use anyhow::{Context as _, Result};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

/// How the demo is served.
pub struct Options {
    /// A fixed port, since the sign-in remembers where it came from.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
}

/// Builds what is not built, and serves it until it is stopped.
///
/// # Errors
/// A tool is missing and cannot be installed, the build fails, or the port is taken.
pub fn serve(options: &Options) -> Result<()> {
    // Asked first: nobody should wait for a build to learn this.
    TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .with_context(|| format!("port {} is taken; choose another with --port", options.port))?;

    let out = tools::target_folder().join("dist");
    let first_page = dist::build(&dist::Options {
        out: out.clone(),
        demo: true,
        public_url: dist::PublicUrl::default(),
        config: None,
        to_be_recorded: false,
    })?;
    println!("{first_page}");
    println!("Building the web server …");
    run(&mut cargo(["build", "--quiet", "--package", "static-host"]))?;

    let url = format!("http://127.0.0.1:{}/", options.port);
    println!("\nThe demo is at {url} and stays until Ctrl+C.");
    if options.open {
        open(&url);
    }
    let server = tools::target_folder()
        .join("debug")
        .join(format!("static-host{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(server);
    command
        .arg("--dist")
        .arg(out)
        .arg("--port")
        .arg(options.port.to_string());
    command.arg("--config").arg(root().join("public/config.json"));
    become_process(&mut command)
}

/// The server takes this process's place, so that whoever stops the one has stopped the other.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec()).context("the web server cannot be started")
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<()> {
    run(command)
}

/// A browser that cannot be opened is no failure: the address has been printed.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = if cfg!(windows) {
        Command::new("cmd").args(["/C", "start", url]).spawn()
    } else {
        find(opener).map_or_else(
            || Err(std::io::ErrorKind::NotFound.into()),
            |opener| {
                Command::new(opener)
                    .arg(url)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
            },
        )
    };
    if started.is_err() {
        println!("No browser could be opened ({opener} is missing).");
    }
}
