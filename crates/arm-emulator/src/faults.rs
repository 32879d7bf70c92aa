//! Faults on demand.

use std::time::Duration;

use arm_core::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Delivery, Reply, refusals::json_response, tokens};

/// The faults that coming requests meet, in the order in which they were injected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Faults(Vec<Fault>);

/// What the next requests that match meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Which requests.
    pub matching: RequestMatcher,
    /// What happens to them.
    pub kind: FaultKind,
    /// To how many of them.
    pub times: u32,
}

/// Tells the requests that are meant from others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestMatcher {
    /// Only this method, or any.
    pub method: Option<Method>,
    /// What the URL's path has in it, compared without case; empty means any path.
    pub path_contains: String,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FaultKind {
    /// It is refused with this error and nothing else happens.
    Status {
        /// The HTTP status.
        status: u16,
        /// The error's code.
        code: String,
        /// The error's message.
        message: String,
        /// The `Retry-After` header in seconds, if there is to be one.
        retry_after: Option<u32>,
    },
    /// It is refused with this error and nothing else happens; a browser may not even read the error.
    StatusWithoutCors {
        /// The HTTP status.
        status: u16,
        /// The error's code.
        code: String,
        /// The error's message.
        message: String,
        /// The `Retry-After` header in seconds, if there is to be one.
        retry_after: Option<u32>,
    },
    /// It is carried out, but what comes back is this error, as from a gateway that lost the service's own answer.
    CarriedOutBut {
        /// The HTTP status.
        status: u16,
        /// The error's code.
        code: String,
        /// The error's message.
        message: String,
    },
    /// It is refused with 401 until the token holds these claims (auth #30).
    InsufficientClaims {
        /// The claims asked for, as JSON text.
        claims: String,
    },
    /// It is carried out, but what comes back is a page of a proxy instead of JSON.
    Garbage,
    /// It is carried out, but the connection ends without an answer.
    NoAnswer,
    /// It is carried out, but no answer ever comes.
    Never,
    /// It is carried out, but a browser may not read the answer.
    WithoutCors,
    /// It is carried out, and the answer comes late.
    Delay {
        /// By how many seconds.
        seconds: u32,
    },
    /// It is carried out; the operation that it begins fails at its end.
    FailOperation {
        /// The error's code.
        code: String,
        /// The error's message.
        message: String,
    },
    /// It is carried out; the operation that it begins is given up at its end.
    CancelOperation,
    /// It is carried out; the job that it starts ends so.
    EndJob {
        /// How.
        end: JobEnd,
        /// The error's or the warning's code.
        code: String,
        /// The error's or the warning's message.
        message: String,
    },
    /// It is carried out; the long-term retention backup that it begins stands still for a while.
    StallOperation {
        /// Where it stands still, in percent.
        percent: u8,
        /// For how long, divided by the time factor as the length of the operation is.
        seconds: u32,
    },
    /// It is carried out; the URLs of the operation that it begins have another version than the request.
    AnotherApiVersion {
        /// A version that the emulator knows.
        api_version: String,
    },
}

/// How a job ends that does not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobEnd {
    /// It has brought nothing.
    Failed,
    /// It has brought all, with something to tell.
    CompletedWithWarnings,
    /// It was given up and has brought nothing.
    Cancelled,
}

impl Faults {
    /// The next `times` requests that match answer so.
    pub fn inject(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push(fault);
        }
    }

    /// Takes all faults away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether coming requests meet no fault.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many faults wait for their requests.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The fault that this request meets, counted.
    pub(crate) fn take(&mut self, request: &Request) -> Option<FaultKind> {
        let index = self.0.iter().position(|fault| fault.matching.matches(request))?;
        let fault = &mut self.0[index];
        let kind = fault.kind.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.0.remove(index);
        }
        Some(kind)
    }
}

impl RequestMatcher {
    fn matches(&self, request: &Request) -> bool {
        let path = request
            .url
            .split('?')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        self.method.is_none_or(|method| method == request.method)
            && path.contains(&self.path_contains.to_ascii_lowercase())
    }
}

impl FaultKind {
    /// The answer in place of the world's.
    pub(crate) fn answer(&self) -> Option<Response> {
        let (status, code, message, retry_after) = match self {
            Self::Status {
                status,
                code,
                message,
                retry_after,
            }
            | Self::StatusWithoutCors {
                status,
                code,
                message,
                retry_after,
            } => (*status, code, message, retry_after),
            Self::InsufficientClaims { claims } => return Some(tokens::insufficient(claims).into_response()),
            _ => return None,
        };
        let mut response = gateway_error(status, code, message);
        if let Some(seconds) = retry_after {
            response.headers.set("Retry-After", seconds.to_string());
        }
        Some(response)
    }

    /// How the answer reaches the one who asked.
    pub(crate) fn deliver(self, mut reply: Reply) -> Reply {
        match self {
            Self::Status { .. }
            | Self::InsufficientClaims { .. }
            | Self::FailOperation { .. }
            | Self::CancelOperation
            | Self::EndJob { .. }
            | Self::StallOperation { .. }
            | Self::AnotherApiVersion { .. } => {}
            Self::CarriedOutBut {
                status,
                code,
                message,
            } => reply.response = gateway_error(status, &code, &message),
            Self::Garbage => reply.response = a_page_of_a_proxy(),
            Self::NoAnswer => reply.delivery = Delivery::Reset,
            Self::Never => reply.delivery = Delivery::Never,
            Self::WithoutCors | Self::StatusWithoutCors { .. } => reply.cors = false,
            Self::Delay { seconds } => {
                reply.delivery = Delivery::After(Duration::from_secs(u64::from(seconds)))
            }
        }
        reply
    }
}

fn gateway_error(status: u16, code: &str, message: &str) -> Response {
    let body = json!({ "error": { "code": code, "message": message } });
    json_response(status, &body).with_header("x-ms-failure-cause", "gateway")
}

fn a_page_of_a_proxy() -> Response {
    Response::new(200)
        .with_header("Content-Type", "text/html")
        .with_body("<html><head><title>Sign in to the network</title></head><body></body></html>")
}

#[cfg(test)]
mod tests;
