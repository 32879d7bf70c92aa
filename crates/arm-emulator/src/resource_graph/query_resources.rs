//! `POST /providers/Microsoft.ResourceGraph/resources` (reference C4, G10).

use arm_core::Response;
use serde_json::{Map, Value, json};

use super::{
    evaluate, parser,
    query_request::{MOST_ROWS, QueryRequest},
    syntax::{Operator, QueryError},
    tables,
};
use crate::{
    call::Call,
    paging, permissions, rate_limits,
    refusals::{self, Refusal, json_response},
    timestamps::with_z,
    world::World,
};

/// Runs a query over what the caller may see.
pub(super) fn query_resources(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let quota = rate_limits::count_query(world, call)?;
    let request = QueryRequest::read(call)?;
    let query = match parser::parse(&request.query) {
        Ok(query) => query,
        Err(error) => return Err(refuse(call, &error)),
    };
    let searched = searched(world, call, request.subscriptions.as_deref())?;
    let rows = evaluate::run(&query.operators, tables::rows(world, query.table, &searched));

    let options = request.options;
    let skipped = match &options.skip_token {
        Some(token) => paging::read(token)?,
        None => options.skip.unwrap_or(0),
    };
    let size = options
        .top
        .unwrap_or(MOST_ROWS)
        .min(world.switches.page_size.max(1));
    let total = rows.len();
    let data: Vec<_> = rows
        .into_iter()
        .skip(skipped)
        .take(size)
        .map(Value::Object)
        .collect();
    // A query that cuts for itself is not paged (reference G10).
    let cuts_itself = query
        .operators
        .iter()
        .any(|operator| matches!(operator, Operator::Take(_)));
    let shown = skipped + data.len();
    let has_more = shown < total && !data.is_empty() && !cuts_itself;

    let mut body = Map::new();
    body.insert("totalRecords".to_owned(), json!(total));
    body.insert("count".to_owned(), json!(data.len()));
    body.insert("data".to_owned(), Value::Array(data));
    body.insert("facets".to_owned(), json!([]));
    body.insert("resultTruncated".to_owned(), json!(has_more.to_string()));
    if has_more {
        body.insert("$skipToken".to_owned(), json!(paging::write(shown)));
    }
    let response = json_response(200, &Value::Object(body));
    Ok(quota.into_iter().fold(response, |response, (name, value)| {
        response.with_header(name, value)
    }))
}

/// The subscriptions that are searched: of those asked for the ones that the caller may read. That others were left
/// out nothing tells; only where none is left the query is refused.
fn searched(world: &World, call: &Call, asked: Option<&[String]>) -> Result<Vec<String>, Refusal> {
    let mut readable = permissions::readable_subscriptions(world, &call.caller);
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(readable);
    };
    readable.retain(|id| asked.iter().any(|asked| asked.eq_ignore_ascii_case(id)));
    if !readable.is_empty() {
        return Ok(readable);
    }
    let asked = asked.join(",");
    Err(refusals::GRAPH_QUERY_INVALID
        .refuse(&[&with_z(call.now), &call.correlation_id])
        .with_details(vec![json!({
            "code": "NoValidSubscriptionsInQueryRequest",
            "message": format!("There must be at least one subscription that is eligible to contain resources. Given: '{asked}'."),
        })]))
}

