//! Requests and responses as values.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An HTTP method used by Azure Resource Manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the headers only.
    Head,
    /// Creates or replaces.
    Put,
    /// Triggers an action.
    Post,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
    /// Asks what a browser may send (CORS preflight).
    Options,
}

impl Method {
    const ALL: [(Self, &str); 7] = [
        (Self::Get, "GET"),
        (Self::Head, "HEAD"),
        (Self::Put, "PUT"),
        (Self::Post, "POST"),
        (Self::Patch, "PATCH"),
        (Self::Delete, "DELETE"),
        (Self::Options, "OPTIONS"),
    ];

    /// The method of this name; HTTP methods are case-sensitive.
    pub fn from_name(name: &str) -> Option<Self> {
        let (method, _) = Self::ALL.into_iter().find(|(_, known)| *known == name)?;
        Some(method)
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        let (_, name) = Self::ALL[Self::ALL
            .iter()
            .position(|(method, _)| *method == self)
            .unwrap_or(0)];
        name
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Header fields in the order they were added; names are compared without case (RFC 9110, 5.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of the field.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .0
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// Sets the field, replacing what it held.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.0.push((name, value.into()));
    }

    /// Takes the field away.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// All fields as (name, value).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut headers = Self::default();
        for (name, value) in fields {
            headers.set(name, value);
        }
        headers
    }
}

/// A request as it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// The absolute URL, sent byte for byte as it stands here.
    pub url: String,
    /// The header fields.
    pub headers: Headers,
    /// The body; `None` sends none.
    pub body: Option<String>,
}

impl Request {
    /// A request without header fields and body.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: Headers::default(),
            body: None,
        }
    }

    /// The same request with one more header field.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.set(name, value);
        self
    }

    /// The same request with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The header fields that may be read.
    pub headers: Headers,
    /// The body as text, empty when there is none.
    pub body: String,
}

impl Response {
    /// An answer without header fields and body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: String::new(),
        }
    }

    /// The same answer with one more header field.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.set(name, value);
        self
    }

    /// The same answer with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_names_are_compared_without_case() {
        let mut headers = Headers::from_iter([("Retry-After", "10")]);
        assert_eq!(headers.get("retry-after"), Some("10"));
        headers.set("RETRY-AFTER", "20");
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("RETRY-AFTER", "20")]);
    }

    #[test]
    fn every_method_is_found_by_its_name() {
        for (method, name) in Method::ALL {
            assert_eq!(Method::from_name(name), Some(method), "{name}");
            assert_eq!(method.name(), name);
        }
        assert_eq!(Method::from_name("get"), None, "methods are case-sensitive");
    }
}
