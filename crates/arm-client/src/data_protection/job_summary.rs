//! Jobs as Resource Graph tells of them.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use super::JobStatus;
use crate::lenient;

/// A job in the list of all vaults; Resource Graph may be minutes behind (reference C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobSummary {
    /// The resource id, which begins with that of its vault.
    pub id: ResourceId,
    /// The GUID that names it.
    pub name: String,
    /// `Backup`, `Restore`, …
    #[serde(default, deserialize_with = "lenient::text")]
    pub operation: Option<String>,
    /// How it goes.
    #[serde(default, deserialize_with = "lenient::open")]
    pub status: Option<JobStatus>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::timestamp")]
    pub started: Option<Timestamp>,
    /// When it ended; `None` while it runs.
    #[serde(default, deserialize_with = "lenient::timestamp")]
    pub ended: Option<Timestamp>,
    /// What the instance protects: its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source: Option<String>,
    /// The name of that.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source_name: Option<String>,
    /// Its `datasourceType`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source_type: Option<String>,
    /// The id of the instance, in lower case.
    #[serde(default, deserialize_with = "lenient::text")]
    pub instance: Option<String>,
    /// The vault's name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub vault_name: Option<String>,
}

impl JobSummary {
    /// The query that gives these rows (reference G10).
    pub const QUERY: &str = "recoveryservicesresources \
        | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' \
        | project id, name, operation = tostring(properties.operation), status = tostring(properties.status), \
        started = tostring(properties.startTime), ended = tostring(properties.endTime), \
        source = tostring(properties.dataSourceId), sourceName = tostring(properties.dataSourceName), sourceType = tostring(properties.dataSourceType), \
        instance = tolower(tostring(properties.backupInstanceId)), vaultName = tostring(properties.vaultName) \
        | order by started desc, id asc";
}
