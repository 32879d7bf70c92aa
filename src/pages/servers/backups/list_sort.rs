//! The order of the rows, as the URL's query has it; pure.

use crate::ui::{
    sort_header::SortDirection,
    sort_order::{SortColumn, SortOrder},
};

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
pub type Sort = SortOrder<Column>;

impl Column {
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

impl SortColumn for Column {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::Type,
        Self::Completed,
        Self::Source,
        Self::Retained,
    ];

    fn default_order() -> Sort {
        Sort {
            column: Self::Completed,
            direction: SortDirection::Descending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Completed => "completed",
            Self::Source => "source",
            Self::Retained => "retained",
        }
    }

    fn spoken(self) -> String {
        self.label_of_cards().to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        if self.is_of_time() {
            ["oldest first", "newest first"]
        } else {
            ["A to Z", "Z to A"]
        }
    }

    fn first_direction(self) -> SortDirection {
        if self.is_of_time() {
            SortDirection::Descending
        } else {
            SortDirection::Ascending
        }
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
