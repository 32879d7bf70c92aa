//! A row of the list of backups; pure.

use arm_client::{Backup, BackupName, BackupType};
use arm_core::Timestamp;
use chrono::TimeDelta;

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

/// The rows, newest first, what has no time last.
pub fn rows(backups: &[Backup], retention_days: Option<u32>) -> Vec<Row> {
    let mut rows: Vec<_> = backups.iter().map(|backup| row(backup, retention_days)).collect();
    rows.sort_by(|a, b| b.completed.cmp(&a.completed).then_with(|| a.name.cmp(&b.name)));
    rows
}

fn row(backup: &Backup, retention_days: Option<u32>) -> Row {
    let kind = match &backup.backup_type {
        Some(BackupType::CustomerOnDemand) => Kind::OnDemand,
        Some(BackupType::Full) => Kind::Automatic,
        Some(BackupType::Other(_)) | None => Kind::Other,
    };
    let retention = retention_days.map(|days| TimeDelta::days(days.into()));
    Row {
        name: backup.name.clone(),
        kind,
        completed: backup.completed_time,
        source: backup.source.clone().unwrap_or_else(|| "Unknown".to_owned()),
        retained_until: backup
            .completed_time
            .zip(retention)
            .map(|(completed, retention)| completed + retention),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(name: &str, kind: BackupType, completed: Option<&str>) -> Backup {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        Backup {
            id: format!("{server}/backups/{name}").parse().expect("an id"),
            name: name.to_owned(),
            backup_type: Some(kind),
            completed_time: completed.map(|text| text.parse().expect(text)),
            source: Some("Automatic".to_owned()),
        }
    }

    #[test]
    fn newest_first_and_kept_as_long_as_the_server_keeps() {
        let backups = [
            backup("old", BackupType::Full, Some("2026-03-10T02:14:28Z")),
            backup("strange", BackupType::Other("Copy".to_owned()), None),
            backup("new", BackupType::CustomerOnDemand, Some("2026-03-12T02:14:07Z")),
        ];
        let rows = rows(&backups, Some(14));
        let summary: Vec<_> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.kind.label()))
            .collect();
        assert_eq!(
            summary,
            [("new", "On-demand"), ("old", "Automatic"), ("strange", "Other")]
        );
        assert_eq!(
            rows[0].retained_until,
            Some("2026-03-26T02:14:07Z".parse().expect("a moment"))
        );
        assert_eq!(rows[2].retained_until, None);
    }

    #[test]
    fn only_on_demand_backups_can_be_deleted() {
        for (kind, expected) in [
            (BackupType::CustomerOnDemand, Some("b")),
            (BackupType::Full, None),
            (BackupType::Other("Copy".to_owned()), None),
        ] {
            let rows = rows(&[backup("b", kind.clone(), None)], None);
            let name = rows[0].deletable().map(|name| name.to_string());
            assert_eq!(name.as_deref(), expected, "{kind:?}");
        }
    }

    #[test]
    fn an_unknown_retention_is_not_guessed() {
        let backups = [backup("b", BackupType::Full, Some("2026-03-10T02:14:28Z"))];
        assert_eq!(rows(&backups, None)[0].retained_until, None);
    }
}
