//! Which rows of the list are shown, in which order; pure. The URL's query holds it.
//!
//! Nothing here compares texts of two backups, so that 50,000 of them are filtered and ordered in a few milliseconds.

use arm_core::Timestamp;
use chrono::TimeDelta;

use super::{
    backup_list::{BackupList, Entry},
    list_sort::{Column, Sort},
    row::Kind,
};
use crate::{text, ui::sort_header::SortDirection};

/// The words of the *Backup types* filter in the query and, in Azure's own words, on the screen; the default first.
pub const TYPES: [(&str, &str); 3] = [
    ("", "All"),
    ("on-demand", "On-Demand backup"),
    ("automatic", "Automatic backup"),
];

/// The words of the *Completed* filter in the query and on the screen; the default first.
pub const TIMES: [(&str, &str); 5] = [
    ("", "Any time"),
    ("24h", "Last 24 hours"),
    ("7d", "Last 7 days"),
    ("30d", "Last 30 days"),
    ("older", "More than 30 days ago"),
];

/// What the filters ask for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// Completed since then.
    pub since: Option<Timestamp>,
    /// Completed before then.
    pub before: Option<Timestamp>,
    /// The name has this in it, in any case.
    pub search: String,
}

/// The word of the query, if the filter has it, or else that of the default.
pub fn word_of(choices: &[(&'static str, &'static str)], word: Option<&str>) -> &'static str {
    let mut values = choices.iter().map(|(value, _)| *value);
    values.find(|value| Some(*value) == word).unwrap_or_default()
}

impl Filter {
    /// What these words of the query mean now.
    pub fn new(kind: &str, time: &str, search: &str, now: Timestamp) -> Self {
        let kind = match kind {
            "on-demand" => Some(Kind::OnDemand),
            "automatic" => Some(Kind::Automatic),
            _ => None,
        };
        let (since, before) = match time {
            "24h" => (Some(TimeDelta::hours(24)), None),
            "7d" => (Some(TimeDelta::days(7)), None),
            "30d" => (Some(TimeDelta::days(30)), None),
            "older" => (None, Some(TimeDelta::days(30))),
            _ => (None, None),
        };
        Self {
            kind,
            since: since.map(|ago| now - ago),
            before: before.map(|ago| now - ago),
            search: search.trim().to_ascii_lowercase(),
        }
    }

    /// Whether the list shows it. What has no time was completed at any time only.
    fn takes(&self, entry: &Entry) -> bool {
        self.kind.is_none_or(|kind| entry.kind == kind)
            && self
                .since
                .is_none_or(|since| entry.completed.is_some_and(|at| at >= since))
            && self
                .before
                .is_none_or(|before| entry.completed.is_some_and(|at| at < before))
            && contains(entry.name.as_bytes(), self.search.as_bytes())
    }
}

/// Whether the text has the part in it, whose letters are small ones.
fn contains(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else {
        return true;
    };
    let is_start = |start: &usize| {
        text[*start].eq_ignore_ascii_case(first)
            && text[start + 1..]
                .get(..rest.len())
                .is_some_and(|piece| piece.eq_ignore_ascii_case(rest))
    };
    (0..text.len()).any(|start| is_start(&start))
}

/// The places of the backups shown, in the order asked for. Where a server's retention is not known, neither is how
/// long any backup is kept.
pub fn shown(list: &BackupList, filter: &Filter, sort: Sort, is_retention_known: bool) -> Vec<u32> {
    let taken = |places: &[u32]| -> Vec<u32> {
        let is_taken = |place: &u32| list.entry(*place).is_some_and(|entry| filter.takes(entry));
        places.iter().copied().filter(is_taken).collect()
    };
    let is_descending = sort.direction == SortDirection::Descending;
    match sort.column {
        Column::Name => {
            let mut places = taken(list.by_name());
            if is_descending {
                places.reverse();
            }
            places
        }
        Column::Completed => by_time(list, taken(list.newest_first()), is_descending),
        Column::Retained if is_retention_known => by_time(list, taken(list.newest_first()), is_descending),
        Column::Retained => taken(list.newest_first()),
        Column::Type => {
            let kinds = Kind::ALL.map(|kind| (kind.label(), kind as u16)).to_vec();
            grouped(taken(list.newest_first()), kinds, is_descending, |place| {
                list.entry(place).map(|entry| entry.kind as u16)
            })
        }
        Column::Source => {
            let mut sources: Vec<(&str, u16)> = Vec::new();
            for source in list.sources() {
                let place = sources.partition_point(|known| *known < source);
                sources.insert(place, source);
            }
            grouped(taken(list.newest_first()), sources, is_descending, |place| {
                list.entry(place).map(|entry| entry.source)
            })
        }
    }
}

/// Of places with the newest first: they, or the oldest first; what has no time stays last.
fn by_time(list: &BackupList, mut places: Vec<u32>, is_descending: bool) -> Vec<u32> {
    if !is_descending {
        let has_time = |place: &u32| list.entry(*place).is_some_and(|entry| entry.completed.is_some());
        let known = places.partition_point(has_time);
        places[..known].reverse();
    }
    places
}

