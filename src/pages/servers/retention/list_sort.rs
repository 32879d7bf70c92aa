//! The order of the rows and the filter by state, as the URL's query has them; pure.

use std::cmp::Ordering;

use super::row::{Row, State};
use crate::ui::{
    sort_header::SortDirection,
    sort_order::{SortColumn, SortOrder},
};

/// The *State* filter: the word in the query, and its label. The first one shows all.
pub const STATES: [(&str, &str); 6] = [
    ("", "All"),
    ("running", "Running"),
    ("succeeded", "Succeeded"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
    ("other", "Other"),
];

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The backup's name, without regard to case.
    Name,
    /// Azure's word for its state.
    State,
    /// When it began.
    Started,
    /// When it ended.
    Ended,
    /// How long it took.
    Duration,
    /// How much data the server had.
    Size,
    /// How much has arrived.
    Transferred,
    /// How much is done.
    Done,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::State => "State",
            Self::Started => "Started (UTC)",
            Self::Ended => "Ended (UTC)",
            Self::Duration => "Duration",
            Self::Size => "Data size",
            Self::Transferred => "Transferred",
            Self::Done => "Done",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::State,
        Self::Started,
        Self::Ended,
        Self::Duration,
        Self::Size,
        Self::Transferred,
        Self::Done,
    ];

    fn default_order() -> Sort {
        Sort {
            column: Self::Started,
            direction: SortDirection::Descending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
            Self::Started => "started",
            Self::Ended => "ended",
            Self::Duration => "duration",
            Self::Size => "size",
            Self::Transferred => "transferred",
            Self::Done => "done",
        }
    }

    fn spoken(self) -> String {
        self.label().trim_end_matches(" (UTC)").to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        match self {
            Self::Name | Self::State => ["A to Z", "Z to A"],
            Self::Started | Self::Ended => ["oldest first", "newest first"],
            Self::Duration => ["shortest first", "longest first"],
            Self::Size | Self::Transferred | Self::Done => ["smallest first", "largest first"],
        }
    }

    /// What is new or large comes first.
    fn first_direction(self) -> SortDirection {
        match self {
            Self::Name | Self::State => SortDirection::Ascending,
            _ => SortDirection::Descending,
        }
    }
}

fn compare(sort: Sort, one: &Row, other: &Row) -> Ordering {
    let known = |ordering: Ordering| match sort.direction {
        SortDirection::Ascending => ordering,
        SortDirection::Descending => ordering.reverse(),
    };
    match sort.column {
        Column::Name => known(
            one.name
                .to_ascii_lowercase()
                .cmp(&other.name.to_ascii_lowercase()),
        ),
        Column::State => known(one.word.cmp(&other.word)),
        Column::Started => by(one.started, other.started, known),
        Column::Ended => by(one.ended, other.ended, known),
        Column::Duration => by(one.duration, other.duration, known),
        Column::Size => by(one.size, other.size, known),
        Column::Transferred => by(one.transferred, other.transferred, known),
        Column::Done => by(one.percent, other.percent, known),
    }
}

/// What is not known is last, whichever way round the rest is.
fn by<T: PartialOrd>(one: Option<T>, other: Option<T>, known: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => known(one.partial_cmp(&other).unwrap_or(Ordering::Equal)),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// The rows in this state, in this order; what goes on stands on top, whatever the order.
pub fn shown(rows: &[Row], state: &str, sort: Sort) -> Vec<Row> {
    let mut shown: Vec<Row> = rows
        .iter()
        .filter(|row| state.is_empty() || word(row.state) == state)
        .cloned()
        .collect();
    let is_running = |row: &Row| row.state == State::Running;
    shown.sort_by(|one, other| {
        let running_first = is_running(other).cmp(&is_running(one));
        running_first
            .then_with(|| compare(sort, one, other))
            .then_with(|| by(one.started, other.started, Ordering::reverse))
    });
    shown
}

fn word(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Succeeded => "succeeded",
        State::Failed => "failed",
        State::Cancelled => "cancelled",
        State::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn row(name: &str, state: State, hour: Option<u32>, size: Option<u64>) -> Row {
        let at = hour.map(|hour| format!("2026-03-12T{hour:02}:00:00Z").parse().expect("a moment"));
        Row {
            key: name.to_owned(),
            name: name.to_owned(),
            state,
            word: word(state).to_owned(),
            started: at,
            ended: at,
            duration: size.map(Duration::from_secs),
            size,
            transferred: size,
            percent: size.map(|size| size as f64),
            metadata: None,
            error_code: None,
            error_message: None,
        }
    }

    fn rows() -> [Row; 4] {
        [
            row("b", State::Succeeded, Some(1), Some(30)),
            row("C", State::Failed, Some(3), None),
            row("a", State::Other, None, Some(10)),
            row("d", State::Running, Some(2), Some(20)),
        ]
    }

    fn names(state: &str, sort: Option<&str>) -> String {
        let shown = shown(&rows(), state, Sort::from_query(sort));
        shown.into_iter().map(|row| row.name).collect()
    }

    #[test]
    fn rows_come_in_the_order_asked_for_with_what_is_not_known_last_and_what_runs_first() {
        for (sort, expected) in [
            (None, "dCba"),
            (Some("started"), "dbCa"),
            (Some("-ended"), "dCba"),
            (Some("name"), "dabC"),
            (Some("-name"), "dCba"),
            (Some("state"), "dCab"),
            (Some("size"), "dabC"),
            (Some("-size"), "dbaC"),
            (Some("-transferred"), "dbaC"),
            (Some("done"), "dabC"),
            (Some("duration"), "dabC"),
        ] {
            assert_eq!(names("", sort), expected, "{sort:?}");
        }
    }

    #[test]
    fn the_filter_keeps_one_state() {
        for (state, expected) in [
            ("running", "d"),
            ("succeeded", "b"),
            ("failed", "C"),
            ("cancelled", ""),
            ("other", "a"),
        ] {
            assert_eq!(names(state, None), expected, "{state}");
        }
    }

    #[test]
    fn the_query_keeps_every_order_and_the_default_needs_no_word() {
        for (word, kept) in [
            (None, None),
            (Some("-started"), None),
            (Some("started"), Some("started")),
            (Some("-done"), Some("-done")),
            (Some("colour"), None),
            (Some("-"), None),
        ] {
            assert_eq!(Sort::from_query(word).to_query().as_deref(), kept, "{word:?}");
        }
    }

    #[test]
    fn a_click_sorts_by_the_column_and_another_turns_it_round_and_both_are_said() {
        for (before, column, expected) in [
            (None, Column::Started, "Sorted by started, oldest first."),
            (None, Column::Name, "Sorted by name, A to Z."),
            (Some("name"), Column::Name, "Sorted by name, Z to A."),
            (None, Column::Ended, "Sorted by ended, newest first."),
            (None, Column::Duration, "Sorted by duration, longest first."),
            (
                Some("-size"),
                Column::Size,
                "Sorted by data size, smallest first.",
            ),
        ] {
            assert_eq!(
                Sort::from_query(before).after_click(column).spoken(),
                expected,
                "{before:?}"
            );
        }
    }
}
