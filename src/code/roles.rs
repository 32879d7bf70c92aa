//! Role assignments for the identity of a backup vault, as code for a colleague who may make them.

use arm_client::{api_versions, authorization::Role};
use arm_core::ResourceId;
use serde_json::{Value, json};

use super::{AZURE_CLI, Az};
use crate::ui::code_block::CodeSample;

/// The template's name on its tab.
pub const ARM_TEMPLATE: &str = "ARM template";

/// The version of nested deployments (`Microsoft.Resources/deployments`).
const DEPLOYMENTS: &str = "2022-09-01";
const FOR_SUBSCRIPTIONS: &str =
    "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#";
const FOR_GROUPS: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// What an identity is to be given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants {
    /// Its object id.
    pub principal: String,
    /// Roles, each with the scope it is assigned at.
    pub roles: Vec<(Role, ResourceId)>,
    /// The key vaults of whose access policies it gets one: *Get* and *List* on secrets.
    pub key_vaults: Vec<ResourceId>,
    /// The tenant of those key vaults.
    pub tenant: String,
    /// A region, where Azure keeps the record of the deployment.
    pub location: String,
}

/// The commands, and a template for whoever deploys one; both may be run again.
pub fn assign_roles(grants: &Grants) -> Vec<CodeSample> {
    [(AZURE_CLI, commands(grants)), (ARM_TEMPLATE, template(grants))]
        .map(|(language, code)| CodeSample {
            language: language.to_owned(),
            code,
        })
        .into()
}

fn commands(grants: &Grants) -> String {
    let mut lines = Vec::new();
    for (role, scope) in &grants.roles {
        lines.push(format!("# {}", role.name()));
        let command = Az::command("role assignment create")
            .option("--assignee-object-id", &grants.principal)
            .option("--assignee-principal-type", "ServicePrincipal")
            .option("--role", role.guid())
            .option("--scope", scope.as_str());
        lines.push(command.line());
    }
    for vault in &grants.key_vaults {
        let command = Az::command("keyvault set-policy")
            .option("--resource-group", vault.resource_group().unwrap_or_default())
            .option("--name", vault.name())
            .option("--subscription", vault.subscription_id())
            .option("--object-id", &grants.principal);
        lines.push("# Access policy of the key vault".to_owned());
        lines.push(format!("{} --secret-permissions get list", command.line()));
    }
    let scopes = grants
        .roles
        .iter()
        .map(|(_, scope)| scope)
        .chain(&grants.key_vaults);
    if let Some(subscription) = scopes.map(ResourceId::subscription_id).next() {
        let deploy = Az::command("deployment sub create")
            .option("--location", &grants.location)
            .option("--subscription", subscription)
            .option("--template-file", "roles.json");
        lines.push("# Or, with the ARM template in a file:".to_owned());
        lines.push(format!("# {}", deploy.line()));
    }
    lines.join("\n") + "\n"
}

/// A template for a subscription: each resource group has a deployment of its own inside, so that a role on one resource
/// needs no right on the whole group's parent.
fn template(grants: &Grants) -> String {
    let mut places: Vec<(ResourceId, Vec<Value>)> = Vec::new();
    let mut put =
        |place: ResourceId, resource: Value| match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, resources)) => resources.push(resource),
            None => places.push((place, vec![resource])),
        };
    for (role, scope) in &grants.roles {
        put(place_of(scope), assignment(*role, scope, &grants.principal));
    }
    for vault in &grants.key_vaults {
        put(place_of(vault), access_policy(vault, grants));
    }
    let deployments: Vec<_> = places
        .into_iter()
        .enumerate()
        .map(|(index, (place, resources))| deployment(index + 1, &place, resources, &grants.location))
        .collect();
    let template = json!({
        "$schema": FOR_SUBSCRIPTIONS,
        "contentVersion": "1.0.0.0",
        "resources": deployments,
    });
    format!("{template:#}\n")
}

/// The resource group that has the scope, or the subscription.
fn place_of(scope: &ResourceId) -> ResourceId {
    let mut place = scope.clone();
    while place.resource_type().is_some() {
        match place.parent() {
            Some(parent) => place = parent,
            None => break,
        }
    }
    place
}

fn deployment(number: usize, place: &ResourceId, resources: Vec<Value>, location: &str) -> Value {
    let (schema, group) = match place.resource_group() {
        Some(group) => (FOR_GROUPS, Some(group)),
        None => (FOR_SUBSCRIPTIONS, None),
    };
    let mut deployment = json!({
        "type": "Microsoft.Resources/deployments",
        "apiVersion": DEPLOYMENTS,
        "name": format!("backup-vault-roles-{number}"),
        "subscriptionId": place.subscription_id(),
        "properties": {
            "mode": "Incremental",
            "template": { "$schema": schema, "contentVersion": "1.0.0.0", "resources": resources },
        },
    });
    match group {
        Some(group) => deployment["resourceGroup"] = json!(group),
        None => deployment["location"] = json!(location),
    }
    deployment
}

fn assignment(role: Role, scope: &ResourceId, principal: &str) -> Value {
    // The same name each time: whoever deploys the template again changes nothing.
    let name = format!(
        "[guid({}, {}, {})]",
        literal(scope.as_str()),
        literal(role.guid()),
        literal(principal)
    );
    let mut assignment = json!({
        "type": "Microsoft.Authorization/roleAssignments",
        "apiVersion": api_versions::AUTHORIZATION,
        "name": name,
        "properties": {
            "roleDefinitionId": format!(
                "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{}",
                scope.subscription_id(),
                role.guid()
            ),
            "principalId": principal,
            "principalType": "ServicePrincipal",
        },
    });
    // Without one it holds for all of the group or the subscription that is deployed to.
    if let Some(resource) = within_group(scope) {
        assignment["scope"] = json!(resource);
    }
    assignment
}

