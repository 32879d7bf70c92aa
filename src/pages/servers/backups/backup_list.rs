//! All backups of a server in little room, in their orders; pure.
//!
//! 50,000 backups take some 4 MB here: of the service's answers only what the page shows is kept, and texts that many
//! have in common are kept once. Both orders that need comparisons are kept as the pages come, so that a click on
//! a column's head compares nothing any more.

use std::{cmp::Ordering, sync::Arc};

use arm_client::Backup;
use arm_core::Timestamp;
use chrono::TimeDelta;

use super::row::{Kind, Row};

/// So many new backups at most wait to be put into the orders, which keeps each time short.
const WAITING: usize = 1000;

/// Backups as the service listed them; copies share their content.
#[derive(Debug, Clone, Default)]
pub struct BackupList(Arc<Entries>);

#[derive(Debug, Clone, Default)]
struct Entries {
    all: Vec<Entry>,
    sources: Vec<Arc<str>>,
    /// Places in `all` by name, without regard to case.
    by_name: Vec<u32>,
    /// Places in `all`, the newest first, what has no time last.
    newest_first: Vec<u32>,
    is_complete: bool,
}

/// A backup of the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The backup's name.
    pub name: Arc<str>,
    /// Who took it.
    pub kind: Kind,
    /// When it was completed.
    pub completed: Option<Timestamp>,
    /// Which of the list's sources it has.
    pub source: u16,
    /// Differs where anything about the backup differs.
    pub key: u64,
}

impl BackupList {
    /// A list of these, which are all.
    #[cfg(test)]
    pub fn of(backups: &[Backup]) -> Self {
        let mut list = Self::default();
        list.add(backups);
        list.finish();
        list
    }

    /// Adds the backups of a page.
    pub fn add(&mut self, page: &[Backup]) {
        let entries = Arc::make_mut(&mut self.0);
        for backups in page.chunks(WAITING) {
            entries.add(backups);
        }
    }

    /// Says that no page follows.
    pub fn finish(&mut self) {
        Arc::make_mut(&mut self.0).is_complete = true;
    }

    /// Whether these are all backups of the server.
    pub fn is_complete(&self) -> bool {
        self.0.is_complete
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.all.is_empty()
    }

    /// How many of this kind there are.
    pub fn number_of(&self, kind: Kind) -> usize {
        self.0.all.iter().filter(|entry| entry.kind == kind).count()
    }

    /// The names, in the service's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.all.iter().map(|entry| &*entry.name)
    }

    /// The backup at this place of the service's order.
    pub fn entry(&self, place: u32) -> Option<&Entry> {
        self.0.all.get(place as usize)
    }

    /// What the list shows of the backup at this place, on a server that keeps backups for so many days.
    pub fn row(&self, place: u32, retention_days: Option<u32>) -> Option<Row> {
        let entry = self.entry(place)?;
        let retention = retention_days.map(|days| TimeDelta::days(days.into()));
        Some(Row {
            name: entry.name.to_string(),
            kind: entry.kind,
            completed: entry.completed,
            source: self.source(entry.source).to_owned(),
            retained_until: entry
                .completed
                .zip(retention)
                .map(|(completed, retention)| completed + retention),
        })
    }

    /// The place of the backup of this name.
    pub fn place_of(&self, name: &str) -> Option<u32> {
        let place = self.0.all.iter().position(|entry| &*entry.name == name)?;
        u32::try_from(place).ok()
    }

    /// The words of all sources, each with its number.
    pub fn sources(&self) -> impl Iterator<Item = (&str, u16)> {
        self.0.sources.iter().map(|source| &**source).zip(0..)
    }

    /// The word of a source.
    pub fn source(&self, source: u16) -> &str {
        self.0
            .sources
            .get(usize::from(source))
            .map_or("Unknown", |source| source)
    }

    /// The places by name, without regard to case.
    pub fn by_name(&self) -> &[u32] {
        &self.0.by_name
    }

    /// The places, the newest backup first, what has no time last.
    pub fn newest_first(&self) -> &[u32] {
        &self.0.newest_first
    }
}

