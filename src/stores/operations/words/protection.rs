//! The words of what is done with backup instances.

use arm_core::ResourceId;
use uuid::Uuid;

use super::Words;
use crate::{
    routes,
    stores::operations::{Failure, Operation, ProtectionKind},
};

/// What is said of one kind.
struct Phrases {
    begun: &'static str,
    done: &'static str,
    failed: &'static str,
    unknown: &'static str,
    /// What the instance is looked at for, after a lost answer.
    until: &'static str,
}

fn phrases(kind: ProtectionKind) -> Phrases {
    let [begun, done, failed, unknown, until] = match kind {
        ProtectionKind::Configure => [
            "Protection is being configured",
            "Protection configured",
            "Protection could not be configured",
            "Configuration of protection: outcome not known",
            "it is protected",
        ],
        ProtectionKind::ChangePolicy => [
            "Backup policy is being changed",
            "Backup policy changed",
            "Backup policy could not be changed",
            "Change of the backup policy: outcome not known",
            "it is protected by the new policy",
        ],
        ProtectionKind::BackUp => [
            "Backup to the vault initiated",
            "Backup to the vault completed",
            "Backup to the vault failed",
            "Backup to the vault: outcome not known",
            "its job appears",
        ],
        ProtectionKind::StopProtection => [
            "Protection is being stopped",
            "Protection stopped",
            "Protection could not be stopped",
            "Stop of protection: outcome not known",
            "its protection is stopped",
        ],
        ProtectionKind::SuspendBackups => [
            "Backups are being suspended",
            "Backups suspended",
            "Backups could not be suspended",
            "Suspension of backups: outcome not known",
            "its backups are suspended",
        ],
        ProtectionKind::ResumeProtection => [
            "Protection is being resumed",
            "Protection resumed",
            "Protection could not be resumed",
            "Resumption of protection: outcome not known",
            "it is protected again",
        ],
        ProtectionKind::ResumeBackups => [
            "Backups are being resumed",
            "Backups resumed",
            "Backups could not be resumed",
            "Resumption of backups: outcome not known",
            "it is backed up again",
        ],
        ProtectionKind::Delete => [
            "Backup data is being deleted",
            "Backup data deleted",
            "Backup data could not be deleted",
            "Deletion of backup data: outcome not known",
            "it is gone",
        ],
        ProtectionKind::Undelete => [
            "Backup instance is being undeleted",
            "Backup instance undeleted",
            "Backup instance could not be undeleted",
            "Undeletion of a backup instance: outcome not known",
            "it is back",
        ],
    };
    Phrases {
        begun,
        done,
        failed,
        unknown,
        until,
    }
}

impl Operation {
    /// The instance's page; of what is deleted the vault's.
    pub(super) fn protection_page(&self) -> String {
        let vault = self.target.parent();
        let instance = vault
            .as_ref()
            .and_then(|vault| vault.child("backupInstances", self.target.name()).ok());
        let page = instance.filter(|_| !self.shows_vault());
        page.and_then(|instance| routes::instance(&instance))
            .or_else(|| vault.map(|vault| routes::vault(&vault)))
            .unwrap_or_else(routes::vaults)
    }

