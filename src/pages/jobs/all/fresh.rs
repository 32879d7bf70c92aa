//! Jobs that run, as their own vaults tell of them.

use arm_client::ArmClient;
use arm_core::ResourceId;

use super::reading::{Listed, refreshed, to_ask};
use crate::{hooks::Reading, pages::jobs::row::Row, prelude::*, services::use_arm};

/// The rows: what Resource Graph listed, and of jobs that run what their vaults said last. `own` are jobs that this
/// user's operations have started.
pub fn use_rows(reading: Reading<Listed>, own: Memo<Vec<ResourceId>>) -> Memo<Vec<Row>> {
    let read: RwSignal<Vec<Row>> = RwSignal::new(vec![]);
    let rows = Memo::new(move |_| {
        reading.data.with(|listed| match listed {
            Some(listed) => read.with(|read| refreshed(&listed.jobs, read)),
            None => vec![],
        })
    });
    let (arm, is_asking) = (StoredValue::new_local(use_arm()), StoredValue::new(false));
    // It outlives the next run of the effect, which a reading brings about while they are still asked.
    let page = Owner::current();
    // Each reading of the list, be it in vain, is followed by one of those that run.
    Effect::new(move |_| {
        let own = own.get();
        let is_read = reading.data.with_untracked(Option::is_some);
        if reading.is_loading.get() || !is_read || is_asking.get_value() {
            return;
        }
        let wanted = rows.with_untracked(|rows| {
            let is_listed = |id: &ResourceId| rows.iter().any(|row| row.id == *id);
            let unlisted = own.into_iter().filter(|id| !is_listed(id));
            let mut wanted = to_ask(rows);
            wanted.extend(unlisted);
            wanted
        });
        is_asking.set_value(true);
        let arm = arm.get_value();
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                ask(arm, wanted, read).await;
                is_asking.set_value(false);
            });
        };
        match &page {
            Some(page) => page.with(task),
            None => task(),
        }
    });
    rows
}

/// One after the other: there are few, and none of them is waited for by anything.
async fn ask(arm: ArmClient, wanted: Vec<ResourceId>, read: RwSignal<Vec<Row>>) {
    for id in wanted {
        // One that cannot be read now stays as it was, and is asked for again.
        if let Ok(job) = arm.data_protection().job(&id).await {
            let row = Row::from(&job);
            read.update(|read| match read.iter_mut().find(|known| known.key == row.key) {
                Some(known) => *known = row,
                None => read.push(row),
            });
        }
    }
}
