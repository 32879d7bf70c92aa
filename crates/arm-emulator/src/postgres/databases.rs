//! `GET …/flexibleServers/{serverName}/databases[/{databaseName}]` (reference G2).

use arm_core::Response;
use serde_json::{Value, json};

use super::servers::text;
use crate::{
    call::Call,
    paging,
    refusals::{self, Refusal, json_response},
    world::World,
};

const DATABASE_TYPE: &str = "Microsoft.DBforPostgreSQL/flexibleServers/databases";

/// The databases that belong to the service (reference G2).
const OF_THE_SERVICE: [&str; 3] = ["azure_maintenance", "azure_sys", "postgres"];

/// The databases of the customer on an emulated server: one called as the server is, and one whose name has to be
/// quoted. They are a function of the server's name: nothing makes or drops one.
pub(crate) fn of_customer(server: &str) -> [String; 2] {
    let named = server.strip_prefix("pg-").unwrap_or(server);
    let named = named.split('-').next().unwrap_or_default();
    [named.to_owned(), format!("{named} & audit")]
}

/// All databases of a server, those of the service included.
pub(crate) fn list_databases(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let documents = documents(world, call)?;
    paging::page(world, call, documents.iter())
}

/// One database.
pub(crate) fn get_database(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let name = call.parameter("databaseName");
    let documents = documents(world, call)?;
    // Names of databases have case.
    match documents.iter().find(|database| text(database, "/name") == name) {
        Some(database) => Ok(json_response(200, database)),
        None => {
            let resource = format!("{DATABASE_TYPE}/{name}");
            Err(refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")]))
        }
    }
}

fn documents(world: &World, call: &Call) -> Result<Vec<Value>, Refusal> {
    let key = call.key_above(8);
    let server = world.document(&key).ok_or_else(|| {
        let resource = format!("{}/{}", super::SERVER_TYPE, call.parameter("serverName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    let id = text(server, "/id");
    let mut names: Vec<String> = OF_THE_SERVICE.iter().map(|name| (*name).to_owned()).collect();
    names.extend(of_customer(text(server, "/name")));
    names.sort();
    let document = |name: &String| {
        json!({
            "properties": { "charset": "UTF8", "collation": "en_US.utf8" },
            "id": format!("{id}/databases/{name}"),
            "name": name,
            "type": DATABASE_TYPE,
        })
    };
    Ok(names.iter().map(document).collect())
}

#[cfg(test)]
mod tests {
    use crate::testing::{ORDERS, Rig, body};

    #[test]
    fn the_databases_of_a_server_are_listed_with_those_of_the_service() {
        let answer = body(&Rig::as_reader().get(&format!("{ORDERS}/databases")));
        let names: Vec<_> = answer["value"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| &item["name"])
            .collect();
        assert_eq!(
            names,
            [
                "azure_maintenance",
                "azure_sys",
                "orders",
                "orders & audit",
                "postgres"
            ]
        );
        assert_eq!(Rig::as_nobody().get(&format!("{ORDERS}/databases")).status, 403);
        assert_eq!(Rig::new().get(&format!("{ORDERS}x/databases")).status, 404);
        let one = |name: &str| Rig::new().get(&format!("{ORDERS}/databases/{name}")).status;
        assert_eq!(
            (one("orders"), one("orders%20%26%20audit"), one("Orders")),
            (200, 200, 404)
        );
    }
}
