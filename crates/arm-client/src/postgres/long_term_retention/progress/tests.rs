use proptest::prelude::*;

use super::*;

fn after(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_772_366_400 + seconds, 0).expect("a moment")
}

fn reading(seconds: i64, bytes: u64, percent: f64) -> ProgressReading {
    ProgressReading {
        at: after(seconds),
        bytes: Some(bytes),
        percent: Some(percent),
    }
}

fn progress(readings: &[(i64, u64, f64)]) -> TransferProgress {
    let mut progress = TransferProgress::default();
    for (seconds, bytes, percent) in readings {
        progress.take(reading(*seconds, *bytes, *percent));
    }
    progress
}

/// The estimate in seconds.
fn estimate(readings: &[(i64, u64, f64)], now: i64) -> Option<(u64, u64)> {
    let estimate = progress(readings).estimate(after(now))?;
    Some((estimate.shortest.as_secs(), estimate.longest.as_secs()))
}

#[test]
fn an_estimate_is_a_range_after_three_readings() {
    for (readings, now, expected) in [
        (&[][..], 0, None),
        (&[(0, 0, 0.0)], 0, None),
        (&[(0, 0, 0.0), (60, 10, 10.0)], 60, None),
        // Even pace: one number.
        (
            &[(0, 0, 0.0), (60, 10, 10.0), (120, 20, 20.0)],
            120,
            Some((480, 480)),
        ),
        // Between the paces of 10 and of 20 percent in a minute.
        (
            &[(0, 0, 0.0), (60, 10, 10.0), (120, 30, 30.0)],
            120,
            Some((210, 420)),
        ),
        // A pause between two steps slows the whole down.
        (
            &[(0, 0, 0.0), (60, 10, 10.0), (120, 10, 10.0), (180, 20, 20.0)],
            180,
            Some((480, 720)),
        ),
        // What has gone by since the last reading counts.
        (
            &[(0, 0, 0.0), (60, 10, 10.0), (120, 20, 20.0)],
            150,
            Some((450, 450)),
        ),
        // All is moved, and yet it goes on: nobody can say how long.
        (&[(0, 0, 0.0), (60, 50, 50.0), (120, 100, 100.0)], 120, None),
        // Nothing has moved at all.
        (&[(0, 0, 0.0), (60, 0, 0.0), (120, 0, 0.0)], 120, None),
    ] {
        assert_eq!(estimate(readings, now), expected, "{readings:?} at {now} s");
    }
}

#[test]
fn an_estimate_is_dropped_when_progress_stalls_and_comes_back_with_it() {
    let mut moving = progress(&[(0, 0, 0.0), (60, 10, 10.0), (120, 20, 20.0)]);
    for (seconds, has_estimate, still) in [
        (180, true, None),
        (419, true, None),
        (420, false, Some(300)),
        (700, false, Some(580)),
    ] {
        moving.take(reading(seconds, 20, 20.0));
        let now = after(seconds);
        assert_eq!(moving.estimate(now).is_some(), has_estimate, "at {seconds} s");
        assert_eq!(
            moving.bytes_per_second(now).is_some(),
            has_estimate,
            "at {seconds} s"
        );
        assert_eq!(
            moving.stalled_for(now).map(|still| still.as_secs()),
            still,
            "at {seconds} s"
        );
    }
    moving.take(reading(760, 30, 30.0));
    assert!(moving.estimate(after(760)).is_some(), "{moving:?}");
    assert_eq!(moving.stalled_for(after(760)), None);
}

#[test]
fn a_backup_that_nobody_reads_stands_still_too() {
    let moving = progress(&[(0, 0, 0.0), (60, 10, 10.0), (120, 20, 20.0)]);
    assert_eq!(moving.stalled_for(after(3600)), Some(Duration::from_secs(3480)));
    assert_eq!(moving.stalled_for(after(0)), None, "a clock that was set back");
}

#[test]
fn bytes_alone_are_progress_and_give_no_estimate() {
    let mut progress = TransferProgress::default();
    for minute in 0..10_u32 {
        progress.take(ProgressReading {
            at: after(i64::from(minute) * 60),
            bytes: Some(u64::from(minute) * 6000),
            percent: None,
        });
    }
    let now = after(540);
    assert_eq!(progress.bytes_per_second(now), Some(100.0));
    assert_eq!((progress.estimate(now), progress.stalled_for(now)), (None, None));
}

