//! The moment at which the network is back.

use std::cell::RefCell;

use crate::prelude::*;
use arm_client::ArmError;

type Failing = (RwSignal<Option<ArmError>>, Callback<()>);

thread_local! {
    /// The readings of the pages. Not in context: the main module would pay for one more kind of that (decision 6).
    static READINGS: RefCell<Vec<Failing>> = const { RefCell::new(Vec::new()) };
}

/// Calls `again` when the network is back, if there is a problem then.
pub fn again_when_online(problem: RwSignal<Option<ArmError>>, again: Callback<()>) {
    READINGS.with_borrow_mut(|readings| readings.push((problem, again)));
}

/// The network is back: each reading that failed last is asked again.
pub fn ask_failed_readings_again() {
    READINGS.with_borrow_mut(|readings| {
        // Those of pages that are gone are gone too.
        readings.retain(|(problem, _)| !problem.is_disposed());
    });
    // A reading that is asked may begin others.
    for (problem, again) in READINGS.with_borrow(Clone::clone) {
        if problem.with_untracked(Option::is_some) {
            again.run(());
        }
    }
}
