//! The present second as a signal, for *7 h ago* and *3 min 10 s*.

use std::time::Duration;

use arm_core::Timestamp;

use crate::{prelude::*, services::use_services};

#[derive(Clone, Copy)]
struct Now(RwSignal<Timestamp>);

/// Starts the one clock of the page; it ticks once a second, and not while the page is hidden.
pub fn provide_now() {
    let clock = use_services().page_clock.clone();
    let now = RwSignal::new(clock.now());
    provide_context(Now(now));
    spawn_local(async move {
        loop {
            clock.sleep(Duration::from_secs(1)).await;
            if !document().hidden() && now.try_set(clock.now()).is_some() {
                break;
            }
        }
    });
}

/// The present moment, to the second.
pub fn use_now() -> Signal<Timestamp> {
    expect_context::<Now>().0.into()
}