/// The places group by group, each group in the order it had.
fn grouped(
    places: Vec<u32>,
    mut groups: Vec<(&str, u16)>,
    is_descending: bool,
    group_of: impl Fn(u32) -> Option<u16>,
) -> Vec<u32> {
    if is_descending {
        groups.reverse();
    }
    let mut ordered: Vec<Vec<u32>> = vec![Vec::new(); groups.len()];
    let mut rank = vec![None; groups.len()];
    for (index, (_, group)) in groups.iter().enumerate() {
        if let Some(rank) = rank.get_mut(usize::from(*group)) {
            *rank = Some(index);
        }
    }
    for place in places {
        let rank = group_of(place).and_then(|group| rank.get(usize::from(group)).copied().flatten());
        if let Some(group) = rank.and_then(|rank| ordered.get_mut(rank)) {
            group.push(place);
        }
    }
    ordered.concat()
}

/// *3 of 17 backups*, *17 backups*.
pub fn count(shown: usize, all: usize) -> String {
    let backups = text::count(all, "backup");
    if shown == all {
        backups
    } else {
        format!("{shown} of {backups}")
    }
}

#[cfg(test)]
mod tests {
    use arm_client::{Backup, BackupType};

    use super::{super::backup_list::test_backup, *};

    fn backups() -> Vec<Backup> {
        let own = || Some(BackupType::CustomerOnDemand);
        let full = || Some(BackupType::Full);
        vec![
            test_backup(
                "backup_1",
                full(),
                Some("2026-03-10T02:00:00Z"),
                Some("Automatic"),
            ),
            test_backup(
                "Before-v42",
                own(),
                Some("2026-03-11T02:00:00Z"),
                Some("Customer Initiated"),
            ),
            test_backup(
                "backup_2",
                full(),
                Some("2026-03-12T02:00:00Z"),
                Some("Automatic"),
            ),
            test_backup("copy", Some(BackupType::Other("Copy".to_owned())), None, None),
        ]
    }

    fn names(filter: &Filter, word: &str, is_retention_known: bool) -> Vec<String> {
        let list = BackupList::of(&backups());
        let places = shown(&list, filter, Sort::from_query(Some(word)), is_retention_known);
        let name = |place| list.entry(place).expect("a place of the list").name.to_string();
        places.into_iter().map(name).collect()
    }

    #[test]
    fn each_order_and_what_is_not_known_last() {
        let newest_first = ["backup_2", "Before-v42", "backup_1", "copy"];
        let oldest_first = ["backup_1", "Before-v42", "backup_2", "copy"];
        for (word, expected) in [
            ("", newest_first),
            ("name", ["backup_1", "backup_2", "Before-v42", "copy"]),
            ("-name", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("type", ["backup_2", "backup_1", "Before-v42", "copy"]),
            ("-type", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("completed", oldest_first),
            ("source", ["backup_2", "backup_1", "Before-v42", "copy"]),
            ("-source", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("retained", oldest_first),
            ("-retained", newest_first),
        ] {
            assert_eq!(names(&Filter::default(), word, true), expected, "{word}");
        }
        for word in ["retained", "-retained"] {
            assert_eq!(
                names(&Filter::default(), word, false),
                newest_first,
                "{word}, not known"
            );
        }
    }

    #[test]
    fn the_filters_work_together() {
        for (kind, time, search, expected) in [
            ("", "", "", vec!["backup_2", "Before-v42", "backup_1", "copy"]),
            ("on-demand", "", "", vec!["Before-v42"]),
            ("automatic", "", "", vec!["backup_2", "backup_1"]),
            ("", "", "BEFORE", vec!["Before-v42"]),
            ("", "", " _1 ", vec!["backup_1"]),
            ("", "", "v42x", vec![]),
            ("on-demand", "", "backup", vec![]),
            ("", "24h", "", vec!["backup_2"]),
            ("", "7d", "", vec!["backup_2", "Before-v42", "backup_1"]),
            ("automatic", "7d", "1", vec!["backup_1"]),
            ("", "older", "", vec![]),
        ] {
            let now = "2026-03-12T09:41:22Z".parse().expect("a moment");
            let filter = Filter::new(kind, time, search, now);
            assert_eq!(names(&filter, "", true), expected, "{kind} {time} {search:?}");
        }
    }

    #[test]
    fn the_times_meet_without_gap_or_overlap() {
        let now = "2026-04-10T02:00:00Z".parse().expect("a moment");
        let of = |time| names(&Filter::new("", time, "", now), "", true);
        assert_eq!(
            of("30d"),
            ["backup_2", "Before-v42"],
            "a month ago is not in the last 30 days"
        );
        assert_eq!(of("older"), ["backup_1"]);
    }

    #[test]
    fn only_words_of_a_filter_are_taken_from_the_query() {
        for (word, expected) in [
            (None, ""),
            (Some("on-demand"), "on-demand"),
            (Some("automatic"), "automatic"),
            (Some("On-Demand"), ""),
            (Some("x"), ""),
        ] {
            assert_eq!(word_of(&TYPES, word), expected, "{word:?}");
        }
    }

    #[test]
    fn the_count_names_both_numbers_only_where_they_differ() {
        for (shown, all, expected) in [
            (17, 17, "17 backups"),
            (1, 1, "1 backup"),
            (3, 17, "3 of 17 backups"),
            (0, 1, "0 of 1 backup"),
            (0, 0, "0 backups"),
        ] {
            assert_eq!(count(shown, all), expected);
        }
    }
}
