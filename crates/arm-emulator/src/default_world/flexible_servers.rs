//! Servers in every state that matters (reference A4).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    DEVELOPMENT, PRODUCTION,
    elsewhere::{RETAIL, TRADING},
};
use crate::{postgres::SERVER_TYPE, timestamps::with_z, world::World};

/// What tells one server from another.
pub(super) struct Server {
    pub(super) subscription: &'static str,
    pub(super) group: &'static str,
    pub(super) name: &'static str,
    location: &'static str,
    sku: (&'static str, &'static str),
    storage: Storage,
    state: &'static str,
    pub(super) role: &'static str,
    version: (&'static str, &'static str),
    pub(super) retention_days: i64,
    geo_redundant: bool,
    highly_available: bool,
    /// How many days ago it was created; 0 for a few minutes.
    pub(super) age_days: i64,
    team: &'static str,
}

enum Storage {
    /// Premium SSD, whose `type` is empty in live answers: performance tier, IOPS, size in GiB.
    Premium(&'static str, u32, u32),
    /// Premium SSD v2: IOPS, throughput in MB/s, size in GiB.
    PremiumV2(u32, u32, u32),
}

/// A ready General Purpose server, from which the others differ.
const USUAL: Server = Server {
    subscription: PRODUCTION,
    group: "rg-commerce-prod",
    name: "pg-orders-prod",
    location: "West Europe",
    sku: ("Standard_D4ds_v5", "GeneralPurpose"),
    storage: Storage::Premium("P20", 2300, 512),
    state: "Ready",
    role: "Primary",
    version: ("16", "9"),
    retention_days: 14,
    geo_redundant: false,
    highly_available: false,
    age_days: 412,
    team: "commerce",
};

pub(super) const SERVERS: [Server; 10] = [
    Server {
        geo_redundant: true,
        highly_available: true,
        ..USUAL
    },
    Server {
        group: "rg-billing-prod",
        name: "pg-billing-prod",
        version: ("15", "13"),
        retention_days: 7,
        age_days: 655,
        team: "billing",
        ..USUAL
    },
    Server {
        name: "pg-catalog-prod",
        version: ("17", "5"),
        retention_days: 35,
        age_days: 220,
        ..USUAL
    },
    Server {
        group: "rg-insights",
        name: "pg-analytics",
        location: "North Europe",
        sku: ("Standard_E8ds_v5", "MemoryOptimized"),
        storage: Storage::Premium("P40", 7500, 2048),
        retention_days: 21,
        age_days: 301,
        team: "insights",
        ..USUAL
    },
    Server {
        name: "pg-orders-ro-1",
        role: "AsyncReplica",
        age_days: 96,
        ..USUAL
    },
    Server {
        group: "rg-hr",
        name: "pg-hr-archive",
        location: "Germany West Central",
        sku: ("Standard_D2ds_v5", "GeneralPurpose"),
        storage: Storage::Premium("P10", 500, 128),
        state: "Stopped",
        version: ("13", "21"),
        retention_days: 7,
        age_days: 940,
        team: "people",
        ..USUAL
    },
    Server {
        subscription: DEVELOPMENT,
        group: "rg-dev",
        name: "pg-dev-checkout",
        sku: ("Standard_B2s", "Burstable"),
        storage: Storage::Premium("P4", 120, 32),
        version: ("16", "8"),
        retention_days: 7,
        age_days: 48,
        ..USUAL
    },
    Server {
        name: "pg-loyalty-new",
        state: "Updating",
        version: ("17", "5"),
        retention_days: 7,
        age_days: 0,
        ..USUAL
    },
    Server {
        group: "rg-insights",
        name: "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char",
        location: "Germany West Central",
        sku: ("Standard_D8ds_v5", "GeneralPurpose"),
        storage: Storage::Premium("P30", 5000, 1024),
        version: ("14", "18"),
        retention_days: 10,
        age_days: 130,
        team: "insights",
        ..USUAL
    },
    Server {
        subscription: DEVELOPMENT,
        group: "rg-platform-dev",
        name: "pg-metrics-v2",
        location: "North Europe",
        storage: Storage::PremiumV2(3000, 125, 64),
        version: ("17", "5"),
        retention_days: 7,
        age_days: 12,
        team: "platform",
        ..USUAL
    },
];

/// In other directories than the home.
pub(super) const ELSEWHERE: [Server; 3] = [
    Server {
        subscription: RETAIL,
        group: "rg-retail",
        name: "pg-retail-prod",
        location: "North Europe",
        age_days: 380,
        team: "retail",
        ..USUAL
    },
    Server {
        subscription: RETAIL,
        group: "rg-retail",
        name: "pg-retail-reports",
        location: "North Europe",
        sku: ("Standard_B2s", "Burstable"),
        storage: Storage::Premium("P4", 120, 32),
        retention_days: 7,
        age_days: 33,
        team: "retail",
        ..USUAL
    },
    Server {
        subscription: TRADING,
        group: "rg-trading",
        name: "pg-forecast-prod",
        version: ("17", "5"),
        retention_days: 7,
        age_days: 77,
        team: "trading",
        ..USUAL
    },
];

/// Not in the default world: it comes with a load of backups.
pub(super) const MANY_BACKUPS: Server = Server {
    group: "rg-insights",
    name: "pg-many-backups",
    retention_days: 35,
    age_days: 400,
    team: "insights",
    ..USUAL
};

impl Server {
    pub(super) fn id(&self) -> String {
        let (subscription, group, name) = (self.subscription, self.group, self.name);
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{SERVER_TYPE}/{name}")
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.state == "Stopped"
    }

