//! When a reading that failed for a passing reason is asked again by itself.

use std::time::Duration;

use arm_client::ArmError;

use super::reading_problem::ProblemPlace;
use crate::{
    hooks::use_now,
    prelude::*,
    problem::{Problem, ProblemKind},
    services::use_services,
    text,
    ui::changing::text_of,
};

/// The shortest wait: each reading is itself repeated some times before it fails.
const WAIT: Duration = Duration::from_secs(30);

/// How long to wait before asking again, where that may help: at least what Azure asks for.
pub fn wait_of(error: &ArmError) -> Option<Duration> {
    let service = error.service_error()?;
    let is_passing = Problem::from(error).kind == ProblemKind::Passing;
    is_passing.then(|| service.retry_after.map_or(WAIT, |asked| asked.max(WAIT)))
}

/// *It is asked again in 24 s.* Counts down while the page is looked at, and then asks.
pub fn next_try(place: ProblemPlace, wait: Duration) -> AnyView {
    let now = use_now();
    let at = use_services().page_clock.now() + wait;
    let is_due = Memo::new(move |_| now.get() >= at);
    Effect::watch(
        move || is_due.get(),
        move |is_due, _, _| {
            if *is_due {
                place.again.run(());
            }
        },
        false,
    );
    text_of(move || {
        let left = (at - now.get()).to_std().unwrap_or_default();
        if place.is_loading.get() || left.is_zero() {
            "It is being asked again.".to_owned()
        } else {
            format!("It is asked again in {}.", text::duration(left))
        }
    })
}
