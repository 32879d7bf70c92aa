//! The list of backups as it is read: page by page, usable from the first.

use std::time::Duration;

use arm_core::{ResourceId, Timestamp};

use super::backup_list::BackupList;
use crate::{
    hooks::{Reading, use_reading},
    prelude::*,
    services::use_services,
};

/// How often the page is given what has come, in the middle of a long list.
const SHOWN_EVERY: Duration = Duration::from_millis(300);

/// What is known of a server's backups.
#[derive(Clone, Copy)]
pub struct BackupsReading {
    /// All backups: there once the last page was read.
    pub all: Reading<BackupList>,
    /// The same for the list, which while it is read for the first time has what has come so far.
    pub listed: Reading<BackupList>,
    /// How many have come in the reading under way.
    pub so_far: RwSignal<usize>,
}

/// Reads the backups of a server, and again whenever asked to.
pub fn use_backups(server: StoredValue<ResourceId>) -> BackupsReading {
    let services = use_services();
    let (arm, clock) = (services.arm.clone(), services.page_clock.clone());
    let listed = RwSignal::new(None::<BackupList>);
    let so_far = RwSignal::new(0);
    let all = use_reading(move || {
        let pages = arm.backups(&server.get_value()).pages();
        let clock = clock.clone();
        // What is complete stays until all of it was read again; what is not is only replaced by more.
        let shown_before = listed.with_untracked(|listed| {
            let shown = listed.as_ref()?;
            (!shown.is_complete()).then(|| shown.len())
        });
        let is_growing = listed.with_untracked(Option::is_none) || shown_before.is_some();
        async move {
            let mut pages = pages?;
            let mut list = BackupList::default();
            let mut shown_at = None::<Timestamp>;
            so_far.set(0);
            while let Some(page) = pages.next().await? {
                list.add(&page);
                so_far.set(list.len());
                let now = clock.now();
                let is_time =
                    shown_at.is_none_or(|at| (now - at).to_std().is_ok_and(|time| time >= SHOWN_EVERY));
                if is_growing && is_time && list.len() >= shown_before.unwrap_or_default() {
                    listed.set(Some(list.clone()));
                    shown_at = Some(now);
                }
            }
            list.finish();
            listed.set(Some(list.clone()));
            Ok(list)
        }
    });
    // A reading under way may be older than what the caller knows to have changed: another one follows it.
    let is_asked_again = StoredValue::new(false);
    let again = Callback::new(move |()| {
        if all.is_loading.get_untracked() {
            is_asked_again.set_value(true);
        } else {
            all.again.run(());
        }
    });
    Effect::watch(
        move || all.is_loading.get(),
        move |is_loading, _, _| {
            if !is_loading && is_asked_again.get_value() {
                is_asked_again.set_value(false);
                all.again.run(());
            }
        },
        false,
    );
    let all = Reading { again, ..all };
    let listed = Reading { data: listed, ..all };
    BackupsReading { all, listed, so_far }
}
