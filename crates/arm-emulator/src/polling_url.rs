//! The URLs by which an operation is followed (reference A6, auth #60).

use arm_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{postgres, signed_url};

/// What was in the query of an operation's URLs; the path is that of the request for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PollingUrl {
    /// The caller's version, or another one: the URL is not the client's to build.
    pub(crate) api_version: String,
    /// Whether a signature followed.
    pub(crate) is_signed: bool,
}

impl PollingUrl {
    /// The query of the URL with this path.
    pub(crate) fn query(&self, seed: u64, path: &str, issued: Timestamp) -> String {
        if self.is_signed {
            signed_url::query(seed, path, &self.api_version, issued)
        } else {
            format!("api-version={}", self.api_version)
        }
    }
}

/// The path of the URL; `form` is `azureAsyncOperation` or `operationResults`.
pub(crate) fn path(subscription: &str, location: &str, form: &str, name: &str) -> String {
    let namespace = postgres::NAMESPACE;
    format!("/subscriptions/{subscription}/providers/{namespace}/locations/{location}/{form}/{name}")
}
