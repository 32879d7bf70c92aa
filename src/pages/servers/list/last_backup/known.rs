//! What is known of the last backups; pure.

use arm_client::{ArmError, Backup};
use arm_core::Timestamp;

use crate::problem::Problem;

/// The last backup of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastBackup {
    /// It was completed then.
    At(Timestamp),
    /// There is none.
    NoneYet,
    /// Nobody knows, for this reason.
    Unknown(String),
}

impl LastBackup {
    /// The newest of a server's backups.
    pub fn of(backups: &[Backup]) -> Self {
        match backups.iter().filter_map(|backup| backup.completed_time).max() {
            Some(completed) => Self::At(completed),
            None if backups.is_empty() => Self::NoneYet,
            None => Self::Unknown("Azure did not say when the backups were completed.".to_owned()),
        }
    }

    /// The backups could not be read.
    pub fn unread(error: &ArmError) -> Self {
        Self::Unknown(Problem::in_full(error).reason)
    }
}

/// The last backups of servers, by the servers' ids in lower case.
#[derive(Debug, Default)]
pub struct Known(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    key: String,
    last: LastBackup,
    /// It is to be read again, and shown until then.
    is_old: bool,
}

impl Known {
    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|entry| entry.key.as_str().cmp(key))
    }

    /// What is known of a server.
    pub fn get(&self, key: &str) -> Option<&LastBackup> {
        self.place(key).ok().map(|place| &self.0[place].last)
    }

    /// Whether a server need not be read.
    pub fn is_fresh(&self, key: &str) -> bool {
        self.place(key).is_ok_and(|place| !self.0[place].is_old)
    }

    /// Keeps what was read, or why it could not be.
    pub fn set(&mut self, key: &str, last: LastBackup) {
        match self.place(key) {
            Ok(place) => {
                let entry = &mut self.0[place];
                entry.is_old = false;
                entry.last = last;
            }
            Err(place) => {
                let key = key.to_owned();
                let is_old = false;
                self.0.insert(place, Entry { key, last, is_old });
            }
        }
    }

    /// All are to be read again.
    pub fn make_old(&mut self) {
        self.0.iter_mut().for_each(|entry| entry.is_old = true);
    }

    /// One is to be read again.
    pub fn make_one_old(&mut self, key: &str) {
        if let Ok(place) = self.place(key) {
            self.0[place].is_old = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use arm_core::TransportError;

    use super::*;

    fn backup(completed: Option<&str>) -> Backup {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        Backup {
            id: format!("{server}/backups/b").parse().expect("an id"),
            name: "b".to_owned(),
            backup_type: None,
            completed_time: completed.map(|text| text.parse().expect(text)),
            source: None,
        }
    }

    fn at(text: &str) -> LastBackup {
        LastBackup::At(text.parse().expect(text))
    }

    #[test]
    fn the_newest_counts_whatever_the_order_and_unknown_is_not_none() {
        let (old, new) = ("2026-03-10T02:14:28Z", "2026-03-12T02:14:07Z");
        for (completed, expected) in [
            (vec![Some(old), Some(new)], at(new)),
            (vec![Some(new), None, Some(old)], at(new)),
            (vec![], LastBackup::NoneYet),
        ] {
            let backups: Vec<_> = completed.iter().copied().map(backup).collect();
            assert_eq!(LastBackup::of(&backups), expected, "{completed:?}");
        }
        assert!(matches!(LastBackup::of(&[backup(None)]), LastBackup::Unknown(_)));
        let error = ArmError::Transport(TransportError::new("gone"));
        let LastBackup::Unknown(reason) = LastBackup::unread(&error) else {
            panic!("it was not read");
        };
        assert!(reason.starts_with("No answer came"), "{reason}");
    }

    #[test]
    fn what_is_old_is_shown_until_it_is_read_again() {
        let mut known = Known::default();
        for key in ["b", "a", "c"] {
            assert!(!known.is_fresh(key));
            known.set(key, LastBackup::NoneYet);
            assert!(known.is_fresh(key));
        }
        known.make_one_old("b");
        assert_eq!((known.is_fresh("a"), known.is_fresh("b")), (true, false));
        known.make_old();
        for key in ["a", "b", "c"] {
            assert!(!known.is_fresh(key));
            assert_eq!(known.get(key), Some(&LastBackup::NoneYet));
        }
        known.set("a", at("2026-03-12T02:14:07Z"));
        assert!(known.is_fresh("a"));
        assert_eq!(known.get("a"), Some(&at("2026-03-12T02:14:07Z")));
        assert_eq!(known.get("d"), None);
    }
}
