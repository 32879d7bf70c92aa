//! Keeping an operation for later.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::operation_state::OperationState;
use crate::{ArmOrigin, Unreadable};

/// All it takes to go on following an operation after a reload.
///
/// It holds no access token, and is worthless without one; but it holds the signed URL of the
/// operation, so `Debug` shows nothing of it and it must not be logged or shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContinuationToken(String);

impl ContinuationToken {
    /// `None` where there is nothing to go on with: the operation failed, or nobody knows where to ask.
    pub(super) fn of(state: &OperationState) -> Option<Self> {
        if !state.is_resumable() {
            return None;
        }
        serde_json::to_string(state).ok().map(Self)
    }

    /// # Errors
    /// When it is no token of this client, or belongs to another origin.
    pub(super) fn read(&self, origin: &ArmOrigin) -> Result<OperationState, Unreadable> {
        let state: OperationState = serde_json::from_str(&self.0)
            .map_err(|_| Unreadable::new("this is no continuation token of this version"))?;
        if !state.belongs_to(origin) {
            return Err(Unreadable::new("the continuation token belongs to another Azure"));
        }
        Ok(state)
    }
}

impl fmt::Debug for ContinuationToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ContinuationToken(..)")
    }
}
