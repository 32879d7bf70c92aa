//! Which rows of the list are shown; pure. The URL's query holds it.

use super::{
    list_sort::Sort,
    row::{Kind, Row},
};
use crate::text;

/// The words of the *Backup types* filter in the query and, in Azure's own words, on the screen; the default first.
pub const TYPES: [(&str, &str); 3] = [
    ("", "All"),
    ("on-demand", "On-Demand backup"),
    ("automatic", "Automatic backup"),
];

/// The word of the query, if the filter has it, or else that of the default.
pub fn type_from_query(word: Option<&str>) -> &'static str {
    TYPES
        .into_iter()
        .map(|(value, _)| value)
        .find(|value| Some(*value) == word)
        .unwrap_or_default()
}

/// The rows whose type is asked for and whose name has the text in it, in this order.
pub fn shown(rows: &[Row], kind: &str, search: &str, sort: Sort) -> Vec<Row> {
    let kind = match kind {
        "on-demand" => Some(Kind::OnDemand),
        "automatic" => Some(Kind::Automatic),
        _ => None,
    };
    let search = search.trim().to_ascii_lowercase();
    let is_wanted = |row: &&Row| {
        kind.is_none_or(|kind| row.kind == kind) && row.name.to_ascii_lowercase().contains(&search)
    };
    let mut shown: Vec<_> = rows.iter().filter(is_wanted).cloned().collect();
    shown.sort_by(|a, b| sort.compare(a, b));
    shown
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

/// The backup whose row follows, for the focus once the row of `name` goes.
pub fn next_after(rows: &[Row], name: &str) -> Option<String> {
    let after = rows.iter().skip_while(|row| row.name != name).nth(1);
    after.map(|row| row.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, kind: Kind, day: Option<u32>, source: &str) -> Row {
        let moment = |day: u32| format!("2026-03-{day:02}T02:00:00Z").parse().expect("a moment");
        Row {
            name: name.to_owned(),
            kind,
            completed: day.map(moment),
            source: source.to_owned(),
            retained_until: day.map(|day| moment(day + 14)),
        }
    }

    fn rows() -> Vec<Row> {
        vec![
            row("backup_2", Kind::Automatic, Some(12), "Automatic"),
            row("Before-v42", Kind::OnDemand, Some(11), "Customer Initiated"),
            row("backup_1", Kind::Automatic, Some(10), "Automatic"),
            row("copy", Kind::Other, None, "Unknown"),
        ]
    }

    fn names(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn each_column_sorts_both_ways_and_what_is_unknown_comes_last() {
        for (word, expected) in [
            ("", ["backup_2", "Before-v42", "backup_1", "copy"]),
            ("completed", ["backup_1", "Before-v42", "backup_2", "copy"]),
            ("name", ["backup_1", "backup_2", "Before-v42", "copy"]),
            ("-name", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("type", ["backup_2", "backup_1", "Before-v42", "copy"]),
            ("-type", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("source", ["backup_2", "backup_1", "Before-v42", "copy"]),
            ("-source", ["copy", "Before-v42", "backup_2", "backup_1"]),
            ("retained", ["backup_1", "Before-v42", "backup_2", "copy"]),
            ("-retained", ["backup_2", "Before-v42", "backup_1", "copy"]),
        ] {
            let shown = shown(&rows(), "", "", Sort::from_query(Some(word)));
            assert_eq!(names(&shown), expected, "{word}");
        }
    }

    #[test]
    fn type_and_name_filter_together() {
        for (kind, search, expected) in [
            ("", "", vec!["backup_2", "Before-v42", "backup_1", "copy"]),
            ("on-demand", "", vec!["Before-v42"]),
            ("automatic", "", vec!["backup_2", "backup_1"]),
            ("", "BEFORE", vec!["Before-v42"]),
            ("", " _1 ", vec!["backup_1"]),
            ("on-demand", "backup", vec![]),
        ] {
            let shown = shown(&rows(), kind, search, Sort::default());
            assert_eq!(names(&shown), expected, "{kind} {search:?}");
        }
    }

    #[test]
    fn only_words_of_the_filter_are_taken_from_the_query() {
        for (word, expected) in [
            (None, ""),
            (Some("on-demand"), "on-demand"),
            (Some("automatic"), "automatic"),
            (Some("On-Demand"), ""),
            (Some("x"), ""),
        ] {
            assert_eq!(type_from_query(word), expected, "{word:?}");
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

    #[test]
    fn the_focus_goes_to_the_next_row_if_there_is_one() {
        for (name, expected) in [
            ("backup_2", Some("Before-v42")),
            ("Before-v42", Some("backup_1")),
            ("copy", None),
            ("not there", None),
        ] {
            assert_eq!(next_after(&rows(), name).as_deref(), expected, "{name}");
        }
    }
}
