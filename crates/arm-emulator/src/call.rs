//! A request that has been routed.

use std::collections::BTreeMap;

use arm_core::{Method, Request, Timestamp};
use serde_json::Value;

use crate::{
    faults::FaultKind,
    refusals::{self, Refusal},
    target::Target,
    tokens::Caller,
};

/// What a handler is given.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) target: Target,
    pub(crate) caller: Caller,
    pub(crate) now: Timestamp,
    /// What stands in the places of the route, such as `serverName`.
    pub(crate) parameters: BTreeMap<&'static str, String>,
    /// What the operation that this request begins meets.
    pub(crate) fault: Option<FaultKind>,
    /// What the request is called in the service's logs.
    pub(crate) correlation_id: String,
    body: Option<String>,
}

impl Call {
    pub(crate) fn new(
        request: &Request,
        target: Target,
        caller: Caller,
        now: Timestamp,
        correlation_id: &str,
        fault: Option<FaultKind>,
    ) -> Self {
        Self {
            method: request.method,
            target,
            caller,
            now,
            parameters: BTreeMap::new(),
            fault,
            correlation_id: correlation_id.to_owned(),
            body: request.body.clone(),
        }
    }

    /// What stands in a place of the route; empty where the route has no such place.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// The path as it was called, decoded: the id of the resource in the caller's spelling.
    pub(crate) fn path(&self) -> String {
        self.path_of(self.target.segments.len())
    }

    /// The key of the document at the called path.
    pub(crate) fn key(&self) -> String {
        self.path().to_ascii_lowercase()
    }

    /// The key of the document at the first `count` segments of the called path.
    pub(crate) fn key_above(&self, count: usize) -> String {
        self.path_of(count).to_ascii_lowercase()
    }

    fn path_of(&self, count: usize) -> String {
        let segments = self.target.segments.iter().take(count);
        // A slash that was escaped is part of a name: else a name could reach the resources below another one.
        segments.fold(String::new(), |path, segment| {
            path + "/" + &segment.replace('/', "%2F")
        })
    }

    /// The version that the caller speaks; the router has seen to it that there is one.
    pub(crate) fn api_version(&self) -> &str {
        self.target.parameter("api-version").unwrap_or_default()
    }

    /// The body as JSON, `None` when it is empty.
    pub(crate) fn json(&self) -> Result<Option<Value>, Refusal> {
        let body = self.body.as_deref().unwrap_or_default();
        if body.trim().is_empty() {
            return Ok(None);
        }
        serde_json::from_str(body)
            .map(Some)
            .map_err(|error| refusals::INVALID_CONTENT.refuse(&[&error.to_string()]))
    }
}
