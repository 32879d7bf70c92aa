//! Which pages may read the answers: none, unless the account has a rule for them (reference G6, auth #68, #69).

use arm_core::{Request, Response};
use serde_json::Value;

use crate::{postgres::servers::text, refusals, world::World};

/// A rule that matches a request.
#[derive(Debug)]
pub(super) struct Rule {
    methods: String,
    headers: String,
    age: u64,
    /// Whether the page may read more headers than it always may.
    pub(super) exposes: bool,
}

/// The first rule of the account for the origin and the method of a request.
pub(super) fn rule(world: &World, account: &Value, request: &Request) -> Option<Rule> {
    let origin = request.headers.get("Origin")?;
    let method = request.headers.get("Access-Control-Request-Method");
    let method = method.unwrap_or(request.method.name());
    let key = format!(
        "{}/blobservices/default",
        text(account, "/id").to_ascii_lowercase()
    );
    let rules = world
        .document(&key)?
        .pointer("/properties/cors/corsRules")?
        .as_array()?;
    let has = |rule: &Value, list: &str, wanted: &str| {
        let values = rule[list].as_array().into_iter().flatten();
        values
            .filter_map(Value::as_str)
            .any(|value| value == "*" || value.eq_ignore_ascii_case(wanted))
    };
    let joined = |rule: &Value, list: &str| {
        let values = rule[list].as_array().into_iter().flatten();
        values.filter_map(Value::as_str).collect::<Vec<_>>().join(",")
    };
    let found = rules
        .iter()
        .find(|rule| has(rule, "allowedOrigins", origin) && has(rule, "allowedMethods", method))?;
    Some(Rule {
        methods: joined(found, "allowedMethods"),
        headers: joined(found, "allowedHeaders"),
        age: found["maxAgeInSeconds"].as_u64().unwrap_or(0),
        exposes: !joined(found, "exposedHeaders").is_empty(),
    })
}

/// The answer to a preflight: 403 without a rule.
pub(super) fn preflight(rule: Option<&Rule>) -> Response {
    let Some(rule) = rule else {
        let refusal = refusals::CORS_PREFLIGHT_FAILURE.refuse(&[]);
        return Response::new(refusal.status).with_header("x-ms-error-code", refusal.code);
    };
    Response::new(200)
        .with_header("Access-Control-Allow-Methods", rule.methods.clone())
        .with_header("Access-Control-Allow-Headers", rule.headers.clone())
        .with_header("Access-Control-Max-Age", rule.age.to_string())
}
