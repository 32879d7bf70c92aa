//! `PATCH …/storageAccounts/{accountName}`: what lets a restore in (reference C1, G6).

use arm_core::Response;
use serde_json::{Map, Value, json};

use super::accounts;
use crate::{
    call::Call,
    postgres::servers,
    refusals::{self, Refusal, json_response},
    router,
    world::World,
};

/// What can be changed besides tags and `networkAcls`, and the texts that are taken; none for yes and no.
const PROPERTIES: [(&str, &[&str]); 4] = [
    ("allowCrossTenantReplication", &[]),
    ("allowSharedKeyAccess", &[]),
    ("allowedCopyScope", &["AAD", "PrivateLink", "All"]),
    (
        "publicNetworkAccess",
        &["Enabled", "Disabled", "SecuredByPerimeter"],
    ),
];
const LISTS: [&str; 4] = [
    "ipv6Rules",
    "resourceAccessRules",
    "virtualNetworkRules",
    "ipRules",
];

/// Answers 200 with the changed account; every other change is answered 501.
pub(crate) fn patch_storage_account(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let changes = match call.json()? {
        Some(Value::Object(changes)) => changes,
        _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
    };
    let mut account = accounts::find(world, call)?.clone();
    let properties = changes.get("properties").and_then(Value::as_object);
    let in_properties = properties.into_iter().flatten();
    let others = in_properties.filter(|(name, value)| {
        let is_known = PROPERTIES.iter().any(|(known, _)| known == name) || *name == "networkAcls";
        !is_known && !value.is_null() && account["properties"].get(*name) != Some(*value)
    });
    let at_top = changes.iter().filter(|(name, value)| {
        let is_known = ["properties", "tags"].contains(&name.as_str());
        !is_known && !value.is_null() && account.get(*name) != Some(*value)
    });
    if let Some((name, _)) = at_top.chain(others).next() {
        let what = format!("{} ({name})", call.path());
        return Err(router::not_emulated(world, call, &what));
    }
    if let Some(tags) = changes.get("tags").filter(|tags| tags.is_object()) {
        account["tags"] = tags.clone();
    }
    for (name, texts) in PROPERTIES {
        let Some(value) = properties.and_then(|properties| properties.get(name)) else {
            continue;
        };
        let is_taken = match value {
            Value::Null => true,
            Value::Bool(_) => texts.is_empty(),
            Value::String(text) => texts.contains(&text.as_str()),
            _ => false,
        };
        if !is_taken {
            return Err(refusals::INVALID_VALUES.refuse(&[name]));
        }
        // Null says nothing, as with the service's other models.
        if !value.is_null() {
            account["properties"][name] = value.clone();
        }
    }
    if let Some(rules) = properties.and_then(|properties| properties.get("networkAcls")) {
        let Some(rules) = rules.as_object() else {
            return Err(refusals::INVALID_VALUES.refuse(&["networkAcls"]));
        };
        account["properties"]["networkAcls"] = network_rules(rules, &account["properties"]["networkAcls"])?;
    }
    world.put(account.clone());
    Ok(json_response(200, &servers::with_id(world, call, &account)))
}

/// The rules as sent, whole: a list that is left out is empty afterwards (not known).
fn network_rules(sent: &Map<String, Value>, present: &Value) -> Result<Value, Refusal> {
    let action = sent.get("defaultAction").and_then(Value::as_str);
    if !matches!(action, Some("Allow" | "Deny")) {
        return Err(refusals::INVALID_VALUES.refuse(&["defaultAction"]));
    }
    let mut rules = Map::new();
    for name in LISTS {
        let list = sent.get(name).cloned().unwrap_or_else(|| json!([]));
        if !list.is_array() {
            return Err(refusals::INVALID_VALUES.refuse(&[name]));
        }
        rules.insert(name.to_owned(), list);
    }
    let bypass = sent.get("bypass").filter(|bypass| bypass.is_string());
    rules.insert("bypass".to_owned(), bypass.unwrap_or(&present["bypass"]).clone());
    rules.insert("defaultAction".to_owned(), json!(action));
    Ok(rules.into())
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};

    use super::*;
    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, body, url};

    fn patch(rig: &mut Rig, path: &str, sent: &Value) -> Response {
        let request = Request::new(Method::Patch, url(path, STORAGE_VERSION)).with_body(sent.to_string());
        rig.request(request).response
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let cross = json!({ "properties": { "allowCrossTenantReplication": false } });
        for (rig, path, sent, status) in [
            (Rig::as_reader(), STORAGE.to_owned(), cross.clone(), 403),
            (Rig::new(), format!("{STORAGE}x"), cross, 404),
            (Rig::new(), STORAGE.to_owned(), json!([]), 400),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "properties": { "allowCrossTenantReplication": "yes" } }),
                400,
            ),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "properties": { "allowedCopyScope": "Everywhere" } }),
                400,
            ),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "properties": { "networkAcls": {} } }),
                400,
            ),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "properties": { "networkAcls": { "defaultAction": "Allow", "ipRules": 1 } } }),
                400,
            ),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "properties": { "accessTier": "Cool" } }),
                501,
            ),
            (
                Rig::new(),
                STORAGE.to_owned(),
                json!({ "sku": { "name": "Standard_LRS" } }),
                501,
            ),
        ] {
            let mut rig = rig;
            let before = rig.contents();
            let response = patch(&mut rig, &path, &sent);
            assert_eq!(response.status, status, "{sent}: {}", response.body);
            assert_eq!(rig.contents(), before, "{sent}");
        }
    }

    #[test]
    fn an_account_is_changed_at_once_and_only_where_it_is_said() {
        let mut rig = Rig::new();
        let before = body(&rig.read(STORAGE, STORAGE_VERSION));
        let rule = json!({ "tenantId": "t", "resourceId": "/subscriptions/s/x" });
        let sent = json!({ "tags": { "team": "data" }, "properties": {
            "allowCrossTenantReplication": false,
            "allowedCopyScope": "All",
            "publicNetworkAccess": "Enabled",
            "allowSharedKeyAccess": null,
            "minimumTlsVersion": "TLS1_2",
            "networkAcls": { "defaultAction": "Deny", "resourceAccessRules": [rule] },
        } });
        let answered = patch(&mut rig, STORAGE, &sent);
        assert_eq!(answered.status, 200, "{}", answered.body);
        let mut expected = before;
        expected["tags"] = json!({ "team": "data" });
        expected["properties"]["allowCrossTenantReplication"] = json!(false);
        expected["properties"]["allowedCopyScope"] = json!("All");
        expected["properties"]["publicNetworkAccess"] = json!("Enabled");
        expected["properties"]["networkAcls"] = json!({
            "ipv6Rules": [], "resourceAccessRules": [rule], "virtualNetworkRules": [], "ipRules": [],
            "bypass": "AzureServices", "defaultAction": "Deny",
        });
        assert_eq!(body(&answered), expected);
        assert_eq!(body(&rig.read(STORAGE, STORAGE_VERSION)), expected);
    }
}
