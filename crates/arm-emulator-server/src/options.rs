//! How a server is started.

use std::{fmt, path::PathBuf, str::FromStr};

use arm_core::Timestamp;
use arm_emulator::World;

/// What a server is started with.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// Divides the length of every long-running operation.
    pub time_factor: f64,
    /// The `Retry-After` of every poll, in seconds, instead of the service's own.
    pub retry_after: Option<u32>,
    /// Chooses among the freedoms that ARM's contract leaves, such as the size of a page; 1 chooses what was recorded.
    pub seed: u64,
    /// How many backups the server `pg-many-backups` has; with 0 there is no such server.
    pub load: usize,
    /// How many servers `pg-fleet-00001` and so on there are beside the others.
    pub servers: usize,
    /// The file in which the world is kept; without one it ends with the process.
    pub world: Option<PathBuf>,
    /// Whether each request is told on standard error, without its query, which may be signed.
    pub log_requests: bool,
}

/// An argument that cannot be used, in words for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageError(String);

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            time_factor: 1.0,
            retry_after: None,
            seed: 1,
            load: 0,
            servers: 0,
            world: None,
            log_requests: false,
        }
    }
}

impl Options {
    /// What the arguments are, one line each.
    pub const USAGE: &str = "\
usage: arm-emulator-server [options]
  --port N         port to listen on; 0, the default, takes a free one
  --time-factor F  divides the length of every long-running operation; default 1
  --retry-after N  seconds between two polls, instead of the service's own
  --seed N         chooses page sizes, header case and other freedoms of ARM's contract; default 1,
                   which takes what was recorded
  --load N         adds the server pg-many-backups with N backups
  --servers N      adds the servers pg-fleet-00001 to N, in all subscriptions
  --world FILE     keeps the world in FILE: read at the start, where --seed, --load and --servers
                   then count for nothing, and written after each change";

    /// Reads the arguments that follow the program's name, as `--name value` or `--name=value`.
    ///
    /// # Errors
    /// When an argument is unknown, has no value, or has one out of range.
    pub fn from_arguments(arguments: impl IntoIterator<Item = String>) -> Result<Self, UsageError> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value = || {
                value
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or_else(|| UsageError(format!("{name} has no value")))
            };
            match name.as_str() {
                "--port" => options.port = parse(&name, &value()?)?,
                "--time-factor" => options.time_factor = parse_factor(&name, &value()?)?,
                "--retry-after" => options.retry_after = Some(parse(&name, &value()?)?),
                "--seed" => options.seed = parse(&name, &value()?)?,
                "--load" => options.load = parse(&name, &value()?)?,
                "--servers" => options.servers = parse(&name, &value()?)?,
                "--world" => options.world = Some(parse_file(&name, value()?)?),
                _ => return Err(UsageError(format!("{name} is not an option"))),
            }
        }
        Ok(options)
    }

    /// The default world with what these options add to it.
    pub(crate) fn fresh_world(&self, now: Timestamp) -> World {
        let mut world = World::new(self.seed, now);
        let switches = world.switches().clone();
        *world.switches() = switches.with_freedoms_of(self.seed);
        if self.load > 0 {
            world.load(self.load, now);
        }
        if self.servers > 0 {
            world.load_servers(self.servers, now);
        }
        world
    }

    /// Makes the world take the time that these options say.
    pub(crate) fn apply_to(&self, world: &mut World) {
        let switches = world.switches();
        switches.operation_time_factor = self.time_factor;
        if self.retry_after.is_some() {
            switches.retry_after = self.retry_after;
            switches.omits_retry_after = false;
        }
    }
}

fn parse<T: FromStr>(name: &str, value: &str) -> Result<T, UsageError> {
    value
        .parse()
        .map_err(|_| UsageError(format!("{name} cannot be {value}")))
}

fn parse_file(name: &str, value: String) -> Result<PathBuf, UsageError> {
    let path = PathBuf::from(&value);
    match path.file_name() {
        Some(_) => Ok(path),
        None => Err(UsageError(format!("{name} must name a file, not '{value}'"))),
    }
}

fn parse_factor(name: &str, value: &str) -> Result<f64, UsageError> {
    let factor: f64 = parse(name, value)?;
    if factor.is_finite() && factor > 0.0 {
        Ok(factor)
    } else {
        Err(UsageError(format!(
            "{name} must be a number above 0, not {value}"
        )))
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: Result<Options, &str>) {
        let read = Options::from_arguments(arguments.iter().map(|&argument| argument.to_owned()));
        let expected = expected.map_err(|words| UsageError(words.to_owned()));
        assert_eq!(read, expected, "{arguments:?}");
    }

    #[test]
    fn both_spellings_of_an_option_are_read() {
        check(&[], Ok(Options::default()));
        let all = Options {
            port: 8085,
            time_factor: 2.5,
            retry_after: Some(3),
            seed: 7,
            load: 50_000,
            servers: 5000,
            world: Some(PathBuf::from("a/world.json")),
            log_requests: false,
        };
        check(
            &[
                "--port=8085",
                "--time-factor=2.5",
                "--retry-after=3",
                "--seed=7",
                "--load=50000",
                "--servers=5000",
                "--world=a/world.json",
            ],
            Ok(all.clone()),
        );
        check(
            &[
                "--world",
                "a/world.json",
                "--load",
                "50000",
                "--servers",
                "5000",
                "--seed",
                "7",
                "--retry-after",
                "3",
                "--time-factor",
                "2.5",
                "--port",
                "8085",
            ],
            Ok(all),
        );
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        check(&["--port"], Err("--port has no value"));
        check(&["--port", "70000"], Err("--port cannot be 70000"));
        check(
            &["--time-factor", "0"],
            Err("--time-factor must be a number above 0, not 0"),
        );
        check(
            &["--time-factor=inf"],
            Err("--time-factor must be a number above 0, not inf"),
        );
        check(&["--retry-after=-1"], Err("--retry-after cannot be -1"));
        check(&["--load", "many"], Err("--load cannot be many"));
        check(&["--world="], Err("--world must name a file, not ''"));
        check(&["--world", "/"], Err("--world must name a file, not '/'"));
        check(&["--verbose"], Err("--verbose is not an option"));
        check(&["8085"], Err("8085 is not an option"));
    }
}
