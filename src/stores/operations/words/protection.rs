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
        let until = match self.job {
            Some(_) => "its job can be read",
            None => phrases.until,
        };
        Words {
            title: phrases.unknown,
            body: format!(
                "Azure's answer about {it} was lost or says nothing. The vault is looked at until {until}; do not ask \
                 for it again before that. You may close this tab."
            ),
        }
    }

    /// `'pg-orders-prod' in backup vault 'bv-commerce-weu'`.
    pub(super) fn instance_in_vault(&self) -> String {
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
pub(super) fn told(failure: &Failure) -> String {
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
mod tests;
