//! The portal inside somebody else's page: what is said between the two (docs/embedding.md).
//!
//! Pure: who sent a text and when come in, what to do comes out. Nothing is believed but what the page around the portal
//! says from an origin that `config.json` names (auth #79, #80; T12).

mod host_message;
mod link;
mod message_text;
mod portal_message;

pub use host_message::{HostAccount, HostError, HostMessage, HostToken, Init, Unreadable};
pub use link::{Heard, HostLink, Sender, Why};
pub use portal_message::{NotifyIntent, PortalMessage, TokenReason};

/// The version of what is said; a host that speaks another one is told so.
pub const VERSION: u32 = 1;