/// `Microsoft.DBforPostgreSQL/flexibleServers/pg-a`: what follows `providers` in the id of a resource.
fn within_group(scope: &ResourceId) -> Option<&str> {
    let at = scope.as_str().to_ascii_lowercase().find("/providers/")?;
    scope.as_str().get(at + "/providers/".len()..)
}

fn access_policy(vault: &ResourceId, grants: &Grants) -> Value {
    json!({
        "type": "Microsoft.KeyVault/vaults/accessPolicies",
        "apiVersion": api_versions::KEY_VAULT,
        "name": format!("{}/add", vault.name()),
        "properties": { "accessPolicies": [{
            "tenantId": grants.tenant,
            "objectId": grants.principal,
            "permissions": { "secrets": ["get", "list"] },
        }] },
    })
}

/// A text inside an expression of a template.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "/subscriptions/s-1/resourceGroups/rg (prod)";

    fn id(text: &str) -> ResourceId {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn grants() -> Grants {
        let server = format!("{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a");
        Grants {
            principal: "p-1".to_owned(),
            roles: vec![
                (Role::Reader, id(GROUP)),
                (Role::LongTermRetentionBackup, id(&server)),
                (Role::Reader, id("/subscriptions/s-2")),
            ],
            key_vaults: vec![id(
                "/subscriptions/s-1/resourceGroups/rg-k/providers/Microsoft.KeyVault/vaults/kv",
            )],
            tenant: "t-1".to_owned(),
            location: "westeurope".to_owned(),
        }
    }

    #[test]
    fn each_command_names_the_identity_the_role_and_the_scope() {
        let [commands, _] = assign_roles(&grants()).try_into().expect("two samples");
        assert_eq!(commands.language, "Azure CLI");
        let create =
            "az role assignment create --assignee-object-id p-1 --assignee-principal-type ServicePrincipal";
        assert_eq!(
            commands.code.lines().collect::<Vec<_>>(),
            [
                "# Reader".to_owned(),
                format!("{create} --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope '{GROUP}'"),
                "# PostgreSQL Flexible Server Long Term Retention Backup Role".to_owned(),
                format!(
                    "{create} --role c088a766-074b-43ba-90d4-1fb21feae531 --scope '{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a'"
                ),
                "# Reader".to_owned(),
                format!("{create} --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope /subscriptions/s-2"),
                "# Access policy of the key vault".to_owned(),
                "az keyvault set-policy --resource-group rg-k --name kv --subscription s-1 --object-id p-1 --secret-permissions get list".to_owned(),
                "# Or, with the ARM template in a file:".to_owned(),
                "# az deployment sub create --location westeurope --subscription s-1 --template-file roles.json".to_owned(),
            ]
        );
    }

    #[test]
    fn the_template_has_a_deployment_for_each_group_and_subscription() {
        let [_, template] = assign_roles(&grants()).try_into().expect("two samples");
        let template: Value = serde_json::from_str(&template.code).expect("JSON");
        assert_eq!(template["$schema"], FOR_SUBSCRIPTIONS);
        let places: Vec<_> = template["resources"]
            .as_array()
            .expect("deployments")
            .iter()
            .map(|deployment| {
                let resources = deployment["properties"]["template"]["resources"].as_array();
                (
                    deployment["name"].as_str().unwrap_or_default(),
                    deployment["subscriptionId"].as_str().unwrap_or_default(),
                    deployment["resourceGroup"].as_str(),
                    deployment["location"].as_str(),
                    resources.map_or(0, Vec::len),
                )
            })
            .collect();
        assert_eq!(
            places,
            [
                ("backup-vault-roles-1", "s-1", Some("rg (prod)"), None, 2),
                ("backup-vault-roles-2", "s-2", None, Some("westeurope"), 1),
                ("backup-vault-roles-3", "s-1", Some("rg-k"), None, 1),
            ]
        );
        let inside = |deployment: usize, resource: usize| {
            template["resources"][deployment]["properties"]["template"]["resources"][resource].clone()
        };
        assert_eq!(inside(0, 0).get("scope"), None, "the whole group");
        let on_server = inside(0, 1);
        assert_eq!(
            on_server["scope"],
            "Microsoft.DBforPostgreSQL/flexibleServers/pg-a"
        );
        assert_eq!(
            on_server["name"],
            format!(
                "[guid('{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a', 'c088a766-074b-43ba-90d4-1fb21feae531', 'p-1')]"
            )
        );
        assert_eq!(
            on_server["properties"],
            json!({
                "roleDefinitionId": "/subscriptions/s-1/providers/Microsoft.Authorization/roleDefinitions/c088a766-074b-43ba-90d4-1fb21feae531",
                "principalId": "p-1",
                "principalType": "ServicePrincipal",
            })
        );
        assert_eq!(inside(2, 0)["name"], "kv/add");
        assert_eq!(inside(2, 0)["properties"]["accessPolicies"][0]["objectId"], "p-1");
    }

    #[test]
    fn a_quote_in_a_name_ends_no_expression() {
        assert_eq!(literal("rg'); evil('"), "'rg''); evil('''");
    }
}
