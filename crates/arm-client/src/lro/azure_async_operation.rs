//! The protocol of `Azure-AsyncOperation`: the header names a status, which is asked until it ends.

use arm_core::Response;

use super::{reading::Reading, status_body};
use crate::Unreadable;

/// The header that names the status; it wins over `Location` where both are there (reference D).
pub(super) const HEADER: &str = "Azure-AsyncOperation";

/// What the status says.
pub(super) fn read(response: &Response) -> Result<Reading, Unreadable> {
    status_body::read(response)
}
