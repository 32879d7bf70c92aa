//! `GET …/locations/{location}/operationResults/{operationId}` (reference A6).

use arm_core::Response;

use super::{long_term_retention::transfer, operation_status};
use crate::{
    call::Call,
    operations::{Effect, Outcome},
    refusals::{self, Refusal, json_response},
    world::World,
};

/// 202 while the operation runs, afterwards what a synchronous answer would have been.
pub(crate) fn operation_result(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let operation = operation_status::find(world, call)?;
    if operation.is_running(call.now) {
        let target = &call.target;
        let url = format!("{}{}?{}", target.origin, target.path, target.query);
        let response = Response::new(202).with_header("Location", url);
        return Ok(world.with_retry_after(response, operation.kind));
    }
    match (&operation.outcome, &operation.transfer) {
        // Recorded: a long-term retention backup ends so.
        (Outcome::Success(_), Some(moved)) => Ok(json_response(201, &transfer::result(operation, moved))),
        (Outcome::Success(effects), None) => Ok(effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Put(document) => Some(json_response(200, document)),
                _ => None,
            })
            .unwrap_or_else(|| Response::new(204))),
        (Outcome::Failure(failure), _) => Err(refusals::failed_operation(&failure.code, &failure.message)),
        (Outcome::Cancellation, _) => Err(refusals::OPERATION_CANCELED.refuse(&[])),
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, VERSION, shown};

    fn begin(rig: &mut Rig, name: &str) -> String {
        let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/{name}"), VERSION);
        begun.headers.get("Location").unwrap_or_default().to_owned()
    }

    #[test]
    fn a_failed_operation_ends_in_its_error() {
        let mut rig = Rig::new();
        let url = begin(&mut rig, "smoke-test");
        rig.wait(150);
        assert_snapshot!(shown(&rig.follow(&url)), @r#"
        500
        x-ms-failure-cause: service
        {
          "error": {
            "code": "InternalServerError",
            "message": "An unexpected error occured while processing the request. Tracking ID: 'f45c0cba-9c56-45e7-a57b-445f1ff82bc7'"
          }
        }
        "#);
    }

    #[test]
    fn a_running_operation_answers_202_and_a_finished_one_the_backup() {
        let mut rig = Rig::new();
        let url = begin(&mut rig, "b");
        assert_snapshot!(shown(&rig.follow(&url)), @r"
        202
        Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/657b445f-1ff8-4bc7-bb4f-0bb6f0258948?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Retry-After: 15
        ");
        rig.wait(150);
        assert_snapshot!(shown(&rig.follow(&url)), @r#"
        200
        {
          "properties": {
            "backupType": "Customer On-Demand",
            "completedTime": "2026-03-01T12:02:13.8138599+00:00",
            "source": "Customer Initiated"
          },
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/b",
          "name": "b",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
        }
        "#);
    }
}
