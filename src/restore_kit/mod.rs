//! The half of a restore that Azure leaves to whoever asked for it: from files in a container to databases on a server.
//!
//! Pure: commands in bash and PowerShell, ready to be pasted step by step or saved as one script, and words for what is
//! not restored. No secret is ever part of them: SAS and password are asked for where the commands run.

mod bash;
mod files;
mod items;
mod power_shell;
mod roles;
mod skipped;

pub use files::{FileKind, RestoredFile, restored_files};
pub use items::Item;
pub use skipped::{Skipped, skipped_databases};

/// What was restored, and to which server it is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreKit {
    /// The URL of the container, without a SAS.
    pub container: String,
    /// What the names of the files begin with.
    pub prefix: String,
    /// The databases, where the files could be listed; `None` takes whatever is there.
    pub databases: Option<Vec<String>>,
    /// The server that gets them.
    pub target: TargetServer,
}

/// A server, and who signs in to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetServer {
    /// The name of its host.
    pub host: String,
    /// Its port: 5432 of a flexible server.
    pub port: u16,
    /// An administrator, who may make databases and roles.
    pub user: String,
}

/// The language of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// bash 3.2 or later, with curl and the client tools of PostgreSQL.
    Bash,
    /// PowerShell 7.3 or later, with the client tools of PostgreSQL: before that it garbles quotes in arguments.
    PowerShell,
}

/// Commands that belong together, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What they do.
    pub title: &'static str,
    /// What is worth knowing before they run.
    pub note: &'static str,
    /// The commands; names of an earlier step may be used in them.
    pub code: String,
}

impl Shell {
    /// Both, in the order of the tabs.
    pub const ALL: [Self; 2] = [Self::Bash, Self::PowerShell];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::PowerShell => "PowerShell",
        }
    }

    /// What a file of its commands ends in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Bash => "sh",
            Self::PowerShell => "ps1",
        }
    }
}

const PREPARE: (&str, &str) = (
    "Say where from and where to",
    "SAS and password are asked for and never kept. The SAS needs the permissions read and list.",
);
const DOWNLOAD: (&str, &str) = (
    "List and download the files",
    "The files hold all data: delete the folder when you are done.",
);
const ROLES: (&str, &str) = (
    "Create the roles",
    "Roles of the service, your own and what only a superuser may set are taken out. Skip this step on the server that was backed up, or where you only want the data. Roles of Microsoft Entra need an Entra administrator.",
);
const DATABASES: (&str, &str) = (
    "Restore the databases",
    "Each goes into a new, empty database; one that is there already is left alone. Allow the extensions on the server and match its parameters first. An archive in custom format goes to pg_restore, SQL to psql, whatever the file is called.",
);

impl RestoreKit {
    /// The steps in their order.
    pub fn steps(&self, shell: Shell) -> Vec<Step> {
        let codes = match shell {
            Shell::Bash => bash::codes(self),
            Shell::PowerShell => power_shell::codes(self),
        };
        let titles = [PREPARE, DOWNLOAD, ROLES, DATABASES];
        let steps = titles.into_iter().zip(codes);
        steps
            .map(|((title, note), code)| Step { title, note, code })
            .collect()
    }

    /// All steps as one script, which ends with another code than 0 where a database was not restored whole.
    pub fn script(&self, shell: Shell) -> String {
        let (head, tail) = match shell {
            Shell::Bash => (bash::HEAD, bash::TAIL),
            Shell::PowerShell => (power_shell::HEAD, power_shell::TAIL),
        };
        let steps = self.steps(shell);
        let steps = steps.iter().map(|step| {
            // A sentence a line.
            let note = step.note.replace(". ", ".\n# ");
            format!("\n# {}\n#\n# {note}\n{}", step.title, step.code)
        });
        format!("{head}{}{tail}", steps.collect::<String>())
    }

    /// A name for the folder of the files, of which no shell makes anything else.
    fn folder(&self) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || "-_".contains(c) {
                c
            } else {
                '_'
            }
        };
        format!("restored-{}", self.prefix.chars().map(plain).collect::<String>())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
