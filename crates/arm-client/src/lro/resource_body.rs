//! The protocol without a header: the resource is read until its `provisioningState` ends.

use arm_core::Response;
use serde_json::Value;

use super::reading::{Reading, provisioning_state};
use crate::Unreadable;

/// What the resource says; without a provisioning state it is done (reference D).
pub(super) fn read(response: &Response) -> Result<Reading, Unreadable> {
    let body = serde_json::from_str::<Value>(&response.body).ok();
    match (response.status, &body) {
        (200 | 201, Some(body @ Value::Object(_))) => {
            let mut reading = Reading::of_word(provisioning_state(body).unwrap_or("Succeeded"));
            reading.error = body.get("error").filter(|error| error.is_object()).cloned();
            Ok(reading)
        }
        (202, _) => Ok(Reading::of_word("InProgress")),
        (status, _) => {
            Err(Unreadable::new(format!("an answer of {status} holds no resource")).answered_by(response))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::operation_status::OperationStatus, *};

    #[test]
    fn the_provisioning_state_decides() {
        use OperationStatus::{Canceled, Failed, Running, Succeeded};
        for (status, body, expected) in [
            (200, r#"{"id":"x"}"#, Some(Succeeded)),
            (200, r#"{"properties":{}}"#, Some(Succeeded)),
            (
                200,
                r#"{"properties":{"provisioningState":"succeeded"}}"#,
                Some(Succeeded),
            ),
            (
                201,
                r#"{"properties":{"provisioningState":"Provisioning"}}"#,
                Some(Running),
            ),
            (
                200,
                r#"{"properties":{"provisioningState":"Failed"}}"#,
                Some(Failed),
            ),
            (
                200,
                r#"{"properties":{"provisioningState":"Canceled"}}"#,
                Some(Canceled),
            ),
            (202, "", Some(Running)),
            (200, "", None),
            (200, "[]", None),
            (204, "", None),
            (200, "<html></html>", None),
        ] {
            let reading = read(&Response::new(status).with_body(body)).ok();
            assert_eq!(reading.map(|reading| reading.status), expected, "{status} {body}");
        }
    }
}
