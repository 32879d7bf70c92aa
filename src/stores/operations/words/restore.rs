//! The words of a restore.

use super::{Words, protection::told};
use crate::{
    stores::operations::{Act, Failure, Operation, RestoredTo},
    text,
};

impl Operation {
    pub(super) fn restore_begun(&self) -> Words {
        Words {
            title: "Restore initiated",
            body: format!("{}. You may close this tab.", self.what_and_where()),
        }
    }

    pub(super) fn restore_done(&self) -> Words {
        let (it, took) = (self.what_and_where(), self.took());
        match &self.warning {
            Some(warning) => Words {
                title: "Restore completed with warnings",
                body: format!("{it}{took}. {}", told(warning)),
            },
            None => Words {
                title: "Restore completed",
                body: format!("{it}{took}."),
            },
        }
    }

    pub(super) fn restore_failed(&self, failure: &Failure) -> Words {
        // An operation that is given up before its job begins is told by its word alone (reference B2).
        let is_given_up = matches!(failure.code.as_str(), "Canceled" | "Cancelled");
        let title = if self.is_cancelled || is_given_up {
            "Restore cancelled"
        } else {
            "Restore failed"
        };
        Words {
            title,
            body: format!("{}. {}", self.what_and_where(), told(failure)),
        }
    }

    pub(super) fn restore_unknown(&self) -> Words {
        let it = self.what_and_where();
        let body = if self.job.is_some() {
            format!(
                "{it}. Its job could not be read. It is looked at again for a quarter of an hour; after that, use Check \
                 again. Do not restore it again before its end is known."
            )
        } else {
            format!(
                "{it}. Azure's answer was lost or says nothing. The jobs of the vault are looked at for a quarter of an \
                 hour; after that, use Check again. Look at them before you restore it again. You may close this tab."
            )
        };
        Words {
            title: "Restore: outcome not known",
            body,
        }
    }

    /// `'pg-orders' in backup vault 'bv', recovery point of 10 Mar 2026, 02:14 UTC, as files to container 'c' of storage
    /// account 'a', prefix 'p'`.
    fn what_and_where(&self) -> String {
        let it = self.instance_in_vault();
        let Act::Restore {
            recovery_point_id,
            point_time,
            target,
        } = &self.act
        else {
            return it;
        };
        let point = match point_time {
            Some(time) => format!("of {}", text::sentence_moment(*time)),
            None => format!("'{recovery_point_id}'"),
        };
        let place = match target {
            RestoredTo::Files {
                account,
                container,
                prefix,
            } => format!(
                "as files to container '{container}' of storage account '{account}', prefix '{prefix}'"
            ),
            RestoredTo::Database { server, database } => {
                format!("as database '{database}' of server '{server}'")
            }
        };
        format!("{it}, recovery point {point}, {place}")
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::stores::operations::OperationState;

    const VAULT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv-a";

    fn restore(target: RestoredTo, point_time: Option<&str>) -> Operation {
        let act = Act::Restore {
            recovery_point_id: "eb006fde".to_owned(),
            point_time: point_time.map(|time| time.parse().expect("a moment")),
            target,
        };
        let instance = format!("{VAULT}/backupInstances/pg-orders-857d23b1-c679-4c94-ade6-c4d34635e149");
        let target = instance.parse().expect("an id");
        Operation::about_to_start(Uuid::nil(), act, target, None, Timestamp::UNIX_EPOCH)
    }

    fn files() -> Operation {
        let target = RestoredTo::Files {
            account: "sta".to_owned(),
            container: "restored".to_owned(),
            prefix: "pg-orders-20260312".to_owned(),
        };
        restore(target, Some("2026-03-10T02:14:07Z"))
    }

    fn whole(words: Words) -> String {
        format!("{}: {}", words.title, words.body).replace('\u{a0}', " ")
    }

    #[test]
    fn a_restore_names_instance_point_and_place_from_beginning_to_end() {
        let it = "'pg-orders' in backup vault 'bv-a', recovery point of 10 Mar 2026, 02:14 UTC, as files to container \
                  'restored' of storage account 'sta', prefix 'pg-orders-20260312'";
        let mut operation = files();
        assert_eq!(
            whole(operation.initiated()),
            format!("Restore initiated: {it}. You may close this tab.")
        );
        let unknown = whole(operation.unknown());
        assert!(
            unknown.starts_with(&format!(
                "Restore: outcome not known: {it}. Azure's answer was lost"
            )),
            "{unknown}"
        );
        assert!(
            unknown.contains("for a quarter of an hour; after that, use Check again."),
            "{unknown}"
        );
        let end = Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(724);
        operation.end(OperationState::Completed, end);
        assert_eq!(
            whole(operation.completed()),
            format!("Restore completed: {it}, 12 min 4 s.")
        );
        operation.warning = Some(Failure {
            code: "W".to_owned(),
            message: "Some were left out.".to_owned(),
            request_id: None,
        });
        assert_eq!(
            whole(operation.completed()),
            format!("Restore completed with warnings: {it}, 12 min 4 s. W: Some were left out.")
        );
        let failure = Failure {
            code: "UserErrorX".to_owned(),
            message: "It cannot be.".to_owned(),
            request_id: None,
        };
        assert_eq!(
            whole(operation.failed(&failure)),
            format!("Restore failed: {it}. UserErrorX: It cannot be.")
        );
        operation.is_cancelled = true;
        assert_eq!(
            whole(operation.failed(&Failure::default())),
            format!("Restore cancelled: {it}. Azure gives no reason.")
        );
    }

    #[test]
    fn a_database_and_a_point_whose_time_nobody_knew_are_named_too() {
        let target = RestoredTo::Database {
            server: "pgs-legacy".to_owned(),
            database: "crm_restored".to_owned(),
        };
        assert_eq!(
            whole(restore(target, None).initiated()),
            "Restore initiated: 'pg-orders' in backup vault 'bv-a', recovery point 'eb006fde', as database \
             'crm_restored' of server 'pgs-legacy'. You may close this tab."
        );
    }

    #[test]
    fn the_link_leads_to_the_job_once_there_is_one() {
        let mut operation = files();
        let link = operation.link();
        assert_eq!(link.label, "Show backup instance");
        assert!(
            link.path.starts_with("/vaults/s/rg/bv-a/instances/"),
            "{}",
            link.path
        );
        operation.job = format!("{VAULT}/backupJobs/j1").parse().ok();
        let link = operation.link();
        assert_eq!(
            (link.label, link.path.as_str()),
            ("Show job", "/vaults/s/rg/bv-a/jobs/j1")
        );
        assert!(whole(operation.unknown()).contains("Its job could not be read"));
    }
}
