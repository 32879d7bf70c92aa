//! What pages work with: the client, the clocks, the configuration.

use std::rc::Rc;

use arm_client::ArmClient;
use arm_core::Clock;

use crate::{config::Config, prelude::*, rights::Limits};

/// Made once, when the configuration is known.
pub struct Services {
    /// The client of Azure Resource Manager.
    pub arm: ArmClient,
    /// The clock of operations: its waits are divided by the emulator's time factor.
    pub clock: Rc<dyn Clock>,
    /// The clock of the page itself.
    pub page_clock: Rc<dyn Clock>,
    /// The configuration.
    pub config: Config,
}

/// A handle that context and closures can hold; the services stay on the browser's one thread.
#[derive(Clone, Copy)]
struct Handle(StoredValue<Rc<Services>, LocalStorage>);

/// Puts the services into context.
pub fn provide_services(services: Services) {
    provide_context(Handle(StoredValue::new_local(Rc::new(services))));
}

/// The services, from context; to be called while a component is made, not after an `.await`.
pub fn use_services() -> Rc<Services> {
    expect_context::<Handle>().0.get_value()
}

/// What may not be done here, from context; nothing where there are no services, as around a single component.
pub fn limits() -> Limits {
    let handle = use_context::<Handle>();
    handle.map_or_else(Limits::default, |handle| {
        handle.0.with_value(|services| services.config.limits)
    })
}

/// The client of Azure Resource Manager, from context.
pub fn use_arm() -> ArmClient {
    use_services().arm.clone()
}
