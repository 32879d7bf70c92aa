//! The order of the rows, as the URL's query has it; pure.

use crate::ui::sort_header::SortDirection;

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The backup's name, without regard to case.
    Name,
    /// Automatic or on-demand.
    Type,
    /// When it was completed.
    Completed,
    /// Azure's word for where it comes from.
    Source,
    /// When retention takes it away.
    Retained,
}

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Which way round; what is not known comes last in both.
    pub direction: SortDirection,
}

impl Column {
    /// All columns, in their order.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Type,
        Self::Completed,
        Self::Source,
        Self::Retained,
    ];

    /// Its word in the query.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Completed => "completed",
            Self::Source => "source",
            Self::Retained => "retained",
        }
    }

    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Type => "Type",
            Self::Completed => "Completed (UTC)",
            Self::Source => "Source",
            Self::Retained => "Retained until",
        }
    }

    /// What it is called where there are no heads.
    pub const fn label_of_cards(self) -> &'static str {
        match self {
            Self::Completed => "Completed",
            other => other.label(),
        }
    }

    /// Whether it holds moments.
    pub const fn is_of_time(self) -> bool {
        matches!(self, Self::Completed | Self::Retained)
    }
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            column: Column::Completed,
            direction: SortDirection::Descending,
        }
    }
}

impl Sort {
    /// The order that the query names: `name`, or `-name` for the other way round. Any other word is the default.
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

    /// The order after a click on a column's head: the other way round, or by that column, times newest first.
    pub fn after_click(self, column: Column) -> Self {
        let direction = match (column == self.column, column.is_of_time()) {
            (true, _) => self.direction.reversed(),
            (false, true) => SortDirection::Descending,
            (false, false) => SortDirection::Ascending,
        };
        Self { column, direction }
    }

    /// *Sorted by completed, newest first.*
    pub fn spoken(self) -> String {
        let column = match self.column {
            Column::Completed => "completed".to_owned(),
            other => other.label().to_lowercase(),
        };
        let order = match (self.column.is_of_time(), self.direction) {
            (true, SortDirection::Descending) => "newest first",
            (true, SortDirection::Ascending) => "oldest first",
            (false, SortDirection::Ascending) => "A to Z",
            (false, SortDirection::Descending) => "Z to A",
        };
        format!("Sorted by {column}, {order}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SortDirection::{Ascending, Descending};

    #[test]
    fn the_query_keeps_every_order_and_the_default_needs_no_word() {
        for (word, kept) in [
            (None, None),
            (Some("-completed"), None),
            (Some("completed"), Some("completed")),
            (Some("name"), Some("name")),
            (Some("-retained"), Some("-retained")),
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
            (None, Column::Completed, (Column::Completed, Ascending)),
            (None, Column::Name, (Column::Name, Ascending)),
            (Some("name"), Column::Name, (Column::Name, Descending)),
            (Some("-name"), Column::Name, (Column::Name, Ascending)),
            (Some("name"), Column::Retained, (Column::Retained, Descending)),
        ] {
            let sort = Sort::from_query(before).after_click(column);
            assert_eq!((sort.column, sort.direction), expected, "{before:?} {column:?}");
        }
    }

    #[test]
    fn the_order_is_said_in_words() {
        for (word, expected) in [
            (None, "Sorted by completed, newest first."),
            (Some("completed"), "Sorted by completed, oldest first."),
            (Some("name"), "Sorted by name, A to Z."),
            (Some("-retained"), "Sorted by retained until, newest first."),
        ] {
            assert_eq!(Sort::from_query(word).spoken(), expected);
        }
    }
}
