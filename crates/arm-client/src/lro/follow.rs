//! How the first answer says an operation is to be followed.

use arm_core::{Method, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    azure_async_operation, location, operation_location, operation_status::OperationStatus, reading::Reading,
    resource_body,
};
use crate::{ArmOrigin, Unreadable};

/// The protocols, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Protocol {
    AzureAsyncOperation,
    OperationLocation,
    Location,
    ResourceBody,
}

/// A protocol and the URL it asks at, as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Following {
    pub(super) protocol: Protocol,
    pub(super) url: String,
}

/// What the first answer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FirstStep {
    Follow(Following),
    /// The request did it all.
    Ended,
    /// Something goes on, and nobody says where to ask.
    Unknown,
    /// It is no answer of Azure Resource Manager's, and nobody knows what became of the request.
    Unreadable,
}

impl Protocol {
    const WITH_HEADER: [Self; 3] = [Self::AzureAsyncOperation, Self::OperationLocation, Self::Location];

    fn header(self) -> Option<&'static str> {
        match self {
            Self::AzureAsyncOperation => Some(azure_async_operation::HEADER),
            Self::OperationLocation => Some(operation_location::HEADER),
            Self::Location => Some(location::HEADER),
            Self::ResourceBody => None,
        }
    }

    /// What an answer of 2xx says.
    pub(super) fn read(self, response: &Response) -> Result<Reading, Unreadable> {
        match self {
            Self::AzureAsyncOperation => azure_async_operation::read(response),
            Self::OperationLocation => operation_location::read(response),
            Self::Location => location::read(response),
            Self::ResourceBody => resource_body::read(response),
        }
    }

    /// The URL this answer names for the protocol, if it names one that gets the token.
    pub(super) fn url(self, response: &Response, origin: &ArmOrigin) -> Option<String> {
        let received = response.headers.get(self.header()?)?;
        origin.accept(received).ok()?;
        Some(received.to_owned())
    }
}

/// Chooses the protocol from the first answer to a request of `method` at `url`.
///
/// A URL that is refused counts as one that cannot be read (design invariant 5): the next protocol is
/// taken. But a header that is there says that something goes on, so without another protocol the
/// operation is unknown then, and so it is after every 202 (auth #64).
pub(super) fn first_step(method: Method, url: &str, response: &Response, origin: &ArmOrigin) -> FirstStep {
    let is_write = matches!(method, Method::Put | Method::Patch);
    // A Location beside a created or changed resource may only say where the resource is.
    let is_location_polled = response.status == 202 || (response.status == 201 && !is_write);
    let mut is_announced = false;
    for protocol in Protocol::WITH_HEADER {
        if protocol == Protocol::Location && !is_location_polled {
            continue;
        }
        if let Some(url) = protocol.url(response, origin) {
            return FirstStep::Follow(Following { protocol, url });
        }
        is_announced |= protocol
            .header()
            .is_some_and(|name| response.headers.get(name).is_some());
    }
    match response.status {
        // A page of a proxy has a status of 200 as well.
        200 | 201 if !is_json_or_empty(&response.body) => FirstStep::Unreadable,
        200 | 201 if is_write => FirstStep::Follow(Following {
            protocol: Protocol::ResourceBody,
            url: url.to_owned(),
        }),
        200 | 201 | 204 if !is_announced && !goes_on(&response.body) => FirstStep::Ended,
        _ => FirstStep::Unknown,
    }
}

/// Whether the answer to an action says itself that it has not ended well yet.
///
/// A long-term retention backup may be answered 200 with `properties.status` *Running* (the document): what it says
/// of itself counts more than the 200.
fn goes_on(body: &str) -> bool {
    let body = serde_json::from_str::<Value>(body).ok();
    let status = body
        .as_ref()
        .and_then(|body| body.get("properties")?.get("status")?.as_str());
    status.is_some_and(|status| OperationStatus::of(status) != OperationStatus::Succeeded)
}

