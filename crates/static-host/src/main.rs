//! `static-host --dist DIR [--port P] [--base PATH] [--config FILE]`: serves a build on loopback.

use serde_json::Value;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(std::env::args().skip(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "static-host: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let options = Options::parse(arguments)?;
    let file = options.config.unwrap_or_else(|| options.dist.join("config.json"));
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let config: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;

    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let (address, server) = static_host::serve(&options.dist, &config, &options.base, address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}"))?;
    writeln!(std::io::stdout(), "listening on http://{address}").map_err(|error| error.to_string())?;
    server.await.map_err(|error| error.to_string())
}

struct Options {
    dist: PathBuf,
    port: u16,
    base: String,
    config: Option<PathBuf>,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut dist, mut port, mut base, mut config) = (None, 0, "/".to_owned(), None);
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{name} needs a value"));
            match name.as_str() {
                "--dist" => dist = Some(PathBuf::from(value()?)),
                "--port" => {
                    port = value()?
                        .parse()
                        .map_err(|_| "--port needs a number up to 65535")?
                }
                "--base" => base = value()?,
                "--config" => config = Some(PathBuf::from(value()?)),
                _ => return Err(format!("unknown option {name}")),
            }
        }
        Ok(Self {
            dist: dist.ok_or("--dist is needed")?,
            port,
            base,
            config,
        })
    }
}
