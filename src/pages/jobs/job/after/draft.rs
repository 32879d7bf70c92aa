//! What the commands are made from, and what is wrong with what was typed; pure.

use super::Files;
use crate::restore_kit::{Item, RestoreKit, Shell, Step, TargetServer};

/// The port of a flexible server.
const PORT: u16 = 5432;

/// What is shown of the commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// All steps.
    Script,
    /// The roles alone.
    Roles,
    /// One database alone.
    Database(String),
}

/// The commands for these files; nothing while a server or a user is missing or wrong.
pub fn kit(files: &Files, host: &str, user: &str) -> Option<RestoreKit> {
    let (host, user) = (host.trim(), user.trim());
    if host.is_empty() || user.is_empty() || wrong_host(host).is_some() || wrong_user(user).is_some() {
        return None;
    }
    Some(RestoreKit {
        container: files.container.clone(),
        prefix: files.prefix.clone(),
        // Whatever is there: no page can list it.
        databases: None,
        target: TargetServer {
            host: host.to_owned(),
            port: PORT,
            user: user.to_owned(),
        },
    })
}

/// What is wrong with a host; nothing with none.
pub fn wrong_host(host: &str) -> Option<&'static str> {
    let host = host.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let is_wrong = !host.chars().all(is_plain) || host.starts_with(['-', '.']);
    is_wrong.then_some("This is no host name: give it alone, without https://, port or path.")
}

/// What is wrong with the name of a user; nothing with none. PostgreSQL takes almost any.
pub fn wrong_user(user: &str) -> Option<&'static str> {
    let is_wrong = user.trim().len() > 63 || user.chars().any(char::is_control);
    is_wrong.then_some("PostgreSQL takes up to 63 bytes, without control characters.")
}

/// What is wrong with the name of a database that is added to these; nothing with none.
pub fn wrong_database(name: &str, known: &[String]) -> Option<&'static str> {
    if name.len() > 63 || name.chars().any(char::is_control) {
        Some("PostgreSQL takes up to 63 bytes, without control characters.")
    } else if known.iter().any(|known| known == name) {
        Some("It is in the list already.")
    } else {
        None
    }
}

/// The commands for one file; nothing for the whole script.
pub fn single(kit: &RestoreKit, shown: &Shown, shell: Shell) -> Option<String> {
    let prefix = &kit.prefix;
    match shown {
        Shown::Script => None,
        Shown::Roles => {
            let blob = format!("{prefix}_roles.sql");
            Some(kit.commands(Item::Roles { blob: &blob }, shell))
        }
        Shown::Database(name) => {
            let blob = format!("{prefix}_database_{name}.sql");
            Some(kit.commands(Item::Database { name, blob: &blob }, shell))
        }
    }
}

/// A step in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothShells {
    /// What it does, and what is worth knowing before.
    pub step: Step,
    /// Its code, in the order of [`Shell::ALL`].
    pub codes: Vec<String>,
}

/// All steps.
pub fn steps(kit: &RestoreKit) -> Vec<BothShells> {
    let [bash, power_shell] = Shell::ALL.map(|shell| kit.steps(shell));
    let both = bash.into_iter().zip(power_shell);
    both.map(|(bash, power_shell)| BothShells {
        codes: vec![bash.code.clone(), power_shell.code],
        step: bash,
    })
    .collect()
}

/// The name of the script as a file.
pub fn file_name(kit: &RestoreKit, shell: Shell) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_".contains(c) {
            c
        } else {
            '_'
        }
    };
    let prefix: String = kit.prefix.chars().map(plain).collect();
    format!("restore-{prefix}.{}", shell.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        Files {
            container: "https://sta.blob.core.windows.net/restored".to_owned(),
            prefix: "pg a/1".to_owned(),
            source: None,
        }
    }

    #[test]
    fn commands_need_a_server_and_a_user_that_can_be_ones() {
        let host = "pg-new.postgres.database.azure.com";
        for (host, user, has_commands) in [
            ("", "", false),
            (host, "", false),
            ("", "pgadmin", false),
            (host, " pgadmin ", true),
            (host, "it's \"me\"", true),
            (host, "a\nb", false),
            ("https://pg-new", "pgadmin", false),
            ("pg new", "pgadmin", false),
            ("-rf", "pgadmin", false),
            ("10.0.0.4", "pgadmin", true),
        ] {
            assert_eq!(kit(&files(), host, user).is_some(), has_commands, "{host} {user}");
        }
        let long = "x".repeat(64);
        assert!(wrong_user(&long).is_some() && wrong_host("").is_none() && wrong_user("").is_none());
    }

    #[test]
    fn a_database_is_added_once_and_only_with_a_name() {
        let known = ["orders".to_owned()];
        for (name, is_wrong) in [
            ("orders", true),
            ("Orders", false),
            ("billing & audit", false),
            ("a\u{7}", true),
            ("", false),
        ] {
            assert_eq!(wrong_database(name, &known).is_some(), is_wrong, "{name:?}");
        }
    }

    #[test]
    fn one_file_has_its_own_commands_and_the_script_has_steps() {
        let kit = kit(&files(), "pg-new", "pgadmin").expect("a kit");
        assert_eq!(single(&kit, &Shown::Script, Shell::Bash), None);
        for (shown, expected) in [
            (Shown::Roles, "/restored/pg%20a/1_roles.sql"),
            (
                Shown::Database("a & b".to_owned()),
                "/restored/pg%20a/1_database_a%20%26%20b.sql",
            ),
        ] {
            for shell in Shell::ALL {
                let code = single(&kit, &shown, shell).expect("commands");
                assert!(code.contains(expected), "{code}");
            }
        }
        let steps = steps(&kit);
        for (index, shell) in Shell::ALL.into_iter().enumerate() {
            let script = kit.script(shell);
            for step in &steps {
                assert!(script.contains(&step.codes[index]), "{}", step.step.title);
            }
        }
        assert_eq!(file_name(&kit, Shell::PowerShell), "restore-pg_a_1.ps1");
    }
}
