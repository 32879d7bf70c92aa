//! Backups that come and go with time (reference E, *cadence* and *retention*).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    BACKUP_TYPE, backups,
    servers::{self, text},
};
use crate::{
    timestamps::{later, with_offset},
    timing,
    world::World,
};

/// Takes the daily backups that were due until `now` and lets go of those older than their server's retention.
pub(crate) fn advance(world: &mut World, now: Timestamp) {
    if world.backups_due.is_some_and(|due| now < due) {
        return;
    }
    let servers: Vec<Value> = servers::all(world).cloned().collect();
    let due = servers
        .into_iter()
        .filter_map(|server| advance_server(world, server, now))
        .min();
    world.backups_due = Some(due.unwrap_or_else(|| later(now, TimeDelta::days(1))));
}

/// When the next backup of this server comes or goes.
fn advance_server(world: &mut World, mut server: Value, now: Timestamp) -> Option<Timestamp> {
    // A stopped server gets no new backups and keeps its old ones (reference E); replicas have none.
    if text(&server, "/properties/state") != "Ready" {
        return None;
    }
    let id = text(&server, "/id").to_owned();
    let key = id.to_ascii_lowercase();
    let retention = TimeDelta::days(servers::retention_days(&server));
    let all = |world: &World| -> Vec<(String, Timestamp, bool)> {
        let backups = world.below(&key, BACKUP_TYPE);
        backups
            .filter_map(|backup| {
                let id = text(backup, "/id").to_ascii_lowercase();
                Some((id, backups::completed(backup)?, backups::is_on_demand(backup)))
            })
            .collect()
    };

    let mut next = None;
    if !text(&server, "/properties/replicationRole").contains("Replica") {
        let taken = all(world);
        let last = taken
            .iter()
            .filter(|(_, _, is_on_demand)| !is_on_demand)
            .map(|(_, completed, _)| *completed)
            .max();
        let mut due = match last {
            Some(last) => later(last, TimeDelta::days(1)),
            None => later(servers::created(&server)?, timing::FIRST_BACKUP),
        };
        // What would have gone again by now need not come.
        let missed = (now - retention - due).num_days();
        if missed > 0 {
            due = later(due, TimeDelta::days(missed));
        }
        while due <= now {
            world.put(backups::automatic(&id, due));
            due = later(due, TimeDelta::days(1));
        }
        next = Some(due);
    }

    let (gone, kept): (Vec<_>, Vec<_>) = all(world)
        .into_iter()
        .partition(|(_, completed, _)| later(*completed, retention) < now);
    for (key, ..) in gone {
        world.documents.remove(&key);
    }
    let oldest = kept.iter().map(|(_, completed, _)| *completed).min();
    if let (Some(oldest), Some(backup)) = (oldest, server.pointer_mut("/properties/backup")) {
        backup["earliestRestoreDate"] = json!(with_offset(oldest));
        world.put(server);
    }
    let first_to_go = oldest.map(|oldest| later(oldest, retention + TimeDelta::nanoseconds(1)));
    [next, first_to_go].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use crate::testing::{ORDERS, Rig, body, sibling};

    const DAY: i64 = 24 * 3600;

    /// Counts the automatic and the on-demand backups of a server.
    fn count(rig: &mut Rig, server: &str) -> (usize, usize) {
        let answer = body(&rig.get(&format!("{server}/backups")));
        let backups = answer["value"].as_array().cloned().unwrap_or_default();
        let on_demand = backups
            .iter()
            .filter(|backup| backup["properties"]["source"] == "Customer Initiated");
        let on_demand = on_demand.count();
        (backups.len() - on_demand, on_demand)
    }

    #[test]
    fn a_day_brings_one_automatic_backup_and_takes_the_oldest() {
        let mut rig = Rig::new();
        let newest =
            |rig: &mut Rig| body(&rig.get(&format!("{ORDERS}/backups")))["value"][13]["name"].clone();
        let before = newest(&mut rig);
        rig.wait(DAY);
        assert_eq!(count(&mut rig, ORDERS), (14, 3));
        assert_ne!(newest(&mut rig), before);
    }

    #[test]
    fn on_demand_backups_go_with_the_retention_too() {
        let mut rig = Rig::new();
        for (days, kept) in [(1, 3), (2, 2), (9, 2), (10, 1), (12, 1), (13, 0)] {
            rig.now = crate::testing::noon() + chrono::TimeDelta::days(days);
            assert_eq!(count(&mut rig, ORDERS), (14, kept), "after {days} days");
        }
    }

    #[test]
    fn a_year_without_a_request_leaves_no_more_than_the_retention() {
        let mut rig = Rig::new();
        rig.wait(365 * DAY);
        assert_eq!(count(&mut rig, ORDERS), (14, 0));
    }

    #[test]
    fn a_stopped_server_keeps_its_old_backups_and_gets_no_new_ones() {
        let mut rig = Rig::new();
        let server = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
        let before = rig.get(&format!("{server}/backups")).body;
        rig.wait(100 * DAY);
        assert_eq!(rig.get(&format!("{server}/backups")).body, before);
    }

    #[test]
    fn the_earliest_restore_date_follows_the_oldest_backup() {
        let mut rig = Rig::new();
        let date =
            |rig: &mut Rig| body(&rig.get(ORDERS))["properties"]["backup"]["earliestRestoreDate"].clone();
        let oldest = |rig: &mut Rig| {
            body(&rig.get(&format!("{ORDERS}/backups")))["value"][0]["properties"]["completedTime"].clone()
        };
        let before = date(&mut rig);
        assert_eq!(before, oldest(&mut rig));
        rig.wait(3 * DAY);
        assert_ne!(date(&mut rig), before);
        assert_eq!(date(&mut rig), oldest(&mut rig));
    }
}
