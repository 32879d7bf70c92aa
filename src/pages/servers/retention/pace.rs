//! How fast a running backup goes and how long it will take, in words; pure.

use arm_client::postgres::long_term_retention::{LongTermBackup, ProgressReading, TransferProgress};
use arm_core::Timestamp;

use super::row::State;
use crate::text;

/// The readings of each running backup, by its name.
pub type Paces = Vec<(String, TransferProgress)>;

/// Takes what was read at a moment; what has ended is forgotten.
pub fn take(paces: &mut Paces, backups: &[LongTermBackup], at: Timestamp) {
    let running = |backup: &&LongTermBackup| State::of(backup).may_go_on();
    let mut now = Paces::new();
    for backup in backups.iter().filter(running) {
        let Some(name) = &backup.name else { continue };
        let known = paces.iter().position(|(known, _)| known == name);
        let mut progress = known.map(|place| paces.swap_remove(place).1).unwrap_or_default();
        progress.take(ProgressReading::of(backup, at));
        now.push((name.clone(), progress));
    }
    *paces = now;
}

/// What can be said of the pace; nothing before there is enough to go by.
pub fn sentences(progress: &TransferProgress, now: Timestamp) -> String {
    if let Some(still) = progress.stalled_for(now) {
        return format!(
            "No progress for {}. Azure still calls it running.",
            text::duration(still)
        );
    }
    let mut sentences = vec![];
    if let Some(bytes) = progress.bytes_per_second(now).filter(|bytes| *bytes > 0.0) {
        sentences.push(format!("{} arrive in a second.", text::size(bytes as u64)));
    }
    if let Some(estimate) = progress.estimate(now) {
        let (shortest, longest) = (
            text::duration(estimate.shortest),
            text::duration(estimate.longest),
        );
        sentences.push(if shortest == longest {
            format!("The rest takes about {longest}.")
        } else {
            format!("The rest takes between {shortest} and {longest}.")
        });
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        "2026-03-12T09:00:00Z".parse::<Timestamp>().expect("a moment") + TimeDelta::seconds(seconds)
    }

    fn backup(status: &str, percent: f64, mebibytes: u64) -> LongTermBackup {
        LongTermBackup {
            name: Some("b".to_owned()),
            status: Some(status.to_owned().into()),
            percent_complete: Some(percent),
            data_transferred_in_bytes: Some(mebibytes << 20),
            ..LongTermBackup::default()
        }
    }

    fn said(readings: &[(i64, f64, u64)], now: i64) -> String {
        let mut paces = Paces::new();
        for (seconds, percent, mebibytes) in readings {
            take(
                &mut paces,
                &[backup("Running", *percent, *mebibytes)],
                at(*seconds),
            );
        }
        sentences(&paces[0].1, at(now)).replace('\u{a0}', " ")
    }

    #[test]
    fn the_pace_is_said_after_two_readings_and_the_rest_after_three() {
        for (readings, now, expected) in [
            (&[(0, 1.0, 10)][..], 0, ""),
            (&[(0, 1.0, 10), (10, 2.0, 60)], 10, "5 MiB arrive in a second."),
            (
                &[(0, 0.0, 0), (10, 10.0, 50), (20, 20.0, 100)],
                20,
                "5 MiB arrive in a second. The rest takes about 1 min 20 s.",
            ),
            (
                &[(0, 0.0, 0), (10, 10.0, 50), (20, 30.0, 100)],
                20,
                "5 MiB arrive in a second. The rest takes between 35 s and 1 min 10 s.",
            ),
            (
                &[(0, 10.0, 50), (10, 20.0, 60)],
                400,
                "No progress for 6 min 30 s. Azure still calls it running.",
            ),
        ] {
            assert_eq!(said(readings, now), expected, "{readings:?}");
        }
    }

    #[test]
    fn what_has_ended_is_forgotten() {
        let mut paces = Paces::new();
        take(&mut paces, &[backup("Running", 1.0, 1)], at(0));
        assert_eq!(paces.len(), 1);
        take(&mut paces, &[backup("Succeeded", 100.0, 9)], at(10));
        assert!(paces.is_empty(), "{paces:?}");
    }
}
