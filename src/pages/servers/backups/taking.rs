//! Which backups of the list are being taken.

use arm_core::ResourceId;
use uuid::Uuid;

use super::backup_list::BackupList;
use crate::{
    hooks::Reading,
    prelude::*,
    stores::operations::{Act, Operation, OperationState, use_operations},
};

/// What is being taken, and what has just been, until the list was read again and has its row: between the two it
/// would be nowhere. The names of those go into `arrived`, for the row that takes its place.
pub fn use_taking(
    server: StoredValue<ResourceId>,
    backups: Reading<BackupList>,
    arrived: StoredValue<Vec<String>>,
) -> Signal<Vec<Operation>> {
    let operations = use_operations();
    let unfinished = Memo::new_with_compare(
        move |_| {
            let mut unfinished = operations.unfinished_on(&server.get_value());
            unfinished.retain(|operation| matches!(operation.act, Act::TakeBackup { .. }));
            unfinished
        },
        |before, now| ids(before) != ids(now),
    );
    let taking = RwSignal::new(unfinished.get_untracked());
    let has_completed = move |operation: &Operation| {
        let entry = operations.get(operation.id);
        entry.is_some_and(|entry| entry.progress == OperationState::Completed)
    };
    Effect::watch(
        move || unfinished.get(),
        move |unfinished, _, _| {
            taking.update(|taking| {
                let is_running =
                    |operation: &Operation| unfinished.iter().any(|other| other.id == operation.id);
                taking.retain(|operation| is_running(operation) || untrack(|| has_completed(operation)));
                for operation in unfinished {
                    if !taking.iter().any(|known| known.id == operation.id) {
                        taking.push(operation.clone());
                    }
                }
            });
        },
        false,
    );
    Effect::watch(
        move || backups.is_loading.get(),
        move |is_loading, _, _| {
            // Without an answer the list still lacks it.
            if *is_loading || backups.problem.with_untracked(Option::is_some) {
                return;
            }
            let running = unfinished.get_untracked();
            let gone: Vec<_> = taking.with_untracked(|taking| {
                let is_gone = |operation: &&Operation| !running.iter().any(|other| other.id == operation.id);
                let gone = taking.iter().filter(is_gone);
                gone.map(|operation| operation.act.backup_name().unwrap_or_default().to_owned())
                    .collect()
            });
            if !gone.is_empty() {
                arrived.update_value(|arrived| arrived.extend(gone));
                taking.set(running);
            }
        },
        false,
    );
    taking.into()
}

fn ids(operations: Option<&Vec<Operation>>) -> Vec<Uuid> {
    let ids = operations.into_iter().flatten().map(|operation| operation.id);
    ids.collect()
}
