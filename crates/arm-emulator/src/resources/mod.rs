//! Tenants, subscriptions and resource groups (reference C4, G9).

mod get_resource_group;
mod get_subscription;
mod head_resource_group;
mod list_resource_groups;
mod list_subscriptions;
mod list_tenants;

use arm_core::Method;

use crate::{api_versions, router::Route};

pub(crate) const RESOURCE_GROUP_TYPE: &str = "Microsoft.Resources/resourceGroups";

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/tenants",
        versions: api_versions::SUBSCRIPTIONS,
        action: None,
        handler: list_tenants::list_tenants,
    },
    Route {
        method: Method::Get,
        path: "/subscriptions",
        versions: api_versions::SUBSCRIPTIONS,
        action: None,
        handler: list_subscriptions::list_subscriptions,
    },
    Route {
        method: Method::Get,
        path: "/subscriptions/{subscriptionId}",
        versions: api_versions::SUBSCRIPTIONS,
        action: Some("Microsoft.Resources/subscriptions/read"),
        handler: get_subscription::get_subscription,
    },
    Route {
        method: Method::Get,
        path: "/subscriptions/{subscriptionId}/resourceGroups",
        versions: api_versions::RESOURCE_GROUPS,
        action: Some("Microsoft.Resources/subscriptions/resourceGroups/read"),
        handler: list_resource_groups::list_resource_groups,
    },
    // Before the `GET`, whose `HEAD` would answer 200.
    Route {
        method: Method::Head,
        path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
        versions: api_versions::RESOURCE_GROUPS,
        action: Some("Microsoft.Resources/subscriptions/resourceGroups/read"),
        handler: head_resource_group::head_resource_group,
    },
    Route {
        method: Method::Get,
        path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
        versions: api_versions::RESOURCE_GROUPS,
        action: Some("Microsoft.Resources/subscriptions/resourceGroups/read"),
        handler: get_resource_group::get_resource_group,
    },
];
