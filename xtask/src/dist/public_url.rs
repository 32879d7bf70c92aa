//! The path that a build is served below.

use anyhow::{Error, Result, ensure};
use std::fmt;
use std::str::FromStr;

/// A path that begins and ends with `/`; `/` by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl Default for PublicUrl {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = Error;

    /// The slash at the end may be left out. What would need quoting in a page, or would name another host, is refused.
    fn from_str(text: &str) -> Result<Self> {
        let path = text.strip_suffix('/').unwrap_or(text);
        let is_plain = |segment: &str| {
            let of_a_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(of_a_path)
        };
        let is_path = match path.strip_prefix('/') {
            Some(segments) => segments.split('/').all(is_plain),
            None => path.is_empty(),
        };
        ensure!(
            is_path && !text.is_empty(),
            "{text}: a path such as /portal/, of letters, digits and -._~"
        );
        Ok(Self(format!("{path}/")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_with_or_without_its_last_slash_and_nothing_else_is() {
        for (text, expected) in [
            ("/", Some("/")),
            ("/portal/", Some("/portal/")),
            ("/portal", Some("/portal/")),
            ("/a/b-c.d_e~f/", Some("/a/b-c.d_e~f/")),
            ("", None),
            ("portal/", None),
            ("//", None),
            ("//evil.example/", None),
            ("/a//b/", None),
            ("/../", None),
            ("/a/./b", None),
            ("https://example.com/portal/", None),
            ("/\"onload=\"/", None),
            ("/a b/", None),
            ("/ü/", None),
            ("/a?b/", None),
        ] {
            let parsed = text.parse::<PublicUrl>().ok().map(|url| url.to_string());
            assert_eq!(parsed.as_deref(), expected, "{text}");
        }
    }
}
