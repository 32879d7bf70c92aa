//! Lists as files: what is shown, as CSV or JSON.
//!
//! A [`Table`] holds the cells, [`csv`] and [`json`] write it, and [`download`] is the one that touches the page.

pub mod csv;
pub mod download;
pub mod json;
mod name;

use arm_core::Timestamp;

pub use name::file_name;

/// A cell of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text as Azure or a user wrote it.
    Text(String),
    /// A moment; written in ISO 8601 and UTC.
    Moment(Timestamp),
    /// What is not known.
    Unknown,
}

/// The columns of a file and its rows, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns' names: of the first row of CSV, and of the fields of JSON.
    pub columns: &'static [&'static str],
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// In which form a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

impl Format {
    /// The end of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What the browser is told that the file is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The table as a file's text.
    pub fn write(self, table: &Table) -> String {
        match self {
            Self::Csv => csv::write(table),
            Self::Json => json::write(table),
        }
    }
}

impl From<Option<Timestamp>> for Cell {
    fn from(moment: Option<Timestamp>) -> Self {
        moment.map_or(Self::Unknown, Self::Moment)
    }
}

/// `2026-03-12T02:14:07Z`, with as many decimals as the moment has.
fn iso(moment: Timestamp) -> String {
    moment.to_rfc3339().replace("+00:00", "Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc_without_loss() {
        for (written, expected) in [
            ("2026-03-12T02:14:07Z", "2026-03-12T02:14:07Z"),
            ("2026-03-12T03:14:07+01:00", "2026-03-12T02:14:07Z"),
            ("2026-03-12T02:14:07.8853571Z", "2026-03-12T02:14:07.885357100Z"),
        ] {
            assert_eq!(iso(written.parse().expect(written)), expected);
        }
    }
}
