//! Serves a built app on loopback as a static host would: headers, fallback, `config.json`.
//!
//! What a real host has to send is decided here, in pure functions of `config.json`; the server only applies it,
//! so the demo and the browser tests run under the same policy as an installation.

mod headers;
pub mod hosts;
mod policy;
#[cfg(feature = "server")]
mod server;

pub use headers::headers;
pub use policy::{content_security_policy, content_security_policy_of_the_page};
#[cfg(feature = "server")]
pub use server::{router, serve};
