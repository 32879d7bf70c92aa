//! The protocol of `Location`: its URL answers 202 until the operation has ended, then what the operation gives.

use arm_core::Response;
use serde_json::Value;

use super::reading::{Reading, provisioning_state};
use crate::Unreadable;

/// The header that names the result.
pub(super) const HEADER: &str = "Location";

/// What the answer says.
///
/// A resource in the answer may itself still be provisioned, and its word counts then. A body that is no
/// JSON is no verdict: it may come from something between here and Azure.
pub(super) fn read(response: &Response) -> Result<Reading, Unreadable> {
    let body = serde_json::from_str::<Value>(&response.body).ok();
    let word = body.as_ref().and_then(provisioning_state);
    match response.status {
        202 => Ok(Reading::of_word("InProgress")),
        204 => Ok(Reading::of_word("Succeeded")),
        200 | 201 if body.is_some() || response.body.trim().is_empty() => {
            Ok(Reading::of_word(word.unwrap_or("Succeeded")))
        }
        status => {
            let reason = format!("an answer of {status} does not say whether the operation has ended");
            Err(Unreadable::new(reason).answered_by(response))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::operation_status::OperationStatus, *};

    #[test]
    fn the_http_status_decides_unless_the_resource_says_more() {
        use OperationStatus::{Failed, Running, Succeeded};
        for (status, body, expected) in [
            (202, "", Some(Running)),
            (
                202,
                r#"{"properties":{"provisioningState":"Succeeded"}}"#,
                Some(Running),
            ),
            (200, "", Some(Succeeded)),
            (204, "", Some(Succeeded)),
            // The end of a long-term retention backup has no status (reference A3).
            (
                201,
                r#"{"properties":{"backupName":"b","percentComplete":100.0}}"#,
                Some(Succeeded),
            ),
            (
                200,
                r#"{"objectType":"OperationJobExtendedInfo"}"#,
                Some(Succeeded),
            ),
            (
                200,
                r#"{"properties":{"provisioningState":"Updating"}}"#,
                Some(Running),
            ),
            (
                200,
                r#"{"properties":{"provisioningState":"Failed"}}"#,
                Some(Failed),
            ),
            (200, "<html>sign in to the hotel's network</html>", None),
            (206, "{}", None),
        ] {
            let reading = read(&Response::new(status).with_body(body)).ok();
            assert_eq!(reading.map(|reading| reading.status), expected, "{status} {body}");
        }
    }
}
