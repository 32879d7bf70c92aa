//! A row of the list of backups; pure.

use arm_client::{Backup, BackupName, BackupType};
use arm_core::Timestamp;

/// Who took a backup, in the words of the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Azure did.
    Automatic,
    /// A user did.
    OnDemand,
    /// A kind of a later version of Azure.
    Other,
}

/// What the list shows of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The backup's name.
    pub name: String,
    /// Who took it.
    pub kind: Kind,
    /// When it was completed.
    pub completed: Option<Timestamp>,
    /// Azure's word for where it comes from.
    pub source: String,
    /// When retention takes it away; unknown while the server's retention is.
    pub retained_until: Option<Timestamp>,
}

impl Kind {
    /// All kinds, in the order of their words.
    pub const ALL: [Self; 3] = [Self::Automatic, Self::OnDemand, Self::Other];

    /// The kind of a backup.
    pub fn of(backup: &Backup) -> Self {
        match &backup.backup_type {
            Some(BackupType::CustomerOnDemand) => Self::OnDemand,
            Some(BackupType::Full) => Self::Automatic,
            Some(BackupType::Other(_)) | None => Self::Other,
        }
    }

    /// The word on the badge.
    pub fn label(self) -> &'static str {
        match self {
            Self::Automatic => "Automatic",
            Self::OnDemand => "On-demand",
            Self::Other => "Other",
        }
    }
}

impl Row {
    /// The name under which it can be deleted; automatic backups cannot be (reference A2).
    pub fn deletable(&self) -> Option<BackupName> {
        let is_on_demand = self.kind == Kind::OnDemand;
        is_on_demand.then(|| self.name.parse().ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_on_demand_backups_can_be_deleted() {
        for (kind, expected) in [
            (Kind::OnDemand, Some("b")),
            (Kind::Automatic, None),
            (Kind::Other, None),
        ] {
            let row = Row {
                name: "b".to_owned(),
                kind,
                completed: None,
                source: "Unknown".to_owned(),
                retained_until: None,
            };
            let name = row.deletable().map(|name| name.to_string());
            assert_eq!(name.as_deref(), expected, "{kind:?}");
        }
    }
}
