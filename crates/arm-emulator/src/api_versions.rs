//! Which versions each type answers to (reference 0, *Versions*, and A2, *Version differences*).

/// `subscriptions` and `tenants`.
pub(crate) const SUBSCRIPTIONS: &[&str] = &[
    "2014-04-01",
    "2015-11-01",
    "2016-06-01",
    "2018-01-01",
    "2019-06-01",
    "2019-11-01",
    "2020-01-01",
    "2021-01-01",
    "2022-12-01",
];

/// `resourceGroups`.
pub(crate) const RESOURCE_GROUPS: &[&str] = &[
    "2018-05-01",
    "2019-10-01",
    "2020-06-01",
    "2021-04-01",
    "2022-09-01",
    "2024-03-01",
    "2024-11-01",
    "2025-03-01",
    "2025-04-01",
];

/// `Microsoft.ResourceGraph/resources`.
pub(crate) const RESOURCE_GRAPH: &[&str] = &["2019-04-01", "2021-03-01", "2022-10-01", "2024-04-01"];

/// `Microsoft.DBforPostgreSQL/flexibleServers`: the versions whose descriptions are published.
pub(crate) const FLEXIBLE_SERVERS: &[&str] = &[
    "2021-06-01",
    "2022-12-01",
    "2023-03-01-preview",
    "2023-06-01-preview",
    "2023-12-01-preview",
    "2024-03-01-preview",
    "2024-08-01",
    "2024-11-01-preview",
    "2025-01-01-preview",
    "2025-06-01-preview",
    "2025-08-01",
    "2026-01-01-preview",
    "2026-04-01-preview",
    "2026-10-01",
];

/// `Microsoft.DBforPostgreSQL/flexibleServers/backups`, reading.
pub(crate) const BACKUPS: &[&str] = FLEXIBLE_SERVERS.split_at(1).1;

/// `Microsoft.DBforPostgreSQL/flexibleServers/backups`, taking and deleting.
pub(crate) const BACKUP_WRITES: &[&str] = FLEXIBLE_SERVERS.split_at(5).1;

/// `Microsoft.DBforPostgreSQL/flexibleServers`, long-term retention backups (reference A2).
pub(crate) const LONG_TERM_RETENTION: &[&str] = FLEXIBLE_SERVERS.split_at(3).1;

/// `Microsoft.Storage`: versions of which recordings or packages are published.
pub(crate) const STORAGE: &[&str] = &[
    "2019-06-01",
    "2021-09-01",
    "2022-09-01",
    "2023-01-01",
    "2023-05-01",
    "2024-01-01",
    "2025-01-01",
    "2025-06-01",
    "2025-08-01",
    "2026-04-01",
    "2026-06-01",
    "2026-09-01",
];

/// `Microsoft.DBforPostgreSQL/servers`, the legacy single server (reference G1).
pub(crate) const SINGLE_SERVERS: &[&str] = &["2017-12-01", "2017-12-01-preview"];

/// `Microsoft.DataProtection` (reference 0, *Versions*; 2022-12-01 is recorded).
pub(crate) const DATA_PROTECTION: &[&str] = &[
    "2021-01-01",
    "2021-07-01",
    "2022-01-01",
    "2022-12-01",
    "2023-01-01",
    "2023-05-01",
    "2023-11-01",
    "2024-04-01",
    "2025-07-01",
    "2025-09-01",
    "2026-03-01",
    "2026-06-01",
];

/// Stopping, suspending and resuming, and the status of an operation below its vault (reference B1).
pub(crate) const STOPPING_PROTECTION: &[&str] = DATA_PROTECTION.split_at(2).1;

/// Deleted backup instances (reference B1).
pub(crate) const DELETED_INSTANCES: &[&str] = DATA_PROTECTION.split_at(4).1;

/// Validating a change of an instance (reference B1).
pub(crate) const VALIDATING_A_CHANGE: &[&str] = DATA_PROTECTION.split_at(8).1;

/// The backup instances of one resource (reference B1).
pub(crate) const INSTANCES_OF_A_RESOURCE: &[&str] = DATA_PROTECTION.split_at(7).1;

/// `Microsoft.Authorization`: role assignments, role definitions, permissions (reference C2, G4).
pub(crate) const AUTHORIZATION: &[&str] = &[
    "2015-07-01",
    "2018-01-01-preview",
    "2018-07-01",
    "2020-04-01-preview",
    "2020-10-01-preview",
    "2022-04-01",
];

/// `Microsoft.KeyVault/vaults` (reference G3).
pub(crate) const KEY_VAULTS: &[&str] = &[
    "2019-09-01",
    "2022-07-01",
    "2023-02-01",
    "2023-07-01",
    "2024-11-01",
    "2026-05-15",
];

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{ORDERS, Rig, body};

    fn check(method: Method, path: &str, version: &str, expected: u16) {
        let mut rig = Rig::new();
        let before = rig.contents();
        let response = rig.send(method, path, version);
        assert_eq!(
            response.status, expected,
            "{method} {path} {version}: {}",
            response.body
        );
        if expected == 400 {
            let code = body(&response)["error"]["code"].clone();
            assert_eq!(code, "NoRegisteredProviderFound", "{method} {path} {version}");
            assert_eq!(rig.contents(), before, "{method} {path} {version}");
        }
    }

    #[test]
    fn each_version_has_the_operations_of_its_description() {
        let (list, backup) = (
            format!("{ORDERS}/backups"),
            format!("{ORDERS}/backups/smoke-test"),
        );
        let new = format!("{ORDERS}/backups/new");
        // Servers, reading backups, taking and deleting them.
        for (version, servers, reads, writes) in [
            ("2021-06-01", 200, 400, 400),
            ("2022-12-01", 200, 200, 400),
            ("2023-03-01-preview", 200, 200, 400),
            ("2023-12-01-preview", 200, 200, 400),
            ("2024-03-01-preview", 200, 200, 202),
            ("2024-08-01", 200, 200, 202),
            ("2025-08-01", 200, 200, 202),
            ("2025-06-01-PREVIEW", 200, 200, 202),
            ("2026-10-01", 200, 200, 202),
            ("2025-08-02", 400, 400, 400),
            ("2099-01-01", 400, 400, 400),
            ("latest", 400, 400, 400),
            ("2025-08-01 ", 400, 400, 400),
        ] {
            check(Method::Get, ORDERS, version, servers);
            check(Method::Get, &list, version, reads);
            check(Method::Get, &backup, version, reads);
            check(Method::Put, &new, version, writes);
            check(Method::Delete, &backup, version, writes);
        }
    }
}
