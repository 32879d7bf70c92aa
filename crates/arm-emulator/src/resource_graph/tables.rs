//! The tables: the world's documents as rows.

use arm_core::ResourceId;
use serde_json::{Value, json};

use super::{evaluate::Row, syntax::Table};
use crate::{data_protection, world::World};

/// The rows of a table in these subscriptions (lower-case ids), by id.
pub(super) fn rows(world: &World, table: Table, subscriptions: &[String]) -> Vec<Row> {
    let is_wanted = |id: &ResourceId| {
        let subscription = id.subscription_id().to_ascii_lowercase();
        subscriptions.contains(&subscription)
    };
    let documents = world.documents.values();
    documents
        .filter_map(|document| {
            let id: ResourceId = document["id"].as_str()?.parse().ok()?;
            (is_wanted(&id) && table_of(&id) == Some(table)).then(|| row(world, document, &id))
        })
        .collect()
}

/// Where a resource is found: top-level resources, what Azure Backup keeps in a vault, and what holds resources.
fn table_of(id: &ResourceId) -> Option<Table> {
    const IN_A_VAULT: [&str; 3] = [
        "microsoft.dataprotection/backupvaults/backupinstances",
        "microsoft.dataprotection/backupvaults/backupjobs",
        "microsoft.dataprotection/backupvaults/backuppolicies",
    ];
    let Some(resource_type) = id.resource_type() else {
        return Some(Table::ResourceContainers);
    };
    let resource_type = resource_type.to_ascii_lowercase();
    // Roles have a table of their own, which is not emulated.
    if resource_type.contains("microsoft.authorization") {
        return None;
    }
    if IN_A_VAULT.contains(&resource_type.as_str()) {
        return Some(Table::RecoveryServicesResources);
    }
    (resource_type.matches('/').count() == 1).then_some(Table::Resources)
}

/// The columns of every table (reference C4).
fn row(world: &World, document: &Value, id: &ResourceId) -> Row {
    let part = |name: &str| document.get(name).cloned().unwrap_or_default();
    let name = document["displayName"].as_str().unwrap_or(id.name());
    let location = document["location"].as_str().unwrap_or_default();
    let cells = [
        ("id", json!(id.as_str())),
        ("name", json!(name)),
        ("type", json!(type_in_tables(id))),
        ("tenantId", tenant_of(world, id)),
        ("kind", json!(document["kind"].as_str().unwrap_or_default())),
        ("location", json!(location.replace(' ', "").to_ascii_lowercase())),
        ("resourceGroup", json!(id.resource_group().unwrap_or_default())),
        ("subscriptionId", json!(id.subscription_id())),
        ("managedBy", json!("")),
        ("sku", part("sku")),
        ("plan", Value::Null),
        ("properties", properties(world, document, id)),
        ("tags", part("tags")),
        ("identity", part("identity")),
        ("zones", Value::Null),
        ("extendedLocation", Value::Null),
    ];
    cells
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}

fn tenant_of(world: &World, id: &ResourceId) -> Value {
    let subscription = format!("/subscriptions/{}", id.subscription_id()).to_ascii_lowercase();
    world
        .document(&subscription)
        .map(|found| found["tenantId"].clone())
        .unwrap_or_default()
}

fn type_in_tables(id: &ResourceId) -> String {
    match (id.resource_type(), id.resource_group()) {
        (Some(resource_type), _) => resource_type.to_ascii_lowercase(),
        (None, Some(_)) => "microsoft.resources/subscriptions/resourcegroups".to_owned(),
        (None, None) => "microsoft.resources/subscriptions".to_owned(),
    }
}

/// A subscription has its properties at the top; a backup instance has more than it answers itself.
fn properties(world: &World, document: &Value, id: &ResourceId) -> Value {
    if id.resource_group().is_some() {
        let mut properties = document.get("properties").cloned().unwrap_or_default();
        if document["type"] == data_protection::INSTANCE_TYPE {
            properties["backupInstanceExtendedProperties"] =
                data_protection::instances::read::in_tables(world, document);
        }
        return properties;
    }
    json!({
        "managedByTenants": document["managedByTenants"],
        "state": document["state"],
        "subscriptionPolicies": document["subscriptionPolicies"],
    })
}
