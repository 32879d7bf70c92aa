//! The world that a demo and a test begin with (design section 5, *Default world*).

mod backups;
mod elsewhere;
mod flexible_servers;
mod load;
mod long_term_backups;
mod protection;
mod resource_groups;
mod roles;
mod single_server;
mod storage_accounts;
mod subscriptions;

use arm_core::Timestamp;

use crate::world::World;

/// The regions of the emulated Azure, as the service displays them.
pub(crate) const LOCATIONS: [&str; 3] = ["West Europe", "North Europe", "Germany West Central"];

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
const DEVELOPMENT: &str = "22222222-2222-4222-8222-222222222222";
pub(crate) const SANDBOX: &str = "33333333-3333-4333-8333-333333333333";

/// Puts everything in its place.
pub(crate) fn fill(world: &mut World, now: Timestamp) {
    subscriptions::fill(world);
    resource_groups::fill(world);
    flexible_servers::fill(world, now);
    backups::fill(world, now);
    storage_accounts::fill(world, now);
    long_term_backups::fill(world, now);
    single_server::fill(world, now);
    roles::fill(world, now);
    protection::fill(world, now);
    elsewhere::fill(world, now);
}
