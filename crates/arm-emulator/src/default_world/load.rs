//! A server with as many backups as somebody wants to see.

use arm_core::Timestamp;
use chrono::TimeDelta;

use super::flexible_servers::MANY_BACKUPS;
use crate::{
    operations::Effect,
    postgres::{backup_schedule, backups::automatic, servers::retention_days},
    world::World,
};

impl World {
    /// Puts the server `pg-many-backups` beside the others, with so many automatic backups.
    ///
    /// They lie evenly over the days for which the server keeps them, so that the oldest go as time passes. A server
    /// of that name and its backups are replaced; with no backups there is no such server.
    pub fn load(&mut self, backups: usize, now: Timestamp) {
        let id = MANY_BACKUPS.id();
        self.apply(Effect::Remove(id.to_ascii_lowercase()));
        let Some(count) = i64::try_from(backups).ok().filter(|count| *count > 0) else {
            return;
        };
        let server = MANY_BACKUPS.document(MANY_BACKUPS.created(now));
        let step = TimeDelta::days(retention_days(&server))
            .num_microseconds()
            .unwrap_or(0)
            / count;
        self.put(server);
        let newest = now - TimeDelta::seconds(1);
        for index in 0..count {
            self.put(automatic(&id, newest - TimeDelta::microseconds(step * index)));
        }
        backup_schedule::advance(self, now);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::{PRODUCTION, Rig, body};

    fn server() -> String {
        let group = format!("{PRODUCTION}/resourceGroups/rg-insights");
        format!("{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-many-backups")
    }

    /// How many backups are listed, page by page.
    fn count(rig: &mut Rig) -> usize {
        let mut answer = body(&rig.get(&format!("{}/backups", server())));
        let mut count = 0;
        loop {
            count += answer["value"].as_array().map_or(0, Vec::len);
            let Some(next) = answer["nextLink"].as_str() else {
                return count;
            };
            answer = body(&rig.follow(next));
        }
    }

    #[test]
    fn a_server_has_as_many_backups_as_are_asked_for() {
        for backups in [0, 1, 35, 5000] {
            let mut rig = Rig::new();
            rig.world.load(backups, rig.now);
            assert_eq!(count(&mut rig), backups, "{backups}");
        }
    }

    #[test]
    fn the_oldest_of_many_backups_go_with_time() {
        let mut rig = Rig::new();
        rig.world.load(3500, rig.now);
        rig.wait(24 * 3600);
        let left = count(&mut rig);
        assert!((3400..=3402).contains(&left), "{left}");
        let earliest = body(&rig.get(&server()))["properties"]["backup"]["earliestRestoreDate"].clone();
        let oldest = body(&rig.get(&format!("{}/backups", server())))["value"][0].clone();
        assert_eq!(earliest, oldest["properties"]["completedTime"]);
    }

    #[test]
    fn a_second_load_replaces_the_first_and_touches_nothing_else() {
        let mut rig = Rig::new();
        let before = rig.contents()["documents"].clone();
        rig.world.load(100, rig.now);
        rig.world.load(10, rig.now);
        assert_eq!(count(&mut rig), 10);
        let after = rig.contents()["documents"].clone();
        let others = |documents: &Value| {
            let documents = documents.as_object().cloned().unwrap_or_default();
            let others = documents.into_iter();
            others
                .filter(|(id, _)| !id.contains("pg-many-backups"))
                .collect::<Vec<_>>()
        };
        assert_eq!(others(&after), others(&before));
    }
}
