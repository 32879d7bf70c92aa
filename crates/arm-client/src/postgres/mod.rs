//! Azure Database for PostgreSQL (`Microsoft.DBforPostgreSQL`).

mod backup;
mod backup_name;
mod backups;
mod flexible_server;
mod flexible_servers;
pub mod long_term_retention;
mod single_servers;

pub use backup::{Backup, BackupType};
pub use backup_name::{BackupName, InvalidBackupName};
pub use backups::{Backups, is_missing_backup};
pub use flexible_server::{FlexibleServer, ServerState, Sku};
pub use flexible_servers::{FlexibleDatabase, FlexibleServers};
pub use single_servers::{SingleDatabase, SingleServer, SingleServers};

/// The resource type of a flexible server, as Resource Graph keeps it.
pub const FLEXIBLE_SERVERS: &str = "microsoft.dbforpostgresql/flexibleservers";
