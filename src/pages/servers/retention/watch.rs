//! The list while something runs: read again and again, and what comes of it said aloud.

use std::time::Duration;

use arm_client::postgres::long_term_retention::LongTermBackup;
use arm_core::ResourceId;

use super::{
    pace::{self, Paces},
    row::Row,
    spoken::Spoken,
};
use crate::{
    hooks::Reading,
    prelude::*,
    services::use_services,
    stores::operations::{Act, use_operations},
    ui::live_region::announce,
};

/// How long between two looks: bytes and percent of a backup of minutes or hours.
const EVERY: Duration = Duration::from_secs(15);

/// Reads again while something may go on and the page is in sight; gives the pace of what runs.
pub fn use_watch(
    server: StoredValue<ResourceId>,
    reading: Reading<Vec<LongTermBackup>>,
    rows: Memo<Vec<Row>>,
) -> RwSignal<Paces> {
    let clock = StoredValue::new_local(use_services().clock.clone());
    let may_go_on = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.state.may_go_on())));
    Effect::new(move |_| {
        if !may_go_on.get() {
            return;
        }
        // It ends with the effect: when nothing goes on any more, or the page is left.
        spawn_local_scoped_with_cancellation(async move {
            loop {
                clock.get_value().sleep(EVERY).await;
                if !document().hidden() {
                    reading.again.run(());
                }
            }
        });
    });
    let (paces, spoken) = (RwSignal::new(Paces::new()), StoredValue::new(Spoken::default()));
    let operations = use_operations();
    Effect::new(move |_| {
        let at = reading.read_at.get();
        reading.data.with(|backups| {
            let (Some(backups), Some(at)) = (backups, at) else {
                return;
            };
            paces.update(|paces| pace::take(paces, backups, at));
            // The end of what was begun in this browser is said by its notification.
            let own = untrack(|| operations.all());
            let is_own = |row: &Row| {
                own.iter().any(|operation| {
                    matches!(&operation.act, Act::LongTermBackup { name } if *name == row.name)
                        && server.with_value(|server| operation.target == *server)
                })
            };
            let said = spoken.try_update_value(|spoken| {
                rows.with_untracked(|rows| paces.with_untracked(|paces| spoken.take(rows, paces, at, is_own)))
            });
            if let Some(said) = said.filter(|said| !said.is_empty()) {
                announce(&said.join(" "), false);
            }
        });
    });
    paces
}
