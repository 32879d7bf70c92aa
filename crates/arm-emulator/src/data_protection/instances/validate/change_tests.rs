//! `validateForModifyBackup`.

use arm_core::Method;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{billing, get, instance_of, refused, send, send_as, server, state, weekly},
    testing::Rig,
};

fn path() -> String {
    format!("{}/validateForModifyBackup", billing())
}

fn billing_under(policy: &str) -> Value {
    json!({ "backupInstance": instance_of(&server("rg-billing-prod", "pg-billing-prod"), policy) })
}

#[test]
fn another_policy_of_what_is_protected_is_validated_and_nothing_changes() {
    let mut rig = Rig::new();
    let before = get(&mut rig, &billing());
    let begun = send(&mut rig, Method::Post, &path(), &billing_under(&weekly()));
    assert_eq!((begun.status, begun.body.as_str()), (202, ""));
    rig.wait(40);
    assert_eq!(state(&mut rig, &begun)["status"], "Succeeded");
    assert_eq!(get(&mut rig, &billing()), before);
}

#[test]
fn what_a_put_would_refuse_is_refused() {
    let mut rig = Rig::new();
    let none = weekly().replace("pgflex-weekly", "none");
    let (status, _) = refused(&mut rig, Method::Post, &path(), &billing_under(&none));
    assert_eq!(status, 400, "a policy that is not there");
    let other = json!({ "backupInstance": instance_of(&server("rg-dev", "pg-dev-checkout"), &weekly()) });
    let (status, _) = refused(&mut rig, Method::Post, &path(), &other);
    assert_eq!(status, 400, "another datasource");
    let gone = path().replace("957d23b1", "957d23b2");
    let (status, _) = refused(&mut rig, Method::Post, &gone, &billing_under(&weekly()));
    assert_eq!(status, 404, "an instance that is not there");
    let stop = format!("{}/stopProtection", billing());
    send(&mut rig, Method::Post, &stop, &Value::Null);
    rig.wait(40);
    let answer = refused(&mut rig, Method::Post, &path(), &billing_under(&weekly()));
    assert_eq!(
        answer,
        (400, "UserErrorOperationNotAllowedInCurrentState".to_owned())
    );
    let early = send_as(
        &mut rig,
        Method::Post,
        &path(),
        "2024-04-01",
        &billing_under(&weekly()),
    );
    assert_eq!(early.status, 400, "since 2025-07-01: {}", early.body);
}
