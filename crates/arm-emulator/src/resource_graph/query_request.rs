//! The body of a query (reference C4, G10).

use serde::Deserialize;

use crate::{
    call::Call,
    refusals::{self, Refusal},
};

/// How many rows an answer has at most.
pub(super) const MOST_ROWS: usize = 1000;

/// Query, where to search and which part to answer.
#[derive(Deserialize)]
pub(super) struct QueryRequest {
    pub(super) query: String,
    pub(super) subscriptions: Option<Vec<String>>,
    #[serde(default)]
    pub(super) options: Options,
}

/// Which part to answer.
#[derive(Deserialize, Default)]
pub(super) struct Options {
    #[serde(rename = "$top")]
    pub(super) top: Option<usize>,
    #[serde(rename = "$skip")]
    pub(super) skip: Option<usize>,
    #[serde(rename = "$skipToken")]
    pub(super) skip_token: Option<String>,
    #[serde(rename = "resultFormat")]
    pub(super) result_format: Option<String>,
}

impl QueryRequest {
    /// The body of the call, if its options are in range.
    pub(super) fn read(call: &Call) -> Result<Self, Refusal> {
        let body = call.json()?.unwrap_or_default();
        let request: Self = serde_json::from_value(body)
            .map_err(|error| refusals::INVALID_CONTENT.refuse(&[&error.to_string()]))?;
        let options = &request.options;
        if options.top.is_some_and(|top| !(1..=MOST_ROWS).contains(&top)) {
            return Err(refusals::BAD_REQUEST.refuse(&["The option '$top' must be between 1 and 1000."]));
        }
        if options
            .result_format
            .as_deref()
            .is_some_and(|format| !format.eq_ignore_ascii_case("objectArray"))
        {
            return Err(refusals::BAD_REQUEST
                .refuse(&["The emulator answers in the result format 'objectArray' only."]));
        }
        Ok(request)
    }
}
