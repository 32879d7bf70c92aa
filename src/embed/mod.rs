//! The portal inside somebody else's page: what is said between the two, and how the app starts there
//! (docs/embedding.md).
//!
//! `host_message`, `link` and `portal_message` are pure: who sent a text and when come in, what to do comes out. Nothing
//! is believed but what the page around the portal says from an origin that `config.json` names (auth #79, #80; T12).
//! [`Around`] stands on them: the page around one app, whatever carries the texts. [`begin`] asks it how to start and puts
//! the app into its container; [`in_frame`] does so where the page is in a frame, with `postMessage`, which is used in
//! `frame.rs` alone.

mod around;
mod back;
mod frame;
mod gate;
mod height;
mod host_message;
mod link;
mod look;
mod message_text;
mod once;
mod portal_message;
mod start;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod tokens;
mod wiring;

pub use around::{Around, Change, Send};
pub use frame::in_frame;
pub use host_message::{HostAccount, HostError, HostMessage, HostToken, Init, Unreadable};
pub use link::{Heard, HostLink, Sender, Why};
pub use portal_message::{NotifyIntent, PortalMessage, TokenReason};
pub use start::{Stop, begin};

/// The version of what is said; a host that speaks another one is told so.
pub const VERSION: u32 = 1;
