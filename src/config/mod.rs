//! `config.json`: which cloud, which directory, which way to reach Azure Resource Manager.
//!
//! The schema is closed and every mistake has one clear sentence. A login or ARM origin of one's own
//! is accepted only when it and the page itself are on loopback, so that neither a mistyped nor a
//! hostile file can send a real token elsewhere (auth T9).

mod cloud;
mod file;
mod load;
mod origin;
#[cfg(test)]
mod schema_tests;
mod storage;

pub use cloud::Cloud;
pub use file::{Config, ConfigProblem, FlowKind, Page, Theme, TransportKind};
pub use load::load;
pub use storage::listed_at;
