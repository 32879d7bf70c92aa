//! A row of the list of servers; pure.

use arm_client::ServerSummary;

use crate::region;

/// What the list shows of a server, and what it is searched and sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The server as Azure tells of it.
    pub server: ServerSummary,
    /// Its id in lower case: the same server whatever the spelling.
    pub key: String,
    /// Its name in lower case.
    pub lower_name: String,
    /// Its region by the name people use.
    pub location: Option<String>,
    /// What its subscription is called, or the subscription's id where that is not known.
    pub subscription: String,
}

impl Row {
    /// The state's word; *Unknown* where Azure did not say.
    pub fn state(&self) -> String {
        let state = self.server.state.as_ref();
        state.map_or_else(|| "Unknown".to_owned(), ToString::to_string)
    }
}

/// The rows of servers, in their order; `names` are ids and names of subscriptions.
pub fn rows(servers: &[ServerSummary], names: &[(String, String)]) -> Vec<Row> {
    servers.iter().map(|server| row(server, names)).collect()
}

fn row(server: &ServerSummary, names: &[(String, String)]) -> Row {
    let id = server.subscription_id.as_str();
    let known = names.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
    Row {
        key: server.id.as_str().to_ascii_lowercase(),
        lower_name: server.name.to_ascii_lowercase(),
        location: server
            .location
            .as_deref()
            .map(|location| region::display_name(location).to_owned()),
        subscription: known.map_or_else(|| id.to_owned(), |(_, name)| name.clone()),
        server: server.clone(),
    }
}

/// A server as Resource Graph tells of it, for tests: `subscription/name`, and what else matters as JSON.
#[cfg(test)]
pub fn server(place: &str, more: serde_json::Value) -> ServerSummary {
    let (subscription, name) = place.split_once('/').expect("a subscription and a name");
    let id = format!(
        "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
    );
    let mut row = serde_json::json!({
        "id": id, "name": name, "resourceGroup": "rg", "subscriptionId": subscription
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        row[key] = value.clone();
    }
    serde_json::from_value(row).expect("a row of Resource Graph")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_has_the_names_people_use_and_says_what_it_does_not_know() {
        let names = [("A".to_owned(), "Contoso Production".to_owned())];
        for (place, more, location, subscription, state) in [
            (
                "a/PG-1",
                json!({ "location": "westeurope", "state": "Ready" }),
                Some("West Europe"),
                "Contoso Production",
                "Ready",
            ),
            ("b/pg-2", json!({ "location": null }), None, "b", "Unknown"),
            (
                "b/pg-3",
                json!({ "location": "mars" }),
                Some("mars"),
                "b",
                "Unknown",
            ),
        ] {
            let rows = rows(&[server(place, more)], &names);
            assert_eq!(rows[0].location.as_deref(), location, "{place}");
            assert_eq!(rows[0].subscription, subscription, "{place}");
            assert_eq!(rows[0].state(), state, "{place}");
            assert_eq!(rows[0].key, rows[0].key.to_ascii_lowercase());
        }
    }
}
