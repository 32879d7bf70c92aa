//! The rows that the list shows: filtered, in their order.

use std::sync::Arc;

use arm_client::FlexibleServer;

use super::{
    backup_list::BackupList,
    list_query::ListQuery,
    list_view::{Filter, shown},
    row::Row,
};
use crate::{
    hooks::{Reading, use_now},
    prelude::*,
};

/// The rows shown; copies share their content.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// All backups that have come.
    pub list: BackupList,
    places: Arc<Vec<u32>>,
    /// How long the server keeps its backups, where that is known.
    pub retention_days: Option<u32>,
}

impl Shown {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The row at this position.
    pub fn row(&self, position: usize) -> Option<Row> {
        self.list.row(*self.places.get(position)?, self.retention_days)
    }

    /// All rows, in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        (0..self.len()).filter_map(|position| self.row(position))
    }

    /// What tells the row at this position from others, and from itself with another retention.
    pub fn key(&self, position: usize) -> u64 {
        let place = self.places.get(position);
        let entry = place.and_then(|place| self.list.entry(*place));
        let retention = self.retention_days.map_or(0, |days| u64::from(days) + 1);
        entry.map_or(0, |entry| entry.key.wrapping_add(retention))
    }

    /// The position of the backup of this name.
    pub fn position_of(&self, name: &str) -> Option<usize> {
        let place = self.list.place_of(name)?;
        self.places.iter().position(|shown| *shown == place)
    }

    /// The backup whose row follows, for the focus once the row of `name` goes.
    pub fn next_after(&self, name: &str) -> Option<String> {
        self.row(self.position_of(name)? + 1).map(|row| row.name)
    }
}

/// The rows of what was read, by the query.
pub fn use_shown(
    listed: Reading<BackupList>,
    details: Reading<FlexibleServer>,
    query: ListQuery,
) -> Memo<Shown> {
    let now = use_now();
    // Without a filter that asks for it, time does not change the rows; with one they are looked at once a minute.
    let minute = Memo::new(move |_| {
        let is_asked_for = query.time.with(|time| !time.is_empty());
        is_asked_for.then(|| now.with(|now| now.timestamp() / 60))
    });
    let retention_days = Memo::new(move |_| {
        details
            .data
            .with(|details| details.as_ref().and_then(|details| details.backup_retention_days))
    });
    Memo::new_with_compare(
        move |_| {
            minute.track();
            let list = listed.data.get().unwrap_or_default();
            let filter = query
                .search
                .with(|search| Filter::new(query.kind.get(), query.time.get(), search, now.get_untracked()));
            let retention_days = retention_days.get();
            let places = shown(&list, &filter, query.sort.get(), retention_days.is_some());
            Shown {
                list,
                places: Arc::new(places),
                retention_days,
            }
        },
        |_, _| true,
    )
}

#[cfg(test)]
mod tests {
    use super::{super::backup_list::test_backup, *};

    fn shown_of(names: &[&str], places: &[u32], retention_days: Option<u32>) -> Shown {
        let backups: Vec<_> = names
            .iter()
            .map(|name| test_backup(name, None, None, None))
            .collect();
        Shown {
            list: BackupList::of(&backups),
            places: Arc::new(places.to_vec()),
            retention_days,
        }
    }

    #[test]
    fn the_focus_goes_to_the_next_row_shown_if_there_is_one() {
        let shown = shown_of(&["a", "b", "c", "hidden"], &[2, 0, 1], None);
        for (name, expected) in [
            ("c", Some("a")),
            ("a", Some("b")),
            ("b", None),
            ("hidden", None),
            ("not there", None),
        ] {
            assert_eq!(shown.next_after(name).as_deref(), expected, "{name}");
        }
        let names: Vec<_> = shown.rows().map(|row| row.name).collect();
        assert_eq!(names, ["c", "a", "b"]);
    }

    #[test]
    fn a_row_has_another_key_once_its_retention_is_known() {
        let keys = |days| {
            let shown = shown_of(&["a", "b"], &[0, 1], days);
            [shown.key(0), shown.key(1)]
        };
        let all = [keys(None), keys(Some(0)), keys(Some(14))].concat();
        for (index, key) in all.iter().enumerate() {
            assert!(!all[..index].contains(key), "{index}");
        }
        assert_eq!(keys(Some(14)), keys(Some(14)));
    }
}
