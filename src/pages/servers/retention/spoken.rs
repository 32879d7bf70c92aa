//! What is said aloud of backups while the page shows them: how far they are, that they stand still, how they ended; pure.

use arm_core::Timestamp;

use super::{pace::Paces, row::Row};

/// The percentages that are said (visual specification 5).
const MARKS: [f64; 3] = [75.0, 50.0, 25.0];

/// What was said of each backup that may go on.
#[derive(Debug, Default)]
pub struct Spoken(Vec<Told>);

#[derive(Debug)]
struct Told {
    key: String,
    /// The highest mark that was passed, before the page was there or since.
    mark: f64,
    /// That it stands still was said, and it still does.
    is_still: bool,
}

impl Spoken {
    /// What is new in a reading, a sentence each. Of what was on its way before only what comes from now on is said, and
    /// nothing twice; `is_own` tells whose end somebody else says.
    pub fn take(
        &mut self,
        rows: &[Row],
        paces: &Paces,
        at: Timestamp,
        is_own: impl Fn(&Row) -> bool,
    ) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut now = Vec::new();
        for row in rows {
            let known = self.0.iter().position(|told| told.key == row.key);
            let known = known.map(|place| self.0.swap_remove(place));
            if row.state.may_go_on() {
                let mut told = known.unwrap_or_else(|| Told::new(row));
                let still = paces.iter().find(|(name, _)| *name == row.name);
                let still = still.and_then(|(_, progress)| progress.stalled_for(at));
                sentences.extend(told.news(row, still.map(|still| still.as_secs() / 60)));
                now.push(told);
            } else if known.is_some() && !is_own(row) {
                sentences.push(format!(
                    "Long-term retention backup {}: '{}'.",
                    row.word.to_lowercase(),
                    row.name
                ));
            }
        }
        self.0 = now;
        sentences
    }
}

impl Told {
    fn new(row: &Row) -> Self {
        Self {
            key: row.key.clone(),
            mark: mark_of(row),
            is_still: false,
        }
    }

    fn news(&mut self, row: &Row, still_minutes: Option<u64>) -> Vec<String> {
        let mut news = Vec::new();
        let mark = mark_of(row);
        if mark > self.mark {
            self.mark = mark;
            news.push(format!(
                "Long-term retention backup '{}': {mark} percent.",
                row.name
            ));
        }
        if let Some(minutes) = still_minutes.filter(|_| !self.is_still) {
            news.push(format!(
                "Long-term retention backup '{}': no progress for {minutes} minutes.",
                row.name
            ));
        }
        self.is_still = still_minutes.is_some();
        news
    }
}

/// The highest mark that a backup has passed.
fn mark_of(row: &Row) -> f64 {
    let percent = row.percent.unwrap_or_default();
    MARKS
        .into_iter()
        .find(|mark| percent >= *mark)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use arm_client::postgres::long_term_retention::LongTermBackup;
    use chrono::TimeDelta;

    use super::*;
    use crate::pages::servers::retention::{pace, row};

    fn at(seconds: i64) -> Timestamp {
        "2026-03-12T09:00:00Z".parse::<Timestamp>().expect("a moment") + TimeDelta::seconds(seconds)
    }

    fn backup(name: &str, status: &str, percent: f64) -> LongTermBackup {
        LongTermBackup {
            name: Some(name.to_owned()),
            status: Some(status.to_owned().into()),
            percent_complete: Some(percent),
            ..LongTermBackup::default()
        }
    }

    /// What is said after each reading of one backup: seconds, status, percent.
    fn said(readings: &[(i64, &str, f64)], is_own: bool) -> Vec<String> {
        let (mut spoken, mut paces) = (Spoken::default(), Paces::new());
        let mut all = Vec::new();
        for (seconds, status, percent) in readings {
            let backups = [backup("b", status, *percent)];
            pace::take(&mut paces, &backups, at(*seconds));
            let said = spoken.take(&row::rows(&backups), &paces, at(*seconds), |_| is_own);
            all.push(said.join(" ").replace("Long-term retention backup ", ""));
        }
        all
    }

    #[test]
    fn each_quarter_is_said_once_and_then_the_end() {
        for (readings, expected) in [
            (
                &[
                    (0, "Running", 0.0),
                    (15, "Running", 24.9),
                    (30, "Running", 25.0),
                    (45, "Running", 49.0),
                    (60, "Running", 50.1),
                    (75, "Running", 74.0),
                    (90, "Running", 80.0),
                    (105, "Running", 100.0),
                    (120, "Succeeded", 100.0),
                    (135, "Succeeded", 100.0),
                ][..],
                &[
                    "",
                    "",
                    "'b': 25 percent.",
                    "",
                    "'b': 50 percent.",
                    "",
                    "'b': 75 percent.",
                    "",
                    "succeeded: 'b'.",
                    "",
                ][..],
            ),
            // What was passed before the page was there is not said, and of several marks the highest is.
            (
                &[(0, "Running", 60.0), (15, "Running", 70.0), (30, "Running", 76.0)],
                &["", "", "'b': 75 percent."],
            ),
            (
                &[(0, "Running", 0.0), (15, "Running", 80.0)],
                &["", "'b': 75 percent."],
            ),
            // What shrinks and grows again has been said.
            (
                &[
                    (0, "Running", 10.0),
                    (15, "Running", 30.0),
                    (30, "Running", 10.0),
                    (45, "Running", 30.0),
                ],
                &["", "'b': 25 percent.", "", ""],
            ),
            (
                &[(0, "Warming", 0.0), (15, "Cancelled", 10.0)],
                &["", "cancelled: 'b'."],
            ),
            // What had ended before is no news.
            (&[(0, "Failed", 10.0)], &[""]),
        ] {
            assert_eq!(said(readings, false), expected, "{readings:?}");
        }
    }

    #[test]
    fn that_nothing_moves_is_said_once_and_again_when_it_moves_and_stops_again() {
        let readings = [
            (0, "Running", 10.0),
            (299, "Running", 10.0),
            (310, "Running", 10.0),
            (400, "Running", 10.0),
            (410, "Running", 11.0),
            (700, "Running", 11.0),
            (720, "Running", 11.0),
        ];
        assert_eq!(
            said(&readings, false),
            [
                "",
                "",
                "'b': no progress for 5 minutes.",
                "",
                "",
                "",
                "'b': no progress for 5 minutes."
            ]
        );
    }

    #[test]
    fn the_end_of_what_was_begun_here_is_said_by_its_notification() {
        let readings = [
            (0, "Running", 0.0),
            (15, "Running", 30.0),
            (30, "Succeeded", 100.0),
        ];
        assert_eq!(said(&readings, true), ["", "'b': 25 percent.", ""]);
    }

    #[test]
    fn each_backup_is_told_of_by_itself() {
        let (mut spoken, paces) = (Spoken::default(), Paces::new());
        let first = [backup("a", "Running", 0.0), backup("b", "Running", 30.0)];
        assert!(
            spoken
                .take(&row::rows(&first), &paces, at(0), |_| false)
                .is_empty()
        );
        let second = [
            backup("b", "Running", 55.0),
            backup("a", "Failed", 10.0),
            backup("c", "Running", 90.0),
        ];
        let said = spoken.take(&row::rows(&second), &paces, at(15), |_| false);
        assert_eq!(
            said,
            [
                "Long-term retention backup 'b': 50 percent.",
                "Long-term retention backup failed: 'a'."
            ]
        );
    }
}
