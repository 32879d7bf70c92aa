//! `Microsoft.DBforPostgreSQL/servers`: the legacy single server and its databases (reference G1).

use arm_core::{Method, Response};
use serde_json::{Value, json};

use crate::{
    api_versions::SINGLE_SERVERS,
    call::Call,
    refusals::{self, Refusal, json_response},
    router::{Route, route},
    world::World,
};

pub(crate) const SINGLE_SERVER_TYPE: &str = "Microsoft.DBforPostgreSQL/servers";
pub(crate) const DATABASE_TYPE: &str = "Microsoft.DBforPostgreSQL/servers/databases";

const READ: &str = "Microsoft.DBforPostgreSQL/servers/read";
const READ_DATABASES: &str = "Microsoft.DBforPostgreSQL/servers/databases/read";

pub(crate) const ROUTES: &[Route] = &[
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/servers",
        SINGLE_SERVERS,
        READ,
        list_servers,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/servers",
        SINGLE_SERVERS,
        READ,
        list_servers,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/servers/{serverName}",
        SINGLE_SERVERS,
        READ,
        get_server,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/servers/{serverName}/databases",
        SINGLE_SERVERS,
        READ_DATABASES,
        list_databases,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/servers/{serverName}/databases/{databaseName}",
        SINGLE_SERVERS,
        READ_DATABASES,
        get_database,
    ),
];

/// The servers of a subscription or a resource group; the list has no further pages (reference G1).
fn list_servers(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let is_in_group = call.parameters.contains_key("resourceGroupName");
    let scope = call.key_above(if is_in_group { 4 } else { 2 });
    Ok(whole(world.below(&scope, SINGLE_SERVER_TYPE)))
}

fn get_server(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    Ok(json_response(200, find(world, call)?))
}

fn list_databases(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    find(world, call)?;
    Ok(whole(world.below(&call.key_above(8), DATABASE_TYPE)))
}

fn get_database(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    find(world, call)?;
    let database = world.document(&call.key()).ok_or_else(|| {
        let resource = format!("{DATABASE_TYPE}/{}", call.parameter("databaseName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, database))
}

fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&call.key_above(8)).ok_or_else(|| {
        let resource = format!("{SINGLE_SERVER_TYPE}/{}", call.parameter("serverName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

fn whole<'a>(items: impl Iterator<Item = &'a Value>) -> Response {
    let items: Vec<_> = items.collect();
    json_response(200, &json!({ "value": items }))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{PRODUCTION, Rig, body};

    const VERSION: &str = "2017-12-01";

    fn names(rig: &mut Rig, path: &str) -> Vec<String> {
        let answered = rig.send(Method::Get, path, VERSION);
        assert_eq!(answered.status, 200, "{path}: {}", answered.body);
        let listed = body(&answered)["value"].as_array().cloned().unwrap_or_default();
        let names = listed
            .iter()
            .filter_map(|item| item["name"].as_str().map(str::to_owned));
        names.collect()
    }

    #[test]
    fn single_servers_and_their_databases_are_listed_and_read() {
        let mut rig = Rig::new();
        let provider = "providers/Microsoft.DBforPostgreSQL/servers";
        let group = format!("{PRODUCTION}/resourceGroups/rg-billing-prod/{provider}");
        assert_eq!(
            names(&mut rig, &format!("{PRODUCTION}/{provider}")),
            ["pgs-legacy"]
        );
        assert_eq!(names(&mut rig, &group), ["pgs-legacy"]);
        let databases = names(&mut rig, &format!("{group}/PGS-legacy/databases"));
        assert_eq!(
            databases,
            [
                "azure_maintenance",
                "azure_sys",
                "crm",
                "invoices",
                "payroll",
                "postgres"
            ]
        );
        for (path, status) in [
            (format!("{group}/pgs-legacy"), 200),
            (format!("{group}/pgs-legacy/databases/CRM"), 200),
            (format!("{group}/pgs-legacy/databases/none"), 404),
            (format!("{group}/none"), 404),
            (format!("{group}/none/databases"), 404),
        ] {
            assert_eq!(rig.send(Method::Get, &path, VERSION).status, status, "{path}");
        }
        let server = body(&rig.send(Method::Get, &format!("{group}/pgs-legacy"), VERSION));
        assert_eq!(server["properties"]["userVisibleState"], "Ready", "{server}");
        assert_eq!(server["properties"].get("state"), None, "{server}");
    }
}