fn is_json_or_empty(body: &str) -> bool {
    body.trim().is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://management.azure.com/op/1?t=1&s=a%2Bb";
    const RELATIVE: &str = "/op/1?t=1";
    const ELSEWHERE: &str = "https://evil.example/op/1";
    const RESOURCE: &str = "https://management.azure.com/r";

    fn check(method: Method, status: u16, headers: &[(&str, &str)], expected: &FirstStep) {
        let origin = ArmOrigin::new("https://management.azure.com").expect("an origin");
        let mut response = Response::new(status);
        response.headers = headers.iter().copied().collect();
        let step = first_step(method, RESOURCE, &response, &origin);
        assert_eq!(&step, expected, "{method} {status} {headers:?}");
    }

    fn follow(protocol: Protocol, url: &str) -> FirstStep {
        FirstStep::Follow(Following {
            protocol,
            url: url.to_owned(),
        })
    }

    #[test]
    fn the_strongest_readable_header_wins() {
        use Protocol::{AzureAsyncOperation, Location, OperationLocation};
        let (azure, operation, location) = ("azure-asyncoperation", "operation-location", "location");
        for method in [Method::Put, Method::Patch, Method::Post, Method::Delete] {
            let all = [(location, "/l"), (operation, "/o"), (azure, HERE)];
            check(method, 202, &all, &follow(AzureAsyncOperation, HERE));
            check(method, 201, &all, &follow(AzureAsyncOperation, HERE));
            check(method, 200, &all, &follow(AzureAsyncOperation, HERE));
            check(method, 202, &all[..2], &follow(OperationLocation, "/o"));
            check(method, 202, &all[..1], &follow(Location, "/l"));
            check(
                method,
                202,
                &[(azure, RELATIVE)],
                &follow(AzureAsyncOperation, RELATIVE),
            );
            check(
                method,
                202,
                &[(azure, ELSEWHERE), (location, HERE)],
                &follow(Location, HERE),
            );
        }
    }

    #[test]
    fn an_accepted_request_without_a_readable_url_is_unknown() {
        for method in [Method::Put, Method::Patch, Method::Post, Method::Delete] {
            check(method, 202, &[], &FirstStep::Unknown);
            check(
                method,
                202,
                &[("Azure-AsyncOperation", ELSEWHERE)],
                &FirstStep::Unknown,
            );
            check(method, 202, &[("Location", "")], &FirstStep::Unknown);
            check(method, 202, &[("Location", "op/1")], &FirstStep::Unknown);
            check(method, 206, &[], &FirstStep::Unknown);
        }
        // The header says that something goes on, even where it cannot be followed.
        check(
            Method::Post,
            200,
            &[("Azure-AsyncOperation", ELSEWHERE)],
            &FirstStep::Unknown,
        );
        check(
            Method::Delete,
            204,
            &[("Azure-AsyncOperation", ELSEWHERE)],
            &FirstStep::Unknown,
        );
    }

    #[test]
    fn without_headers_a_written_resource_is_read_and_the_rest_has_ended() {
        let resource = follow(Protocol::ResourceBody, RESOURCE);
        for method in [Method::Put, Method::Patch] {
            check(method, 200, &[], &resource);
            check(method, 201, &[], &resource);
            check(method, 201, &[("Location", RESOURCE)], &resource);
            check(method, 201, &[("Azure-AsyncOperation", ELSEWHERE)], &resource);
            check(method, 204, &[], &FirstStep::Ended);
        }
        for method in [Method::Post, Method::Delete] {
            check(method, 200, &[], &FirstStep::Ended);
            check(method, 204, &[], &FirstStep::Ended);
            check(method, 201, &[], &FirstStep::Ended);
            check(method, 200, &[("Location", RESOURCE)], &FirstStep::Ended);
            check(
                method,
                201,
                &[("Location", "/l")],
                &follow(Protocol::Location, "/l"),
            );
        }
    }

    #[test]
    fn an_answer_that_says_it_goes_on_is_no_end() {
        let origin = ArmOrigin::new("https://management.azure.com").expect("an origin");
        for (body, expected) in [
            // The document's example of a started long-term retention backup.
            (
                r#"{"properties":{"status":"Running","percentComplete":100,"endTime":"2025-06-01T18:35:22.123Z"}}"#,
                FirstStep::Unknown,
            ),
            (r#"{"properties":{"status":"Failed"}}"#, FirstStep::Unknown),
            (r#"{"properties":{"status":"Warming"}}"#, FirstStep::Unknown),
            (r#"{"properties":{"status":"succeeded"}}"#, FirstStep::Ended),
            (r#"{"properties":{"percentComplete":100.0}}"#, FirstStep::Ended),
            (r#"{"properties":{"status":null}}"#, FirstStep::Ended),
            (r#"{"status":"Running"}"#, FirstStep::Ended),
        ] {
            let response = Response::new(200).with_body(body);
            assert_eq!(
                first_step(Method::Post, RESOURCE, &response, &origin),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn a_page_of_a_proxy_is_no_answer() {
        let origin = ArmOrigin::new("https://management.azure.com").expect("an origin");
        for method in [Method::Put, Method::Patch, Method::Post, Method::Delete] {
            for (status, body, expected) in [
                (200, "<html></html>", true),
                (201, "{\"id\":", true),
                (200, "{}", false),
                (200, " ", false),
                (202, "<html></html>", false),
            ] {
                let response = Response::new(status).with_body(body);
                let step = first_step(method, RESOURCE, &response, &origin);
                assert_eq!(
                    step == FirstStep::Unreadable,
                    expected,
                    "{method} {status} {body}: {step:?}"
                );
            }
            let followed = Response::new(200)
                .with_body("<html>")
                .with_header("Azure-AsyncOperation", HERE);
            let step = first_step(method, RESOURCE, &followed, &origin);
            assert_eq!(step, follow(Protocol::AzureAsyncOperation, HERE), "{method}");
        }
    }
}
