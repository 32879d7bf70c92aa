//! Time, handed in.

use std::time::Duration;

use crate::LocalFuture;

/// A moment in Coordinated Universal Time.
pub type Timestamp = chrono::DateTime<chrono::Utc>;

/// Tells the time and waits; the only way in which this project does either.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Ends once `duration` has passed on this clock.
    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()>;
}
