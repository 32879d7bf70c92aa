//! The edge to real time: the one place of this crate that reads a clock or sleeps.

use std::time::Duration;

use arm_core::{Clock, LocalFuture, Timestamp};

/// The machine's clock.
pub struct WallClock;

impl Clock for WallClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "a program in a terminal is the edge where wall-clock time comes in"
    )]
    fn now(&self) -> Timestamp {
        chrono::Utc::now()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a program in a terminal is the edge where a wait becomes real"
    )]
    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
