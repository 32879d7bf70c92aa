//! The order of the servers, as the URL's query has it; pure.

use std::cmp::Ordering;

use super::row::Row;
use crate::ui::sort_header::SortDirection;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Which way round; what is not known comes last in both.
    pub direction: SortDirection,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::State,
        Self::ResourceGroup,
        Self::Location,
        Self::Version,
        Self::Retention,
        Self::Subscription,
    ];

    /// Its word in the query.
    const fn key(self) -> &'static str {
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

    /// *A to Z*, *lowest first*.
    const fn order(self, direction: SortDirection) -> &'static str {
        match (matches!(self, Self::Version | Self::Retention), direction) {
            (false, SortDirection::Ascending) => "A to Z",
            (false, SortDirection::Descending) => "Z to A",
            (true, SortDirection::Ascending) => "lowest first",
            (true, SortDirection::Descending) => "highest first",
        }
    }
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            column: Column::Name,
            direction: SortDirection::Ascending,
        }
    }
}

impl Sort {
    /// The order that the query names: `state`, or `-state` for the other way round. Any other word is the default.
    pub fn from_query(word: Option<&str>) -> Self {
        let word = word.unwrap_or_default();
        let (direction, key) = match word.strip_prefix('-') {
            Some(key) => (SortDirection::Descending, key),
            None => (SortDirection::Ascending, word),
        };
        let column = Column::ALL.into_iter().find(|column| column.key() == key);
        column.map_or_else(Self::default, |column| Self { column, direction })
    }

    /// Its word in the query; the default needs none.
    pub fn to_query(self) -> Option<String> {
        let sign = match self.direction {
            SortDirection::Ascending => "",
            SortDirection::Descending => "-",
        };
        (self != Self::default()).then(|| format!("{sign}{}", self.column.key()))
    }

    /// The order after a click on a column's head: by that column, or the other way round.
    pub fn after_click(self, column: Column) -> Self {
        let direction = if column == self.column {
            self.direction.reversed()
        } else {
            SortDirection::Ascending
        };
        Self { column, direction }
    }

    /// *Name, A to Z*.
    pub fn label(self) -> String {
        format!("{}, {}", self.column.label(), self.column.order(self.direction))
    }

    /// *Sorted by name, A to Z.*
    pub fn spoken(self) -> String {
        let column = self.column.label().to_ascii_lowercase();
        format!("Sorted by {column}, {}.", self.column.order(self.direction))
    }

    /// Which of two rows comes first; rows that are equal in this come by name, then by id.
    pub fn compare(self, a: &Row, b: &Row) -> Ordering {
        let ordered = match self.column {
            Column::Name => self.directed(&a.lower_name, &b.lower_name),
            Column::State => self.known_first(
                a.server.state.as_ref().map(|_| a.state()),
                b.server.state.as_ref().map(|_| b.state()),
            ),
            Column::ResourceGroup => self.directed(
                a.server.resource_group.to_ascii_lowercase(),
                b.server.resource_group.to_ascii_lowercase(),
            ),
            Column::Location => self.known_first(a.location.as_ref(), b.location.as_ref()),
            Column::Version => self.known_first(version(a), version(b)),
            Column::Retention => {
                self.known_first(a.server.backup_retention_days, b.server.backup_retention_days)
            }
            Column::Subscription => self.directed(
                a.subscription.to_ascii_lowercase(),
                b.subscription.to_ascii_lowercase(),
            ),
        };
        ordered
            .then_with(|| a.lower_name.cmp(&b.lower_name))
            .then_with(|| a.key.cmp(&b.key))
    }

    fn directed<T: Ord>(self, a: T, b: T) -> Ordering {
        match self.direction {
            SortDirection::Ascending => a.cmp(&b),
            SortDirection::Descending => b.cmp(&a),
        }
    }

    fn known_first<T: Ord>(self, a: Option<T>, b: Option<T>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.directed(a, b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
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
        assert_eq!(Sort::default().label(), "Name, A to Z");
    }
}
