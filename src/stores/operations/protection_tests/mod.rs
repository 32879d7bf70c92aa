//! What is done with backup instances: what is said is what Azure did.

mod back_up;
mod changes;
mod configure;

use arm_client::data_protection::{BackupInstance, Datasource, DatasourceKind, NewInstance, ProtectionState};
use arm_core::ResourceId;

use super::{
    OperationState, ProtectionRequest,
    drive_rig::{Rig, Said, block_on},
};

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
const GUID: &str = "857d23b1-c679-4c94-ade6-c4d34635e149";
/// `pg-billing-prod` in a vault without soft delete; protected.
pub const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
/// A database whose protection is stopped.
const PAYROLL: &str = "pgs-legacy-payroll-957d23b1-c679-4c94-ade6-c4d34635e103";
/// A server whose backups are suspended, in a vault with soft delete.
pub const TELEMETRY: &str =
    "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char-957d23b1-c679-4c94-ade6-c4d34635e106";
/// A server that was deleted softly.
const METRICS: &str = "pg-metrics-v2-957d23b1-c679-4c94-ade6-c4d34635e105";

pub fn vault(name: &str) -> ResourceId {
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(PRODUCTION, "rg-backup-prod", kind, name).expect("an id")
}

fn in_vault(vault_name: &str, list: &str, name: &str) -> ResourceId {
    vault(vault_name).child(list, name).expect("an id")
}

pub fn commerce(name: &str) -> ResourceId {
    in_vault("bv-commerce-weu", "backupInstances", name)
}

pub fn telemetry() -> ResourceId {
    in_vault("bv-archive-gwc", "backupInstances", TELEMETRY)
}

/// The instance that protects the database `crm`, which can be protected, and the request.
pub fn new_database() -> (ResourceId, NewInstance) {
    let server = "providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy";
    let id = format!("/subscriptions/{PRODUCTION}/resourceGroups/rg-billing-prod/{server}/databases/crm");
    let new = NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id.parse().expect("an id"),
            location: "westeurope".to_owned(),
        },
        policy: in_vault("bv-commerce-weu", "backupPolicies", "pgsingle-weekly"),
        secret: Some("https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup".to_owned()),
    };
    (commerce(&format!("pgs-legacy-crm-{GUID}")), new)
}

/// A flexible server in the vault of commerce, under this policy.
fn flexible(group: &str, server: &str, policy: &str) -> NewInstance {
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::FlexibleServer,
            id: ResourceId::in_resource_group(PRODUCTION, group, kind, server).expect("an id"),
            location: "westeurope".to_owned(),
        },
        policy: in_vault("bv-commerce-weu", "backupPolicies", policy),
        secret: None,
    }
}

fn backup() -> ProtectionRequest {
    ProtectionRequest::BackUp {
        rule: "BackupWeekly".to_owned(),
        tag: None,
    }
}

impl Rig {
    fn instance(&self, id: &ResourceId) -> Option<BackupInstance> {
        block_on(self.client.data_protection().instance(id)).ok()
    }

    fn state(&self, id: &ResourceId) -> Option<ProtectionState> {
        self.instance(id)?.state
    }

    fn points(&self, instance: &ResourceId) -> usize {
        let pager = self
            .client
            .data_protection()
            .recovery_points(instance, None, None);
        block_on(pager.expect("a pager").collect()).expect("points").len()
    }
}

fn code(said: &Said) -> &str {
    match &said.entry.progress {
        OperationState::Failed(failure) => &failure.code,
        other => panic!("{other:?}"),
    }
}
