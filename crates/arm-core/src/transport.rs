//! The boundary to the network.

use std::{fmt, future::Future, pin::Pin};

use crate::{Request, Response};

/// A future of a single-threaded world: a browser tab, a test.
pub type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends one request and gives its answer.
///
/// An answer with any status is a [`Response`]; only the lack of an answer is an error. What is
/// sent is exactly what was asked for: no redirect is followed, no cookie is added.
pub trait Transport {
    /// Sends `request` once.
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>>;
}

/// No answer came, or none that may be read.
///
/// A browser cannot tell a dead network from an answer without CORS headers, so neither does this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    message: String,
}

impl TransportError {
    /// An error with the words of whoever failed to get an answer.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// The words of whoever failed to get an answer.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no readable answer: {}", self.message)
    }
}

impl std::error::Error for TransportError {}
