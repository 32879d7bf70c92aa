//! `PUT …/vaults/{keyVaultName}/accessPolicies/{add|replace|remove}` (reference G3).

use arm_core::Response;
use serde_json::{Value, json};

use super::read_key_vaults;
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Changes the policies of those who are named and leaves all others; permissions are merged.
pub(crate) fn put_access_policies(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let mut vault = read_key_vaults::find(world, call)?.clone();
    let body = call.json()?.unwrap_or_default();
    let Some(named) = body
        .pointer("/properties/accessPolicies")
        .and_then(Value::as_array)
    else {
        let message = "the property 'accessPolicies' is required";
        return Err(refusals::INVALID_CONTENT.refuse(&[message]));
    };
    let tenant = text(&vault, "/properties/tenantId").to_owned();
    let is_foreign = |policy: &Value| !text(policy, "/tenantId").eq_ignore_ascii_case(&tenant);
    if named.iter().any(is_foreign) {
        let message = "An access policy has another tenant than the key vault.";
        return Err(refusals::BAD_REQUEST.refuse(&[message]));
    }
    let present = vault["properties"]["accessPolicies"].as_array().cloned();
    let mut policies = present.unwrap_or_default();
    for policy in named {
        let object = text(policy, "/objectId");
        let position = policies
            .iter()
            .position(|known| text(known, "/objectId").eq_ignore_ascii_case(object));
        match (
            call.parameter("operationKind").to_ascii_lowercase().as_str(),
            position,
        ) {
            ("add", Some(index)) => {
                policies[index]["permissions"] =
                    union(&policies[index]["permissions"], &policy["permissions"]);
            }
            ("replace", Some(index)) => policies[index] = policy.clone(),
            ("add" | "replace", None) => policies.push(policy.clone()),
            ("remove", Some(index)) => {
                policies.remove(index);
            }
            ("remove", None) => {}
            (kind, _) => {
                let message = format!("The operation kind '{kind}' is none of add, replace, remove.");
                return Err(refusals::BAD_REQUEST.refuse(&[&message]));
            }
        }
    }
    vault["properties"]["accessPolicies"] = json!(policies);
    let answer = json!({
        "id": format!("{}/accessPolicies/", text(&vault, "/id")),
        "type": "Microsoft.KeyVault/vaults/accessPolicies",
        "properties": { "accessPolicies": policies },
    });
    world.put(vault);
    Ok(json_response(200, &answer))
}

/// What either of two sets of permissions allows; words are compared without case.
fn union(one: &Value, other: &Value) -> Value {
    let mut united = one.as_object().cloned().unwrap_or_default();
    for (kind, words) in other.as_object().into_iter().flatten() {
        let known = united.entry(kind.clone()).or_insert_with(|| json!([]));
        for word in words.as_array().into_iter().flatten() {
            let is_known = |known: &Value| {
                let known = known.as_str().unwrap_or_default();
                known.eq_ignore_ascii_case(word.as_str().unwrap_or_default())
            };
            if let Some(list) = known.as_array_mut()
                && !list.iter().any(is_known)
            {
                list.push(word.clone());
            }
        }
    }
    united.into()
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use serde_json::{Value, json};

    use crate::{
        directory,
        testing::{PRODUCTION, Rig, body, url},
    };

    fn vault() -> String {
        format!(
            "{PRODUCTION}/resourceGroups/rg-backup-prod/providers/Microsoft.KeyVault/vaults/kv-commerce-prod"
        )
    }

    fn put(rig: &mut Rig, kind: &str, object: &str, words: &Value, tenant: &str) -> (u16, Value) {
        let policy = json!({ "tenantId": tenant, "objectId": object, "permissions": { "secrets": words } });
        let body_ = json!({ "properties": { "accessPolicies": [policy] } }).to_string();
        let request = Request::new(
            Method::Put,
            url(&format!("{}/accessPolicies/{kind}", vault()), "2023-02-01"),
        );
        let answered = rig.request(request.with_body(body_)).response;
        (answered.status, body(&answered))
    }

    /// The words of each object in the key vault's policies.
    fn policies(rig: &mut Rig) -> Vec<(String, Value)> {
        let vault = body(&rig.send(Method::Get, &vault(), "2023-02-01"));
        let policies = vault["properties"]["accessPolicies"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let each = policies.iter().map(|policy| {
            let object = policy["objectId"].as_str().unwrap_or_default().to_owned();
            (object, policy["permissions"]["secrets"].clone())
        });
        each.collect()
    }

    #[test]
    fn policies_are_added_united_replaced_and_removed_without_touching_others() {
        let mut rig = Rig::new();
        let others = policies(&mut rig);
        let object = "11111111-2222-4333-8444-555555555555";
        for (kind, words, expected) in [
            ("add", json!(["get"]), Some(json!(["get"]))),
            ("add", json!(["Get", "list"]), Some(json!(["get", "list"]))),
            ("replace", json!(["set"]), Some(json!(["set"]))),
            ("remove", json!([]), None),
            ("remove", json!([]), None),
        ] {
            let (status, answer) = put(&mut rig, kind, object, &words, directory::TENANT_ID);
            assert_eq!(status, 200, "{kind}: {answer}");
            let now = policies(&mut rig);
            let ours = now
                .iter()
                .find(|(known, _)| known == object)
                .map(|(_, words)| words.clone());
            assert_eq!(ours, expected, "{kind}");
            assert!(others.iter().all(|other| now.contains(other)), "{kind}: {now:?}");
        }
    }

    #[test]
    fn another_tenant_and_an_unknown_kind_are_refused() {
        let mut rig = Rig::new();
        let before = rig.contents();
        let tenant = "99999999-0000-4000-8000-000000000000";
        assert_eq!(put(&mut rig, "add", tenant, &json!(["get"]), tenant).0, 400);
        assert_eq!(
            put(&mut rig, "more", tenant, &json!(["get"]), directory::TENANT_ID).0,
            400
        );
        assert_eq!(rig.contents(), before);
    }
}
