//! The api-version sent to each provider.
//!
//! One constant per provider, so that a version is changed in one place.

/// `Microsoft.DBforPostgreSQL`: the version of the documents this client follows.
pub const POSTGRESQL: &str = "2025-08-01";

/// Subscriptions and tenants (`Microsoft.Resources`, reference C4 and G9).
pub const SUBSCRIPTIONS: &str = "2022-12-01";

/// Resource groups (`Microsoft.Resources`, reference C4).
pub const RESOURCE_GROUPS: &str = "2025-04-01";

/// Storage accounts and their containers (`Microsoft.Storage`, reference C3).
pub const STORAGE: &str = "2025-06-01";

/// Azure Resource Graph (reference C4).
pub const RESOURCE_GRAPH: &str = "2021-03-01";

/// Azure Backup (`Microsoft.DataProtection`, reference B).
pub const DATA_PROTECTION: &str = "2026-06-01";

/// Role assignments, role definitions, permissions (`Microsoft.Authorization`, reference C2, G4).
pub const AUTHORIZATION: &str = "2022-04-01";

/// Key vaults (`Microsoft.KeyVault`, reference G3).
pub const KEY_VAULT: &str = "2023-02-01";

/// The legacy single server (`Microsoft.DBforPostgreSQL/servers`, reference G1).
pub const SINGLE_SERVERS: &str = "2017-12-01";
