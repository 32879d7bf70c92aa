//! An error the service put into words.

use std::{fmt, time::Duration};

use arm_core::Response;
use serde_json::Value;

use super::envelope;
use crate::redact;

/// What the service said, taken out of the several shapes in which it says it (reference B10 and D).
///
/// Signatures of SAS URIs are taken out of every text here, so that any of it may be shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ServiceError {
    /// The HTTP status of the answer; 200 where a status read told of a failed operation.
    pub status: u16,
    /// The code, such as `AuthorizationFailed`; empty when the service gave none.
    pub code: String,
    /// The service's words; empty when it gave none.
    pub message: String,
    /// What the error is about, such as the name of a field.
    pub target: Option<String>,
    /// More precise errors: `details`, those inside `additionalInfo`, and the chain of inner errors.
    pub details: Vec<ErrorDetail>,
    /// What the service advises, outermost first, each once.
    pub recommended_actions: Vec<String>,
    /// Whether the service calls the request repeatable.
    pub is_retryable: Option<bool>,
    /// The service's id of the request (`x-ms-request-id`).
    pub request_id: Option<String>,
    /// The id that connects the requests of one operation (`x-ms-correlation-request-id`).
    pub correlation_request_id: Option<String>,
    /// How long the service asks to wait before another try.
    pub retry_after: Option<Duration>,
    /// The error as it was received, for what is not understood above.
    pub received: String,
}

/// One of the more precise errors below a [`ServiceError`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorDetail {
    /// The code; empty when the service gave none.
    pub code: String,
    /// The words; empty when the service gave none.
    pub message: String,
    /// What it is about.
    pub target: Option<String>,
    /// What lies below it.
    pub details: Vec<ErrorDetail>,
}

impl ServiceError {
    /// Reads an answer that is not a success.
    pub(crate) fn from_response(response: &Response, retry_after: Option<Duration>) -> Self {
        let body = serde_json::from_str::<Value>(&response.body).ok();
        let mut error = Self::read(response, body.as_ref().and_then(envelope::find));
        if error.code.is_empty()
            && let Some(code) = response.headers.get("x-ms-error-code")
        {
            error.code = code.trim().to_owned();
        }
        error.retry_after = retry_after;
        if error.received.is_empty() {
            error.received = redact(&response.body);
        }
        error
    }

    /// Reads the `error` of a status answer that tells of a failed operation; `status` is the word it used.
    pub(crate) fn from_status(response: &Response, error: Option<&Value>, status: &str) -> Self {
        let mut error = Self::read(response, error);
        if error.code.is_empty() {
            // `Failed` or `Canceled` is all there is to say then.
            error.code = status.to_owned();
        }
        if error.received.is_empty() {
            error.received = redact(&response.body);
        }
        error
    }

    /// Reads an error that stands in a resource, such as why something could not be protected (reference B3, B7).
    pub(crate) fn in_resource(error: &Value) -> Self {
        Self::read(&Response::new(200), Some(error))
    }

    /// Every code in it, the outermost first.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let mut codes = vec![self.code.as_str()];
        collect_codes(&self.details, &mut codes);
        codes.into_iter().filter(|code| !code.is_empty())
    }

    fn read(response: &Response, error: Option<&Value>) -> Self {
        let parts = error.map(envelope::unpack).unwrap_or_default();
        Self {
            status: response.status,
            code: parts.detail.code,
            message: parts.detail.message,
            target: parts.detail.target,
            details: parts.detail.details,
            recommended_actions: parts.recommended_actions,
            is_retryable: parts.is_retryable,
            request_id: request_id(response),
            correlation_request_id: header(response, "x-ms-correlation-request-id"),
            retry_after: None,
            received: error.map(|error| redact(&error.to_string())).unwrap_or_default(),
        }
    }
}

pub(super) fn request_id(response: &Response) -> Option<String> {
    header(response, "x-ms-request-id")
}

