//! What is typed after the program's name.

use arm_client::{ArmOrigin, BackupName};

use crate::failure::Failure;

/// Where Azure Resource Manager of the public cloud is.
const PUBLIC_CLOUD: &str = "https://management.azure.com";

/// What the arguments are.
pub const USAGE: &str = "\
usage: arm [--arm URL] servers list
       arm [--arm URL] backup list SERVER
       arm [--arm URL] backup create SERVER NAME

Lists Azure Database for PostgreSQL flexible servers and their backups, and takes an on-demand backup,
following it to its end. SERVER is a server's name or its resource id.

  --arm URL  Azure Resource Manager, or an emulator on loopback; default https://management.azure.com

The access token is taken from the environment variable ARM_TOKEN.

Exit status: 0 done, 1 refused or failed by the service, 2 arguments that cannot be used, 3 no valid token,
4 no answer or none that can be read, 5 it is not known how the backup ends.";

/// A line that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// Where to send it.
    pub origin: ArmOrigin,
    /// What to do.
    pub command: Command,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Say what the arguments are.
    Help,
    /// All servers that the user may see.
    ListServers,
    /// All backups of a server.
    ListBackups {
        /// Its name or resource id.
        server: String,
    },
    /// One more backup.
    CreateBackup {
        /// The server's name or resource id.
        server: String,
        /// The name of the backup.
        name: BackupName,
    },
}

impl Arguments {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    /// [`Failure::Usage`] when they are not among those of [`USAGE`].
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, Failure> {
        let mut origin = PUBLIC_CLOUD.to_owned();
        let mut words = Vec::new();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--arm" => origin = arguments.next().ok_or_else(|| usage("--arm has no value"))?,
                "--help" | "-h" => words = vec!["help".to_owned()],
                other => match other.strip_prefix("--arm=") {
                    Some(value) => origin = value.to_owned(),
                    None if other.starts_with('-') => return Err(usage(format!("{other} is not an option"))),
                    None => words.push(argument),
                },
            }
        }
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        Ok(Self {
            command: Command::parse(&words)?,
            origin: ArmOrigin::new(&origin).map_err(|error| usage(format!("--arm {origin}: {error}")))?,
        })
    }
}

impl Command {
    fn parse(words: &[&str]) -> Result<Self, Failure> {
        match words {
            ["help", ..] => Ok(Self::Help),
            ["servers", "list"] => Ok(Self::ListServers),
            ["backup", "list", server] => Ok(Self::ListBackups {
                server: (*server).to_owned(),
            }),
            ["backup", "create", server, name] => Ok(Self::CreateBackup {
                server: (*server).to_owned(),
                name: name.parse().map_err(|error| usage(format!("{name}: {error}")))?,
            }),
            [] => Err(usage("there is no command")),
            other => Err(usage(format!("`{}` is not a command", other.join(" ")))),
        }
    }
}

fn usage(words: impl Into<String>) -> Failure {
    Failure::Usage(words.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, Failure> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    fn check(line: &str, origin: &str, command: Command) {
        let arguments = parse(line).unwrap_or_else(|failure| panic!("{line}: {failure}"));
        assert_eq!(arguments.command, command, "{line}");
        assert_eq!(arguments.origin.as_str(), origin, "{line}");
    }

    #[test]
    fn every_command_is_read() {
        let server = || "pg-a".to_owned();
        let name = "before-v42".parse::<BackupName>().expect("a name");
        check("servers list", PUBLIC_CLOUD, Command::ListServers);
        check(
            "--arm http://127.0.0.1:8085 servers list",
            "http://127.0.0.1:8085",
            Command::ListServers,
        );
        check(
            "backup list pg-a --arm=http://localhost:1/",
            "http://localhost:1",
            Command::ListBackups { server: server() },
        );
        check(
            "backup create pg-a before-v42",
            PUBLIC_CLOUD,
            Command::CreateBackup {
                server: server(),
                name,
            },
        );
        check("--help", PUBLIC_CLOUD, Command::Help);
        check("backup create --help", PUBLIC_CLOUD, Command::Help);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (line, words) in [
            ("", "there is no command"),
            ("backup", "`backup` is not a command"),
            ("backup create pg-a", "`backup create pg-a` is not a command"),
            ("servers list --all", "--all is not an option"),
            ("servers list --arm", "--arm has no value"),
            (
                "servers list --arm http://example.com",
                "--arm http://example.com: ",
            ),
            ("backup create pg-a a/b", "a/b: "),
        ] {
            let failure = parse(line).expect_err(line);
            assert!(failure.to_string().starts_with(words), "{line}: {failure}");
            assert_eq!(failure.exit_status(), 2, "{line}");
        }
    }
}