impl Entries {
    fn add(&mut self, backups: &[Backup]) {
        let first = self.all.len();
        for backup in backups {
            let entry = self.entry(backup);
            self.all.push(entry);
        }
        let new = || (first..self.all.len()).filter_map(|place| u32::try_from(place).ok());
        let all = &self.all;
        let of = |place: &u32| &all[*place as usize];
        let by_name = |a: &u32, b: &u32| by_name(of(a), of(b));
        let newest_first = |a: &u32, b: &u32| newest_first(of(a), of(b));
        self.by_name = merged(&self.by_name, new(), &by_name);
        self.newest_first = merged(&self.newest_first, new(), &newest_first);
    }

    fn entry(&mut self, backup: &Backup) -> Entry {
        let source = backup.source.as_deref().unwrap_or("Unknown");
        let known = self.sources.iter().position(|known| &**known == source);
        let source_index = known.unwrap_or_else(|| {
            self.sources.push(source.into());
            self.sources.len() - 1
        });
        let kind = Kind::of(backup);
        let mut key = Fnv::default();
        key.add(backup.name.as_bytes());
        key.add(&[kind as u8]);
        key.add(source.as_bytes());
        let moment = backup.completed_time.map_or(i64::MIN, |at| at.timestamp_micros());
        key.add(&moment.to_le_bytes());
        Entry {
            name: backup.name.as_str().into(),
            kind,
            completed: backup.completed_time,
            // Azure has two words; of more than 65,535 the rest would be unknown.
            source: u16::try_from(source_index).unwrap_or(u16::MAX),
            key: key.0,
        }
    }
}

fn by_name(a: &Entry, b: &Entry) -> Ordering {
    let lower = |entry: &Entry| {
        let name = Arc::clone(&entry.name);
        (0..name.len()).map(move |at| name.as_bytes()[at].to_ascii_lowercase())
    };
    lower(a).cmp(lower(b)).then_with(|| a.name.cmp(&b.name))
}

fn newest_first(a: &Entry, b: &Entry) -> Ordering {
    b.completed.cmp(&a.completed).then_with(|| by_name(a, b))
}

/// Two lists as one, both in the order; the second is put into it first, place by place: of the thousand at most that wait
/// each is found a place for as fast as by any sort, and a sort would be the longest function of the page.
fn merged(
    ordered: &[u32],
    added: impl Iterator<Item = u32>,
    order: &dyn Fn(&u32, &u32) -> Ordering,
) -> Vec<u32> {
    let before =
        |known: &[u32], place: u32| known.partition_point(|known| order(known, &place) != Ordering::Greater);
    let mut sorted = Vec::new();
    for place in added {
        sorted.insert(before(&sorted, place), place);
    }
    let mut merged = Vec::with_capacity(ordered.len() + sorted.len());
    let mut rest = ordered;
    for place in sorted {
        let before = before(rest, place);
        merged.extend_from_slice(&rest[..before]);
        merged.push(place);
        rest = &rest[before..];
    }
    merged.extend_from_slice(rest);
    merged
}

