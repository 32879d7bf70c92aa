//! `POST …/backupInstances/{backupInstanceName}/sync` (reference B1): the vault looks again at what it knows of an
//! instance. Here it always knows, so nothing changes.

use arm_core::Response;
use serde_json::Value;

use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        timing, user_errors, vaults,
    },
    operations::Outcome,
    refusals::Refusal,
    world::World,
};

/// 202, with `syncType` `Default` or `ForceResync`.
pub(crate) fn sync(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    super::find(world, call)?;
    let body = call.json()?.unwrap_or_default();
    if !matches!(body["syncType"].as_str(), Some("Default" | "ForceResync")) {
        let advice = "syncType is Default or ForceResync.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    let work = Work {
        task: Task::Sync,
        ends: world.end_of(timing::CHANGE_STATE, call.now),
        outcome: Outcome::Success(Vec::new()),
        undo: Vec::new(),
        properties: Value::Null,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use serde_json::json;

    use crate::{
        data_protection::testing::{FIRST_VERSION, billing, get, refused, send, send_as, state},
        testing::Rig,
    };

    #[test]
    fn a_protected_instance_is_looked_at_again_and_stays_as_it_is() {
        for kind in ["Default", "ForceResync"] {
            let mut rig = Rig::new();
            let before = get(&mut rig, &billing());
            let path = format!("{}/sync", billing());
            let begun = send(&mut rig, Method::Post, &path, &json!({ "syncType": kind }));
            assert_eq!((begun.status, begun.body.as_str()), (202, ""), "{kind}");
            rig.wait(5);
            assert_eq!(state(&mut rig, &begun)["status"], "Succeeded", "{kind}");
            assert_eq!(get(&mut rig, &billing()), before, "{kind}");
        }
    }

    #[test]
    fn another_kind_an_instance_that_is_not_there_and_an_older_version_are_refused() {
        let mut rig = Rig::new();
        let path = format!("{}/sync", billing());
        let (status, _) = refused(&mut rig, Method::Post, &path, &json!({ "syncType": "Some" }));
        assert_eq!(status, 400);
        let (status, _) = refused(&mut rig, Method::Post, &path, &json!({}));
        assert_eq!(status, 400);
        let gone = path.replace("pg-billing-prod-957d23b1", "pg-billing-prod-957d23b2");
        let (status, _) = refused(&mut rig, Method::Post, &gone, &json!({ "syncType": "Default" }));
        assert_eq!(status, 404);
        let early = send_as(
            &mut rig,
            Method::Post,
            &path,
            FIRST_VERSION,
            &json!({ "syncType": "Default" }),
        );
        assert_eq!(early.status, 400, "since 2022-01-01: {}", early.body);
    }
}
