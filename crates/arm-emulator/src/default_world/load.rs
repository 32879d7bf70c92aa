//! As many backups and servers as somebody wants to see.

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::flexible_servers::{MANY_BACKUPS, SERVERS};
use crate::{
    operations::Effect,
    postgres::{
        BACKUP_TYPE, backup_schedule,
        backups::{automatic, completed, is_on_demand},
        servers::retention_days,
    },
    timestamps::with_offset,
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

    /// Puts so many servers beside the others: `pg-fleet-00001` and so on, each like one of the default world's.
    ///
    /// Each has the last two backups that the server it is like has. Those of an earlier call are replaced.
    pub fn load_servers(&mut self, count: usize, now: Timestamp) {
        self.documents
            .retain(|id, _| !id.contains("/flexibleservers/pg-fleet-"));
        for index in 0..count {
            let like = &SERVERS[index % SERVERS.len()];
            let name = format!("pg-fleet-{:05}", index + 1);
            let id = like.id().replace(like.name, &name);
            let mut server = like.document(like.created(now));
            server["id"] = json!(id);
            server["name"] = json!(name);
            server["properties"]["fullyQualifiedDomainName"] =
                json!(format!("{name}.postgres.database.azure.com"));
            let of_its_own: Vec<Value> = self
                .below(&like.id().to_ascii_lowercase(), BACKUP_TYPE)
                .filter(|backup| !is_on_demand(backup))
                .cloned()
                .collect();
            let last = of_its_own.iter().rev().take(2);
            for completed in last.filter_map(completed) {
                server["properties"]["backup"]["earliestRestoreDate"] = json!(with_offset(completed));
                self.put(automatic(&id, completed));
            }
            self.put(server);
        }
        self.backups_due = None;
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
    fn there_are_as_many_servers_as_are_asked_for() {
        let mut rig = Rig::new();
        for (count, name) in [(25, "pg-fleet-00025"), (12, "pg-fleet-00012")] {
            rig.world.load_servers(count, rig.now);
            let query = "resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' and name contains 'pg-fleet-' | project name, id | order by name desc";
            let request = serde_json::json!({ "query": query }).to_string();
            let answer = body(&rig.post(
                "/providers/Microsoft.ResourceGraph/resources",
                "2021-03-01",
                &request,
            ));
            assert_eq!(
                (&answer["totalRecords"], &answer["data"][0]["name"]),
                (&count.into(), &name.into())
            );
            for row in answer["data"].as_array().into_iter().flatten() {
                let id = row["id"].as_str().unwrap_or_default();
                assert_eq!(body(&rig.get(id))["name"], row["name"], "{row}");
                let backups = body(&rig.get(&format!("{id}/backups")))["value"]
                    .as_array()
                    .map(Vec::len);
                assert!(backups == Some(2) || backups == Some(0), "{row}: {backups:?}");
            }
        }
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
