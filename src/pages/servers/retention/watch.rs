//! The list while something runs: read again and again, and its ends said aloud.

use std::time::Duration;

use arm_client::postgres::long_term_retention::LongTermBackup;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

use super::{
    pace::{self, Paces},
    row::Row,
};
use crate::{hooks::Reading, pages::servers::backups::Said, services::use_services};

/// How long between two looks: bytes and percent of a backup of minutes or hours.
const EVERY: Duration = Duration::from_secs(15);

/// Reads again while something may go on and the page is in sight; gives the pace of what runs.
pub fn use_watch(reading: Reading<Vec<LongTermBackup>>, rows: Memo<Vec<Row>>, said: Said) -> RwSignal<Paces> {
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
    let paces = RwSignal::new(Paces::new());
    Effect::new(move |_| {
        let at = reading.read_at.get();
        reading.data.with(|backups| {
            if let (Some(backups), Some(at)) = (backups, at) {
                paces.update(|paces| pace::take(paces, backups, at));
            }
        });
    });
    Effect::watch(
        move || rows.get(),
        move |rows, before, _| {
            for sentence in ends(before.map_or(&[], Vec::as_slice), rows) {
                said.say(sentence);
            }
        },
        false,
    );
    paces
}

/// What has ended since the last reading.
fn ends(before: &[Row], now: &[Row]) -> Vec<String> {
    let went_on = |row: &&Row| {
        before
            .iter()
            .any(|earlier| earlier.key == row.key && earlier.state.may_go_on())
    };
    now.iter()
        .filter(|row| !row.state.may_go_on())
        .filter(went_on)
        .map(|row| {
            format!(
                "Long-term retention backup {}: '{}'.",
                row.word.to_lowercase(),
                row.name
            )
        })
        .collect()
}
