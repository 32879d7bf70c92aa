//! `PUT …/blobServices/default/containers/{containerName}` (reference C3).

use arm_core::Response;

use super::{accounts, containers};
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Makes a container: 201, or 200 for one that is there. Anonymous access is not emulated.
pub(crate) fn put_container(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = call.json()?.unwrap_or_default();
    let access = text(&body, "/properties/publicAccess");
    if !matches!(access, "" | "None") {
        return Err(refusals::PUBLIC_ACCESS_NOT_PERMITTED.refuse(&[]));
    }
    let name = call.parameter("containerName");
    if !containers::is_container_name(name) {
        return Err(refusals::INVALID_RESOURCE_NAME.refuse(&[]));
    }
    let account = accounts::find(world, call)?;
    if text(account, "/properties/primaryEndpoints/blob").is_empty() {
        return Err(refusals::NO_BLOB_SERVICE.refuse(&[call.parameter("accountName")]));
    }
    let id = text(account, "/id").to_owned();
    if let Some(container) = world.document(&call.key()) {
        return Ok(json_response(200, &made(container)));
    }
    let container = containers::document(&id, name, call.now);
    let answer = made(&container);
    world.put(container);
    Ok(json_response(201, &answer))
}

/// A container as the answer to its making tells it: without what changes later.
fn made(container: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "id": container["id"],
        "name": container["name"],
        "type": container["type"],
        "properties": {
            "deleted": false,
            "remainingRetentionDays": 0,
            "publicAccess": "None",
            "hasImmutabilityPolicy": false,
            "hasLegalHold": false,
        },
    })
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, body, shown, url};

    fn put(rig: &mut Rig, name: &str, text: &str) -> Response {
        let path = format!("{STORAGE}/blobServices/default/containers/{name}");
        let request = Request::new(Method::Put, url(&path, STORAGE_VERSION)).with_body(text);
        rig.request(request).response
    }

    #[test]
    fn what_cannot_be_made_is_refused() {
        for (rig, name, text, status, code) in [
            (Rig::as_reader(), "new", "{}", 403, "AuthorizationFailed"),
            (Rig::new(), "new", "{", 400, "InvalidRequestContent"),
            (Rig::new(), "ab", "{}", 400, "InvalidResourceName"),
            (Rig::new(), "Upper", "{}", 400, "InvalidResourceName"),
            (Rig::new(), "two--dashes", "{}", 400, "InvalidResourceName"),
            (Rig::new(), "-begins", "{}", 400, "InvalidResourceName"),
            (Rig::new(), "under_score", "{}", 400, "InvalidResourceName"),
            (
                Rig::new(),
                "open",
                r#"{"properties":{"publicAccess":"Container"}}"#,
                409,
                "PublicAccessNotPermitted",
            ),
        ] {
            let mut rig = rig;
            let before = rig.contents();
            let response = put(&mut rig, name, text);
            let answered = body(&response)["error"]["code"].clone();
            assert_eq!(
                (response.status, answered),
                (status, code.into()),
                "{name} {text}"
            );
            assert_eq!(rig.contents(), before, "{name} {text}");
        }
        let files = STORAGE
            .replace("rg-commerce-prod", "rg-hr")
            .replace("stcommercebackup", "stpeoplefiles");
        let path = format!("{files}/blobServices/default/containers/new");
        let response = Rig::new().send(Method::Put, &path, STORAGE_VERSION);
        assert_eq!(body(&response)["error"]["code"], "FeatureNotSupportedForAccount");
    }

    #[test]
    fn a_container_is_made_once_and_listed() {
        let mut rig = Rig::new();
        assert_snapshot!(shown(&put(&mut rig, "ltr-2026", r#"{"properties":{"publicAccess":"None"}}"#)), @r#"
        201
        {
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup/blobServices/default/containers/ltr-2026",
          "name": "ltr-2026",
          "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
          "properties": {
            "deleted": false,
            "remainingRetentionDays": 0,
            "publicAccess": "None",
            "hasImmutabilityPolicy": false,
            "hasLegalHold": false
          }
        }
        "#);
        let again = put(&mut rig, "ltr-2026", "");
        assert_eq!(again.status, 200, "{}", again.body);
        let listed = rig.read(
            &format!("{STORAGE}/blobServices/default/containers?$filter=ltr-2026"),
            STORAGE_VERSION,
        );
        assert_eq!(body(&listed)["value"].as_array().map(Vec::len), Some(1));
    }
}
