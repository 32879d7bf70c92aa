//! The one origin that gets the token.

use std::fmt;

/// Where Azure Resource Manager is, such as `https://management.azure.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArmOrigin(String);

/// A URL below the [`ArmOrigin`], which alone can make one; nothing else is sent.
///
/// Its query may be signed, so `Debug` shows the path only and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct ArmUrl(String);

/// Why a text is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOrigin(&'static str);

/// A URL that does not get the token, and why; the URL itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedUrl(&'static str);

impl ArmOrigin {
    /// Takes `scheme://host[:port]`; one slash at the end is dropped.
    ///
    /// # Errors
    /// When it holds anything else, has capitals, or is `http` and not a loopback address.
    pub fn new(text: &str) -> Result<Self, InvalidOrigin> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let (scheme, authority) = origin
            .split_once("://")
            .ok_or(InvalidOrigin("it has no scheme"))?;
        let (host, port) = split_port(authority);
        if !is_host(host) || !port.is_none_or(is_port) {
            return Err(InvalidOrigin("it is not a plain host with an optional port"));
        }
        match scheme {
            "https" => Ok(Self(origin.to_owned())),
            "http" if matches!(host, "127.0.0.1" | "[::1]" | "localhost") => Ok(Self(origin.to_owned())),
            "http" => Err(InvalidOrigin("http is for loopback addresses only")),
            _ => Err(InvalidOrigin("its scheme is neither https nor http")),
        }
    }

    /// The origin without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL of a path of ours, with its query.
    ///
    /// What a resource id may hold and a URL may not (blanks, letters outside ASCII) is percent-encoded.
    ///
    /// # Errors
    /// When the path does not begin with exactly one slash.
    pub fn url(&self, path: &str) -> Result<ArmUrl, RefusedUrl> {
        let mut encoded = String::with_capacity(path.len());
        for byte in path.bytes() {
            if byte.is_ascii_graphic() {
                encoded.push(char::from(byte));
            } else {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
        self.accept_path(&encoded)
    }

    /// Takes a URL the service handed out (a polling URL, a next page) as it stands, byte for byte.
    ///
    /// The whole rule (design invariant 5): visible ASCII, and either this origin followed by a slash,
    /// or a path that begins with exactly one slash, which is appended to this origin. It compares text
    /// because a parser normalises what must be refused (auth #83).
    ///
    /// # Errors
    /// For everything else. A refused URL counts as a header that cannot be read: the operation it
    /// belongs to has not failed.
    pub fn accept(&self, received: &str) -> Result<ArmUrl, RefusedUrl> {
        if !received.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(RefusedUrl("it holds something else than visible ASCII"));
        }
        if received.starts_with('/') {
            return self.accept_path(received);
        }
        match received.strip_prefix(self.as_str()) {
            Some(rest) if rest.starts_with('/') => Ok(ArmUrl(received.to_owned())),
            _ => Err(RefusedUrl(
                "it does not begin with the Azure Resource Manager origin",
            )),
        }
    }

    fn accept_path(&self, path: &str) -> Result<ArmUrl, RefusedUrl> {
        if !path.starts_with('/') || path.starts_with("//") {
            return Err(RefusedUrl("its path does not begin with exactly one slash"));
        }
        Ok(ArmUrl(format!("{}{path}", self.0)))
    }
}

impl ArmUrl {
    /// The text that is fetched.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        // The colons inside the brackets of an IPv6 address are no port.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    host == "[::1]" || (!host.is_empty() && !host.ends_with('.') && host.bytes().all(is_allowed))
}

fn is_port(port: &str) -> bool {
    !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

impl fmt::Debug for ArmUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.0.split(['?', '#']).next().unwrap_or_default();
        write!(formatter, "ArmUrl({path})")
    }
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not an origin: {}", self.0)
    }
}

impl fmt::Display for RefusedUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a URL that gets no token: {}", self.0)
    }
}

impl std::error::Error for InvalidOrigin {}

