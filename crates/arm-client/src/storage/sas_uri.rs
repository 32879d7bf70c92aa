//! A SAS URI: the address of a container with what lets somebody into it.

use std::fmt;

use arm_core::Secret;

/// The URI of a container with a shared access signature.
///
/// It is a secret: it has no `Debug`, `Display` or `Serialize`, and shows only host and container
/// (design invariant 6).
///
/// ```
/// use arm_client::storage::SasUri;
/// let sas: SasUri = "https://sta.blob.core.windows.net/ltr?sv=2025-11-05&sr=c&sp=rwdl&sig=c2VjcmV0".parse()?;
/// assert_eq!(sas.place(), "sta.blob.core.windows.net/ltr");
/// # Ok::<(), arm_client::storage::InvalidSasUri>(())
/// ```
///
/// ```compile_fail
/// fn shown<T: std::fmt::Debug>() {}
/// shown::<arm_client::storage::SasUri>();
/// ```
///
/// ```compile_fail
/// fn shown<T: std::fmt::Display>() {}
/// shown::<arm_client::storage::SasUri>();
/// ```
///
/// ```compile_fail
/// fn kept<T: serde::Serialize>() {}
/// kept::<arm_client::storage::SasUri>();
/// ```
#[derive(Clone)]
pub struct SasUri {
    uri: Secret,
    pub(super) is_https: bool,
    /// In lower case, with its port where one is given.
    pub(super) host: String,
    /// The segments of the path, decoded.
    pub(super) path: Vec<String>,
    /// The parameters, decoded, without the signature.
    pub(super) parameters: Vec<(String, String)>,
    signatures: Vec<Secret>,
}

/// Why a text is no SAS URI; nothing of the text is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidSasUri {
    /// It is empty.
    Empty,
    /// It is a connection string of a storage account.
    ConnectionString,
    /// It is a SAS token without the address before it.
    TokenOnly,
    /// It has a character that no URI has, such as a blank or a line break.
    Character,
    /// It does not begin with `https://` and a host.
    NotAUri,
}

impl SasUri {
    /// Host and container: all that may be shown.
    pub fn place(&self) -> String {
        format!("{}/{}", self.host, self.path.join("/"))
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The container, where the path names one and nothing below it.
    pub fn container(&self) -> Option<&str> {
        match self.path.as_slice() {
            [container] => Some(container),
            _ => None,
        }
    }

    /// Whether both name the same container, so that one backup would write to it twice.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.place() == other.place()
    }

    /// The whole URI, for the one request that sends it.
    pub fn expose(&self) -> &str {
        self.uri.expose()
    }

    /// The first parameter of this name.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// How often a parameter is given.
    pub(super) fn count(&self, name: &str) -> usize {
        match name {
            "sig" => self.signatures.len(),
            _ => self.parameters.iter().filter(|(known, _)| known == name).count(),
        }
    }

    /// Whether the first signature looks whole: 32 bytes in base64.
    pub(super) fn has_whole_signature(&self) -> bool {
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
        self.signatures.first().is_some_and(|signature| {
            let signature = signature.expose();
            signature.len() == 44
                && signature
                    .strip_suffix('=')
                    .is_some_and(|digits| digits.bytes().all(is_base64))
        })
    }
}

impl std::str::FromStr for SasUri {
    type Err = InvalidSasUri;

    /// Takes the text apart and judges nothing; blanks around it are dropped.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidSasUri::Empty);
        }
        let lower = text.to_ascii_lowercase();
        if ["accountkey=", "sharedaccesssignature=", "blobendpoint="]
            .iter()
            .any(|part| lower.contains(part))
        {
            return Err(InvalidSasUri::ConnectionString);
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            let is_token = ["sv=", "sig=", "sp=", "se="]
                .iter()
                .any(|part| lower.contains(part));
            return Err(if is_token {
                InvalidSasUri::TokenOnly
            } else {
                InvalidSasUri::NotAUri
            });
        };
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidSasUri::Character);
        }
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err(InvalidSasUri::NotAUri);
        }
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        if host.is_empty() || rest.contains(['#', '@', '\\']) {
            return Err(InvalidSasUri::NotAUri);
        }
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let decoded = pairs.map(|(name, value)| (decode(name), decode(value)));
        let (signatures, parameters): (Vec<_>, Vec<_>) =
            decoded.partition(|(name, _)| name.eq_ignore_ascii_case("sig"));
        Ok(Self {
            uri: Secret::new(text),
            is_https,
            host: host.to_ascii_lowercase(),
            path: segments.map(decode).collect(),
            parameters,
            signatures: signatures
                .into_iter()
                .map(|(_, value)| Secret::new(value))
                .collect(),
        })
    }
}

