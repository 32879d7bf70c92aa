//! The order of jobs, as the URL's query has it, and which of them are shown; pure.

use std::cmp::Ordering;

use arm_core::Timestamp;

use super::row::Row;
use crate::{
    pages::vaults::known_first,
    text,
    ui::{
        sort_header::SortDirection,
        sort_order::{SortColumn, SortOrder},
    },
};

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What is done, without regard to case.
    Operation,
    /// What it is done to.
    Source,
    /// How it goes: what runs, what failed, what is worth a look, the rest.
    State,
    /// The vault's name.
    Vault,
    /// When it began.
    Started,
    /// How long it took; what runs comes last.
    Duration,
    /// The subscription's name.
    Subscription,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Operation => "Operation",
            Self::Source => "Datasource",
            Self::State => "State",
            Self::Vault => "Vault",
            Self::Started => "Started (UTC)",
            Self::Duration => "Duration",
            Self::Subscription => "Subscription",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[
        Self::Operation,
        Self::Source,
        Self::State,
        Self::Vault,
        Self::Started,
        Self::Duration,
        Self::Subscription,
    ];

    fn default_order() -> Sort {
        Sort {
            column: Self::Started,
            direction: SortDirection::Descending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Source => "datasource",
            Self::State => "state",
            Self::Vault => "vault",
            Self::Started => "started",
            Self::Duration => "duration",
            Self::Subscription => "subscription",
        }
    }

    fn spoken(self) -> String {
        match self {
            Self::Started => "started".to_owned(),
            other => other.label().to_ascii_lowercase(),
        }
    }

    fn directions(self) -> [&'static str; 2] {
        match self {
            Self::Started => ["oldest first", "newest first"],
            Self::Duration => ["shortest first", "longest first"],
            Self::State => ["what runs and what failed first", "what completed first"],
            _ => ["A to Z", "Z to A"],
        }
    }

    fn first_direction(self) -> SortDirection {
        match self {
            Self::Started | Self::Duration => SortDirection::Descending,
            _ => SortDirection::Ascending,
        }
    }
}

/// What the rows must be; empty texts want nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// What datasource, operation or id have in them, without regard to case.
    pub search: String,
    /// The group of states.
    pub state: String,
    /// The operation.
    pub operation: String,
    /// The vault's name.
    pub vault: String,
    /// The subscription's id.
    pub subscription: String,
    /// When they began at the earliest; what began nobody knows when is left out then.
    pub since: Option<Timestamp>,
}

/// The indices of the rows that are wanted, in this order.
pub fn shown(rows: &[Row], filters: &Filters, sort: Sort) -> Vec<usize> {
    let search = filters.search.trim().to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&search);
    let is = |wanted: &str, value: &str| wanted.is_empty() || wanted.eq_ignore_ascii_case(value);
    let is_wanted = |index: &usize| {
        let row = &rows[*index];
        is(&filters.state, row.state.group())
            && is(&filters.operation, &row.operation)
            && is(&filters.vault, &row.vault)
            && is(&filters.subscription, row.id.subscription_id())
            && filters
                .since
                .is_none_or(|since| row.started.is_some_and(|at| at >= since))
            && (has(&row.source) || has(&row.operation) || is_id(row, &search))
    };
    let mut shown: Vec<usize> = (0..rows.len()).filter(is_wanted).collect();
    shown.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
    shown
}

/// Whether what is searched for is the job's id, or the beginning of its name; parts of the rest of an id would find all.
fn is_id(row: &Row, search: &str) -> bool {
    row.key == search || row.id.name().to_ascii_lowercase().starts_with(search)
}

/// *3 of 17 jobs*, *17 jobs*.
pub fn count(shown: usize, all: usize) -> String {
    match text::count(all, "job") {
        all_of_them if shown == all => all_of_them,
        of_all => format!("{shown} of {of_all}"),
    }
}

