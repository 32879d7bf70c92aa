//! The pages, by noun.

mod not_found;
mod servers;

pub use not_found::NotFoundPage;
pub use servers::{BackupsPage, ServersPage};
