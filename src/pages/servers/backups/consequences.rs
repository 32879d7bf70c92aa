//! What the deletion of a backup takes away, and what stays; pure.

use arm_core::Timestamp;

use super::{
    backup_list::BackupList,
    row::{Kind, Row},
};
use crate::text;

/// Sentences for the question before a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// What is no longer there; goes on after *Fast restore*.
    pub lost: String,
    /// That no other on-demand backup is left, if so.
    pub last: Option<&'static str>,
    /// What would become of it without the deletion, where the server's retention is known.
    pub otherwise: Option<String>,
    /// What is left to restore from.
    pub stays: Vec<String>,
}

/// What the deletion of `row` means for a server with these backups, restorable since `earliest`.
pub fn consequences(row: &Row, backups: &BackupList, earliest: Option<Timestamp>) -> Consequences {
    let completed = row
        .completed
        .map(|at| format!(", completed {}", text::exact_moment(at)))
        .unwrap_or_default();
    let otherwise = row.retained_until.map(|until| {
        format!(
            "It would otherwise be kept until {} and then be deleted automatically.",
            text::long_date(until)
        )
    });
    let lost = format!("from this full backup{completed}. Deleting it cannot be undone.");
    let point_in_time = earliest.map(|from| {
        format!(
            "Point-in-time restore to any moment from {}.",
            text::sentence_moment(from)
        )
    });
    // All of its kind but itself.
    let number_of = |kind| {
        let itself = kind == row.kind && backups.place_of(&row.name).is_some();
        backups.number_of(kind) - usize::from(itself)
    };
    let (on_demand, automatic) = (number_of(Kind::OnDemand), number_of(Kind::Automatic));
    let last = (on_demand == 0).then_some("It is the last on-demand backup of this server.");
    let automatic = text::count(automatic, "automatic backup");
    let others = match on_demand {
        0 => format!("{automatic} of this server."),
        _ => format!("{on_demand} other on-demand and {automatic} of this server."),
    };
    Consequences {
        lost,
        last,
        otherwise,
        stays: point_in_time.into_iter().chain([others]).collect(),
    }
}

/// Whether the list, if it has been read, is without the backup: somebody else deleted it, or retention did.
pub fn is_gone(row: &Row, backups: Option<&BackupList>) -> bool {
    backups.is_some_and(|backups| backups.place_of(&row.name).is_none())
}

#[cfg(test)]
mod tests {
    use arm_client::BackupType;

    use super::{super::backup_list::test_backup, *};

    fn backups() -> BackupList {
        let backup = |name, kind| test_backup(name, Some(kind), Some("2026-03-10T08:12:05Z"), None);
        BackupList::of(&[
            backup("before-v42", BackupType::CustomerOnDemand),
            backup("before-v41", BackupType::CustomerOnDemand),
            backup("backup_1", BackupType::Full),
        ])
    }

    fn told(retention_days: Option<u32>, earliest: Option<&str>) -> Consequences {
        let row = backups().row(0, retention_days).expect("the row");
        let row = &row;
        let earliest = earliest.map(|text| text.parse().expect("a moment"));
        let told = consequences(row, &backups(), earliest);
        let plain = |sentence: String| sentence.replace('\u{a0}', " ");
        Consequences {
            lost: plain(told.lost),
            last: told.last,
            otherwise: told.otherwise.map(plain),
            stays: told.stays.into_iter().map(plain).collect(),
        }
    }

    #[test]
    fn all_that_is_known_is_said() {
        let Consequences {
            lost,
            last,
            otherwise,
            stays,
        } = told(Some(14), Some("2026-02-27T02:14:00Z"));
        assert_eq!(
            lost,
            "from this full backup, completed 10 Mar 2026, 08:12:05 UTC. Deleting it cannot be undone."
        );
        assert_eq!(last, None);
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

    #[test]
    fn the_last_one_on_demand_is_said_to_be_the_last() {
        let backups = BackupList::of(&[
            test_backup("backup_1", Some(BackupType::Full), None, None),
            test_backup("only", Some(BackupType::CustomerOnDemand), None, None),
        ]);
        let row = backups.row(1, None).expect("the row");
        let told = consequences(&row, &backups, None);
        assert_eq!(told.last, Some("It is the last on-demand backup of this server."));
        assert_eq!(told.stays, ["1 automatic backup of this server."]);
    }

    #[test]
    fn what_is_not_in_the_list_is_gone_and_an_unread_list_says_nothing() {
        let all = backups();
        let row = &all.row(0, None).expect("the row");
        let others = BackupList::of(&[test_backup("before-v41", None, None, None)]);
        for (backups, expected) in [
            (None, false),
            (Some(&all), false),
            (Some(&others), true),
            (Some(&BackupList::default()), true),
        ] {
            assert_eq!(is_gone(row, backups), expected, "{backups:?}");
        }
    }
}