    pub(super) fn protection_link(&self) -> &'static str {
        if self.shows_vault() {
            "Show backup vault"
        } else {
            "Show backup instance"
        }
    }

    fn shows_vault(&self) -> bool {
        let is_of = |wanted| matches!(self.act, super::Act::Protection { kind, .. } if kind == wanted);
        let is_deleted = is_of(ProtectionKind::Delete) && self.ended.is_some();
        // Until it has come back there is no instance to show.
        let is_not_back = is_of(ProtectionKind::Undelete) && self.ended.is_none();
        is_deleted || is_not_back
    }

    pub(super) fn protection_begun(&self, kind: ProtectionKind) -> Words {
        let body = match kind {
            ProtectionKind::ChangePolicy => format!("{}{}.", self.instance_in_vault(), self.to_policy()),
            ProtectionKind::Configure | ProtectionKind::BackUp => {
                format!("{}. You may close this tab.", self.instance_in_vault())
            }
            _ => format!("{}.", self.instance_in_vault()),
        };
        Words {
            title: phrases(kind).begun,
            body,
        }
    }

    pub(super) fn protection_done(&self, kind: ProtectionKind) -> Words {
        let (it, took) = (self.instance_in_vault(), self.took());
        let after = match (kind, &self.warning) {
            (ProtectionKind::ChangePolicy, _) => self.to_policy(),
            (ProtectionKind::Undelete, _) => {
                let body = format!(
                    "{it}{took}. Its protection is stopped; it is backed up again once that is resumed."
                );
                let title = phrases(kind).done;
                return Words { title, body };
            }
            (_, Some(warning)) => {
                return Words {
                    title: "Backup to the vault completed with warnings",
                    body: format!("{it}{took}. {}", told(warning)),
                };
            }
            _ => String::new(),
        };
        Words {
            title: phrases(kind).done,
            body: format!("{it}{after}{took}."),
        }
    }

    /// There was nothing to delete, which is no error.
    pub(super) fn protection_gone(&self) -> Words {
        Words {
            title: "Backup instance was already gone",
            body: format!("{} was not there any more.", self.instance_in_vault()),
        }
    }

    pub(super) fn protection_failed(&self, kind: ProtectionKind, failure: &Failure) -> Words {
        Words {
            title: phrases(kind).failed,
            body: format!("{}. {}", self.instance_in_vault(), told(failure)),
        }
    }

    pub(super) fn protection_unknown(&self, kind: ProtectionKind) -> Words {
        let (it, phrases) = (self.instance_in_vault(), phrases(kind));
        let until = phrases.until;
        Words {
            title: phrases.unknown,
            body: format!(
                "Azure's answer about {it} was lost or says nothing. The vault is looked at until {until}; do not ask \
                 for it again before that. You may close this tab."
            ),
        }
    }

    /// `'pg-orders-prod' in backup vault 'bv-commerce-weu'`.
    fn instance_in_vault(&self) -> String {
        let name = without_guid(self.target.name());
        match self.target.parent() {
            Some(vault) => format!("'{name}' in backup vault '{}'", vault.name()),
            None => format!("'{name}'"),
        }
    }

    /// `, policy 'pgflex-weekly'`.
    fn to_policy(&self) -> String {
        let policy = match &self.act {
            super::Act::Protection { policy, .. } => policy.as_ref().map(ResourceId::name),
            _ => None,
        };
        policy.map_or_else(String::new, |policy| format!(", policy '{policy}'"))
    }
}

/// The service's code and words, as far as it has told any.
fn told(failure: &Failure) -> String {
    match (failure.code.as_str(), failure.message.as_str()) {
        ("", "") => "Azure gives no reason.".to_owned(),
        ("", message) => message.to_owned(),
        (code, "") => format!("{code}."),
        (code, message) => format!("{code}: {message}"),
    }
}

