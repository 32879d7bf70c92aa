//! The edge to real time: the one place of this crate that reads a clock or sleeps.

use std::time::Duration;

use arm_core::Timestamp;

/// The present moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the server is the edge where wall-clock time comes in"
)]
pub(crate) fn now() -> Timestamp {
    chrono::Utc::now()
}

/// Ends once `duration` has passed.
#[expect(
    clippy::disallowed_methods,
    reason = "the server is the edge where a delay becomes real"
)]
pub(crate) async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}
