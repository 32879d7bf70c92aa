//! The browser's clock: the one place of the app that reads the time and waits.

use std::{rc::Rc, time::Duration};

use arm_core::{Clock, LocalFuture, Timestamp};

/// The wall clock of the browser; its waits are divided by the configured time factor.
///
/// The factor exists for the emulator only (`emulator.timeFactor`): there an operation is shorter
/// than in Azure, so the waits between two looks at it are shorter too.
pub struct BrowserClock {
    factor: f64,
}

impl BrowserClock {
    /// A clock whose waits are divided by `factor`.
    pub fn with_time_factor(factor: f64) -> Rc<Self> {
        Rc::new(Self { factor })
    }
}

impl Clock for BrowserClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is handed in elsewhere"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is handed in elsewhere"
    )]
    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        let duration = duration.div_f64(self.factor);
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            leptos::prelude::set_timeout(
                move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL)),
                duration,
            );
        });
        Box::pin(async move { drop(wasm_bindgen_futures::JsFuture::from(promise).await) })
    }
}
