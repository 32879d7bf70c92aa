//! Flexible servers: all of them, and the pages of one.

mod backups;
mod list;

pub use backups::BackupsPage;
pub use list::ServersPage;
