//! The pages, by noun.

#[cfg(debug_assertions)]
mod gallery;
mod not_found;
mod protect;
mod servers;
mod vaults;

#[cfg(debug_assertions)]
pub use gallery::{Gallery, GalleryPage};
pub use not_found::NotFoundPage;
pub use protect::ProtectPage;
pub use servers::{BackupsPage, LongTermRetentionPage, ProtectionPage, ServersPage};
pub use vaults::{InstancePage, VaultPage, VaultsPage};
