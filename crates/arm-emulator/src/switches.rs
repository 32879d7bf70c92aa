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
    /// The authentication context that a token must prove (`acrs`) for anything to be changed with it.
    ///
    /// Without it a change is refused with a claims challenge, as Azure refuses changes without multi-factor
    /// authentication (auth #31).
    pub required_context: Option<String>,
    /// How many items a list answers at once.
    pub page_size: usize,
    /// Whether a backup that meets another one is answered 500 at once instead of failing at its end.
    pub refuse_conflicting_backups_at_once: bool,
    /// Whether requests are refused with 429 when there are too many of them (reference D, *throttling*).
    pub throttles: bool,
    /// How the names of header fields are written, which HTTP leaves open.
    pub header_case: HeaderCase,
    /// Whether bodies have members that no description names, as a newer service may.
    pub extra_fields: bool,
    /// How a cancelled operation is spelled: Azure writes `Canceled`, some providers `Cancelled`.
    pub canceled_has_two_ls: bool,
    /// Whether polling URLs end in a signed query (reference A6).
    pub signs_polling_urls: bool,
    /// Whether a polled answer tells no `Retry-After` at all.
    pub omits_retry_after: bool,
    /// Whether a single resource has the id that it was asked by instead of the canonical one.
    pub ids_as_called: bool,
    /// The version in polling URLs, instead of the caller's, as the document of one operation shows (reference A6).
    pub polling_api_version: Option<String>,
    /// How many containers a long-term retention backup needs.
    pub long_term_containers: usize,
    /// Whether a long-term retention backup that begins is answered 200, with the body of its document, instead of 202.
    pub long_term_backups_answer_200: bool,
    /// How many seconds it takes until a new role assignment has an effect (reference C1); it is listed at once.
    pub role_delay: u32,
    /// Whether a second restore of an instance within 24 hours fails, as it can at Azure (portal, *Limits*).
    pub fails_second_restore_of_a_day: bool,
}

/// How the names of header fields are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HeaderCase {
    /// As in the documentation: `Azure-AsyncOperation`.
    #[default]
    AsDocumented,
    /// `azure-asyncoperation`, as HTTP/2 has it.
    Lower,
    /// `Azure-Asyncoperation`.
    Title,
}

impl HeaderCase {
    /// A name in this case.
    pub(crate) fn of(self, name: &str) -> String {
        let mut begins = true;
        match self {
            Self::AsDocumented => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Title => {
                let letters = name.chars().map(|letter| {
                    let is_first = std::mem::replace(&mut begins, letter == '-');
                    if is_first {
                        letter.to_ascii_uppercase()
                    } else {
                        letter.to_ascii_lowercase()
                    }
                });
                letters.collect()
            }
        }
    }
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            operation_time_factor: 1.0,
            retry_after: None,
            hide_headers: false,
            strict_tokens: false,
            required_context: None,
            page_size: 1000,
            refuse_conflicting_backups_at_once: false,
            throttles: false,
            header_case: HeaderCase::AsDocumented,
            extra_fields: false,
            canceled_has_two_ls: false,
            signs_polling_urls: true,
            omits_retry_after: false,
            ids_as_called: false,
            polling_api_version: None,
            long_term_containers: 1,
            long_term_backups_answer_200: false,
            role_delay: 0,
            fails_second_restore_of_a_day: false,
        }
    }
}
