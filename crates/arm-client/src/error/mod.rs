//! What can go wrong, told apart by what the caller can do about it.

mod envelope;
mod service_error;

use std::{fmt, time::Duration};

use arm_core::TransportError;

pub use service_error::{ErrorDetail, ServiceError};

use crate::{InvalidOrigin, RefusedUrl, SignInNeeded, redact};

/// Why a call gave no result.
///
/// Failing to ask is not failure of the operation: only [`ArmError::OperationFailed`] says that the
/// service ended it.
#[derive(Debug, Clone, PartialEq)]
pub enum ArmError {
    /// No answer came that can be read. Of a request that triggers something nobody knows whether it arrived.
    Transport(TransportError),
    /// Only the user can help.
    SignInNeeded(SignInNeeded),
    /// The service refused the request.
    Service(Box<ServiceError>),
    /// The service took the request, and the long-running operation ended as failed or canceled.
    OperationFailed(Box<ServiceError>),
    /// An answer came and is not what it should be.
    Unreadable(Unreadable),
    /// The request was repeated as often as is allowed, or refused after an attempt whose answer was lost.
    Exhausted(Box<Exhausted>),
}

/// An answer that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What was expected and what came instead; never a URL.
    pub reason: String,
    /// The service's id of the request, for support.
    pub request_id: Option<String>,
}

/// A request that was repeated in vain.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhausted {
    /// How often it was sent.
    pub attempts: u32,
    /// How long was waited in between, on the client's clock.
    pub waited: Duration,
    /// Whether an attempt before the last may have begun something, its answer being lost.
    pub is_open: bool,
    /// What came of the last attempt.
    pub last: ArmError,
}

impl ArmError {
    /// The service's error code, such as `AuthorizationFailed`.
    pub fn code(&self) -> Option<&str> {
        self.service_error()
            .map(|error| error.code.as_str())
            .filter(|code| !code.is_empty())
    }

    /// The service's id of the request (`x-ms-request-id`), which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        match self.cause() {
            Self::Unreadable(unreadable) => unreadable.request_id.as_deref(),
            other => other.service_error()?.request_id.as_deref(),
        }
    }

    /// The service's own words, however often the request was repeated.
    pub fn service_error(&self) -> Option<&ServiceError> {
        match self.cause() {
            Self::Service(error) | Self::OperationFailed(error) => Some(error),
            _ => None,
        }
    }

    /// The error itself, or what came of the last attempt of a repeated request.
    pub fn cause(&self) -> &Self {
        match self {
            Self::Exhausted(exhausted) => exhausted.last.cause(),
            other => other,
        }
    }

    /// Whether a triggering request that ended so may have begun its operation all the same.
    ///
    /// True after a lost answer, an answer of 5xx and an unreadable one: the service is to be looked at
    /// before the request is sent again (design 3, *Repeating a request*).
    pub fn may_have_begun(&self) -> bool {
        if matches!(self, Self::Exhausted(exhausted) if exhausted.is_open) {
            return true;
        }
        match self.cause() {
            Self::Transport(_) | Self::Unreadable(_) => true,
            Self::Service(error) => error.status >= 500 || error.status == 408,
            _ => false,
        }
    }
}

impl Unreadable {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: redact(&reason.into()),
            request_id: None,
        }
    }

    /// The same, naming the request whose answer it was.
    pub(crate) fn answered_by(mut self, response: &arm_core::Response) -> Self {
        self.request_id = service_error::request_id(response);
        self
    }
}

impl fmt::Display for ArmError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(formatter),
            Self::SignInNeeded(error) => error.fmt(formatter),
            Self::Service(error) => error.fmt(formatter),
            Self::OperationFailed(error) => write!(formatter, "the operation failed: {error}"),
            Self::Unreadable(error) => error.fmt(formatter),
            Self::Exhausted(exhausted) => write!(
                formatter,
                "given up after {} attempts: {}",
                exhausted.attempts, exhausted.last
            ),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the answer cannot be read: {}", self.reason)
    }
}

impl std::error::Error for ArmError {}

impl From<SignInNeeded> for ArmError {
    fn from(error: SignInNeeded) -> Self {
        Self::SignInNeeded(error)
    }
}

impl From<Unreadable> for ArmError {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}

impl From<RefusedUrl> for ArmError {
    fn from(error: RefusedUrl) -> Self {
        Self::Unreadable(Unreadable::new(error.to_string()))
    }
}

impl From<InvalidOrigin> for ArmError {
    fn from(error: InvalidOrigin) -> Self {
        Self::Unreadable(Unreadable::new(error.to_string()))
    }
}

impl From<arm_core::ParseResourceIdError> for ArmError {
    fn from(error: arm_core::ParseResourceIdError) -> Self {
        Self::Unreadable(Unreadable::new(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Response;

    use super::*;

    fn service(status: u16) -> ArmError {
        let response = Response::new(status)
            .with_header("x-ms-request-id", "r-1")
            .with_body(r#"{"error":{"code":"SomeCode","message":"Some words."}}"#);
        ArmError::Service(Box::new(ServiceError::from_response(&response, None)))
    }

    fn exhausted(last: ArmError) -> ArmError {
        ArmError::Exhausted(Box::new(Exhausted {
            attempts: 4,
            waited: Duration::from_secs(7),
            is_open: false,
            last,
        }))
    }

    #[test]
    fn a_refusal_after_a_lost_answer_leaves_open_what_the_first_attempt_did() {
        for (is_open, status, expected) in [(true, 409, true), (false, 409, false), (false, 503, true)] {
            let ArmError::Exhausted(mut error) = exhausted(service(status)) else {
                panic!("{status}")
            };
            error.is_open = is_open;
            assert_eq!(
                ArmError::Exhausted(error).may_have_begun(),
                expected,
                "{is_open} {status}"
            );
        }
    }

    #[test]
    fn code_and_request_id_are_found_below_a_repeated_request() {
        let error = exhausted(service(503));
        assert_eq!(error.code(), Some("SomeCode"), "{error}");
        assert_eq!(error.request_id(), Some("r-1"), "{error}");
        assert!(error.to_string().contains("Some words."), "{error}");
        assert!(error.to_string().contains("4 attempts"), "{error}");
    }

    #[test]
    fn only_a_lost_or_broken_answer_leaves_open_whether_something_began() {
        for (error, expected) in [
            (ArmError::Transport(TransportError::new("gone")), true),
            (ArmError::Unreadable(Unreadable::new("no JSON")), true),
            (service(500), true),
            (service(504), true),
            (service(408), true),
            (exhausted(service(503)), true),
            (service(400), false),
            (service(403), false),
            (service(429), false),
        ] {
            assert_eq!(error.may_have_begun(), expected, "{error:?}");
        }
    }
}