/// Which of two rows comes first; what is not known comes last in both directions, and rows that are equal in this come
/// newest first, then by id.
fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let Sort { column, direction } = sort;
    let words = |of: fn(&Row) -> &str| {
        let lower = |row: &Row| Some(of(row).to_ascii_lowercase()).filter(|word| word != "unknown");
        known_first(direction, lower(a), lower(b))
    };
    let ordered = match column {
        Column::Operation => words(|row| &row.operation),
        Column::Source => words(|row| &row.source),
        Column::Vault => words(|row| &row.vault),
        Column::Subscription => words(|row| &row.subscription),
        Column::State => known_first(direction, Some(a.state), Some(b.state)),
        Column::Started => known_first(direction, a.started, b.started),
        Column::Duration => known_first(direction, a.took(), b.took()),
    };
    ordered
        .then_with(|| known_first(SortDirection::Descending, a.started, b.started))
        .then_with(|| a.key.cmp(&b.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::jobs::row::samples;

    fn names(filters: &Filters, sort: &str) -> Vec<String> {
        let rows = samples::rows();
        let shown = shown(&rows, filters, Sort::from_query(Some(sort)));
        shown
            .into_iter()
            .map(|index| rows[index].id.name().to_owned())
            .collect()
    }

    #[test]
    fn each_column_sorts_both_ways_and_what_is_unknown_comes_last() {
        for (word, expected) in [
            ("", ["4", "2", "1", "3"]),
            ("started", ["1", "2", "4", "3"]),
            ("-started", ["4", "2", "1", "3"]),
            ("operation", ["2", "1", "4", "3"]),
            ("-operation", ["4", "2", "1", "3"]),
            ("datasource", ["2", "1", "3", "4"]),
            ("-datasource", ["4", "3", "1", "2"]),
            ("state", ["4", "2", "3", "1"]),
            ("-state", ["1", "3", "2", "4"]),
            ("duration", ["2", "1", "4", "3"]),
            ("-duration", ["1", "2", "4", "3"]),
            ("vault", ["4", "2", "1", "3"]),
            ("subscription", ["4", "2", "1", "3"]),
        ] {
            assert_eq!(names(&Filters::default(), word), expected, "{word}");
        }
    }

    #[test]
    fn jobs_are_found_by_words_and_ids_and_filtered_by_what_they_are() {
        let id = samples::rows()[1].id.as_str().to_ascii_uppercase();
        let since = "2026-03-08T00:00:00Z";
        for (search, state, operation, vault, since, expected) in [
            (" ", "", "", "", "", vec!["4", "2", "1", "3"]),
            ("OLD", "", "", "", "", vec!["2"]),
            ("restore", "", "", "", "", vec!["4"]),
            (id.as_str(), "", "", "", "", vec!["2"]),
            ("subscriptions", "", "", "", "", vec![]),
            ("", "failed", "", "", "", vec!["2"]),
            ("", "completed", "", "", "", vec!["1"]),
            ("", "running", "", "", "", vec!["4"]),
            ("", "", "restore", "", "", vec!["4"]),
            ("", "", "", "BV", "", vec!["4", "2", "1", "3"]),
            ("", "", "", "bv-b", "", vec![]),
            ("", "", "", "", since, vec!["4", "2"]),
            ("pg-a", "running", "", "", "", vec![]),
        ] {
            let filters = Filters {
                search: search.to_owned(),
                state: state.to_owned(),
                operation: operation.to_owned(),
                vault: vault.to_owned(),
                since: since.parse().ok(),
                ..Filters::default()
            };
            assert_eq!(names(&filters, ""), expected, "{filters:?}");
        }
        for (subscription, expected) in [("S", 4), ("t", 0)] {
            let filters = Filters {
                subscription: subscription.to_owned(),
                ..Filters::default()
            };
            assert_eq!(names(&filters, "").len(), expected);
        }
    }

    #[test]
    fn order_and_number_are_said_in_words() {
        for (word, expected) in [
            ("", "Sorted by started, newest first."),
            ("duration", "Sorted by duration, shortest first."),
            ("state", "Sorted by state, what runs and what failed first."),
        ] {
            assert_eq!(Sort::from_query(Some(word)).spoken(), expected);
        }
        for (shown, all, expected) in [(4, 4, "4 jobs"), (1, 1, "1 job"), (0, 4, "0 of 4 jobs")] {
            assert_eq!(count(shown, all), expected);
        }
    }
}
