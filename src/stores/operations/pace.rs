//! When the service may be asked.

use std::{ops::ControlFlow, time::Duration};

use arm_core::{LocalFuture, Timestamp};

/// The time of a drive, and its turns to ask.
pub trait Pace {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits until the service may be asked again, which is after `wait` or when the user cannot wait; `Break` once
    /// nobody wants to know any more.
    fn turn(&self, wait: Duration) -> LocalFuture<'_, ControlFlow<()>>;
}
