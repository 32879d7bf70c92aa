//! The list of servers: a query of Azure Resource Graph.

use arm_client::{ServerSummary, api_versions};
use arm_core::Method;
use serde_json::json;

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// What the servers must be; empty texts want nothing, *Unknown* what Azure did not say.
#[derive(Debug, Clone, Copy, Default)]
pub struct WantedServers<'a> {
    /// What the name has in it.
    pub name: &'a str,
    /// The subscription's id.
    pub subscription: &'a str,
    /// The region by its id or its name.
    pub location: &'a str,
    /// The state's word.
    pub state: &'a str,
}

/// Lists the servers of all subscriptions.
pub fn list_servers(origin: &str, wanted: WantedServers<'_>) -> Vec<CodeSample> {
    let query = query(wanted);
    let az = Az::command("graph query")
        .option("--graph-query", &query)
        .option("--first", "1000");
    let body = json!({ "query": query, "options": { "$top": 1000, "resultFormat": "objectArray" } });
    let path = "/providers/Microsoft.ResourceGraph/resources";
    let call =
        Call::new(Method::Post, origin, path, api_versions::RESOURCE_GRAPH).with_body(body.to_string());
    let pages = "# Ask again with the answer's $skipToken in options, as long as there is one.\n";
    samples(
        format!(
            "{}\n# Needs the extension: az extension add --name resource-graph\n# Ask again with --skip-token and the answer's skip_token, as long as there is one.\n",
            az.line()
        ),
        format!("{}\n{pages}", call.rest()),
        format!("{}{pages}", call.curl("", "")),
    )
}

/// The page's own query with the filters in it.
fn query(wanted: WantedServers<'_>) -> String {
    let location: String = wanted.location.chars().filter(|letter| *letter != ' ').collect();
    let conditions = [
        condition(wanted.name, &format!("name contains {}", literal(wanted.name))),
        condition(
            wanted.subscription,
            &format!("subscriptionId =~ {}", literal(wanted.subscription)),
        ),
        known("location", &location.to_ascii_lowercase()),
        known("tostring(properties.state)", wanted.state),
    ];
    let conditions: Vec<String> = conditions.into_iter().flatten().collect();
    let (table, rest) = ServerSummary::QUERY
        .split_once(" | project ")
        .unwrap_or((ServerSummary::QUERY, ""));
    if conditions.is_empty() {
        return ServerSummary::QUERY.to_owned();
    }
    format!("{table} and {} | project {rest}", conditions.join(" and "))
}

fn condition(wanted: &str, condition: &str) -> Option<String> {
    (!wanted.is_empty()).then(|| condition.to_owned())
}

fn known(column: &str, wanted: &str) -> Option<String> {
    if wanted.eq_ignore_ascii_case("unknown") {
        return Some(format!("isempty({column})"));
    }
    condition(wanted, &format!("{column} =~ {}", literal(wanted)))
}

/// A text in Kusto Query Language.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests;
