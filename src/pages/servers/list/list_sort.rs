//! The order of the servers, as the URL's query has it; pure.

use std::cmp::Ordering;

use super::row::Row;
use crate::ui::{
    sort_header::SortDirection,
    sort_order::{SortColumn, SortOrder},
};

/// What a column sorts by. The last backup is read for the rows in sight only, so nothing can be sorted by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name, without regard to case.
    Name,
    /// The state's word.
    State,
    /// The resource group, without regard to case.
    ResourceGroup,
    /// The region's name.
    Location,
    /// The major version of PostgreSQL.
    Version,
    /// For how many days backups are kept.
    Retention,
    /// The subscription's name.
    Subscription,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::State => "State",
            Self::ResourceGroup => "Resource group",
            Self::Location => "Location",
            Self::Version => "Version",
            Self::Retention => "Backup retention",
            Self::Subscription => "Subscription",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::State,
        Self::ResourceGroup,
        Self::Location,
        Self::Version,
        Self::Retention,
        Self::Subscription,
    ];

    fn default_order() -> Sort {
        Sort {
            column: Self::Name,
            direction: SortDirection::Ascending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
            Self::ResourceGroup => "group",
            Self::Location => "location",
            Self::Version => "version",
            Self::Retention => "retention",
            Self::Subscription => "subscription",
        }
    }

    fn spoken(self) -> String {
        self.label().to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        match self {
            Self::Version | Self::Retention => ["lowest first", "highest first"],
            _ => ["A to Z", "Z to A"],
        }
    }
}

/// Which of two rows comes first; rows that are equal in this come by name, then by id.
pub fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let Sort { column, direction } = sort;
    let ordered = match column {
        Column::Name => directed(direction, &a.lower_name, &b.lower_name),
        Column::State => known_first(
            direction,
            a.server.state.as_ref().map(|_| a.state()),
            b.server.state.as_ref().map(|_| b.state()),
        ),
        Column::ResourceGroup => directed(
            direction,
            a.server.resource_group.to_ascii_lowercase(),
            b.server.resource_group.to_ascii_lowercase(),
        ),
        Column::Location => known_first(direction, a.location.as_ref(), b.location.as_ref()),
        Column::Version => known_first(direction, version(a), version(b)),
        Column::Retention => known_first(
            direction,
            a.server.backup_retention_days,
            b.server.backup_retention_days,
        ),
        Column::Subscription => directed(
            direction,
            a.subscription.to_ascii_lowercase(),
            b.subscription.to_ascii_lowercase(),
        ),
    };
    ordered
        .then_with(|| a.lower_name.cmp(&b.lower_name))
        .then_with(|| a.key.cmp(&b.key))
}

fn directed<T: Ord>(direction: SortDirection, a: T, b: T) -> Ordering {
    match direction {
        SortDirection::Ascending => a.cmp(&b),
        SortDirection::Descending => b.cmp(&a),
    }
}

fn known_first<T: Ord>(direction: SortDirection, a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => directed(direction, a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The number of a major version, so that 9 comes before 17.
fn version(row: &Row) -> Option<u32> {
    row.server.version.as_deref()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use SortDirection::{Ascending, Descending};

    #[test]
    fn the_query_keeps_every_order_and_the_default_needs_no_word() {
        for (word, kept) in [
            (None, None),
            (Some("name"), None),
            (Some("-name"), Some("-name")),
            (Some("group"), Some("group")),
            (Some("-retention"), Some("-retention")),
            (Some("size"), None),
            (Some("--name"), None),
            (Some("-"), None),
        ] {
            assert_eq!(Sort::from_query(word).to_query().as_deref(), kept, "{word:?}");
        }
    }

    #[test]
    fn a_click_sorts_by_the_column_and_another_turns_it_round() {
        for (before, column, expected) in [
            (None, Column::Name, (Column::Name, Descending)),
            (None, Column::State, (Column::State, Ascending)),
            (Some("state"), Column::State, (Column::State, Descending)),
            (Some("-state"), Column::State, (Column::State, Ascending)),
            (Some("-state"), Column::Version, (Column::Version, Ascending)),
        ] {
            let sort = Sort::from_query(before).after_click(column);
            assert_eq!((sort.column, sort.direction), expected, "{before:?} {column:?}");
        }
    }

    #[test]
    fn the_order_is_said_in_words() {
        for (word, expected) in [
            (None, "Sorted by name, A to Z."),
            (Some("-subscription"), "Sorted by subscription, Z to A."),
            (Some("retention"), "Sorted by backup retention, lowest first."),
            (Some("-version"), "Sorted by version, highest first."),
        ] {
            assert_eq!(Sort::from_query(word).spoken(), expected);
        }
        let first = Sort::default();
        assert_eq!((first.column.label(), first.words()), ("Name", "A to Z"));
    }
}
