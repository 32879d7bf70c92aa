//! Where a restore goes; pure.

use arm_client::{data_protection::BackupJob, storage::ContainerUrl};
use arm_core::ResourceId;

/// Where a restore goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Files into a container.
    Files {
        /// The container.
        container: ContainerUrl,
        /// What the names of the files begin with.
        prefix: String,
    },
    /// A database of a server.
    Database(ResourceId),
    /// Something that Azure names in a way that is not known here.
    Other(String),
}

impl Target {
    /// Where the job's restore goes; nothing for a job that restores nothing, or does not say.
    pub fn of(job: &BackupJob) -> Option<Self> {
        let destination = job.destination.as_deref()?;
        let files = destination
            .parse()
            .ok()
            .zip(job.file_prefix.clone())
            .map(|(container, prefix)| Self::Files { container, prefix });
        let database = || destination.parse().ok().map(Self::Database);
        // What lets somebody in is not shown, should the service ever write it.
        let other = || Self::Other(destination.split('?').next().unwrap_or_default().to_owned());
        Some(files.or_else(database).unwrap_or_else(other))
    }
}

/// *Restore as files*, *Restore to a database*; else as Azure writes it.
pub fn operation(job: &BackupJob) -> String {
    let word = job.operation.as_deref().unwrap_or("Unknown");
    match Target::of(job) {
        Some(Target::Files { .. }) => format!("{word} as files"),
        Some(Target::Database(_)) => format!("{word} to a database"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::pages::jobs::row::samples::job;

    fn restore(destination: Value, prefix: Value) -> BackupJob {
        let info = json!({ "recoveryDestination": destination, "additionalDetails": { "Restore File Prefix": prefix } });
        job("1", json!({ "operation": "Restore", "extendedInfo": info }))
    }

    #[test]
    fn files_databases_and_what_is_neither_are_told_apart() {
        let container = "https://sta.blob.core.windows.net/restored";
        let database = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/new/databases/orders";
        for (destination, prefix, expected, words) in [
            (
                json!(container),
                json!("p-1"),
                Some(Target::Files {
                    container: container.parse().expect("a URL"),
                    prefix: "p-1".to_owned(),
                }),
                "Restore as files",
            ),
            (
                json!(container),
                Value::Null,
                Some(Target::Other(container.to_owned())),
                "Restore",
            ),
            (
                json!(format!("{container}?sig=secret")),
                json!("p-1"),
                Some(Target::Other(container.to_owned())),
                "Restore",
            ),
            (
                json!(database),
                Value::Null,
                Some(Target::Database(database.parse().expect("an id"))),
                "Restore to a database",
            ),
            (Value::Null, json!("p-1"), None, "Restore"),
        ] {
            let job = restore(destination.clone(), prefix);
            assert_eq!(Target::of(&job), expected, "{destination}");
            assert_eq!(operation(&job), words, "{destination}");
        }
    }
}
