//! What lies around the servers: subscriptions, tenants, resource groups, Resource Graph.

mod resource_graph;
mod resource_group;
mod server_summary;
mod subscription;
mod subscriptions;
mod tenant;

pub use resource_graph::{GraphPage, ResourceGraph};
pub use resource_group::ResourceGroup;
pub use server_summary::ServerSummary;
pub use subscription::{Subscription, SubscriptionState};
pub use subscriptions::Subscriptions;
pub use tenant::Tenant;
