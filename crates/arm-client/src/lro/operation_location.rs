//! The protocol of `Operation-Location`: as `Azure-AsyncOperation`, from services that follow the newer guideline.

use arm_core::Response;

use super::{reading::Reading, status_body};
use crate::Unreadable;

/// The header that names the status.
pub(super) const HEADER: &str = "Operation-Location";

/// What the status says.
pub(super) fn read(response: &Response) -> Result<Reading, Unreadable> {
    status_body::read(response)
}
