//! The emulator behind HTTP on loopback, for SDKs, az, curl and end-to-end tests.
//!
//! One port serves three things: Azure Resource Manager at `/…`, Microsoft Entra's sign-in page at
//! `/{tenant}/oauth2/v2.0/authorize`, and the control of the emulator itself at `/_emulator/…`.
//! Only loopback addresses are listened on, and only a loopback `Host` is answered.

mod arm;
mod connection;
mod control;
mod host;
mod options;
mod request_log;
mod routes;
mod server;
mod shared;
mod sign_in;
mod token;
mod wall_clock;
mod welcome;
mod world_file;

pub use options::{Options, UsageError};
pub use server::EmulatorServer;
pub use token::NOT_AN_SPA;
