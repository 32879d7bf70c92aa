use arm_core::Method;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{VERSION, commerce, get, refused, send, weekly},
    testing::{Rig, body},
};

fn path() -> String {
    format!("{}/backupPolicies/new", commerce())
}

/// The rules of the weekly policy, to be changed.
fn policy(change: impl Fn(&mut Value)) -> Value {
    let mut policy = get(&mut Rig::new(), &weekly());
    change(&mut policy["properties"]);
    json!({ "properties": policy["properties"] })
}

#[test]
fn a_policy_that_says_too_little_or_too_much_is_refused() {
    type Change = fn(&mut Value);
    let changes: [Change; 10] = [
        |properties| *properties = Value::Null,
        |properties| properties["datasourceTypes"] = json!([]),
        |properties| properties["datasourceTypes"] = json!(["Microsoft.Compute/disks"]),
        |properties| properties["policyRules"] = json!([properties["policyRules"][0]]),
        |properties| properties["policyRules"] = json!([properties["policyRules"][1]]),
        |properties| properties["policyRules"][0]["isDefault"] = json!(false),
        |properties| properties["policyRules"][0]["lifecycles"][0]["deleteAfter"]["duration"] = json!("soon"),
        |properties| {
            properties["policyRules"][1]["trigger"]["schedule"]["repeatingTimeIntervals"] = json!([])
        },
        |properties| {
            properties["policyRules"][1]["trigger"]["schedule"]["repeatingTimeIntervals"] =
                json!(["R/2026-01-04T02:00:00+00:00/P1D"]);
        },
        |properties| {
            properties["policyRules"][1]["trigger"]["taggingCriteria"][0]["tagInfo"]["tagName"] =
                json!("Weekly");
        },
    ];
    for change in changes {
        let sent = policy(change);
        let answer = refused(&mut Rig::new(), Method::Put, &path(), &sent);
        assert_eq!(answer, (400, "BMSUserErrorInvalidInput".to_owned()), "{sent}");
    }
    let mut reader = Rig::as_reader();
    assert_eq!(refused(&mut reader, Method::Put, &path(), &policy(|_| ())).0, 403);
}

#[test]
fn a_policy_is_made_at_once_and_its_name_among_the_properties_is_dropped() {
    let mut rig = Rig::new();
    let sent = policy(|properties| properties["name"] = json!("new"));
    let made = send(&mut rig, Method::Put, &path(), &sent);
    assert_eq!(
        (made.status, made.headers.get("Azure-AsyncOperation")),
        (200, None),
        "{}",
        made.body
    );
    let made = body(&made);
    assert_eq!(made["properties"].get("name"), None, "{made}");
    assert_eq!((&made["id"], &made["name"]), (&json!(path()), &json!("new")));
    assert_eq!(get(&mut rig, &path()), made);
    let listed = get(&mut rig, &format!("{}/backupPolicies", commerce()));
    assert_eq!(listed["value"].as_array().map(Vec::len), Some(4));
    for (expected, what) in [(200, "it goes"), (204, "it is gone")] {
        assert_eq!(
            rig.send(Method::Delete, &path(), VERSION).status,
            expected,
            "{what}"
        );
    }
    assert_eq!(rig.send(Method::Get, &path(), VERSION).status, 404);
}

#[test]
fn a_policy_in_use_stays() {
    let used = format!("{}/backupPolicies/pgflex-long-term", commerce());
    let answer = refused(&mut Rig::new(), Method::Delete, &used, &Value::Null);
    assert_eq!(answer, (400, "UserErrorDppPolicyObjectInUse".to_owned()));
}
