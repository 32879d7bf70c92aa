//! The order of the instances and which of them are shown, as the URL's query has it; pure.

use std::cmp::Ordering;

use super::row::Row;
use crate::{
    components::protection_words,
    pages::vaults::list_bar::known_first,
    text,
    ui::{
        sort_header::SortDirection,
        sort_order::{SortColumn, SortOrder},
    },
};

/// The *State* filter: the word in the query, and its label. The first one shows all.
pub const STATES: [(&str, &str); 6] = [
    ("", "All"),
    ("protected", "Protected"),
    ("failed", "Failed"),
    ("changing", "Being changed"),
    ("stopped", "Stopped or suspended"),
    ("deleted", "Soft deleted"),
];

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name, without regard to case.
    Name,
    /// What it protects.
    Source,
    /// What kind of thing that is.
    Kind,
    /// The words of its state.
    State,
    /// The policy's name.
    Policy,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Source => "Datasource",
            Self::Kind => "Type",
            Self::State => "Protection",
            Self::Policy => "Policy",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[Self::Name, Self::Source, Self::Kind, Self::State, Self::Policy];

    fn default_order() -> Sort {
        Sort {
            column: Self::Name,
            direction: SortDirection::Ascending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Source => "datasource",
            Self::Kind => "type",
            Self::State => "protection",
            Self::Policy => "policy",
        }
    }

    fn spoken(self) -> String {
        self.label().to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        ["A to Z", "Z to A"]
    }
}

/// The indices of the rows whose name or datasource has this in it and that are in this group, in this order.
pub fn shown(rows: &[Row], search: &str, group: &str, sort: Sort) -> Vec<usize> {
    let search = search.trim().to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&search);
    let is_wanted = |index: &usize| {
        let row = &rows[*index];
        (group.is_empty() || row.group() == group) && (has(&row.name) || has(&row.source))
    };
    let mut shown: Vec<usize> = (0..rows.len()).filter(is_wanted).collect();
    shown.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
    shown
}

fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let Sort { column, direction } = sort;
    let lower = |word: &str| Some(word.to_ascii_lowercase());
    let ordered = match column {
        Column::Name => known_first(direction, lower(&a.name), lower(&b.name)),
        Column::Source => known_first(direction, lower(&a.source), lower(&b.source)),
        Column::Kind => known_first(direction, lower(&a.kind), lower(&b.kind)),
        Column::State => {
            let words = |row: &Row| {
                row.state
                    .is_some()
                    .then(|| protection_words(row.state.as_ref()).to_owned())
            };
            known_first(direction, words(a), words(b))
        }
        Column::Policy => {
            let word = |row: &Row| row.policy.as_deref().map(str::to_ascii_lowercase);
            known_first(direction, word(a), word(b))
        }
    };
    ordered
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.key.cmp(&b.key))
}

/// *3 of 17 instances*, *17 instances*.
pub fn count(shown: usize, all: usize) -> String {
    match text::count(all, "instance") {
        all_of_them if shown == all => all_of_them,
        of_all => format!("{shown} of {of_all}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::row::tests::fleet, *};

    fn check(search: &str, group: &str, sort: &str, expected: &[&str]) {
        let rows = fleet();
        let shown = shown(&rows, search, group, Sort::from_query(Some(sort)));
        let names: Vec<_> = shown.iter().map(|index| rows[*index].name.as_str()).collect();
        assert_eq!(names, expected, "{search:?} {group:?} {sort:?}");
    }

    #[test]
    fn rows_are_found_by_name_and_datasource_and_grouped_by_what_to_do_about_them() {
        check("", "", "", &["blob-3", "old-invoices-2", "pg-a-0", "pg-a-1"]);
        check(" PG-A ", "", "-name", &["pg-a-1", "pg-a-0", "blob-3"]);
        check("invoices", "", "", &["old-invoices-2"]);
        check("", "protected", "", &["pg-a-1"]);
        check("", "failed", "", &["old-invoices-2"]);
        check("", "deleted", "", &["pg-a-0"]);
        check("", "changing", "", &[]);
        check(
            "",
            "",
            "protection",
            &["old-invoices-2", "pg-a-1", "pg-a-0", "blob-3"],
        );
        check(
            "",
            "",
            "-protection",
            &["pg-a-0", "pg-a-1", "old-invoices-2", "blob-3"],
        );
        check(
            "",
            "",
            "datasource",
            &["old-invoices-2", "blob-3", "pg-a-0", "pg-a-1"],
        );
        check("", "", "type", &["old-invoices-2", "pg-a-0", "pg-a-1", "blob-3"]);
    }

    #[test]
    fn the_count_names_both_numbers_only_where_they_differ() {
        assert_eq!(
            (count(4, 4), count(1, 4)),
            ("4 instances".to_owned(), "1 of 4 instances".to_owned())
        );
    }
}