impl std::error::Error for RefusedUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    fn azure() -> ArmOrigin {
        ArmOrigin::new("https://management.azure.com").expect("an origin")
    }

    fn check_accepted(received: &str, fetched: &str) {
        let url = azure().accept(received);
        assert_eq!(url.as_ref().map(ArmUrl::as_str), Ok(fetched), "{received}");
    }

    #[test]
    fn t01_urls_of_the_origin_are_fetched_as_they_were_received() {
        for received in [
            "https://management.azure.com/",
            "https://management.azure.com/subscriptions/s/locations/Canada%20Central/x?api-version=1&t=6&c=MII-_&s=a%2Bb",
            // After the origin and its slash no character can change the host any more.
            "https://management.azure.com//evil.example/x",
            "https://management.azure.com/@evil.example",
            "https://management.azure.com/\\evil.example",
            "https://management.azure.com/op/Z3VpZDtndWlk==?x=1",
        ] {
            check_accepted(received, received);
        }
    }

    #[test]
    fn a_path_with_one_slash_is_appended_as_text() {
        check_accepted("/op/1?s=a%2Bb", "https://management.azure.com/op/1?s=a%2Bb");
        check_accepted("/\\evil.example", "https://management.azure.com/\\evil.example");
        check_accepted("/@evil.example", "https://management.azure.com/@evil.example");
    }

    #[test]
    fn t01_everything_else_is_refused() {
        for received in [
            "",
            "op/1",
            "?x",
            "//evil.example",
            "//management.azure.com/x",
            "https://management.azure.com",
            "https://management.azure.com?x=1",
            "https://management.azure.com#/x",
            "https://management.azure.com@evil.example/x",
            "https://management.azure.com:x@evil.example/x",
            "https://user:pw@management.azure.com/x",
            "https://user@management.azure.com/x",
            "https://management.azure.com.evil.example/x",
            "https://management.azure.comevil.example/x",
            "https://management.azure.com%2eevil.example/x",
            "https://management.azure.com%2fx@evil.example/",
            "https:\\\\evil.example/x",
            "https:\\\\management.azure.com/x",
            "https://management.azure.com\\@evil.example/x",
            "https:/management.azure.com/x",
            "https:management.azure.com/x",
            "\thttps://management.azure.com/x",
            " https://management.azure.com/x",
            "https://management.azure.com/x ",
            "https://management.azure.com/x\n",
            "https://management.azure.com/x\r\nHost: evil.example",
            "https://management.azure.com/\u{200b}",
            "https://management.\u{200b}azure.com/x",
            "https://management\u{ff0e}azure\u{ff0e}com/x",
            "https://management.azure.com\u{2024}evil.example/x",
            "https://management.azure.com./x",
            "https://management.azure.com:8443/x",
            "https://management.azure.com:443/x",
            "http://management.azure.com/x",
            "HTTPS://management.azure.com/x",
            "https://MANAGEMENT.azure.com/x",
            "https://evil.example/https://management.azure.com/x",
            "https://evil.example/?https://management.azure.com/",
            "javascript:alert(1)//https://management.azure.com/",
            "data:text/html,x",
            "blob:https://management.azure.com/x",
            "/\u{e9}",
            "/a b",
            "/\t/evil.example",
        ] {
            assert!(azure().accept(received).is_err(), "accepted {received:?}");
        }
    }

    #[test]
    fn our_own_paths_are_encoded() {
        let url = azure().url("/subscriptions/s/resourceGroups/B\u{fc}ro (neu)?api-version=1");
        assert_eq!(
            url.as_ref().map(ArmUrl::as_str),
            Ok("https://management.azure.com/subscriptions/s/resourceGroups/B%C3%BCro%20(neu)?api-version=1")
        );
        for path in ["", "x", "//x", "https://management.azure.com/x"] {
            assert!(azure().url(path).is_err(), "{path}");
        }
    }

    #[test]
    fn an_origin_is_a_scheme_a_host_and_a_port() {
        for (text, expected) in [
            (
                "https://management.azure.com",
                Some("https://management.azure.com"),
            ),
            (
                "https://management.azure.com/",
                Some("https://management.azure.com"),
            ),
            (
                "https://arm.emulator.invalid",
                Some("https://arm.emulator.invalid"),
            ),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:8080", Some("http://[::1]:8080")),
            ("http://[::1]", Some("http://[::1]")),
            ("http://localhost:1", Some("http://localhost:1")),
            ("http://management.azure.com", None),
            ("http://localhost.evil.example", None),
            ("http://127.0.0.1.evil.example", None),
            ("ftp://127.0.0.1", None),
            ("https://user@management.azure.com", None),
            ("https://management.azure.com/x", None),
            ("https://management.azure.com?x", None),
            ("https://management.azure.com.", None),
            ("https://management.azure.com:", None),
            ("https://management.azure.com:99999", None),
            ("https://management.azure.com:+80", None),
            ("https://Management.azure.com", None),
            ("https://m\u{e9}", None),
            ("https://", None),
            ("management.azure.com", None),
            ("", None),
        ] {
            let origin = ArmOrigin::new(text);
            assert_eq!(origin.as_ref().ok().map(ArmOrigin::as_str), expected, "{text}");
        }
    }

    #[test]
    fn a_signed_query_is_not_shown() {
        let url = azure().accept("/op/1?t=1&s=topsecret").expect("a URL");
        assert_eq!(format!("{url:?}"), "ArmUrl(https://management.azure.com/op/1)");
    }
}
