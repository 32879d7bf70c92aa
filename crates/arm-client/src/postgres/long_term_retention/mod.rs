//! Long-term retention backups: a copy of a server's data in a container of the customer's own.

mod backup;
mod backup_name;
mod operations;
mod progress;

pub use backup::{ExecutionStatus, LongTermBackup, expected_duration};
pub use backup_name::{InvalidLongTermBackupName, LongTermBackupName};
pub use operations::{LongTermRetention, PreCheck};
pub use progress::{Estimate, ProgressReading, TransferProgress};
