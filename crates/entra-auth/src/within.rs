//! A bound for what may never end.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use arm_core::Clock;

/// What comes of `work`; `None` where it takes longer than `patience`, and is given up.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    patience: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let (mut work, mut end) = (pin!(work), pin!(clock.sleep(patience)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
