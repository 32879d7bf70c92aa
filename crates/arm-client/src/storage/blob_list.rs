//! Listing the blobs of a container with a SAS (reference G7): the URL that asks, and what is told of a blob.
//!
//! Pure: the blob service is another origin than Azure Resource Manager's, gets no token, and lets a page read its
//! answers only where the account has a CORS rule for it. Whoever asks does so by other means than the client's, and
//! reads the XML with what is there to read XML.

use arm_core::{Secret, Timestamp};
use chrono::{DateTime, Utc};

use super::SasUri;

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlobPage {
    /// The blobs, by name.
    pub blobs: Vec<BlobItem>,
    /// What the next page is asked for with; `None` on the last one.
    pub next: Option<String>,
}

/// A blob in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobItem {
    /// The name, which has case and may have slashes.
    pub name: String,
    /// When it was last written.
    pub modified: Option<Timestamp>,
}

impl BlobItem {
    /// A blob with the content of its `Name` and `Last-Modified`; a name that XML cannot hold is percent-encoded.
    pub fn new(name: &str, is_encoded: bool, modified: Option<&str>) -> Self {
        let modified = modified.and_then(|text| DateTime::parse_from_rfc2822(text.trim()).ok());
        Self {
            name: if is_encoded { decode(name) } else { name.to_owned() },
            modified: modified.map(|moment| moment.with_timezone(&Utc)),
        }
    }
}

impl SasUri {
    /// The URL that lists at most so many of the blobs whose names begin so, or the page of them after a marker; it
    /// holds the signature.
    pub fn list_url(&self, prefix: &str, most: u32, marker: Option<&str>) -> Secret {
        let (address, query) = self.expose().split_once('?').unwrap_or((self.expose(), ""));
        let mut url = format!(
            "{}?restype=container&comp=list&prefix={}&maxresults={most}",
            address.trim_end_matches('/'),
            encode(prefix)
        );
        if let Some(marker) = marker {
            url += &format!("&marker={}", encode(marker));
        }
        Secret::new(format!("{url}&{query}"))
    }
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// Percent-decoding; what is no escape, or then no text, stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .filter(|_| *byte == b'%')
            .and_then(|digits| str::from_utf8(digits).ok());
        let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_by_prefix_and_marker() {
        let sas: SasUri = "https://sta.blob.core.windows.net/c?sv=1&sig=a%2Bb%3D"
            .parse()
            .expect("a SAS");
        let start = "https://sta.blob.core.windows.net/c?restype=container&comp=list&prefix=";
        let url = |prefix, marker| sas.list_url(prefix, 7, marker).expose().to_owned();
        assert_eq!(
            url("p & ü", None),
            format!("{start}p%20%26%20%C3%BC&maxresults=7&sv=1&sig=a%2Bb%3D")
        );
        assert_eq!(
            url("p", Some("x+=")),
            format!("{start}p&maxresults=7&marker=x%2B%3D&sv=1&sig=a%2Bb%3D")
        );
    }

    #[test]
    fn a_blob_is_told_by_name_and_time() {
        let time = "Sun, 01 Mar 2026 12:00:00 GMT";
        for (name, is_encoded, modified, expected) in [
            (
                "p_a & <b>.sql",
                false,
                Some(time),
                ("p_a & <b>.sql", Some("2026-03-01T12:00:00Z")),
            ),
            ("p_a%0Ab%25", true, None, ("p_a\nb%", None)),
            ("p_a%0Ab%25", false, Some("yesterday"), ("p_a%0Ab%25", None)),
            ("p%zz%ff", true, Some(""), ("p%zz%ff", None)),
        ] {
            let blob = BlobItem::new(name, is_encoded, modified);
            let modified = expected.1.and_then(|moment| moment.parse().ok());
            assert_eq!(
                (blob.name.as_str(), blob.modified),
                (expected.0, modified),
                "{name}"
            );
        }
    }
}
