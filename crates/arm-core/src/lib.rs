//! The words shared by every Azure Resource Manager client and emulator.
//!
//! Nothing here does I/O: a [`Transport`] sends, a [`Clock`] tells the time and waits, and both
//! are handed in, so that a test owns the network and the time.

mod clock;
mod http;
mod resource_id;
mod secret;
mod transport;
mod virtual_clock;

pub use clock::{Clock, Timestamp};
pub use http::{Headers, Method, Request, Response};
pub use resource_id::{ParseResourceIdError, ResourceId};
pub use secret::Secret;
pub use transport::{LocalFuture, Transport, TransportError};
pub use virtual_clock::VirtualClock;
