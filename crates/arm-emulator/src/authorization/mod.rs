//! `Microsoft.Authorization` (reference C2, G4): who has which role where.

pub(crate) mod actions;
mod delete_role_assignment;
pub(crate) mod effective;
mod get_role_assignment;
mod list_permissions;
mod list_role_assignments;
mod put_role_assignment;
pub(crate) mod role_assignments;
mod role_definitions;
pub(crate) mod roles;

use arm_core::Method;

use crate::{
    api_versions,
    router::{Route, route},
};

pub(crate) const ASSIGNMENT_TYPE: &str = "Microsoft.Authorization/roleAssignments";
pub(crate) const DEFINITION_TYPE: &str = "Microsoft.Authorization/roleDefinitions";

/// Each operation at each kind of scope: a subscription, a group, a resource, a child of one, and a container of blobs,
/// which lies one deeper.
macro_rules! at_every_scope {
    ($(($method:ident, $below:literal, $action:literal, $handler:path)),+ $(,)?) => {
        &[
            route(
                Method::Get,
                "/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
                api_versions::AUTHORIZATION,
                "Microsoft.Authorization/roleDefinitions/read",
                role_definitions::get_role_definition,
            ),
            $(
                route(
                    Method::$method,
                    concat!("/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/", $below),
                    api_versions::AUTHORIZATION,
                    $action,
                    $handler,
                ),
                route(
                    Method::$method,
                    concat!(
                        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
                        "/providers/Microsoft.Authorization/",
                        $below
                    ),
                    api_versions::AUTHORIZATION,
                    $action,
                    $handler,
                ),
                route(
                    Method::$method,
                    concat!(
                        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
                        "/providers/{namespace}/{resourceType}/{resourceName}",
                        "/providers/Microsoft.Authorization/",
                        $below
                    ),
                    api_versions::AUTHORIZATION,
                    $action,
                    $handler,
                ),
                route(
                    Method::$method,
                    concat!(
                        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
                        "/providers/{namespace}/{parentType}/{parentName}/{resourceType}/{resourceName}",
                        "/providers/Microsoft.Authorization/",
                        $below
                    ),
                    api_versions::AUTHORIZATION,
                    $action,
                    $handler,
                ),
                route(
                    Method::$method,
                    concat!(
                        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
                        "/providers/{namespace}/{parentType}/{parentName}/{middleType}/{middleName}",
                        "/{resourceType}/{resourceName}/providers/Microsoft.Authorization/",
                        $below
                    ),
                    api_versions::AUTHORIZATION,
                    $action,
                    $handler,
                ),
            )+
        ]
    };
}

pub(crate) const ROUTES: &[Route] = at_every_scope![
    (
        Get,
        "roleAssignments",
        "Microsoft.Authorization/roleAssignments/read",
        list_role_assignments::list_role_assignments
    ),
    (
        Get,
        "roleAssignments/{roleAssignmentName}",
        "Microsoft.Authorization/roleAssignments/read",
        get_role_assignment::get_role_assignment
    ),
    (
        Put,
        "roleAssignments/{roleAssignmentName}",
        "Microsoft.Authorization/roleAssignments/write",
        put_role_assignment::put_role_assignment
    ),
    (
        Delete,
        "roleAssignments/{roleAssignmentName}",
        "Microsoft.Authorization/roleAssignments/delete",
        delete_role_assignment::delete_role_assignment
    ),
    (
        Get,
        "roleDefinitions",
        "Microsoft.Authorization/roleDefinitions/read",
        role_definitions::list_role_definitions
    ),
    (
        Get,
        "roleDefinitions/{roleDefinitionId}",
        "Microsoft.Authorization/roleDefinitions/read",
        role_definitions::get_role_definition
    ),
    (
        Get,
        "permissions",
        "Microsoft.Authorization/permissions/read",
        list_permissions::list_permissions
    ),
];
