//! What the tests of this provider share.

use arm_core::{Method, Request, Response};
use serde_json::{Value, json};

use crate::testing::{ORDERS, PRODUCTION, Rig, body, sibling, url};

pub(crate) const VERSION: &str = "2026-06-01";
/// The documents' version (S1, S4).
pub(crate) const FIRST_VERSION: &str = "2021-01-01";
pub(crate) const INSTANCE: &str = "pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149";

/// A vault of the default world.
pub(crate) fn vault(name: &str) -> String {
    format!(
        "{PRODUCTION}/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/{name}"
    )
}

/// The vault in the region of `pg-orders-prod`.
pub(crate) fn commerce() -> String {
    vault("bv-commerce-weu")
}

/// The instance that protects `pg-billing-prod`.
pub(crate) fn billing() -> String {
    format!(
        "{}/backupInstances/pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101",
        commerce()
    )
}

/// A server in a group of the production subscription.
pub(crate) fn server(group: &str, name: &str) -> String {
    sibling(name).replace("rg-commerce-prod", group)
}

/// The properties of an instance, as the document has them (S1).
pub(crate) fn instance_of(source: &str, policy: &str) -> Value {
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    let datasource = |object: &str| {
        json!({
            "resourceID": source,
            "resourceUri": "",
            "datasourceType": kind,
            "resourceName": source.rsplit('/').next(),
            "resourceType": kind,
            "resourceLocation": "westeurope",
            "objectType": object,
        })
    };
    json!({
        "dataSourceInfo": datasource("Datasource"),
        "dataSourceSetInfo": datasource("DatasourceSet"),
        "policyInfo": { "policyId": policy, "policyVersion": "" },
        "objectType": "BackupInstance",
    })
}

/// The same of a database of the single server, with its secret (S4).
pub(crate) fn instance_of_database(database: &str, secret: &str) -> Value {
    let server = server("rg-billing-prod", "pgs-legacy").replace("flexibleServers", "servers");
    let kind = "Microsoft.DBforPostgreSQL/servers/databases";
    let policy = format!("{}/backupPolicies/pgsingle-weekly", commerce());
    let mut properties = instance_of(&format!("{server}/databases/{database}"), &policy);
    for (place, id, name, resource) in [
        (
            "dataSourceInfo",
            format!("{server}/databases/{database}"),
            database,
            kind,
        ),
        (
            "dataSourceSetInfo",
            server.clone(),
            "pgs-legacy",
            "Microsoft.DBforPostgreSQL/servers",
        ),
    ] {
        properties[place]["resourceID"] = json!(id);
        properties[place]["datasourceType"] = json!(kind);
        properties[place]["resourceName"] = json!(name);
        properties[place]["resourceType"] = json!(resource);
    }
    properties["datasourceAuthCredentials"] = json!({
        "objectType": "SecretStoreBasedAuthCredentials",
        "secretStoreResource": { "secretStoreType": "AzureKeyVault", "uri": secret, "value": null },
    });
    properties
}

pub(crate) fn weekly() -> String {
    format!("{}/backupPolicies/pgflex-weekly", commerce())
}

/// `pg-orders-prod` under the weekly policy.
pub(crate) fn orders() -> Value {
    instance_of(ORDERS, &weekly())
}

pub(crate) fn send(rig: &mut Rig, method: Method, path: &str, body: &Value) -> Response {
    send_as(rig, method, path, VERSION, body)
}

pub(crate) fn send_as(rig: &mut Rig, method: Method, path: &str, version: &str, body: &Value) -> Response {
    let request = Request::new(method, url(path, version)).with_body(body.to_string());
    rig.request(request).response
}

pub(crate) fn get(rig: &mut Rig, path: &str) -> Value {
    let response = rig.send(Method::Get, path, VERSION);
    assert_eq!(response.status, 200, "{path}: {}", response.body);
    body(&response)
}

/// Gives the identity of the commerce vault what it needs on `pg-orders-prod`.
pub(crate) fn grant_orders(rig: &mut Rig) {
    let group = ORDERS.split("/providers").next().unwrap_or_default();
    for (scope, role, name) in [
        (
            ORDERS,
            crate::authorization::roles::LONG_TERM_RETENTION,
            "bbbbbbbb-0000-4000-8000-000000000001",
        ),
        (
            group,
            crate::authorization::roles::READER,
            "bbbbbbbb-0000-4000-8000-000000000002",
        ),
    ] {
        let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}");
        let properties = json!({
            "roleDefinitionId": format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
            "principalId": crate::directory::COMMERCE_VAULT,
            "principalType": "ServicePrincipal",
        });
        let answered = send_as(
            rig,
            Method::Put,
            &path,
            "2022-04-01",
            &json!({ "properties": properties }),
        );
        assert_eq!(answered.status, 201, "{}", answered.body);
    }
}

/// The state of an operation, from the header that tells where.
pub(crate) fn state(rig: &mut Rig, begun: &Response) -> Value {
    let url = begun
        .headers
        .get("Azure-AsyncOperation")
        .unwrap_or_default()
        .to_owned();
    let answered = rig.follow(&url);
    assert_eq!(answered.status, 200, "{}", answered.body);
    body(&answered)
}

/// Protects `pg-orders-prod` and waits until it is.
pub(crate) fn protect_orders(rig: &mut Rig) -> String {
    grant_orders(rig);
    let path = format!("{}/backupInstances/{INSTANCE}", commerce());
    let begun = send(rig, Method::Put, &path, &json!({ "properties": orders() }));
    assert_eq!(begun.status, 201, "{}", begun.body);
    rig.wait(60);
    assert_eq!(
        get(rig, &path)["properties"]["currentProtectionState"],
        "ProtectionConfigured"
    );
    path
}

/// Code of a refusal, after a check that nothing has changed.
pub(crate) fn refused(rig: &mut Rig, method: Method, path: &str, sent: &Value) -> (u16, String) {
    rig.world.settle(rig.now);
    let before = rig.contents();
    let response = send(rig, method, path, sent);
    assert!(rig.contents() == before, "{path} {sent} has changed something");
    let code = body(&response)["error"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (response.status, code)
}