    /// Whether there are backups of it yet: none of a replica, none of a server that is being made.
    pub(super) fn has_backups(&self) -> bool {
        self.role == "Primary" && self.age_days > 0
    }

    pub(super) fn created(&self, now: Timestamp) -> Timestamp {
        // Not all at the same time of the day: the first backup, and so each daily one, follows creation.
        let minutes = self
            .name
            .bytes()
            .fold(4, |sum, byte| (sum * 31 + i64::from(byte)) % 1380);
        let minutes = if self.age_days == 0 { 4 } else { minutes };
        now - TimeDelta::days(self.age_days) - TimeDelta::minutes(minutes)
    }

    /// The document in the live order of its keys (reference A4).
    pub(super) fn document(&self, created: Timestamp) -> Value {
        let mut document = json!({
            "sku": { "name": self.sku.0, "tier": self.sku.1 },
            "systemData": { "createdAt": with_z(created) },
            "properties": {
                "replica": {
                    "role": self.role,
                    "capacity": if self.role == "Primary" { 5 } else { 0 },
                },
                "storage": self.storage.document(),
                "network": { "publicNetworkAccess": "Enabled" },
                "dataEncryption": { "type": "SystemManaged" },
                "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Enabled", "tenantId": crate::directory::TENANT_ID },
                "fullyQualifiedDomainName": format!("{}.postgres.database.azure.com", self.name),
                "version": self.version.0,
                "minorVersion": self.version.1,
                "administratorLogin": "pgadmin",
                "state": self.state,
                "availabilityZone": "1",
                "backup": {
                    "backupRetentionDays": self.retention_days,
                    "geoRedundantBackup": if self.geo_redundant { "Enabled" } else { "Disabled" },
                },
                "highAvailability": if self.highly_available {
                    json!({ "mode": "ZoneRedundant", "state": "Healthy", "standbyAvailabilityZone": "2" })
                } else {
                    json!({ "mode": "Disabled", "state": "NotEnabled" })
                },
                "maintenanceWindow": { "customWindow": "Disabled", "dayOfWeek": 0, "startHour": 0, "startMinute": 0 },
                "replicationRole": self.role,
                "replicaCapacity": if self.role == "Primary" { 5 } else { 0 },
                "privateEndpointConnections": [],
            },
            "location": self.location,
            "tags": { "team": self.team },
            "id": self.id(),
            "name": self.name,
            "type": SERVER_TYPE,
        });
        if self.role == "AsyncReplica" {
            document["properties"]["sourceServerResourceId"] = json!(USUAL.id());
        }
        document
    }
}

impl Storage {
    fn document(&self) -> Value {
        match *self {
            Self::Premium(tier, iops, size) => json!({
                "type": "",
                "iops": iops,
                "tier": tier,
                "storageSizeGB": size,
                "autoGrow": "Enabled",
            }),
            Self::PremiumV2(iops, throughput, size) => json!({
                "type": "PremiumV2_LRS",
                "iops": iops,
                "throughput": throughput,
                "storageSizeGB": size,
                "autoGrow": "Disabled",
            }),
        }
    }
}

pub(super) fn fill(world: &mut World, now: Timestamp) {
    for server in &SERVERS {
        world.put(server.document(server.created(now)));
    }
}