/// The hash FNV-1a: short, and good enough to tell rows apart.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        // Between two texts stands what is in neither.
        self.0 = (self.0 ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

/// A backup for tests.
#[cfg(test)]
pub fn test_backup(
    name: &str,
    kind: Option<arm_client::BackupType>,
    completed: Option<&str>,
    source: Option<&str>,
) -> Backup {
    let server = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
    Backup {
        id: format!("{server}/backups/b").parse().expect("an id"),
        name: name.to_owned(),
        backup_type: kind,
        completed_time: completed.map(|text| text.parse().expect(text)),
        source: source.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use arm_client::BackupType;

    use super::*;

    fn names(list: &BackupList, places: &[u32]) -> Vec<String> {
        let name = |place: &u32| list.entry(*place).expect("a place of the list").name.to_string();
        places.iter().map(name).collect()
    }

    #[test]
    fn the_orders_are_right_however_the_pages_are_cut() {
        let backups: Vec<_> = [
            ("Delta", Some("2026-03-11T02:00:00Z")),
            ("bravo", None),
            ("echo", Some("2026-03-12T02:00:00Z")),
            ("Alpha", Some("2026-03-10T02:00:00Z")),
            ("charlie", Some("2026-03-11T02:00:00Z")),
            ("alpha", None),
        ]
        .map(|(name, completed)| test_backup(name, Some(BackupType::Full), completed, Some("Automatic")))
        .into();
        for size in 1..=backups.len() {
            let mut list = BackupList::default();
            for page in backups.chunks(size) {
                list.add(page);
            }
            assert!(!list.is_complete());
            list.finish();
            assert!(list.is_complete());
            assert_eq!(
                names(&list, list.by_name()),
                ["Alpha", "alpha", "bravo", "charlie", "Delta", "echo"],
                "{size}"
            );
            assert_eq!(
                names(&list, list.newest_first()),
                ["echo", "charlie", "Delta", "Alpha", "alpha", "bravo"],
                "{size}"
            );
        }
    }

    #[test]
    fn a_row_holds_what_azure_said_and_what_retention_means_for_it() {
        let list = BackupList::of(&[
            test_backup(
                "old",
                Some(BackupType::Full),
                Some("2026-03-10T02:14:28Z"),
                Some("Automatic"),
            ),
            test_backup("strange", Some(BackupType::Other("Copy".to_owned())), None, None),
            test_backup(
                "own",
                Some(BackupType::CustomerOnDemand),
                Some("2026-03-12T02:14:07Z"),
                Some("Customer Initiated"),
            ),
        ]);
        let row = |place, retention| list.row(place, retention).expect("a row");
        let until = |row: Row| row.retained_until.map(|at| at.to_rfc3339());
        assert_eq!(
            until(row(2, Some(14))).as_deref(),
            Some("2026-03-26T02:14:07+00:00")
        );
        assert_eq!(until(row(2, None)), None, "an unknown retention is not guessed");
        assert_eq!(until(row(1, Some(14))), None);
        let words: Vec<_> = (0..3)
            .map(|place| (row(place, None).kind.label(), row(place, None).source))
            .collect();
        assert_eq!(
            words,
            [
                ("Automatic", "Automatic".to_owned()),
                ("Other", "Unknown".to_owned()),
                ("On-demand", "Customer Initiated".to_owned()),
            ]
        );
        assert_eq!(Kind::ALL.map(|kind| list.number_of(kind)), [1, 1, 1]);
        assert_eq!((list.place_of("own"), list.place_of("none")), (Some(2), None));
        assert_eq!(list.row(3, None), None);
    }

    #[test]
    fn a_key_differs_where_anything_about_the_backup_differs() {
        let full = || Some(BackupType::Full);
        let list = BackupList::of(&[
            test_backup("b", full(), Some("2026-03-10T02:14:28Z"), Some("Automatic")),
            test_backup("bA", full(), Some("2026-03-10T02:14:28Z"), Some("utomatic")),
            test_backup("b", full(), Some("2026-03-10T02:14:29Z"), Some("Automatic")),
            test_backup("b", full(), None, Some("Automatic")),
            test_backup("b", None, Some("2026-03-10T02:14:28Z"), Some("Automatic")),
            test_backup("b", full(), Some("2026-03-10T02:14:28Z"), None),
            test_backup("b", full(), Some("2026-03-10T02:14:28Z"), Some("Automatic")),
        ]);
        let keys: Vec<_> = list.0.all.iter().map(|entry| entry.key).collect();
        assert_eq!(keys[0], keys[6], "the same backup keeps its key");
        for (index, key) in keys[..6].iter().enumerate() {
            assert!(!keys[..index].contains(key), "{index}");
        }
    }
}
