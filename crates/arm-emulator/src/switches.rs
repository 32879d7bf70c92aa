//! What the service leaves open or what a test wants otherwise.

use serde::{Deserialize, Serialize};

/// Settings that change how a world behaves; plain data, absent ones keep their default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Switches {
    /// Divides the length of long-running operations; what is not a positive number counts as 1.
    pub operation_time_factor: f64,
    /// The `Retry-After` of every polled answer, in seconds, instead of the service's own.
    pub retry_after: Option<u32>,
    /// Whether browsers may read only the headers they may always read (reference D1).
    pub hide_headers: bool,
    /// Whether tokens are checked for form, audience and tenant instead of being taken as they are.
    pub strict_tokens: bool,
    /// How many items a list answers at once.
    pub page_size: usize,
    /// Whether a backup that meets another one is answered 500 at once instead of failing at its end.
    pub refuse_conflicting_backups_at_once: bool,
    /// Whether requests are refused with 429 when there are too many of them (reference D, *throttling*).
    pub throttles: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            operation_time_factor: 1.0,
            retry_after: None,
            hide_headers: false,
            strict_tokens: false,
            page_size: 1000,
            refuse_conflicting_backups_at_once: false,
            throttles: false,
        }
    }
}
