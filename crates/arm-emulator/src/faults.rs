//! Faults on demand.

use std::time::Duration;

use arm_core::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Delivery, Reply, operations::Failure, refusals::json_response};

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
        let Self::Status {
            status,
            code,
            message,
            retry_after,
        } = self
        else {
            return None;
        };
        let body = json!({ "error": { "code": code, "message": message } });
        let mut response = json_response(*status, &body).with_header("x-ms-failure-cause", "gateway");
        if let Some(seconds) = retry_after {
            response.headers.set("Retry-After", seconds.to_string());
        }
        Some(response)
    }

    /// How the operation that the request begins ends.
    pub(crate) fn end(&self) -> Option<Failure> {
        let Self::FailOperation { code, message } = self else {
            return None;
        };
        Some(Failure {
            code: code.clone(),
            message: message.clone(),
        })
    }

    /// How the answer reaches the one who asked.
    pub(crate) fn deliver(self, mut reply: Reply) -> Reply {
        match self {
            Self::Status { .. } | Self::FailOperation { .. } => {}
            Self::Garbage => reply.response = a_page_of_a_proxy(),
            Self::NoAnswer => reply.delivery = Delivery::Reset,
            Self::Never => reply.delivery = Delivery::Never,
            Self::WithoutCors => reply.cors = false,
            Self::Delay { seconds } => {
                reply.delivery = Delivery::After(Duration::from_secs(u64::from(seconds)))
            }
        }
        reply
    }
}

fn a_page_of_a_proxy() -> Response {
    Response::new(200)
        .with_header("Content-Type", "text/html")
        .with_body("<html><head><title>Sign in to the network</title></head><body></body></html>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body, url};

    fn put(rig: &mut Rig) -> Reply {
        rig.request(Request::new(
            Method::Put,
            url(&format!("{ORDERS}/backups/b"), VERSION),
        ))
    }

    fn inject(rig: &mut Rig, kind: FaultKind) {
        let matching = RequestMatcher {
            method: Some(Method::Put),
            path_contains: "/BACKUPS/".to_owned(),
        };
        rig.world.faults().inject(Fault {
            matching,
            kind,
            times: 1,
        });
    }

    /// Meets the fault once; whether the backup was begun all the same.
    fn meet(kind: FaultKind) -> (Reply, bool) {
        let mut rig = Rig::new();
        inject(&mut rig, kind);
        let reply = put(&mut rig);
        rig.wait(150);
        let is_there = rig.get(&format!("{ORDERS}/backups/b")).status == 200;
        (reply, is_there)
    }

    #[test]
    fn a_status_comes_instead_of_the_answer() {
        let (reply, is_there) = meet(FaultKind::Status {
            status: 503,
            code: "ServerUnavailable".to_owned(),
            message: "Try later.".to_owned(),
            retry_after: Some(7),
        });
        assert_eq!(reply.response.status, 503);
        assert_eq!(reply.response.headers.get("Retry-After"), Some("7"));
        assert_eq!(body(&reply.response)["error"]["code"], "ServerUnavailable");
        assert!(
            reply.response.headers.get("x-ms-request-id").is_some(),
            "{:?}",
            reply.response.headers
        );
        assert!(!is_there);
    }

    #[test]
    fn all_other_faults_come_after_the_request_was_carried_out() {
        let (garbage, is_there) = meet(FaultKind::Garbage);
        assert_eq!(
            (garbage.response.headers.get("Content-Type"), is_there),
            (Some("text/html"), true)
        );

        let (reset, is_there) = meet(FaultKind::NoAnswer);
        assert_eq!(
            (reset.delivery, reset.as_seen_by_a_browser(), is_there),
            (Delivery::Reset, None, true)
        );

        let (never, is_there) = meet(FaultKind::Never);
        assert_eq!(
            (never.delivery, never.as_seen_by_a_browser(), is_there),
            (Delivery::Never, None, true)
        );

        let (hidden, is_there) = meet(FaultKind::WithoutCors);
        assert_eq!(hidden.over_http(), hidden.response);
        assert_eq!((hidden.as_seen_by_a_browser(), is_there), (None, true));

        let (late, is_there) = meet(FaultKind::Delay { seconds: 9 });
        assert_eq!(
            (late.delivery, late.response.status),
            (Delivery::After(Duration::from_secs(9)), 202)
        );
        assert!(late.as_seen_by_a_browser().is_some() && is_there);
    }

    #[test]
    fn an_operation_fails_at_its_end() {
        let mut rig = Rig::new();
        let (code, message) = ("Throttled".to_owned(), "Too much at once.".to_owned());
        inject(&mut rig, FaultKind::FailOperation { code, message });
        let begun = put(&mut rig).response;
        assert_eq!(begun.status, 202);
        rig.wait(150);
        let state = body(&rig.follow(begun.headers.get("Azure-AsyncOperation").unwrap_or_default()));
        assert_eq!(state["status"], "Failed", "{state}");
        assert_eq!(
            state["error"],
            json!({ "code": "Throttled", "message": "Too much at once." })
        );
        assert_eq!(rig.get(&format!("{ORDERS}/backups/b")).status, 404);
    }

    #[test]
    fn a_fault_meets_only_its_requests_and_only_so_often() {
        let mut rig = Rig::new();
        inject(&mut rig, FaultKind::NoAnswer);
        let read = |rig: &mut Rig| {
            rig.request(Request::new(
                Method::Get,
                url(&format!("{ORDERS}/backups/b"), VERSION),
            ))
        };
        assert_eq!(read(&mut rig).delivery, Delivery::Normal, "another method");
        assert_eq!(put(&mut rig).delivery, Delivery::Reset);
        assert_eq!(put(&mut rig).delivery, Delivery::Normal, "the second time");
        inject(&mut rig, FaultKind::NoAnswer);
        rig.world.faults().clear();
        assert_eq!(put(&mut rig).delivery, Delivery::Normal, "taken away");
    }

    #[test]
    fn a_fault_can_be_sent_as_json() {
        let text = r#"{"matching":{"method":"PUT","pathContains":"/backups/"},"kind":{"type":"status","status":429,"code":"TooManyRequests","message":"Slow down.","retryAfter":5},"times":2}"#;
        let fault: Fault = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(serde_json::to_string(&fault).unwrap_or_default(), text);
        let least: Fault = serde_json::from_str(r#"{"matching":{},"kind":{"type":"garbage"},"times":1}"#)
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(least.kind, FaultKind::Garbage);
    }
}
