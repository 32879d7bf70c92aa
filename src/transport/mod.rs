//! The only place that reaches Azure Resource Manager (design invariant 4), and beside it the list of a container's blobs.

pub mod blobs;
mod fetch;
mod worker;

use std::rc::Rc;

use arm_core::Transport;

pub use fetch::FetchTransport;
pub use worker::{WorkerStorage, WorkerTransport};

use crate::{
    config::{Config, TransportKind},
    lazy::{NotLoaded, lazy},
};

/// The transport that the configuration asks for; `on_ready` hears where the demo's world is kept.
///
/// # Errors
/// When the emulator's worker cannot be started: inside, the sentence that says why; outside, that what starts it could
/// not be fetched, and may be asked for again.
pub async fn from_config(
    config: &Config,
    on_ready: impl Fn(WorkerStorage) + 'static,
) -> Result<Result<Rc<dyn Transport>, String>, NotLoaded> {
    match config.transport {
        TransportKind::Fetch => Ok(Ok(Rc::new(FetchTransport))),
        TransportKind::Worker => start_worker(config.time_factor, Box::new(on_ready)).await,
    }
}

// Only the demo has a worker.
lazy! {
    demo: fn start_worker(
        time_factor: f64,
        on_ready: Box<dyn Fn(WorkerStorage)>,
    ) -> Result<Rc<dyn Transport>, String> {
        WorkerTransport::start(time_factor, on_ready).map(|worker| Rc::new(worker) as Rc<dyn Transport>)
    }
}
