//! The shapes in which services put an error (reference B10, D, G10).

use serde_json::Value;

use super::service_error::ErrorDetail;
use crate::redact;

/// Errors nest; what lies deeper than this is left to the text as it was received.
const DEEPEST: usize = 16;

/// What was taken out of one error object.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) detail: ErrorDetail,
    pub(super) recommended_actions: Vec<String>,
    pub(super) is_retryable: Option<bool>,
}

/// The error object of an answer: below `error`, below `odata.error`, or the answer itself.
pub(super) fn find(body: &Value) -> Option<&Value> {
    let object = body.as_object()?;
    for name in ["error", "odata.error", "Error"] {
        match object.get(name) {
            Some(error @ Value::Object(_)) => return Some(error),
            // The OAuth shape: the code is a text, the words are its neighbour.
            Some(Value::String(_)) => return Some(body),
            _ => {}
        }
    }
    (field(body, "code").is_some() || field(body, "message").is_some()).then_some(body)
}

/// Takes an error object apart.
pub(super) fn unpack(error: &Value) -> Parts {
    let mut parts = Parts::default();
    parts.detail = detail(error, &mut parts.recommended_actions, &mut parts.is_retryable, 0);
    parts
}

fn detail(
    error: &Value,
    actions: &mut Vec<String>,
    retryable: &mut Option<bool>,
    depth: usize,
) -> ErrorDetail {
    let mut result = ErrorDetail {
        code: text(error, &["code", "error"]),
        message: text(error, &["message", "error_description"]),
        target: Some(text(error, &["target"])).filter(|target| !target.is_empty()),
        details: Vec::new(),
    };
    if depth == DEEPEST {
        return result;
    }
    for action in items(error, "recommendedAction").iter().filter_map(Value::as_str) {
        let action = redact(action);
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    *retryable = retryable.or(field(error, "isRetryable").and_then(Value::as_bool));
    for below in items(error, "details") {
        add(&mut result, detail(below, actions, retryable, depth + 1));
    }
    for information in items(error, "additionalInfo") {
        let Some(info @ Value::Object(_)) = field(information, "info") else {
            continue;
        };
        // It repeats the error it belongs to and adds what lies below (reference B10).
        let inside = detail(info, actions, retryable, depth + 1);
        merge(&mut result, inside);
    }
    for name in ["innerError", "embeddedInnerError"] {
        if let Some(inner @ Value::Object(_)) = field(error, name) {
            add(&mut result, inner_error(inner, actions, retryable, depth + 1));
        }
    }
    result
}

/// An inner error keeps its words in a map: `additionalInfo.DetailedNonLocalisedMessage` (reference B10).
fn inner_error(
    inner: &Value,
    actions: &mut Vec<String>,
    retryable: &mut Option<bool>,
    depth: usize,
) -> ErrorDetail {
    let mut result = detail(inner, actions, retryable, depth);
    if result.message.is_empty()
        && let Some(map @ Value::Object(_)) = field(inner, "additionalInfo")
    {
        result.message = text(map, &["DetailedNonLocalisedMessage", "message"]);
    }
    result
}

/// Takes in the same error in other words: what is missing is filled, what differs stands below.
fn merge(outer: &mut ErrorDetail, same: ErrorDetail) {
    let repeats = |a: &str, b: &str| b.is_empty() || a == b;
    if outer.code.is_empty() {
        outer.code.clone_from(&same.code);
    }
    if outer.message.is_empty() {
        outer.message.clone_from(&same.message);
    }
    if outer.target.is_none() {
        outer.target.clone_from(&same.target);
    }
    if repeats(&outer.code, &same.code) && repeats(&outer.message, &same.message) {
        for below in same.details {
            add(outer, below);
        }
    } else {
        add(outer, same);
    }
}

/// Adds an error below another unless it says nothing or is there already.
fn add(outer: &mut ErrorDetail, below: ErrorDetail) {
    let is_empty = below.code.is_empty() && below.message.is_empty() && below.details.is_empty();
    if !is_empty && !outer.details.contains(&below) {
        outer.details.push(below);
    }
}

/// The first of these fields that is a text or a number; codes come as both.
fn text(object: &Value, names: &[&str]) -> String {
    let found = names.iter().find_map(|name| match field(object, name)? {
        Value::String(text) if !text.is_empty() => Some(redact(text)),
        Value::Number(number) => Some(number.to_string()),
        // OData keeps the words and their language in an object.
        Value::Object(map) => map.get("value").and_then(Value::as_str).map(redact),
        _ => None,
    });
    found.unwrap_or_default()
}

/// The elements of a list; a lone element counts as a list of one.
fn items<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    match field(object, name) {
        Some(Value::Array(items)) => items,
        Some(Value::Null) | None => &[],
        Some(lone) => std::slice::from_ref(lone),
    }
}

/// A field by its name; services differ in case (`Code`, `code`).
fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let object = object.as_object()?;
    object.get(name).or_else(|| {
        let (_, value) = object
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    })
}
