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

/// `Microsoft.DBforPostgreSQL/flexibleServers`.
pub(crate) const FLEXIBLE_SERVERS: &[&str] = &[
    "2021-06-01",
    "2022-12-01",
    "2023-03-01-preview",
    "2023-06-01-preview",
    "2024-08-01",
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
pub(crate) const BACKUP_WRITES: &[&str] = FLEXIBLE_SERVERS.split_at(4).1;
