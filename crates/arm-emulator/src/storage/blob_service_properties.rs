//! `GET` and `PUT …/blobServices/default`: what the blob service of an account lets pages of other origins do
//! (reference G6).

use arm_core::Response;
use serde_json::{Value, json};

use super::accounts;
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// What a rule must have.
const LISTS: [&str; 4] = [
    "allowedOrigins",
    "allowedMethods",
    "exposedHeaders",
    "allowedHeaders",
];
/// The most rules there can be.
const MOST_RULES: usize = 5;

/// The properties; no rule where none was set.
pub(crate) fn get_blob_service(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let account = accounts::find(world, call)?;
    let present = world.document(&call.key()).cloned();
    Ok(json_response(
        200,
        &present.unwrap_or_else(|| document(account, &json!({}))),
    ))
}

/// Replaces the properties.
pub(crate) fn put_blob_service(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = call.json()?.unwrap_or_default();
    let account = accounts::find(world, call)?;
    let rules = body.pointer("/properties/cors/corsRules");
    let rules = rules.and_then(Value::as_array).cloned().unwrap_or_default();
    let is_whole =
        |rule: &Value| LISTS.iter().all(|list| rule[*list].is_array()) && rule["maxAgeInSeconds"].is_u64();
    if rules.len() > MOST_RULES || !rules.iter().all(is_whole) {
        return Err(refusals::INVALID_VALUES.refuse(&["corsRules"]));
    }
    let changed = document(account, &body["properties"]);
    world.put(changed.clone());
    Ok(json_response(200, &changed))
}

fn document(account: &Value, sent: &Value) -> Value {
    let mut properties = json!({
        "cors": { "corsRules": [] },
        "deleteRetentionPolicy": { "allowPermanentDelete": false, "enabled": false },
    });
    for name in ["cors", "deleteRetentionPolicy"] {
        if sent[name].is_object() {
            properties[name] = sent[name].clone();
        }
    }
    json!({
        "sku": account["sku"],
        "id": format!("{}/blobServices/default", text(account, "/id")),
        "name": "default",
        "type": "Microsoft.Storage/storageAccounts/blobServices",
        "properties": properties,
    })
}
