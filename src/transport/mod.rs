//! The only place that reaches Azure Resource Manager (design invariant 4).

mod fetch;
mod worker;

use std::rc::Rc;

use arm_core::Transport;

pub use fetch::FetchTransport;
pub use worker::{WorkerStorage, WorkerTransport};

use crate::config::{Config, TransportKind};

/// The transport that the configuration asks for; `on_ready` hears where the demo's world is kept.
///
/// # Errors
/// When the emulator's worker cannot be started; the sentence says why.
pub fn from_config(
    config: &Config,
    on_ready: impl Fn(WorkerStorage) + 'static,
) -> Result<Rc<dyn Transport>, String> {
    match config.transport {
        TransportKind::Fetch => Ok(Rc::new(FetchTransport)),
        TransportKind::Worker => Ok(Rc::new(WorkerTransport::start(config.time_factor, on_ready)?)),
    }
}
