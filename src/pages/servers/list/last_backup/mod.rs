//! The last backup of each server in sight.

mod age;
mod cell;
mod known;
mod queue;
mod reader;
mod visibility;

pub use cell::LastBackupCell;
pub use known::{Known, LastBackup};
pub use reader::LastBackups;
pub use visibility::Visibility;
