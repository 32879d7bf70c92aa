//! The order of a list as a word of the URL's query and as words for people; pure.

use super::sort_header::SortDirection;

/// What a list can be sorted by.
pub trait SortColumn: Copy + PartialEq + 'static {
    /// All columns, in their order.
    const ALL: &'static [Self];

    /// The order of a list that nobody has sorted.
    fn default_order() -> SortOrder<Self>;

    /// Its word in the query.
    fn key(self) -> &'static str;

    /// What it is called in a sentence: *completed*.
    fn spoken(self) -> String;

    /// The words for its smallest first, and for its largest first: *A to Z*, *Z to A*.
    fn directions(self) -> [&'static str; 2];

    /// Which way round it is sorted first.
    fn first_direction(self) -> SortDirection {
        SortDirection::Ascending
    }
}

/// By what a list is sorted, and which way round; what is not known comes last in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SortOrder<C> {
    /// By what.
    pub column: C,
    /// Which way round.
    pub direction: SortDirection,
}

impl<C: SortColumn> Default for SortOrder<C> {
    fn default() -> Self {
        C::default_order()
    }
}

impl<C: SortColumn> SortOrder<C> {
    /// The order that the query names: `name`, or `-name` for the largest first. Any other word is the default.
    pub fn from_query(word: Option<&str>) -> Self {
        let word = word.unwrap_or_default();
        let (direction, key) = match word.strip_prefix('-') {
            Some(key) => (SortDirection::Descending, key),
            None => (SortDirection::Ascending, word),
        };
        let column = C::ALL.iter().copied().find(|column| column.key() == key);
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
    #[must_use]
    pub fn after_click(self, column: C) -> Self {
        let direction = if column == self.column {
            self.direction.reversed()
        } else {
            column.first_direction()
        };
        Self { column, direction }
    }

    /// *A to Z*, *newest first*.
    pub fn words(self) -> &'static str {
        let [ascending, descending] = self.column.directions();
        match self.direction {
            SortDirection::Ascending => ascending,
            SortDirection::Descending => descending,
        }
    }

    /// *Sorted by completed, newest first.*
    pub fn spoken(self) -> String {
        format!("Sorted by {}, {}.", self.column.spoken(), self.words())
    }
}
