//! What is in a world, in short: for people who watch it.

use arm_core::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    postgres::{
        BACKUP_TYPE, backups,
        servers::{self, text},
    },
    world::World,
};

/// The contents of a world at a moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// Each flexible server, by id.
    pub servers: Vec<ServerOverview>,
    /// Each long-running operation, the newest first.
    pub operations: Vec<OperationOverview>,
    /// How many injected faults wait for their requests.
    pub faults: usize,
}

/// A flexible server in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerOverview {
    /// Its id.
    pub id: String,
    /// Its location as Azure displays it.
    pub location: String,
    /// Its pricing tier.
    pub tier: String,
    /// Its state.
    pub state: String,
    /// How many backups the service took.
    pub automatic_backups: usize,
    /// How many backups users took.
    pub on_demand_backups: usize,
}

/// A long-running operation in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationOverview {
    /// Its GUID.
    pub name: String,
    /// What it does.
    pub kind: String,
    /// The lower-case id of what it is done to.
    pub target: String,
    /// Its state as the service tells it.
    pub status: &'static str,
    /// When it began.
    pub started: Timestamp,
    /// When it ends or ended.
    pub ends: Timestamp,
}

impl World {
    /// What is in this world at the moment `now`; what was due until then has happened.
    pub fn overview(&mut self, now: Timestamp) -> Overview {
        self.settle(now);
        let mut operations: Vec<_> = self.operations.values().collect();
        operations.sort_by(|one, other| other.started.cmp(&one.started).then(one.name.cmp(&other.name)));
        let two_ls = self.switches.canceled_has_two_ls;
        Overview {
            servers: servers::all(self)
                .map(|server| self.server_overview(server))
                .collect(),
            operations: operations
                .into_iter()
                .map(|operation| OperationOverview {
                    name: operation.name.clone(),
                    kind: format!("{:?}", operation.kind),
                    target: operation.target.clone(),
                    status: operation.status(now, two_ls),
                    started: operation.started,
                    ends: operation.ends,
                })
                .collect(),
            faults: self.faults.len(),
        }
    }

    fn server_overview(&self, server: &Value) -> ServerOverview {
        let id = text(server, "/id").to_owned();
        let of_server = self.below(&id.to_ascii_lowercase(), BACKUP_TYPE);
        let (on_demand, automatic): (Vec<_>, Vec<_>) =
            of_server.partition(|backup| backups::is_on_demand(backup));
        ServerOverview {
            location: text(server, "/location").to_owned(),
            tier: text(server, "/sku/tier").to_owned(),
            state: text(server, "/properties/state").to_owned(),
            automatic_backups: automatic.len(),
            on_demand_backups: on_demand.len(),
            id,
        }
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{ORDERS, Rig, VERSION};

    #[test]
    fn servers_and_operations_are_told_in_short() {
        let mut rig = Rig::new();
        rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
        let told = |rig: &mut Rig| {
            let overview = rig.world.overview(rig.now);
            let orders = overview.servers.iter().find(|server| server.id == ORDERS);
            let backups = orders.map(|server| (server.automatic_backups, server.on_demand_backups));
            let operation = overview.operations.first().cloned().expect("an operation");
            (backups, operation.kind, operation.status)
        };
        assert_eq!(
            told(&mut rig),
            (Some((14, 3)), "TakeBackup".to_owned(), "InProgress")
        );
        rig.wait(150);
        assert_eq!(
            told(&mut rig),
            (Some((14, 4)), "TakeBackup".to_owned(), "Succeeded")
        );
    }
}
