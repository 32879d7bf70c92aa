//! A reading about something that can be chosen anew.

use arm_client::ArmError;
use arm_core::LocalFuture;

use super::{Reading, again_when_online};
use crate::{prelude::*, services::use_services};

/// Reads what belongs to the key, whenever it is another; what was read of the one before is dropped.
pub fn use_reading_of<K, T>(
    key: Memo<Option<K>>,
    read: impl Fn(K) -> LocalFuture<'static, Result<T, ArmError>> + 'static,
) -> Reading<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    let clock = use_services().page_clock.clone();
    let (data, problem) = (RwSignal::new(None), RwSignal::new(None));
    let (is_loading, read_at) = (RwSignal::new(false), RwSignal::new(None));
    let owner = Owner::current();
    // Which of them is under way: the answer to an earlier one comes too late.
    let latest = StoredValue::new(0_u32);
    let work = StoredValue::new_local(move || {
        // With a key or without one, the answer to the one before is not wanted any more.
        latest.update_value(|latest| *latest += 1);
        let Some(key) = key.get_untracked() else {
            is_loading.set(false);
            return;
        };
        let this = latest.get_value();
        is_loading.set(true);
        let (reading, clock) = (read(key), clock.clone());
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                let answer = reading.await;
                if latest.get_value() != this {
                    return;
                }
                match answer {
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
    Effect::new(move |before: Option<Option<K>>| {
        let now = key.get();
        if before.as_ref().is_none_or(|before| *before != now) {
            data.set(None);
            problem.set(None);
            again.run(());
        }
        now
    });
    again_when_online(problem, again);
    Reading {
        data,
        problem,
        is_loading,
        read_at,
        again,
    }
}
