//! Where a request goes.

use crate::refusals::{self, Refusal};

/// A URL taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Scheme and authority.
    pub(crate) origin: String,
    /// The path as received.
    pub(crate) path: String,
    /// The query as received, without its question mark.
    pub(crate) query: String,
    /// The path's segments, decoded.
    pub(crate) segments: Vec<String>,
    /// The query's parameters, decoded, in their order.
    parameters: Vec<(String, String)>,
}

impl Target {
    pub(crate) fn parse(url: &str) -> Result<Self, Refusal> {
        Self::parts(url).ok_or_else(|| refusals::BAD_REQUEST.refuse(&["The request URI is malformed."]))
    }

    /// The first parameter of this name; names are compared without case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .parameters
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The query's parameters, decoded, in their order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &(String, String)> {
        self.parameters.iter()
    }

    fn parts(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let trimmed = path.strip_prefix('/').unwrap_or(path);
        let trimmed = trimmed.strip_suffix('/').unwrap_or(trimmed);
        let parameter = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(&value.replace('+', " "))?))
        };
        Some(Self {
            origin: format!("{scheme}://{authority}"),
            path: path.to_owned(),
            query: query.to_owned(),
            segments: trimmed.split('/').map(decode).collect::<Option<_>>()?,
            parameters: query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(parameter)
                .collect::<Option<_>>()?,
        })
    }
}

/// Percent-decoding; `None` for a broken escape or what is then no UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart_and_decoded() {
        let url = "https://a.example:8443/subscriptions/S/locations/Canada%20Central/?api-version=1&$skipToken=a%2Bb+c&empty";
        let target = Target::parse(url).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(target.origin, "https://a.example:8443");
        assert_eq!(target.path, "/subscriptions/S/locations/Canada%20Central/");
        assert_eq!(
            target.segments,
            ["subscriptions", "S", "locations", "Canada Central"]
        );
        assert_eq!(target.parameter("API-Version"), Some("1"));
        assert_eq!(target.parameter("$skiptoken"), Some("a+b c"));
        assert_eq!(target.parameter("empty"), Some(""));
        assert_eq!(target.parameter("absent"), None);
    }

    #[test]
    fn what_is_no_url_is_a_bad_request() {
        for url in [
            "",
            "/subscriptions",
            "https://a/%",
            "https://a/%4",
            "https://a/%zz",
            "https://a/%ff%fe",
            "https://a/b?c=%f",
        ] {
            let refusal = Target::parse(url).expect_err(url);
            assert_eq!(
                (refusal.status, refusal.code.as_str()),
                (400, "BadRequest"),
                "{url}"
            );
        }
    }
}
