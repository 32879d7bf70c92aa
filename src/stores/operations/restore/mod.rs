//! A restore of a recovery point: begun once, and then followed by its job, which decides.

use std::mem;

use arm_client::{
    data_protection::{BackupJob, RestoreRequest, RestoreTarget},
    storage::ContainerUrl,
};
use arm_core::{ResourceId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Act, Asked, Drive};

/// Where a recovery point goes, as it is written down: names, and nothing that lets somebody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum RestoredTo {
    /// As files in a container.
    Files {
        /// The storage account.
        account: String,
        /// The container.
        container: String,
        /// What the names of all files begin with.
        prefix: String,
    },
    /// As a database of a legacy single server.
    Database {
        /// The server.
        server: String,
        /// The database to be.
        database: String,
    },
}

impl RestoredTo {
    /// Where a request goes.
    pub fn of(target: &RestoreTarget) -> Self {
        match target {
            RestoreTarget::Files { url, prefix, .. } => {
                let (account, container) = container_of(url).unwrap_or_default();
                Self::Files {
                    account,
                    container,
                    prefix: prefix.clone(),
                }
            }
            RestoreTarget::Database { database, .. } => Self::Database {
                server: database.server().name().to_owned(),
                database: database.id.name().to_owned(),
            },
        }
    }

    /// Whether a job says that it restores to this place; `None` where it does not say.
    pub(super) fn is_named_by(&self, job: &BackupJob) -> Option<bool> {
        let destination = job.destination.as_deref();
        match self {
            Self::Files {
                account,
                container,
                prefix,
            } => {
                let is_prefix = job.file_prefix.as_ref().map(|told| told == prefix);
                let place = destination.and_then(container_of);
                let is_place = place.map(|told| told.0 == *account && told.1 == *container);
                match (is_prefix, is_place) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (is_prefix, is_place) => is_prefix.and(is_place),
                }
            }
            Self::Database { server, database } => {
                let id: ResourceId = destination?.parse().ok()?;
                let is_server = id
                    .parent()
                    .map(|parent| parent.name().eq_ignore_ascii_case(server));
                Some(is_server? && id.name().eq_ignore_ascii_case(database))
            }
        }
    }
}

/// Account and container of a container's URL; whatever follows them is left out.
fn container_of(url: &str) -> Option<(String, String)> {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let url: ContainerUrl = bare.parse().ok()?;
    Some((url.account().to_owned(), url.container.to_string()))
}

/// A short list of texts: what is derived for enums with data is heavy.
impl From<RestoredTo> for Vec<String> {
    fn from(target: RestoredTo) -> Self {
        match target {
            RestoredTo::Files {
                account,
                container,
                prefix,
            } => vec!["files".to_owned(), account, container, prefix],
            RestoredTo::Database { server, database } => vec!["database".to_owned(), server, database],
        }
    }
}

impl TryFrom<Vec<String>> for RestoredTo {
    type Error = &'static str;

    fn try_from(written: Vec<String>) -> Result<Self, Self::Error> {
        let mut written = written.into_iter();
        let kind = written.next().unwrap_or_default();
        let parts = [written.next(), written.next(), written.next()];
        match (kind.as_str(), parts) {
            ("files", [Some(account), Some(container), Some(prefix)]) => Ok(Self::Files {
                account,
                container,
                prefix,
            }),
            ("database", [Some(server), Some(database), None]) => Ok(Self::Database { server, database }),
            _ => Err("no place of a restore"),
        }
    }
}

/// What of a restore is written down.
pub(super) fn act(request: &RestoreRequest, point_time: Option<Timestamp>) -> Act {
    Act::Restore {
        recovery_point_id: request.recovery_point_id.clone(),
        point_time,
        target: RestoredTo::of(&request.target),
    }
}

impl Drive {
    /// Sends the request once: what it begins writes files, and a second one would write them again.
    pub(super) async fn restore(mut self) {
        let Asked::Restore(request) = mem::replace(&mut self.asked, Asked::Nothing) else {
            return;
        };
        if !self.look_at_jobs_before().await {
            return;
        }
        let (service, instance) = (self.data_protection(), self.operation.target.clone());
        let begun = service.begin_restore(&instance, &request).await;
        drop(request);
        self.follow_to_job(begun).await;
    }
}

#[cfg(test)]
mod tests;
