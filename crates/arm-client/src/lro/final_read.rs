//! Where the result of an operation is.

use arm_core::Method;
use serde::{Deserialize, Serialize};

use super::follow::Protocol;

/// Where an operation of the service says its result is (`final-state-via` of its description).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FinalStateVia {
    /// The status at `Azure-AsyncOperation` says all there is.
    AzureAsyncOperation,
    /// The status at `Operation-Location` says all there is.
    OperationLocation,
    /// The URL of the `Location` header.
    Location,
    /// The URL the first request went to.
    OriginalUri,
}

/// How to get the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum FinalRead {
    /// By reading this URL.
    Get(String),
    /// It was in this answer.
    Body(String),
    /// There is none.
    Nothing,
}

/// What is known when an operation has succeeded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending<'a> {
    pub(super) method: Method,
    pub(super) via: FinalStateVia,
    /// `None` where the first answer was the last.
    pub(super) protocol: Option<Protocol>,
    /// The URL of the first request.
    pub(super) original: &'a str,
    /// The URL of the last readable `Location`.
    pub(super) location: Option<&'a str>,
    /// The accepted `resourceLocation` of the last status.
    pub(super) resource_location: Option<&'a str>,
    /// The body of the last answer.
    pub(super) body: &'a str,
}

/// Chooses by ARM's rules (reference D, auth #95).
///
/// What `resourceLocation` names comes first; then a written resource is read where it was written, a
/// deleted one not at all, and only an action asks its description.
pub(super) fn final_read(ending: Ending<'_>) -> FinalRead {
    let original = || FinalRead::Get(ending.original.to_owned());
    let is_write = matches!(ending.method, Method::Put | Method::Patch);
    match ending.protocol {
        None | Some(Protocol::ResourceBody) if is_write && ending.body.trim().is_empty() => original(),
        None | Some(Protocol::ResourceBody) => answer(ending.body),
        Some(Protocol::AzureAsyncOperation | Protocol::OperationLocation) => {
            match (
                ending.resource_location,
                ending.method,
                ending.via,
                ending.location,
            ) {
                (Some(url), ..) => FinalRead::Get(url.to_owned()),
                (None, Method::Put | Method::Patch, ..) => original(),
                (None, Method::Delete, ..) => FinalRead::Nothing,
                (None, _, FinalStateVia::Location, Some(url)) => FinalRead::Get(url.to_owned()),
                (None, _, FinalStateVia::OriginalUri, _) => original(),
                (None, ..) => answer(ending.body),
            }
        }
        Some(Protocol::Location) => match (ending.method, ending.via) {
            (Method::Put | Method::Patch, _) | (Method::Post, FinalStateVia::OriginalUri) => original(),
            (Method::Delete, _) => FinalRead::Nothing,
            _ => answer(ending.body),
        },
    }
}

fn answer(body: &str) -> FinalRead {
    match body.trim() {
        "" => FinalRead::Nothing,
        _ => FinalRead::Body(body.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ending: Ending<'_>, expected: &FinalRead) {
        assert_eq!(&final_read(ending), expected, "{ending:?}");
    }

    fn ending(method: Method, via: FinalStateVia, protocol: Option<Protocol>) -> Ending<'static> {
        Ending {
            method,
            via,
            protocol,
            original: "/r",
            location: Some("/l"),
            resource_location: None,
            body: "{}",
        }
    }

    #[test]
    fn a_written_resource_is_read_where_it_was_written() {
        use FinalStateVia::{AzureAsyncOperation, Location, OriginalUri};
        for method in [Method::Put, Method::Patch] {
            for protocol in [
                Protocol::AzureAsyncOperation,
                Protocol::OperationLocation,
                Protocol::Location,
            ] {
                for via in [AzureAsyncOperation, Location, OriginalUri] {
                    check(ending(method, via, Some(protocol)), &FinalRead::Get("/r".into()));
                }
            }
            for protocol in [None, Some(Protocol::ResourceBody)] {
                let with_body = ending(method, AzureAsyncOperation, protocol);
                check(with_body, &FinalRead::Body("{}".into()));
                check(
                    Ending {
                        body: " ",
                        ..with_body
                    },
                    &FinalRead::Get("/r".into()),
                );
            }
        }
    }

    #[test]
    fn an_action_asks_its_description() {
        use FinalStateVia::{AzureAsyncOperation, Location, OperationLocation, OriginalUri};
        let body = FinalRead::Body("{}".into());
        for (via, at_status, at_location) in [
            (AzureAsyncOperation, body.clone(), body.clone()),
            (OperationLocation, body.clone(), body.clone()),
            (Location, FinalRead::Get("/l".into()), body.clone()),
            (
                OriginalUri,
                FinalRead::Get("/r".into()),
                FinalRead::Get("/r".into()),
            ),
        ] {
            check(
                ending(Method::Post, via, Some(Protocol::AzureAsyncOperation)),
                &at_status,
            );
            check(
                ending(Method::Post, via, Some(Protocol::OperationLocation)),
                &at_status,
            );
            check(ending(Method::Post, via, Some(Protocol::Location)), &at_location);
            check(ending(Method::Post, via, None), &body);
        }
        let hidden = Ending {
            location: None,
            ..ending(Method::Post, Location, Some(Protocol::AzureAsyncOperation))
        };
        check(hidden, &body);
        let empty = Ending {
            body: "",
            ..ending(Method::Post, Location, Some(Protocol::Location))
        };
        check(empty, &FinalRead::Nothing);
    }

    #[test]
    fn nothing_is_read_of_what_was_deleted() {
        for via in [FinalStateVia::AzureAsyncOperation, FinalStateVia::Location] {
            for protocol in [
                Protocol::AzureAsyncOperation,
                Protocol::OperationLocation,
                Protocol::Location,
            ] {
                check(ending(Method::Delete, via, Some(protocol)), &FinalRead::Nothing);
            }
        }
    }

    #[test]
    fn a_resource_location_comes_first() {
        for method in [Method::Put, Method::Patch, Method::Post] {
            for protocol in [Protocol::AzureAsyncOperation, Protocol::OperationLocation] {
                let ending = ending(method, FinalStateVia::Location, Some(protocol));
                check(
                    Ending {
                        resource_location: Some("/made"),
                        ..ending
                    },
                    &FinalRead::Get("/made".into()),
                );
            }
        }
    }
}