#[test]
fn percent_alone_gives_an_estimate_and_no_throughput() {
    let mut progress = TransferProgress::default();
    for (seconds, percent) in [(0, 0.0), (60, 10.0), (120, 20.0)] {
        progress.take(ProgressReading {
            at: after(seconds),
            bytes: None,
            percent: Some(percent),
        });
    }
    assert!(progress.estimate(after(120)).is_some());
    assert_eq!(progress.bytes_per_second(after(120)), None);
}

#[test]
fn what_shrinks_begins_anew_and_what_is_not_later_is_passed_over() {
    let mut progress = progress(&[(0, 0, 0.0), (60, 10, 10.0), (120, 20, 20.0)]);
    let before = progress.clone();
    progress.take(reading(120, 90, 90.0));
    progress.take(reading(30, 90, 90.0));
    assert_eq!(progress, before);
    progress.take(reading(180, 5, 5.0));
    assert_eq!(progress.estimate(after(180)), None);
    assert_eq!(progress.bytes_per_second(after(180)), None);
}

#[test]
fn only_the_latest_readings_count() {
    let mut slow_then_fast = TransferProgress::default();
    for minute in 0..10 {
        slow_then_fast.take(reading(minute * 60, minute as u64, minute as f64));
    }
    for minute in 10..30 {
        let percent = (9 + (minute - 9) * 3) as f64;
        slow_then_fast.take(reading(minute * 60, percent as u64, percent));
    }
    let estimate = slow_then_fast.estimate(after(29 * 60)).expect("an estimate");
    assert_eq!(
        estimate.shortest, estimate.longest,
        "the slow beginning is forgotten"
    );
}

#[test]
fn a_backup_says_what_is_read_of_it() {
    let backup: LongTermBackup = serde_json::from_str(
        r#"{"properties":{"status":"Running","dataTransferredInBytes":23,"percentComplete":4.5}}"#,
    )
    .expect("a backup");
    assert_eq!(ProgressReading::of(&backup, after(7)), reading(7, 23, 4.5));
}

proptest! {
    /// A pace that never changes is estimated to the second, however it is read.
    #[test]
    fn an_even_pace_is_estimated_as_it_is(
        steps in prop::collection::vec(1_i64..200, 2..30),
        total in 4000_i64..400_000,
        wait in 0_i64..200,
    ) {
        let mut progress = TransferProgress::default();
        let mut seconds = 0;
        progress.take(reading(0, 0, 0.0));
        for step in steps {
            if seconds + step >= total {
                break;
            }
            seconds += step;
            progress.take(reading(seconds, seconds as u64, seconds as f64 * 100.0 / total as f64));
        }
        let estimate = progress.estimate(after(seconds + wait));
        if let Some(estimate) = estimate {
            let truth = (total - seconds - wait).max(0) as f64;
            prop_assert!(estimate.shortest.as_secs_f64() <= truth + 1.0, "{estimate:?} {truth}");
            prop_assert!(estimate.longest.as_secs_f64() >= truth - 1.0, "{estimate:?} {truth}");
        }
    }

    /// Whatever is read: no estimate before three readings, none while nothing moves, never one upside down.
    #[test]
    fn whatever_is_read_an_estimate_keeps_its_promises(
        readings in prop::collection::vec((-100_i64..5000, 0_u64..1000, prop::option::of(-10.0_f64..110.0)), 0..20),
        now in -100_i64..9000,
    ) {
        let mut progress = TransferProgress::default();
        for (seconds, bytes, percent) in &readings {
            progress.take(ProgressReading { at: after(*seconds), bytes: Some(*bytes), percent: *percent });
        }
        let now = after(now);
        if let Some(estimate) = progress.estimate(now) {
            prop_assert!(readings.len() >= 3);
            prop_assert!(estimate.shortest <= estimate.longest, "{estimate:?}");
            prop_assert_eq!(progress.stalled_for(now), None);
        }
        if let Some(pace) = progress.bytes_per_second(now) {
            prop_assert!(pace.is_finite() && pace >= 0.0, "{pace}");
        }
        if let Some(still) = progress.stalled_for(now) {
            prop_assert!(still >= STALLED_AFTER);
        }
    }
}
