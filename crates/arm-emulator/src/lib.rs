//! Azure Resource Manager in memory: a world that answers requests, without clock, socket or randomness.
//!
//! A [`World`] is a value: it holds every resource as the JSON document that the service would answer, and
//! [`World::handle`] turns a request and a moment into a [`Reply`]. What happens later (the end of a backup) is
//! data in it, applied once a request comes with a later moment. The rules it follows are in `docs/emulation.md`.

mod api_versions;
mod authorization;
mod base64;
mod call;
mod checks;
mod cors;
mod data_protection;
mod default_world;
pub mod directory;
mod documents;
mod faults;
mod freedoms;
mod in_process;
mod key_vault;
mod merge;
mod operations;
mod overview;
mod paging;
mod permissions;
mod polling_url;
mod postgres;
mod random;
mod rate_limits;
mod refusals;
mod reply;
mod resource_graph;
mod resources;
mod response_headers;
mod router;
pub mod sign_in;
mod signed_url;
mod storage;
mod switches;
mod target;
#[cfg(test)]
mod testing;
mod timestamps;
mod timing;
mod tokens;
mod world;

pub use faults::{Fault, FaultKind, Faults, JobEnd, RequestMatcher};
pub use in_process::InProcess;
pub use overview::{OperationOverview, Overview, ServerOverview};
pub use reply::{Delivery, Reply};
pub use switches::{HeaderCase, Switches};
pub use world::World;
