//! `GET …/locations/{location}/azureAsyncOperation/{operationId}` (reference A6).

use arm_core::Response;
use serde_json::{Map, json};

use crate::{
    call::Call,
    operations::{Operation, Outcome},
    refusals::{self, Refusal, json_response},
    timestamps::in_milliseconds,
    world::World,
};

/// The state of an operation, always with HTTP 200: a failed operation is no failed question.
pub(crate) fn operation_status(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let operation = find(world, call)?;
    let is_running = operation.is_running(call.now);
    let mut body = Map::new();
    body.insert("name".to_owned(), json!(operation.name));
    body.insert(
        "status".to_owned(),
        json!(operation.status(call.now, world.switches.canceled_has_two_ls)),
    );
    body.insert("startTime".to_owned(), json!(in_milliseconds(operation.started)));
    if let (false, Outcome::Failure(failure)) = (is_running, &operation.outcome) {
        body.insert(
            "error".to_owned(),
            json!({ "code": failure.code, "message": failure.message }),
        );
    }
    let response = json_response(200, &body.into());
    Ok(if is_running {
        world.with_retry_after(response, operation.kind)
    } else {
        response
    })
}

/// The operation whose URL was called, if it is the URL that was handed out.
pub(crate) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Operation, Refusal> {
    let name = call.parameter("operationId");
    let operation = world.operations.get(&name.to_ascii_lowercase());
    let operation = operation.ok_or_else(|| refusals::OPERATION_NOT_FOUND.refuse(&[name]))?;
    let target = &call.target;
    let issued = operation
        .polling_url
        .query(world.seed, &target.path, operation.started);
    if target.query == issued {
        Ok(operation)
    } else {
        Err(refusals::ALTERED_OPERATION_URL.refuse(&[name]))
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, PRODUCTION, Rig, VERSION, body, shown};

    /// Begins a backup and gives the URL of its state.
    fn begin(rig: &mut Rig) -> String {
        let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
        begun
            .headers
            .get("Azure-AsyncOperation")
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn an_altered_url_is_refused() {
        let mut rig = Rig::new();
        let url = begin(&mut rig);
        let alterations: [fn(&str) -> String; 6] = [
            |url| url.replace("westeurope", "WestEurope"),
            |url| url.replace("api-version=2025-08-01", "api-version=2024-08-01"),
            |url| url.replace("&t=6", "&t=7"),
            |url| url[..url.len() - 1].to_owned(),
            |url| format!("{url}&x=1"),
            |url| {
                url.split_once("&t=")
                    .map(|(before, _)| before.to_owned())
                    .unwrap_or_default()
            },
        ];
        for alter in alterations {
            let altered = alter(&url);
            assert_ne!(altered, url);
            let response = rig.follow(&altered);
            assert_eq!(response.status, 400, "{}", response.body);
            assert_eq!(body(&response)["error"]["code"], "InvalidOperationUrlSignature");
        }
        assert_eq!(rig.follow(&url).status, 200, "the URL itself is taken");
    }

    #[test]
    fn a_url_without_a_signature_is_compared_as_well() {
        let mut rig = Rig::new();
        rig.world.switches().signs_polling_urls = false;
        let url = begin(&mut rig);
        assert!(url.ends_with("?api-version=2025-08-01"), "{url}");
        assert_eq!(rig.follow(&url).status, 200);
        assert_eq!(rig.follow(&format!("{url}&t=1")).status, 400);
        rig.world.switches().signs_polling_urls = true;
        assert_eq!(
            rig.follow(&url).status,
            200,
            "it stays the one that was handed out"
        );
    }

    #[test]
    fn a_url_may_have_another_version_than_the_request() {
        let mut rig = Rig::new();
        rig.world.faults().inject(crate::Fault {
            matching: crate::RequestMatcher::default(),
            kind: crate::FaultKind::AnotherApiVersion {
                api_version: "2025-06-01-preview".to_owned(),
            },
            times: 1,
        });
        let url = begin(&mut rig);
        assert!(url.contains("?api-version=2025-06-01-preview&t="), "{url}");
        assert_eq!(rig.follow(&url).status, 200);
        let rebuilt = url.replace("2025-06-01-preview", VERSION);
        assert_eq!(rig.follow(&rebuilt).status, 400);
    }

    #[test]
    fn an_operation_that_never_was_is_not_found() {
        let path = format!(
            "{PRODUCTION}/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/0a1b2c3d-0000-4000-8000-000000000009"
        );
        assert_snapshot!(shown(&Rig::new().get(&path)), @r#"
        404
        x-ms-failure-cause: service
        {
          "error": {
            "code": "OperationNotFound",
            "message": "The operation '0a1b2c3d-0000-4000-8000-000000000009' was not found."
          }
        }
        "#);
    }

    #[test]
    fn a_reader_may_follow_an_operation() {
        let mut rig = Rig::new();
        let url = begin(&mut rig);
        let mut reader = Rig::as_reader();
        reader.world = rig.world;
        assert_eq!(body(&reader.follow(&url))["status"], "InProgress");
    }

    #[test]
    fn a_polling_url_is_as_long_as_a_live_one() {
        let length = begin(&mut Rig::new()).len();
        assert!((3500..4000).contains(&length), "{length}");
    }
}
