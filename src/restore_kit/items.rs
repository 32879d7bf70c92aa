//! The commands for one file at a time, to be pasted by themselves; `SAS` holds the SAS and is in no command.

use super::{RestoreKit, Shell, bash, power_shell};
use crate::code::{Az, quote};

/// One file that is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// The roles of the server.
    Roles {
        /// The blob's name.
        blob: &'a str,
    },
    /// A database.
    Database {
        /// Its name.
        name: &'a str,
        /// The blob's name.
        blob: &'a str,
    },
}

impl RestoreKit {
    /// Downloads and restores one file.
    pub fn commands(&self, item: Item, shell: Shell) -> String {
        let blob = match item {
            Item::Roles { blob } | Item::Database { blob, .. } => blob,
        };
        let file = local_file(blob.strip_prefix(&self.prefix).unwrap_or(blob));
        let url = format!("{}/{}", self.container.trim_end_matches('/'), encode(blob));
        match shell {
            Shell::Bash => self.in_bash(item, &url, &file),
            Shell::PowerShell => self.in_power_shell(item, &url, &file),
        }
    }

    /// Lists what is there with the prefix, for an account that lets no page look.
    pub fn list_command(&self) -> String {
        let address = self.container.split("://").nth(1).unwrap_or_default();
        let (host, container) = address.split_once('/').unwrap_or((address, ""));
        Az::command("storage blob list")
            .option("--account-name", host.split('.').next().unwrap_or_default())
            .option("--container-name", container.trim_end_matches('/'))
            .option("--prefix", &self.prefix)
            .option("--auth-mode", "login")
            .query("[].name")
            .line()
    }

    fn in_bash(&self, item: Item, url: &str, file: &str) -> String {
        let target = &self.target;
        let head = format!(
            "export PGHOST={} PGPORT={} PGUSER={} PGSSLMODE=require\n\
             # SAS holds a SAS token of the container with the permission read. Read it in without keeping it: read -rs SAS\n\
             printf 'url = \"%s?%s\"\\n' {} \"$SAS\" | curl --config - --globoff --fail --output {file}\n",
            quote(&target.host),
            target.port,
            quote(&target.user),
            quote(url),
        );
        let rest = match item {
            Item::Roles { .. } => format!(
                "{} > roles-to-run.sql\npsql --no-psqlrc --dbname postgres --file roles-to-run.sql\n",
                bash::clean(&self.target, file)
            ),
            Item::Database { name, .. } => {
                let target = quote(&connection(name)).into_owned();
                format!(
                    "createdb --template template0 -- {}\n\
                     if [ \"$(head -c 5 {file} | tr -d '\\0')\" = PGDMP ]; then # an archive in custom format, whatever it is called\n  \
                     pg_restore --no-owner --dbname {target} {file}\n\
                     else\n  \
                     psql --no-psqlrc --dbname {target} --file {file}\n\
                     fi\n",
                    quote(name)
                )
            }
        };
        head + &rest
    }

    fn in_power_shell(&self, item: Item, url: &str, file: &str) -> String {
        let quote = power_shell::quote;
        let target = &self.target;
        let head = format!(
            "$env:PGHOST = {}; $env:PGPORT = '{}'; $env:PGUSER = {}; $env:PGSSLMODE = 'require'\n\
             # SAS holds a SAS token of the container with the permission read: $SAS = Read-Host SAS -MaskInput\n\
             Invoke-WebRequest -Uri ({} + $SAS) -OutFile {file}\n",
            quote(&target.host),
            target.port,
            quote(&target.user),
            quote(&format!("{url}?")),
        );
        let rest = match item {
            Item::Roles { .. } => format!(
                "{}Get-CleanRole {file} | Set-Content -LiteralPath roles-to-run.sql -Encoding utf8NoBOM\n\
                 psql --no-psqlrc --dbname postgres --file roles-to-run.sql\n",
                power_shell::clean(&self.target)
            ),
            Item::Database { name, .. } => {
                let target = quote(&connection(name));
                format!(
                    "createdb --template template0 '--' {}\n\
                     $start = Get-Content -LiteralPath {file} -AsByteStream -TotalCount 5\n\
                     if ([Text.Encoding]::ASCII.GetString($start) -ceq 'PGDMP') {{ # an archive in custom format, whatever it is called\n  \
                     pg_restore --no-owner --dbname {target} {file}\n\
                     }} else {{\n  \
                     psql --no-psqlrc --dbname {target} --file {file}\n\
                     }}\n",
                    quote(name)
                )
            }
        };
        head + &rest
    }
}

