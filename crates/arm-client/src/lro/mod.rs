//! Long-running operations.
//!
//! One small pure file per protocol says what its answers mean; `follow` says which of them the first
//! answer asks for, `final_read` where the result is. `OperationState` holds all that is known, and is
//! what a continuation token keeps. The [`Poller`] alone sends and waits.

mod azure_async_operation;
mod continuation_token;
mod final_read;
mod follow;
mod location;
mod operation;
mod operation_location;
mod operation_state;
mod operation_status;
pub(crate) mod pace;
mod poller;
mod progress;
mod reading;
mod resource_body;
mod status_body;

pub use continuation_token::ContinuationToken;
pub use final_read::FinalStateVia;
pub use operation::Operation;
pub use poller::Poller;
pub use progress::Progress;
