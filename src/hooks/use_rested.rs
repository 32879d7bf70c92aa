//! What is typed, once the typing rests: judging every letter would scold people in mid-word.

use std::time::Duration;

use crate::{prelude::*, services::use_services};

/// How long the typing rests before what was typed is judged (visual specification 3, *Text field*).
const REST: Duration = Duration::from_millis(300);

/// The value as it was when the typing last rested, and a way to take it as it is now.
pub fn use_rested(value: RwSignal<String>) -> (Signal<String>, Callback<()>) {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let rested = RwSignal::new(value.get_untracked());
    Effect::new(move |_| {
        let text = value.get();
        if rested.with_untracked(|rested| *rested == text) {
            return;
        }
        let clock = clock.get_value();
        // The next letter runs the effect again, which ends this wait.
        spawn_local_scoped_with_cancellation(async move {
            clock.sleep(REST).await;
            rested.try_set(text);
        });
    });
    let now = Callback::new(move |()| rested.set(value.get_untracked()));
    (rested.into(), now)
}
