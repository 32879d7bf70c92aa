//! What the deletion of a backup takes away, and what stays; pure.

use arm_client::Backup;
use arm_core::Timestamp;

use super::row::{Kind, Row, rows};
use crate::text;

/// Sentences for the question before a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// What is no longer there.
    pub lost: String,
    /// What would become of it without the deletion, where the server's retention is known.
    pub otherwise: Option<String>,
    /// What is left to restore from.
    pub stays: Vec<String>,
}

/// What the deletion of `row` means for a server with these backups, restorable since `earliest`.
pub fn consequences(row: &Row, backups: &[Backup], earliest: Option<Timestamp>) -> Consequences {
    let completed = row
        .completed
        .map(|at| format!(", completed {}", text::sentence_moment(at)))
        .unwrap_or_default();
    let otherwise = row.retained_until.map(|until| {
        format!(
            "It would otherwise be kept until {} and then be deleted automatically.",
            text::long_date(until)
        )
    });
    let lost = format!("Fast restore from this full backup{completed}. Deleting it cannot be undone.");
    let point_in_time = earliest.map(|from| {
        format!(
            "Point-in-time restore to any moment from {}.",
            text::sentence_moment(from)
        )
    });
    let others = rows(backups, None);
    let number_of = |kind| {
        let of_kind = |other: &&Row| other.kind == kind && other.name != row.name;
        others.iter().filter(of_kind).count()
    };
    let automatic = number_of(Kind::Automatic);
    let others = format!(
        "{} other on-demand and {} of this server.",
        number_of(Kind::OnDemand),
        text::count(automatic, "automatic backup")
    );
    Consequences {
        lost,
        otherwise,
        stays: point_in_time.into_iter().chain([others]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use arm_client::BackupType;

    use super::*;

    fn backup(name: &str, kind: BackupType) -> Backup {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        Backup {
            id: format!("{server}/backups/{name}").parse().expect("an id"),
            name: name.to_owned(),
            backup_type: Some(kind),
            completed_time: Some("2026-03-10T08:12:05Z".parse().expect("a moment")),
            source: None,
        }
    }

    fn backups() -> Vec<Backup> {
        vec![
            backup("before-v42", BackupType::CustomerOnDemand),
            backup("before-v41", BackupType::CustomerOnDemand),
            backup("backup_1", BackupType::Full),
        ]
    }

    fn told(retention_days: Option<u32>, earliest: Option<&str>) -> Consequences {
        let rows = rows(&backups(), retention_days);
        let row = rows.iter().find(|row| row.name == "before-v42").expect("the row");
        let earliest = earliest.map(|text| text.parse().expect("a moment"));
        let told = consequences(row, &backups(), earliest);
        let plain = |sentence: String| sentence.replace('\u{a0}', " ");
        Consequences {
            lost: plain(told.lost),
            otherwise: told.otherwise.map(plain),
            stays: told.stays.into_iter().map(plain).collect(),
        }
    }

    #[test]
    fn all_that_is_known_is_said() {
        let Consequences {
            lost,
            otherwise,
            stays,
        } = told(Some(14), Some("2026-02-27T02:14:00Z"));
        assert_eq!(
            lost,
            "Fast restore from this full backup, completed 10 Mar 2026, 08:12 UTC. Deleting it cannot be undone."
        );
        assert_eq!(
            otherwise.as_deref(),
            Some("It would otherwise be kept until 24 Mar 2026 and then be deleted automatically.")
        );
        assert_eq!(
            stays,
            [
                "Point-in-time restore to any moment from 27 Feb 2026, 02:14 UTC.",
                "1 other on-demand and 1 automatic backup of this server.",
            ]
        );
    }

    #[test]
    fn what_is_not_known_is_not_claimed() {
        let told = told(None, None);
        assert_eq!(told.otherwise, None);
        assert_eq!(told.stays.len(), 1, "{:?}", told.stays);
    }
}