fn refuse(call: &Call, error: &QueryError) -> Refusal {
    const GENERAL: &str = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";
    let detail = match error {
        QueryError::Parser {
            line,
            position,
            token,
        } => json!({
            "code": "ParserFailure",
            "message": "ParserFailure",
            "line": line,
            "characterPositionInLine": position,
            "token": token,
        }),
        QueryError::Unsupported(token) => json!({
            "code": "InvalidQueryLanguage",
            "message": "InvalidQueryLanguage",
            "line": -1,
            "characterPositionInLine": -1,
            "token": token,
        }),
    };
    refusals::GRAPH_QUERY_INVALID
        .refuse(&[&with_z(call.now), &call.correlation_id])
        .with_details(vec![
            json!({ "code": "InvalidQuery", "message": GENERAL }),
            detail,
        ])
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{ORDERS, Rig, body, shown};

    const PATH: &str = "/providers/Microsoft.ResourceGraph/resources";
    const SERVERS: &str = "resources | where type =~ 'microsoft.dbforpostgresql/flexibleServers' | project name | order by name asc";

    fn ask(rig: &mut Rig, request: &Value) -> Response {
        rig.post(PATH, "2021-03-01", &request.to_string())
    }

    fn names(answer: &Value) -> Vec<&str> {
        let rows = answer["data"].as_array().into_iter().flatten();
        rows.filter_map(|row| row["name"].as_str()).collect()
    }

    #[test]
    fn a_broken_query_is_told_as_the_service_does() {
        let response = ask(
            &mut Rig::new(),
            &json!({ "query": "resources | where name == 'x" }),
        );
        assert_snapshot!(shown(&response), @r#"
        400
        x-ms-failure-cause: service
        {
          "error": {
            "code": "BadRequest",
            "message": "Please provide below info when asking for support: timestamp = 2026-03-01T12:00:00.0000000Z, correlationId = a4b06b2b-d6dc-4489-af12-2be4b8beb6f5.",
            "details": [
              {
                "code": "InvalidQuery",
                "message": "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying."
              },
              {
                "code": "ParserFailure",
                "message": "ParserFailure",
                "line": 1,
                "characterPositionInLine": 26,
                "token": "'"
              }
            ]
          }
        }
        "#);
    }

    #[test]
    fn what_is_not_in_the_subset_is_refused() {
        let response = ask(
            &mut Rig::new(),
            &json!({ "query": "resources | parse id with a" }),
        );
        let details = &body(&response)["error"]["details"];
        assert_eq!(details[1]["token"], "parse", "{details}");
        assert_eq!(details[1]["code"], "InvalidQueryLanguage", "{details}");
    }

    #[test]
    fn a_malformed_request_is_refused() {
        for (request, code) in [
            (json!({}), "InvalidRequestContent"),
            (json!({ "query": 5 }), "InvalidRequestContent"),
            (json!([]), "InvalidRequestContent"),
            (
                json!({ "query": "resources", "subscriptions": "all" }),
                "InvalidRequestContent",
            ),
            (
                json!({ "query": "resources", "options": { "$top": 0 } }),
                "BadRequest",
            ),
            (
                json!({ "query": "resources", "options": { "$top": 1001 } }),
                "BadRequest",
            ),
            (
                json!({ "query": "resources", "options": { "$skip": -1 } }),
                "InvalidRequestContent",
            ),
            (
                json!({ "query": "resources", "options": { "resultFormat": "table" } }),
                "BadRequest",
            ),
            (
                json!({ "query": "resources", "options": { "$skipToken": "x" } }),
                "InvalidSkipToken",
            ),
        ] {
            let response = ask(&mut Rig::new(), &request);
            assert_eq!(response.status, 400, "{request}");
            assert_eq!(
                body(&response)["error"]["code"],
                code,
                "{request}: {}",
                response.body
            );
        }
        assert_eq!(
            Rig::new().post(PATH, "2021-03-01", "").status,
            400,
            "no body at all"
        );
    }

    #[test]
    fn somebody_without_any_right_finds_nothing() {
        assert_snapshot!(shown(&ask(&mut Rig::as_nobody(), &json!({ "query": SERVERS }))), @r#"
        200
        {
          "totalRecords": 0,
          "count": 0,
          "data": [],
          "facets": [],
          "resultTruncated": "false"
        }
        "#);
    }

    #[test]
    fn a_server_is_found_with_the_columns_of_the_table() {
        let request =
            json!({ "query": format!("resources | where id =~ '{ORDERS}' | project-away properties, tags") });
        assert_snapshot!(shown(&ask(&mut Rig::new(), &request)), @r#"
        200
        {
          "totalRecords": 1,
          "count": 1,
          "data": [
            {
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod",
              "name": "pg-orders-prod",
              "type": "microsoft.dbforpostgresql/flexibleservers",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de",
              "kind": "",
              "location": "westeurope",
              "resourceGroup": "rg-commerce-prod",
              "subscriptionId": "11111111-1111-4111-8111-111111111111",
              "managedBy": "",
              "sku": {
                "name": "Standard_D4ds_v5",
                "tier": "GeneralPurpose"
              },
              "plan": null,
              "identity": null,
              "zones": null,
              "extendedLocation": null
            }
          ],
          "facets": [],
          "resultTruncated": "false"
        }
        "#);
    }

    #[test]
    fn the_query_of_the_servers_page_finds_all_servers() {
        let query = "resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' | project id, name, resourceGroup, subscriptionId, location, sku, state = tostring(properties.state) | order by name asc";
        let answer = body(&ask(&mut Rig::as_reader(), &json!({ "query": query })));
        assert_eq!(
            names(&answer),
            [
                "pg-analytics",
                "pg-billing-prod",
                "pg-catalog-prod",
                "pg-dev-checkout",
                "pg-hr-archive",
                "pg-loyalty-new",
                "pg-metrics-v2",
                "pg-orders-prod",
                "pg-orders-ro-1",
                "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char",
            ]
        );
        assert_eq!(answer["data"][4]["state"], "Stopped", "{answer}");
        assert_eq!(answer["data"][4]["location"], "germanywestcentral", "{answer}");
    }

    #[test]
    fn only_the_subscriptions_asked_for_are_searched() {
        let development = "22222222-2222-4222-8222-222222222222";
        let request = json!({ "query": SERVERS, "subscriptions": [development, "somebody else's"] });
        assert_eq!(
            names(&body(&ask(&mut Rig::new(), &request))),
            ["pg-dev-checkout", "pg-metrics-v2"]
        );
    }

    #[test]
    fn what_may_not_be_read_is_left_out_without_a_word() {
        let mut rig = Rig::as_reader_of_some();
        let containers = "resourcecontainers | where type == 'microsoft.resources/subscriptions' | project name | order by name asc";
        let answer = body(&ask(&mut rig, &json!({ "query": containers })));
        assert_eq!(names(&answer), ["Contoso Development", "Contoso Production"]);

        let asked = [
            "33333333-3333-4333-8333-333333333333",
            "22222222-2222-4222-8222-222222222222",
        ];
        let answer = ask(&mut rig, &json!({ "query": containers, "subscriptions": asked }));
        assert_eq!(answer.status, 200);
        assert_eq!(names(&body(&answer)), ["Contoso Development"]);

        let listed = body(&rig.send(arm_core::Method::Get, "/subscriptions", "2022-12-01"));
        assert_eq!(listed["value"].as_array().map(Vec::len), Some(3), "{listed}");
    }

    #[test]
    fn a_query_of_nothing_but_what_may_not_be_read_is_refused() {
        let request = json!({ "query": SERVERS, "subscriptions": ["33333333-3333-4333-8333-333333333333"] });
        let response = ask(&mut Rig::as_reader_of_some(), &request);
        let error = body(&response)["error"].clone();
        assert_eq!(
            (response.status, &error["code"]),
            (400, &json!("BadRequest")),
            "{error}"
        );
        let code = &error["details"][0]["code"];
        assert_eq!(code, "NoValidSubscriptionsInQueryRequest", "{error}");
    }

    #[test]
    fn groups_and_subscriptions_are_in_their_own_table() {
        let query =
            "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | count";
        assert_eq!(
            body(&ask(&mut Rig::new(), &json!({ "query": query })))["data"][0]["Count"],
            7
        );
        let query = "resourcecontainers | where type == 'microsoft.resources/subscriptions' | project name | order by name asc";
        assert_eq!(
            names(&body(&ask(&mut Rig::new(), &json!({ "query": query })))),
            ["Contoso Development", "Contoso Production", "Contoso Sandbox"]
        );
    }

    #[test]
    fn pages_make_up_the_whole() {
        let mut rig = Rig::new();
        let whole = body(&ask(&mut rig, &json!({ "query": SERVERS })));
        let mut found = Vec::new();
        let mut options = json!({ "$top": 4 });
        for (count, is_last) in [(4, false), (4, false), (2, true)] {
            let answer = body(&ask(&mut rig, &json!({ "query": SERVERS, "options": options })));
            assert_eq!(answer["count"], count, "{answer}");
            assert_eq!(answer["totalRecords"], 10, "{answer}");
            assert_eq!(answer["resultTruncated"], (!is_last).to_string(), "{answer}");
            assert_eq!(answer.get("$skipToken").is_none(), is_last, "{answer}");
            found.extend(names(&answer).into_iter().map(str::to_owned));
            options["$skipToken"] = answer["$skipToken"].clone();
        }
        assert_eq!(found, names(&whole));
        let skipped = body(&ask(
            &mut rig,
            &json!({ "query": SERVERS, "options": { "$skip": 8 } }),
        ));
        assert_eq!(names(&skipped), &names(&whole)[8..]);
    }

    #[test]
    fn a_query_that_cuts_for_itself_is_not_paged() {
        let request = json!({ "query": "resources | take 3", "options": { "$top": 2 } });
        let answer = body(&ask(&mut Rig::new(), &request));
        assert_eq!(
            (&answer["count"], answer.get("$skipToken")),
            (&json!(2), None),
            "{answer}"
        );
    }
}
