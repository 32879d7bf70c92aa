//! The pages, by noun.

#[cfg(debug_assertions)]
mod gallery;
mod jobs;
mod not_found;
mod protect;
mod restore;
mod servers;
mod vaults;

#[cfg(debug_assertions)]
pub use gallery::{Gallery, GalleryPage};
pub use jobs::{JobPage, JobsPage};
pub use not_found::NotFoundPage;
pub use protect::ProtectPage;
pub use restore::RestorePage;
pub use servers::{BackupsPage, LongTermRetentionPage, ProtectionPage, ServersPage};
pub(crate) use vaults::or_none;
pub use vaults::{InstancePage, VaultPage, VaultsPage};
