//! What the contract leaves open, in many combinations: a client that hard-codes nothing notices none of them.

use arm_client::ArmError;
use arm_core::Method;
use arm_emulator::Switches;

use super::{Azure, PRODUCTION, orders};
use crate::support::block_on;

/// A working day in an Azure that uses its freedoms as `seed` has it.
fn a_day_with(seed: u64) {
    let azure = Azure::new();
    *azure.world.borrow_mut().switches() = Switches::default().with_freedoms_of(seed);

    let servers = block_on(azure.client.resource_graph().flexible_servers())
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    assert!(
        servers.iter().any(|server| server.id == orders()),
        "seed {seed}: {servers:?}"
    );
    assert!(
        servers.iter().any(|server| server.subscription_id == PRODUCTION),
        "seed {seed}"
    );
    let before = block_on(azure.client.backups(&orders()).list())
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));

    let poller = azure
        .begin(&orders(), "before-v43")
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    let (outcome, _) = azure.follow(poller);
    let backup = outcome.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    assert_eq!(backup.name, "before-v43", "seed {seed}");
    let after = block_on(azure.client.backups(&orders()).list())
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    assert_eq!(after.len(), before.len() + 1, "seed {seed}");
    assert_eq!(azure.count(Method::Put), 1, "seed {seed}");

    let poller = azure
        .begin(&orders(), "before-v43")
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    let (outcome, _) = azure.follow(poller);
    let error = outcome.expect_err("a name that is taken");
    assert!(
        matches!(error, ArmError::OperationFailed(_)),
        "seed {seed}: {error:?}"
    );
    assert_eq!(error.code(), Some("InternalServerError"), "seed {seed}");
}

#[test]
fn no_freedom_of_the_service_changes_what_a_user_gets() {
    (1..=40).for_each(a_day_with);
}