impl fmt::Display for InvalidSasUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "the SAS URI is empty",
            Self::ConnectionString => {
                "this is a connection string; take the Blob SAS URL of the container, which begins with https://"
            }
            Self::TokenOnly => {
                "this is the SAS token alone; put the address of the container before it: https://{account}.blob.core.windows.net/{container}?"
            }
            Self::Character => "it has a blank or another character that no URI has; copy it again, whole",
            Self::NotAUri => "it does not begin with https:// and the host of a storage account",
        })
    }
}

impl std::error::Error for InvalidSasUri {}

/// Percent-decoding; what is no escape, or then no text, stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *byte == b'%');
        let decoded =
            escape.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNATURE: &str = "b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU%3D";

    fn read(text: &str) -> SasUri {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_uri_is_taken_apart() {
        let sas = read(&format!(
            " https://STA.blob.core.windows.net/ltr-orders?sv=2025-11-05&se=2026-03-02T12%3A00%3A00Z&sr=c&sp=rwdl&sig={SIGNATURE}\n"
        ));
        assert_eq!(sas.place(), "sta.blob.core.windows.net/ltr-orders");
        assert_eq!(sas.container(), Some("ltr-orders"));
        assert_eq!(sas.parameter("se"), Some("2026-03-02T12:00:00Z"));
        assert_eq!(sas.parameter("sig"), None, "the signature is kept apart");
        assert!(sas.is_https && sas.has_whole_signature());
        assert!(
            sas.expose().starts_with("https://STA.blob"),
            "sent as it was given"
        );
    }

    #[test]
    fn what_names_no_container_or_something_in_it_is_read_all_the_same() {
        for (text, container) in [
            ("https://a.example/c?sig=x", Some("c")),
            ("https://a.example/c/?sig=x", Some("c")),
            ("https://a.example/c/b.sql?sig=x", None),
            ("https://a.example/?sig=x", None),
            ("https://a.example?sig=x", None),
            ("http://a.example:8080/c", Some("c")),
            ("https://a.example/caf%C3%A9", Some("café")),
            ("https://a.example/%ff%zz", Some("%ff%zz")),
        ] {
            assert_eq!(read(text).container(), container, "{text}");
        }
    }

    #[test]
    fn what_is_no_uri_is_told_apart() {
        use InvalidSasUri::{Character, ConnectionString, Empty, NotAUri, TokenOnly};
        for (text, expected) in [
            ("", Empty),
            (" \n ", Empty),
            ("sasuri", NotAUri),
            ("?sv=2025-11-05&sp=r&sig=x", TokenOnly),
            ("sv=2025-11-05&sp=r&sig=x", TokenOnly),
            ("sta.blob.core.windows.net/c", NotAUri),
            (
                "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=x;EndpointSuffix=core.windows.net",
                ConnectionString,
            ),
            (
                "BlobEndpoint=https://a/;SharedAccessSignature=sv=1&sig=x",
                ConnectionString,
            ),
            ("https://a.example/c?sig=ab cd", Character),
            ("https://a.example/c?sig=ab\u{200b}", Character),
            ("ftp://a.example/c", NotAUri),
            ("https:///c", NotAUri),
            ("https://user@a.example/c", NotAUri),
            ("https://a.example/c#x", NotAUri),
        ] {
            let error = text.parse::<SasUri>().err();
            assert_eq!(error, Some(expected), "{text}");
        }
    }

    #[test]
    fn a_signature_is_whole_or_not() {
        for (signature, expected) in [
            (SIGNATURE, true),
            ("b+vTzkBcH/XPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU=", true),
            ("b%2BvTzkBcH%2FXPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU", false),
            ("b%2BvTzkBcH", false),
            (
                "b vTzkBcH/XPaT1DWq6bTnSc3mR7gJ8kLmNoPqRsTuU=".trim_matches('b'),
                false,
            ),
            ("", false),
        ] {
            let text = format!("https://a.example/c?sig={}", signature.replace(' ', "%20"));
            assert_eq!(read(&text).has_whole_signature(), expected, "{signature}");
        }
        assert!(!read("https://a.example/c?sp=r").has_whole_signature());
    }

    #[test]
    fn two_uris_of_one_container_are_the_same_place() {
        let one = read("https://A.example/c?sig=x");
        assert!(one.is_same_place(&read("https://a.example/c/?sig=y")));
        assert!(!one.is_same_place(&read("https://a.example/d?sig=x")));
    }

    #[test]
    fn t05_a_refused_text_is_not_repeated() {
        let error = "sv=1&sig=topsecret".parse::<SasUri>().err();
        let shown = format!(
            "{error:?} {}",
            error.map(|error| error.to_string()).unwrap_or_default()
        );
        assert!(!shown.contains("topsecret"), "{shown}");
    }
}
