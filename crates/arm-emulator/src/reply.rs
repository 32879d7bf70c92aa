//! What comes back for a request.

use std::time::Duration;

use arm_core::Response;

use crate::cors;

/// The answer to one request and how it reaches the one who asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The answer without its CORS headers.
    pub response: Response,
    /// The body where it is no text; the body of `response` is then what can be read of it as text.
    pub bytes: Option<Vec<u8>>,
    /// When and whether it arrives.
    pub delivery: Delivery,
    /// Whether it carries CORS headers, without which a browser hides it.
    pub cors: bool,
    /// Whether the CORS headers expose no other header.
    pub hides_headers: bool,
}

/// When and whether an answer arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// At once.
    Normal,
    /// After this time.
    After(Duration),
    /// The connection ends without an answer.
    Reset,
    /// The connection stays open without an answer.
    Never,
}

impl Reply {
    pub(crate) fn normal(response: Response) -> Self {
        Self {
            response,
            bytes: None,
            delivery: Delivery::Normal,
            cors: true,
            hides_headers: false,
        }
    }

    /// What a script in a page of another origin may read: CORS headers added, unexposed headers taken away; `None`
    /// where a browser would give no answer at all (no CORS headers, [`Delivery::Reset`], [`Delivery::Never`]).
    pub fn as_seen_by_a_browser(&self) -> Option<Response> {
        let arrives = matches!(self.delivery, Delivery::Normal | Delivery::After(_));
        (arrives && self.cors).then(|| cors::readable(self.over_http()))
    }

    /// The response with its CORS headers, as it goes over HTTP.
    pub fn over_http(&self) -> Response {
        let response = self.response.clone();
        if !self.cors {
            response
        } else if self.hides_headers {
            cors::allow(response)
        } else {
            cors::expose(cors::allow(response))
        }
    }
}