/// A header with a value; services also send some of them empty (reference B11).
fn header(response: &Response, name: &str) -> Option<String> {
    let value = response.headers.get(name)?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn collect_codes<'a>(details: &'a [ErrorDetail], codes: &mut Vec<&'a str>) {
    for detail in details {
        codes.push(&detail.code);
        collect_codes(&detail.details, codes);
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.as_str(), self.message.as_str()) {
            ("", "") => write!(formatter, "the service answered {} without a reason", self.status),
            (code, "") => write!(formatter, "{code} ({})", self.status),
            ("", message) => write!(formatter, "{message} ({})", self.status),
            (code, message) => write!(formatter, "{code}: {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> ServiceError {
        ServiceError::from_response(&Response::new(400).with_body(body), None)
    }

    /// `code: message <target> [below]`, on one line.
    fn shown(details: &[ErrorDetail]) -> String {
        let each = details.iter().map(|detail| {
            let target = detail
                .target
                .as_ref()
                .map(|target| format!(" <{target}>"))
                .unwrap_or_default();
            let below = if detail.details.is_empty() {
                String::new()
            } else {
                format!(" [{}]", shown(&detail.details))
            };
            format!("{}: {}{target}{below}", detail.code, detail.message)
        });
        each.collect::<Vec<_>>().join("; ")
    }

    fn check(body: &str, code: &str, message: &str, details: &str) {
        let error = refused(body);
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            (code, message),
            "{body}"
        );
        assert_eq!(shown(&error.details), details, "{body}");
    }

    #[test]
    fn every_envelope_is_opened() {
        check(r#"{"error":{"code":"C","message":"M"}}"#, "C", "M", "");
        check(
            r#"{"error":{"code":"C","message":"M","details":null,"additionalInfo":null}}"#,
            "C",
            "M",
            "",
        );
        check(r#"{"error":{"code":400,"message":"M"}}"#, "400", "M", "");
        check(r#"{"error":{"message":"M"}}"#, "", "M", "");
        check(r#"{"error":{}}"#, "", "", "");
        check(r#"{"code":"C","message":"M"}"#, "C", "M", "");
        check(r#"{"Code":"C","Message":"M"}"#, "C", "M", "");
        check(r#"{"Message":"M"}"#, "", "M", "");
        check(
            r#"{"error":"invalid_grant","error_description":"M"}"#,
            "invalid_grant",
            "M",
            "",
        );
        check(
            r#"{"odata.error":{"code":"C","message":{"lang":"en","value":"M"}}}"#,
            "C",
            "M",
            "",
        );
        for body in [
            "",
            "<html>",
            "null",
            "[]",
            "7",
            r#"{"value":[]}"#,
            r#"{"error":null}"#,
            r#"{"error":"#,
        ] {
            check(body, "", "", "");
            assert_eq!(refused(body).received, body, "kept whole");
        }
    }

    #[test]
    fn details_nest_and_tolerate_extra_keys() {
        check(
            r#"{"error":{"code":"BadRequest","message":"Please provide below info.","details":[
                {"code":"InvalidQuery","message":"Query is invalid."},
                {"code":"ParserFailure","message":"ParserFailure","line":1,"token":"x","details":[{"code":3,"message":"deep"}]},
                {"code":"ParserFailure","message":"ParserFailure","line":1,"token":"x","details":[{"code":3,"message":"deep"}]},
                {},"text",null]}}"#,
            "BadRequest",
            "Please provide below info.",
            "InvalidQuery: Query is invalid.; ParserFailure: ParserFailure [3: deep]",
        );
        check(
            r#"{"error":{"code":"C","message":"M","innererror":{"code":"Inner","message":"I","innererror":{"code":"Core"}}}}"#,
            "C",
            "M",
            "Inner: I [Core: ]",
        );
    }

    #[test]
    fn a_user_facing_error_gives_its_advice_and_its_inner_words() {
        // As recorded in the documentation of Azure Backup (reference B10).
        let body = r#"{"error":{"additionalInfo":[{"type":"UserFacingError","info":{
            "message":"Appropriate permissions to perform the operation is missing.",
            "recommendedAction":["Grant appropriate permissions.","Then retry."],"details":null,
            "code":"UserErrorMissingRequiredPermissions","target":"","innerError":{
                "code":"UserErrorMissingRequiredPermissions",
                "additionalInfo":{"DetailedNonLocalisedMessage":"Validate for Protection failed."},
                "embeddedInnerError":{"code":"AuthorizationFailed","additionalInfo":{"DetailedNonLocalisedMessage":"No role."}}},
            "isRetryable":false,"isUserError":false,"properties":{"ActivityId":"a-1"}}}],
            "code":"UserErrorMissingRequiredPermissions",
            "message":"Appropriate permissions to perform the operation is missing.","target":null,"details":null}}"#;
        check(
            body,
            "UserErrorMissingRequiredPermissions",
            "Appropriate permissions to perform the operation is missing.",
            "UserErrorMissingRequiredPermissions: Validate for Protection failed. [AuthorizationFailed: No role.]",
        );
        let error = refused(body);
        assert_eq!(
            error.recommended_actions,
            ["Grant appropriate permissions.", "Then retry."]
        );
        assert_eq!((error.is_retryable, error.target.as_deref()), (Some(false), None));
        assert!(
            error.received.contains("a-1"),
            "what is not understood is kept: {}",
            error.received
        );
        let codes: Vec<_> = error.codes().collect();
        assert_eq!(codes.last(), Some(&"AuthorizationFailed"), "{codes:?}");
    }

    #[test]
    fn a_user_facing_error_in_other_words_stands_below() {
        check(
            r#"{"error":{"code":"C","message":"M","additionalInfo":[
                {"type":"PolicyViolation","info":{"policyName":"p"}},
                {"type":"UserFacingError","info":{"code":"U","message":"UM","target":"t","details":[{"code":"D","message":"DM"}]}}]}}"#,
            "C",
            "M",
            "U: UM <t> [D: DM]",
        );
        // Without words of its own the error takes those of the one inside.
        check(
            r#"{"error":{"additionalInfo":[{"info":{"code":"U","message":"UM","recommendedAction":"Lone advice."}}]}}"#,
            "U",
            "UM",
            "",
        );
    }

    #[test]
    fn headers_say_what_the_body_does_not() {
        let response = Response::new(503)
            .with_header("x-ms-error-code", "ServerBusy")
            .with_header("x-ms-request-id", "")
            .with_header("x-ms-correlation-request-id", "c-1");
        let error = ServiceError::from_response(&response, Some(Duration::from_secs(3)));
        assert_eq!(error.code, "ServerBusy");
        assert_eq!(
            (error.request_id, error.correlation_request_id.as_deref()),
            (None, Some("c-1"))
        );
        assert_eq!(error.retry_after, Some(Duration::from_secs(3)));

        let both = response.with_body(r#"{"error":{"code":"Precise","message":"M"}}"#);
        assert_eq!(
            ServiceError::from_response(&both, None).code,
            "Precise",
            "the body is more precise"
        );
    }

    #[test]
    fn no_signature_is_left_in_any_text() {
        let error = refused(
            r#"{"error":{"code":"C","message":"cannot use https://a/c?sig=topsecret","target":"sig=topsecret",
            "details":[{"code":"sig=topsecret","message":"x?sig=topsecret&y"}],
            "recommendedAction":["renew sig=topsecret"],"unknown":"sig=topsecret"}}"#,
        );
        let everything = format!("{error:?} {error}");
        assert!(!everything.contains("topsecret"), "{everything}");
        let text = refused("plain sig=topsecret text");
        assert!(!text.received.contains("topsecret"), "{text:?}");
    }

    #[test]
    fn errors_that_nest_without_end_are_cut() {
        let deep = r#"{"code":"C","message":"M","details":["#.repeat(50) + &"]}".repeat(50);
        let error = refused(&format!(r#"{{"error":{deep}}}"#));
        assert!(
            (5..50).contains(&error.codes().count()),
            "{}",
            error.codes().count()
        );
    }

    #[test]
    fn an_error_is_said_as_far_as_it_is_known() {
        for (body, expected) in [
            (r#"{"error":{"code":"C","message":"M"}}"#, "C: M"),
            (r#"{"error":{"code":"C"}}"#, "C (400)"),
            (r#"{"error":{"message":"M"}}"#, "M (400)"),
            ("<html>", "the service answered 400 without a reason"),
        ] {
            assert_eq!(refused(body).to_string(), expected, "{body}");
        }
    }
}
