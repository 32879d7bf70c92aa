//! Which backups of the list are being deleted.

use arm_core::ResourceId;

use super::backup_list::BackupList;
use crate::{
    hooks::Reading,
    prelude::*,
    stores::operations::{Act, OperationState, use_operations},
};

/// The names of what is being deleted, and of what has just been, until the list is read again: between the two a
/// row must not offer its deletion once more. What is only asked for is still the dialog's: it may be refused, and the
/// focus then goes back to the row's button.
pub fn use_going(server: StoredValue<ResourceId>, backups: Reading<BackupList>) -> Signal<Vec<String>> {
    let operations = use_operations();
    let unfinished = Memo::new(move |_| {
        let unfinished = operations.unfinished_on(&server.get_value()).into_iter();
        let begun = unfinished.filter(|operation| operation.progress != OperationState::Sent);
        let deletions = begun.filter_map(|operation| match operation.act {
            Act::DeleteBackup { name } => Some(name),
            _ => None,
        });
        deletions.collect::<Vec<_>>()
    });
    let going = RwSignal::new(unfinished.get_untracked());
    Effect::watch(
        move || unfinished.get(),
        move |names, _, _| {
            going.update(|going| {
                for name in names {
                    if !going.contains(name) {
                        going.push(name.clone());
                    }
                }
            });
        },
        false,
    );
    Effect::watch(
        move || backups.is_loading.get(),
        move |is_loading, _, _| {
            if !is_loading {
                going.set(unfinished.get_untracked());
            }
        },
        false,
    );
    going.into()
}
