//! How fast a backup goes and when it will be done, from what was read of it so far.

use std::time::Duration;

use arm_core::Timestamp;

use super::LongTermBackup;

/// How many readings are looked back on; older ones tell of another pace.
const KEPT: usize = 12;

/// How many readings an estimate needs.
const NEEDED: usize = 3;

/// After how long without any progress a backup counts as standing still.
const STALLED_AFTER: Duration = Duration::from_secs(5 * 60);

/// What was read of a running backup at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProgressReading {
    /// When it was read.
    pub at: Timestamp,
    /// How much had arrived, in bytes.
    pub bytes: Option<u64>,
    /// How much was done, 0 to 100.
    pub percent: Option<f64>,
}

/// The readings of one running backup, and what follows from them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TransferProgress {
    readings: Vec<ProgressReading>,
    /// When something was last found to have grown.
    advanced: Option<Timestamp>,
}

/// How long the rest will take: between these two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// At the fastest pace that was seen.
    pub shortest: Duration,
    /// At the slowest pace that was seen.
    pub longest: Duration,
}

impl ProgressReading {
    /// What a backup said of itself at a moment.
    pub fn of(backup: &LongTermBackup, at: Timestamp) -> Self {
        Self {
            at,
            bytes: backup.data_transferred_in_bytes,
            percent: backup.percent_complete,
        }
    }

    fn has_grown_since(&self, earlier: &Self) -> bool {
        self.bytes > earlier.bytes || self.percent > earlier.percent
    }

    fn has_shrunk_since(&self, earlier: &Self) -> bool {
        let is_less = |now: Option<f64>, before: Option<f64>| matches!((now, before), (Some(now), Some(before)) if now < before);
        is_less(self.percent, earlier.percent)
            || matches!((self.bytes, earlier.bytes), (Some(now), Some(before)) if now < before)
    }
}

impl TransferProgress {
    /// Takes a reading; one that is not later than the last is passed over, and where there is less than before,
    /// everything begins anew.
    pub fn take(&mut self, reading: ProgressReading) {
        let Some(last) = self.readings.last() else {
            return self.begin(reading);
        };
        if reading.at <= last.at {
            return;
        }
        if reading.has_shrunk_since(last) {
            return self.begin(reading);
        }
        if reading.has_grown_since(last) {
            self.advanced = Some(reading.at);
        }
        self.readings.push(reading);
        if self.readings.len() > KEPT {
            self.readings.remove(0);
        }
    }

    /// How many bytes arrive in a second, over the readings that are kept; `None` before two of them, where nobody
    /// counts bytes, and where nothing has moved for a while.
    pub fn bytes_per_second(&self, now: Timestamp) -> Option<f64> {
        if self.stalled_for(now).is_some() {
            return None;
        }
        let (first, last) = (self.readings.first()?, self.readings.last()?);
        let seconds = seconds_between(first.at, last.at);
        let bytes = last.bytes?.checked_sub(first.bytes?)?;
        (seconds > 0.0).then(|| bytes as f64 / seconds)
    }

    /// How long the rest will take; `None` before three readings that grow, once all is moved, and where nothing
    /// has moved for a while.
    ///
    /// It goes by percent: how many bytes there will be is not known, as a dump is smaller than its source.
    pub fn estimate(&self, now: Timestamp) -> Option<Estimate> {
        if self.readings.len() < NEEDED || self.stalled_for(now).is_some() {
            return None;
        }
        let (first, last) = (self.readings.first()?, self.readings.last()?);
        let rest = 100.0 - last.percent?;
        let whole = pace(first, last).filter(|pace| *pace > 0.0)?;
        if rest <= 0.0 {
            return None;
        }
        let steps = self.readings.windows(2).filter_map(|two| pace(&two[0], &two[1]));
        let moving: Vec<f64> = steps.filter(|pace| *pace > 0.0).collect();
        let fastest = moving.iter().copied().fold(whole, f64::max);
        let slowest = moving.iter().copied().fold(whole, f64::min);
        let gone = seconds_between(last.at, now).max(0.0);
        let remaining = |pace: f64| Duration::try_from_secs_f64((rest / pace - gone).max(0.0)).ok();
        Some(Estimate {
            shortest: remaining(fastest)?,
            longest: remaining(slowest)?,
        })
    }

    /// For how long nothing has moved, once that is long enough to be said.
    pub fn stalled_for(&self, now: Timestamp) -> Option<Duration> {
        let still = (now - self.advanced?).to_std().ok()?;
        (still >= STALLED_AFTER).then_some(still)
    }

    fn begin(&mut self, reading: ProgressReading) {
        self.advanced = Some(reading.at);
        self.readings = vec![reading];
    }
}

/// Percent in a second, from one reading to a later one.
fn pace(earlier: &ProgressReading, later: &ProgressReading) -> Option<f64> {
    let seconds = seconds_between(earlier.at, later.at);
    (seconds > 0.0).then_some((later.percent? - earlier.percent?) / seconds)
}

fn seconds_between(earlier: Timestamp, later: Timestamp) -> f64 {
    (later - earlier).num_milliseconds() as f64 / 1000.0
}

#[cfg(test)]
mod tests;
