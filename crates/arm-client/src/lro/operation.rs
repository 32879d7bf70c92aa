//! A long-running operation as its description states it.

use std::fmt;

use arm_core::Method;

use super::FinalStateVia;
use crate::Repetition;

/// What begins a long-running operation.
///
/// Its body may hold a SAS, so `Debug` shows only how long it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Operation {
    /// PUT, PATCH, POST or DELETE.
    pub method: Method,
    /// The path of the resource or the action, beginning with one slash.
    pub path: String,
    /// The provider's version; see [`api_versions`](crate::api_versions).
    pub api_version: &'static str,
    /// The body as JSON; `Some("")` sends an empty one.
    pub body: Option<String>,
    /// What sending it twice does.
    pub repetition: Repetition,
    /// Where its result is.
    pub final_state_via: FinalStateVia,
}

impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_ref().map(|body| format!("{} bytes", body.len()));
        formatter
            .debug_struct("Operation")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("api_version", &self.api_version)
            .field("body", &body)
            .finish_non_exhaustive()
    }
}
