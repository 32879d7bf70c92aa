//! A clock that jumps, for tests.

use std::{cell::Cell, time::Duration};

use crate::{Clock, LocalFuture, Timestamp};

/// A clock that stands still until somebody sleeps, and then jumps to the end of the sleep.
///
/// A forty-minute operation passes in microseconds, and a test reads how long it "took".
#[derive(Debug)]
pub struct VirtualClock {
    started: Timestamp,
    now: Cell<Timestamp>,
}

impl VirtualClock {
    /// A clock that begins at `now`.
    pub fn starting_at(now: Timestamp) -> Self {
        Self {
            started: now,
            now: Cell::new(now),
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.now.set(self.now.get() + duration);
    }

    /// How long has passed since the clock was made.
    pub fn elapsed(&self) -> Duration {
        (self.now.get() - self.started).to_std().unwrap_or_default()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        Box::pin(async move { self.advance(duration) })
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task::Context, task::Poll, task::Waker};

    use super::*;

    #[test]
    fn a_sleep_is_over_at_once_and_has_taken_its_time() {
        let clock = VirtualClock::starting_at(Timestamp::UNIX_EPOCH);
        let mut sleep = pin!(clock.sleep(Duration::from_secs(2400)));
        let polled = sleep.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Ready(()));
        assert_eq!(clock.elapsed(), Duration::from_secs(2400));
    }
}
