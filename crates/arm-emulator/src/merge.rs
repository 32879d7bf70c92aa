//! JSON merge patches (RFC 7396).

use serde_json::{Map, Value};

/// Changes `target` as `patch` says: members are replaced one by one, null takes one away.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        if !patch.is_null() {
            *target = patch.clone();
        }
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(known) = target.as_object_mut() else {
        return;
    };
    for (name, value) in members {
        if value.is_null() {
            known.shift_remove(name);
        } else {
            merge(known.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_replaced_added_and_taken_away() {
        for (target, patch, expected) in [
            (
                json!({ "a": 1, "b": 2 }),
                json!({ "b": 3 }),
                json!({ "a": 1, "b": 3 }),
            ),
            (
                json!({ "a": { "b": 1, "c": 2 } }),
                json!({ "a": { "b": 5 } }),
                json!({ "a": { "b": 5, "c": 2 } }),
            ),
            (json!({ "a": 1 }), json!({ "a": null, "d": null }), json!({})),
            (json!({ "a": [1, 2] }), json!({ "a": [3] }), json!({ "a": [3] })),
            (
                json!({ "a": "text" }),
                json!({ "a": { "b": 1 } }),
                json!({ "a": { "b": 1 } }),
            ),
            (json!({ "a": 1 }), Value::Null, json!({ "a": 1 })),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, &patch);
            assert_eq!(merged, expected, "{target} {patch}");
        }
    }
}
