//! What a page does, as code to take along: Azure CLI, REST and curl; pure.
//!
//! Each act has a function that gives its samples; [`Az`] and [`Call`] put them together. What the code sends is what
//! the client sends: tests beside the acts compare the two.

mod az;
mod backups;
mod call;
mod jobs;
mod long_term_retention;
pub mod protection;
mod restore;
mod roles;
mod servers;
mod shell;
mod storage;

pub use az::Az;
pub use backups::{delete_backup, list_backups, take_backup};
pub use call::Call;
pub use jobs::{job, list_jobs};
pub use long_term_retention::start_long_term_backup;
pub use restore::{restore, validate_restore};
pub use roles::{ARM_TEMPLATE, Grants, assign_roles};
pub use servers::{WantedServers, list_servers};
pub use shell::quote;
pub use storage::{Look, change_account, look_at_target};

use crate::ui::code_block::CodeSample;

/// The languages' names, in the order of the tabs.
pub const AZURE_CLI: &str = "Azure CLI";
/// The request itself.
pub const REST: &str = "REST";
/// The request as a command.
pub const CURL: &str = "curl";

/// The three samples of an act.
pub fn samples(azure_cli: String, rest: String, curl: String) -> Vec<CodeSample> {
    [(AZURE_CLI, azure_cli), (REST, rest), (CURL, curl)]
        .map(|(language, code)| CodeSample {
            language: language.to_owned(),
            code,
        })
        .into()
}