/// A database as the programs are told it: by its name, or, where that could be read as something else, by a connection
/// string in which it stands quoted.
fn connection(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.chars().all(is_plain) && !name.starts_with('-') {
        return name.to_owned();
    }
    format!("dbname='{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A name for the file of a blob, of which no shell makes anything else.
fn local_file(rest: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '_'
        }
    };
    let name: String = rest.chars().map(plain).collect();
    name.trim_start_matches(['_', '-', '.']).to_owned()
}

/// The name of a blob as part of a URL; slashes stay.
fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::process::Command;

    use insta::assert_snapshot;

    use super::*;
    use crate::restore_kit::tests::{HOSTILE, kit};

    fn database(name: &str) -> (RestoreKit, String) {
        let kit = kit(None);
        let blob = format!("{}_database_{name}.sql", kit.prefix);
        (kit, blob)
    }

    #[test]
    fn the_commands_of_a_database() {
        let (kit, blob) = database("orders");
        let item = Item::Database {
            name: "orders",
            blob: &blob,
        };
        assert_snapshot!(kit.commands(item, Shell::Bash));
        assert_snapshot!(kit.commands(item, Shell::PowerShell));
    }

    #[test]
    fn the_commands_of_the_roles() {
        let kit = kit(None);
        let blob = format!("{}_roles.sql", kit.prefix);
        let told = Shell::ALL.map(|shell| kit.commands(Item::Roles { blob: &blob }, shell));
        assert!(
            told[0].contains("roles.sql > roles-to-run.sql\npsql "),
            "{}",
            told[0]
        );
        assert!(
            told[1].contains("Get-CleanRole roles.sql | Set-Content"),
            "{}",
            told[1]
        );
        for told in told {
            assert!(told.contains("|azuresu|") && told.contains("|pgadmin)"), "{told}");
        }
    }

    #[test]
    fn what_is_there_is_listed_by_the_command_line() {
        assert_eq!(
            kit(None).list_command(),
            "az storage blob list --account-name stcommercebackup --container-name restored-files --prefix pg-billing-prod-20260301 --auth-mode login --query \"[].name\""
        );
    }

    /// Run by a real shell over programs that only tell what they are given.
    #[test]
    fn programs_are_given_each_name_as_one_argument_here_too() {
        for name in HOSTILE {
            let (mut kit, blob) = database(name);
            kit.target.user = name.to_owned();
            let code = kit.commands(Item::Database { name, blob: &blob }, Shell::Bash);
            let fakes = "SAS='sv=1&sig=x'\nhead() { printf PGDMP; }\ncurl() { cat; printf '<%s>' \"$@\"; echo; }\n\
                 createdb() { printf '<%s>' \"$PGUSER\" \"$@\"; echo; }\npg_restore() { printf '<%s>' \"$@\"; echo; }\n";
            let ran = Command::new("bash")
                .arg("-c")
                .arg(format!("{fakes}{code}"))
                .output()
                .expect("bash");
            let said = String::from_utf8(ran.stdout).expect("text");
            let lines: Vec<_> = said.lines().collect();
            let encoded = encode(&blob);
            assert_eq!(
                lines[0],
                format!("url = \"{}/{encoded}?sv=1&sig=x\"", kit.container),
                "{code}"
            );
            assert!(
                !lines[1].contains("sig="),
                "no SAS among the arguments: {}",
                lines[1]
            );
            assert_eq!(lines[2], format!("<{name}><--template><template0><--><{name}>"));
            assert!(
                lines[3].starts_with(&format!("<--no-owner><--dbname><{}><", connection(name))),
                "{}",
                lines[3]
            );
        }
        assert_eq!(connection("a=b"), "dbname='a=b'");
        assert_eq!(connection("-a"), "dbname='-a'");
        assert_eq!(connection("a-b_1"), "a-b_1");
    }
}
