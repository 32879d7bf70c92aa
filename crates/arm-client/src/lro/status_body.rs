//! The status answer two protocols share: a JSON object with `status`.

use arm_core::Response;
use serde_json::Value;

use super::reading::Reading;
use crate::Unreadable;

/// Reads a status answer; the HTTP status stays 200 when the operation failed (reference D).
///
/// An answer without a status is no verdict, neither way: it is to be asked again.
pub(super) fn read(response: &Response) -> Result<Reading, Unreadable> {
    let body = serde_json::from_str::<Value>(&response.body).ok();
    let status = body
        .as_ref()
        .and_then(|body| body.get("status")?.as_str())
        .filter(|word| !word.is_empty());
    match (response.status, body.as_ref(), status) {
        (200..=202, Some(body), Some(word)) => Ok(read_object(body, word)),
        // Some services answer 202 while they work, with or without a body.
        (202, _, None) => Ok(Reading::of_word("InProgress")),
        (status, ..) => {
            let reason = format!("the state of the operation is missing from an answer of {status}");
            Err(Unreadable::new(reason).answered_by(response))
        }
    }
}

fn read_object(body: &Value, word: &str) -> Reading {
    let error = body.get("error").filter(|error| !error.is_null());
    let text = |name: &str| {
        body.get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    Reading {
        percent: body
            .get("percentComplete")
            .and_then(Value::as_f64)
            .filter(|percent| (0.0..=100.0).contains(percent)),
        error: error.cloned(),
        resource_location: text("resourceLocation").map(str::to_owned),
        ..Reading::of_word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::operation_status::OperationStatus, *};

    fn check(status: u16, body: &str, expected: Option<(OperationStatus, &str)>) {
        let reading = read(&Response::new(status).with_body(body)).ok();
        let read = reading
            .as_ref()
            .map(|reading| (reading.status, reading.word.as_str()));
        assert_eq!(read, expected, "{status} {body}");
    }

    #[test]
    fn the_word_in_the_body_decides() {
        use OperationStatus::{Canceled, Failed, Running, Succeeded};
        check(
            200,
            r#"{"name":"g","status":"InProgress","startTime":"x"}"#,
            Some((Running, "InProgress")),
        );
        check(
            200,
            r#"{"status":"Inprogress","endTime":"0001-01-01T00:00:00"}"#,
            Some((Running, "Inprogress")),
        );
        check(200, r#"{"status":"Succeeded"}"#, Some((Succeeded, "Succeeded")));
        check(202, r#"{"status":"Succeeded"}"#, Some((Succeeded, "Succeeded")));
        check(
            201,
            r#"{"status":"Failed","error":null}"#,
            Some((Failed, "Failed")),
        );
        check(200, r#"{"status":"Cancelled"}"#, Some((Canceled, "Cancelled")));
        check(202, "", Some((Running, "InProgress")));
        check(202, "{}", Some((Running, "InProgress")));
    }

    #[test]
    fn an_answer_without_a_status_is_no_verdict() {
        for (status, body) in [
            (200, ""),
            (200, "{}"),
            (200, "null"),
            (200, "[]"),
            (200, r#"{"status":null}"#),
            (200, r#"{"status":7}"#),
            (200, r#"{"status":""}"#),
            (200, r#"{"properties":{"provisioningState":"Succeeded"}}"#),
            (200, "<html>Succeeded</html>"),
            (200, r#"{"status":"Succeeded""#),
            (204, ""),
            (204, r#"{"status":"Succeeded"}"#),
        ] {
            check(status, body, None);
        }
    }

    #[test]
    fn percent_error_and_resource_location_are_kept() {
        let body =
            r#"{"status":"Failed","percentComplete":62.5,"error":{"code":"X"},"resourceLocation":"/r"}"#;
        let reading = read(&Response::new(200).with_body(body)).expect("a reading");
        assert_eq!(reading.percent, Some(62.5));
        assert_eq!(reading.error, Some(serde_json::json!({ "code": "X" })));
        assert_eq!(reading.resource_location.as_deref(), Some("/r"));

        let body = r#"{"status":"InProgress","percentComplete":"half","error":null,"resourceLocation":""}"#;
        let reading = read(&Response::new(200).with_body(body)).expect("a reading");
        assert_eq!(
            (reading.percent, reading.error, reading.resource_location),
            (None, None, None)
        );
    }
}
