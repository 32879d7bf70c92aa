//! Who has which role: directly, inherited, by a group, by a custom role (reference C1).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::json;

use super::{DEVELOPMENT, PRODUCTION};
use crate::{
    authorization::{
        DEFINITION_TYPE,
        role_assignments::Assignment,
        roles::{LONG_TERM_RETENTION, READER, STORAGE_BLOB_DATA_CONTRIBUTOR},
    },
    directory::{ARCHIVE_VAULT, COMMERCE_VAULT, GROUPS, INSIGHTS_VAULT, USERS},
    world::World,
};

/// A role of the organisation's own that allows what the built-in one does.
const CUSTOM: &str = "c0ffee00-0000-4000-8000-0000000000c1";

/// Role, principal, its type, scope below `/subscriptions/`.
fn assignments() -> [(&'static str, &'static str, &'static str, String); 11] {
    let server = |group: &str, name: &str| {
        format!(
            "{PRODUCTION}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
        )
    };
    let telemetry = "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char";
    let (identity, group) = ("ServicePrincipal", "Group");
    [
        // Directly: the group of the billing server and the server itself.
        (
            READER,
            COMMERCE_VAULT,
            identity,
            format!("{PRODUCTION}/resourceGroups/rg-billing-prod"),
        ),
        (
            LONG_TERM_RETENTION,
            COMMERCE_VAULT,
            identity,
            server("rg-billing-prod", "pg-billing-prod"),
        ),
        // Inherited from above: the development server.
        (READER, COMMERCE_VAULT, identity, DEVELOPMENT.to_owned()),
        (
            LONG_TERM_RETENTION,
            COMMERCE_VAULT,
            identity,
            format!("{DEVELOPMENT}/resourceGroups/rg-dev"),
        ),
        // By a group, and half of what it takes: the catalogue.
        (
            LONG_TERM_RETENTION,
            GROUPS[0].object_id,
            group,
            server("rg-commerce-prod", "pg-catalog-prod"),
        ),
        // By a group and a custom role: telemetry.
        (
            READER,
            GROUPS[0].object_id,
            group,
            format!("{PRODUCTION}/resourceGroups/rg-insights"),
        ),
        (CUSTOM, ARCHIVE_VAULT, identity, server("rg-insights", telemetry)),
        // Directly, for what was protected and then deleted.
        (
            READER,
            INSIGHTS_VAULT,
            identity,
            format!("{DEVELOPMENT}/resourceGroups/rg-platform-dev"),
        ),
        (
            LONG_TERM_RETENTION,
            INSIGHTS_VAULT,
            identity,
            server("rg-platform-dev", "pg-metrics-v2").replace(PRODUCTION, DEVELOPMENT),
        ),
        // For restored files: one storage account.
        (
            STORAGE_BLOB_DATA_CONTRIBUTOR,
            COMMERCE_VAULT,
            identity,
            format!(
                "{PRODUCTION}/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup"
            ),
        ),
        // Somebody else's, to be told from the vaults'.
        (READER, USERS[1].object_id, "User", PRODUCTION.to_owned()),
    ]
}

pub(super) fn fill(world: &mut World, now: Timestamp) {
    world.put(json!({
        "properties": {
            "roleName": "Contoso backup of PostgreSQL",
            "type": "CustomRole",
            "description": "What a backup vault needs on a flexible server.",
            "assignableScopes": [format!("/subscriptions/{PRODUCTION}")],
            "permissions": [{
                "actions": ["Microsoft.DBforPostgreSQL/flexibleServers/*"],
                "notActions": ["Microsoft.DBforPostgreSQL/flexibleServers/*/write", "Microsoft.DBforPostgreSQL/flexibleServers/delete"],
                "dataActions": [],
                "notDataActions": [],
            }],
            "createdOn": "2025-06-02T08:00:00.0000000Z",
            "updatedOn": "2025-06-02T08:00:00.0000000Z",
            "createdBy": USERS[0].object_id,
            "updatedBy": USERS[0].object_id,
        },
        "id": format!("/subscriptions/{PRODUCTION}/providers/{DEFINITION_TYPE}/{CUSTOM}"),
        "type": DEFINITION_TYPE,
        "name": CUSTOM,
    }));
    for (index, (role, principal, principal_type, scope)) in assignments().into_iter().enumerate() {
        let subscription = scope.split('/').next().unwrap_or_default();
        let assignment = Assignment {
            scope: &format!("/subscriptions/{scope}"),
            name: &format!("a551917e-0000-4000-8000-{index:012}"),
            role: format!("/subscriptions/{subscription}/providers/{DEFINITION_TYPE}/{role}"),
            principal,
            principal_type,
            created: now - TimeDelta::days(210),
            created_by: USERS[0].object_id,
        };
        world.put(assignment.document());
    }
}
