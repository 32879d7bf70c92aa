//! Data of the service on a page: read, read again, and kept while a new reading fails.

use arm_client::ArmError;
use arm_core::Timestamp;

use super::again_when_online;
use crate::{prelude::*, services::use_services};

/// What a page knows of the service.
///
/// A resource alone would lose the last good data to a failed refresh; here both are there, the
/// data and why it is old.
pub struct Reading<T: Send + Sync + 'static> {
    /// The last good data.
    pub data: RwSignal<Option<T>>,
    /// Why the last reading failed, if it did.
    pub problem: RwSignal<Option<ArmError>>,
    /// Whether a reading is under way.
    pub is_loading: RwSignal<bool>,
    /// When the data was read.
    pub read_at: RwSignal<Option<Timestamp>>,
    /// Reads again.
    pub again: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Reading<T> {}

/// Reads at once, and again whenever asked to; the reading ends with the component.
pub fn use_reading<T, F, R>(read: R) -> Reading<T>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, ArmError>> + 'static,
    R: Fn() -> F + 'static,
{
    let clock = use_services().page_clock.clone();
    let (data, problem) = (RwSignal::new(None), RwSignal::new(None));
    let (is_loading, read_at) = (RwSignal::new(false), RwSignal::new(None));
    let owner = Owner::current();
    let work = StoredValue::new_local(move || {
        // The answers of two readings may overtake each other; the one under way is as good as a new one.
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        let (reading, clock) = (read(), clock.clone());
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                match reading.await {
                    Ok(value) => {
                        data.set(Some(value));
                        read_at.set(Some(clock.now()));
                        problem.set(None);
                    }
                    Err(error) => problem.set(Some(error)),
                }
                is_loading.set(false);
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    let again = Callback::new(move |()| work.with_value(|work| work()));
    again.run(());
    again_when_online(problem, again);
    Reading {
        data,
        problem,
        is_loading,
        read_at,
        again,
    }
}