/// What an instance protects is the beginning of its name: a GUID follows.
fn without_guid(name: &str) -> &str {
    let cut = name
        .len()
        .checked_sub(37)
        .filter(|cut| name.is_char_boundary(*cut));
    let parts = cut.map(|cut| name.split_at(cut));
    let is_guid = |guid: &str| {
        guid.strip_prefix('-')
            .is_some_and(|guid| Uuid::try_parse(guid).is_ok())
    };
    match parts {
        Some((protected, guid)) if !protected.is_empty() && is_guid(guid) => protected,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Timestamp;

    use super::*;
    use crate::stores::operations::{Act, OperationState};

    const VAULT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv-a";
    const INSTANCE: &str = "pg-orders-857d23b1-c679-4c94-ade6-c4d34635e149";

    fn operation(kind: ProtectionKind) -> Operation {
        let list = match kind {
            ProtectionKind::Undelete => "deletedBackupInstances",
            _ => "backupInstances",
        };
        let id = |path: String| path.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let policy = Some(id(format!("{VAULT}/backupPolicies/pgflex-weekly")));
        let act = Act::Protection { kind, policy };
        let target = id(format!("{VAULT}/{list}/{INSTANCE}"));
        Operation::about_to_start(Uuid::nil(), act, target, None, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn each_act_has_words_for_each_state_and_names_what_is_protected_and_where() {
        use ProtectionKind::*;
        let failure = Failure {
            code: "UserErrorX".to_owned(),
            message: "It cannot be.".to_owned(),
            request_id: None,
        };
        for (kind, begun, done, failed) in [
            (
                Configure,
                "Protection is being configured: 'pg-orders' in backup vault 'bv-a'. You may close this tab.",
                "Protection configured: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Protection could not be configured: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                ChangePolicy,
                "Backup policy is being changed: 'pg-orders' in backup vault 'bv-a', policy 'pgflex-weekly'.",
                "Backup policy changed: 'pg-orders' in backup vault 'bv-a', policy 'pgflex-weekly', 42 s.",
                "Backup policy could not be changed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                BackUp,
                "Backup to the vault initiated: 'pg-orders' in backup vault 'bv-a'. You may close this tab.",
                "Backup to the vault completed: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Backup to the vault failed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                StopProtection,
                "Protection is being stopped: 'pg-orders' in backup vault 'bv-a'.",
                "Protection stopped: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Protection could not be stopped: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                SuspendBackups,
                "Backups are being suspended: 'pg-orders' in backup vault 'bv-a'.",
                "Backups suspended: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Backups could not be suspended: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                ResumeProtection,
                "Protection is being resumed: 'pg-orders' in backup vault 'bv-a'.",
                "Protection resumed: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Protection could not be resumed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                ResumeBackups,
                "Backups are being resumed: 'pg-orders' in backup vault 'bv-a'.",
                "Backups resumed: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Backups could not be resumed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                Delete,
                "Backup data is being deleted: 'pg-orders' in backup vault 'bv-a'.",
                "Backup data deleted: 'pg-orders' in backup vault 'bv-a', 42 s.",
                "Backup data could not be deleted: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
            (
                Undelete,
                "Backup instance is being undeleted: 'pg-orders' in backup vault 'bv-a'.",
                "Backup instance undeleted: 'pg-orders' in backup vault 'bv-a', 42 s. Its protection is stopped; it is \
                 backed up again once that is resumed.",
                "Backup instance could not be undeleted: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
            ),
        ] {
            let mut operation = operation(kind);
            let unknown = operation.unknown();
            assert!(unknown.title.ends_with(": outcome not known"), "{unknown:?}");
            assert!(
                unknown
                    .body
                    .contains("about 'pg-orders' in backup vault 'bv-a' was lost"),
                "{unknown:?}"
            );
            let whole = |words: Words| format!("{}: {}", words.title, words.body).replace('\u{a0}', " ");
            assert_eq!(whole(operation.initiated()), begun);
            operation.end(
                OperationState::Completed,
                Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(42),
            );
            assert_eq!(whole(operation.completed()), done);
            assert_eq!(whole(operation.failed(&failure)), failed);
        }
    }

    #[test]
    fn a_backup_with_warnings_tells_them_and_needs_a_look() {
        let mut operation = operation(ProtectionKind::BackUp);
        operation.warning = Some(Failure {
            code: "UserErrorY".to_owned(),
            ..Failure::default()
        });
        operation.end(OperationState::Completed, Timestamp::UNIX_EPOCH);
        let (intent, words) = operation.said().expect("words");
        assert_eq!(intent, crate::stores::notifications::Intent::Warning);
        assert_eq!(words.title, "Backup to the vault completed with warnings");
        assert!(words.body.ends_with(". UserErrorY."), "{}", words.body);
        operation.warning = Some(Failure::default());
        let body = operation.completed().body;
        assert!(body.ends_with("Azure gives no reason."), "{body}");
    }

    #[test]
    fn the_link_leads_to_the_instance_while_there_is_one_and_else_to_its_vault() {
        let path = |kind, ended: bool| {
            let mut operation = operation(kind);
            if ended {
                operation.end(OperationState::Completed, Timestamp::UNIX_EPOCH);
            }
            let link = operation.link();
            (link.label, link.path)
        };
        let instance = (
            "Show backup instance",
            format!("/vaults/s/rg/bv-a/instances/{INSTANCE}"),
        );
        let vault = ("Show backup vault", "/vaults/s/rg/bv-a".to_owned());
        assert_eq!(path(ProtectionKind::Configure, false), instance);
        assert_eq!(path(ProtectionKind::Delete, false), instance);
        assert_eq!(path(ProtectionKind::Delete, true), vault);
        assert_eq!(path(ProtectionKind::Undelete, false), vault);
        assert_eq!(path(ProtectionKind::Undelete, true), instance);
    }

    #[test]
    fn a_name_of_another_form_is_left_as_it_is() {
        for (name, expected) in [
            (INSTANCE, "pg-orders"),
            ("srv-db-857d23b1-c679-4c94-ade6-c4d34635e149", "srv-db"),
            (
                "857d23b1-c679-4c94-ade6-c4d34635e149",
                "857d23b1-c679-4c94-ade6-c4d34635e149",
            ),
            (
                "-857d23b1-c679-4c94-ade6-c4d34635e149",
                "-857d23b1-c679-4c94-ade6-c4d34635e149",
            ),
            ("pg-orders", "pg-orders"),
            (
                "ürümqi-857d23b1-c679-4c94-ade6-c4d34635e14",
                "ürümqi-857d23b1-c679-4c94-ade6-c4d34635e14",
            ),
        ] {
            assert_eq!(without_guid(name), expected);
        }
    }
}
