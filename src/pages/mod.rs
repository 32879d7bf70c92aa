//! The pages, by noun.

#[cfg(debug_assertions)]
mod gallery;
mod not_found;
mod servers;

#[cfg(debug_assertions)]
pub use gallery::{Gallery, GalleryPage};
pub use not_found::NotFoundPage;
pub use servers::{BackupsPage, LongTermRetentionPage, ServersPage};
