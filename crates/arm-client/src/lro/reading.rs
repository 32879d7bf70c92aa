//! What one answer says about an operation.

use serde_json::Value;

use super::operation_status::OperationStatus;

/// What one answer says about an operation, whatever the protocol.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) status: OperationStatus,
    /// The service's own word for it.
    pub(super) word: String,
    /// 0 to 100.
    pub(super) percent: Option<f64>,
    /// The error of a failed operation.
    pub(super) error: Option<Value>,
    /// Where the service says the result is.
    pub(super) resource_location: Option<String>,
}

impl Reading {
    /// A reading from a word alone.
    pub(super) fn of_word(word: &str) -> Self {
        Self {
            status: OperationStatus::of(word),
            word: word.trim().to_owned(),
            percent: None,
            error: None,
            resource_location: None,
        }
    }
}

/// `properties.provisioningState`, where the body has one.
pub(super) fn provisioning_state(body: &Value) -> Option<&str> {
    body.get("properties")?
        .get("provisioningState")?
        .as_str()
        .filter(|word| !word.is_empty())
}
