//! The edge to real time: the one place of this crate that reads a clock or waits.

use std::time::Duration;

use arm_core::{Clock, LocalFuture, Timestamp};
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

/// The browser's clock and timers.
pub struct WallClock;

impl Clock for WallClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the worker is the edge where wall-clock time comes in"
    )]
    fn now(&self) -> Timestamp {
        let milliseconds = js_sys::Date::now();
        Timestamp::from_timestamp_millis(milliseconds as i64).unwrap_or_default()
    }

    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        Box::pin(async move {
            let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
            let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
            let timer = Promise::new(&mut |resolve, _| {
                scope
                    .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                    .expect("a worker has timers");
            });
            JsFuture::from(timer).await.ok();
        })
    }
}
