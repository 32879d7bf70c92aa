//! Listing the blobs of a container with a SAS (reference G7): the URL that asks, and the XML that answers.
//!
//! Pure: the blob service is another origin than Azure Resource Manager's, gets no token, and lets a page read its
//! answers only where the account has a CORS rule for it. Whoever asks does so by other means than the client's.

use arm_core::{Secret, Timestamp};
use chrono::{DateTime, Utc};

use super::SasUri;
use crate::Unreadable;

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
    /// Its length in bytes.
    pub size: Option<u64>,
    /// When it was last written.
    pub modified: Option<Timestamp>,
}

impl SasUri {
    /// The URL that lists the blobs whose names begin so, or the page of them after a marker; it holds the signature.
    pub fn list_url(&self, prefix: &str, marker: Option<&str>) -> Secret {
        let (address, query) = self.expose().split_once('?').unwrap_or((self.expose(), ""));
        let mut url = format!(
            "{}?restype=container&comp=list&prefix={}",
            address.trim_end_matches('/'),
            encode(prefix)
        );
        if let Some(marker) = marker {
            url += &format!("&marker={}", encode(marker));
        }
        Secret::new(format!("{url}&{query}"))
    }
}

impl BlobPage {
    /// Reads the answer.
    ///
    /// # Errors
    /// When it is no list of blobs, such as the error that the service answers.
    pub fn read(xml: &str) -> Result<Self, Unreadable> {
        let list = element(xml, "EnumerationResults");
        let (_, list) = list.ok_or_else(|| Unreadable::new("no list of blobs"))?;
        let (_, blobs) = element(list, "Blobs").unwrap_or(("", ""));
        let blobs = blobs.split("</Blob>").filter_map(|blob| {
            let (attributes, name) = element(blob, "Name")?;
            let name = unescape(name);
            let text = |of: &str| element(blob, of).map(|(_, text)| text.trim());
            let modified = text("Last-Modified").and_then(|text| DateTime::parse_from_rfc2822(text).ok());
            Some(BlobItem {
                name: if attributes.contains("Encoded=\"true\"") {
                    decode(&name)
                } else {
                    name
                },
                size: text("Content-Length").and_then(|digits| digits.parse().ok()),
                modified: modified.map(|moment| moment.with_timezone(&Utc)),
            })
        });
        let next = element(list, "NextMarker").map(|(_, marker)| unescape(marker));
        Ok(Self {
            blobs: blobs.collect(),
            next: next.filter(|marker| !marker.is_empty()),
        })
    }
}

/// Attributes and content of the first element of this name; of an empty one the content is empty.
fn element<'a>(xml: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut rest = xml;
    loop {
        let at = rest.find(&format!("<{name}"))?;
        let after = &rest[at + name.len() + 1..];
        let (attributes, content) = after.split_once('>')?;
        if let Some(attributes) = attributes.strip_suffix('/').filter(|text| is_of_tag(text)) {
            return Some((attributes, ""));
        }
        if is_of_tag(attributes) {
            let end = content.find(&format!("</{name}>"))?;
            return Some((attributes, &content[..end]));
        }
        rest = after;
    }
}

/// Whether these are the attributes of the tag, and not the rest of a longer name.
fn is_of_tag(attributes: &str) -> bool {
    attributes.chars().next().is_none_or(char::is_whitespace)
}

/// A text of XML as it was meant.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain += before;
        let entity = after
            .split_once(';')
            .and_then(|(name, after)| Some((character(name)?, after)));
        match entity {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        number => {
            let digits = number.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
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
        let url = |prefix, marker| sas.list_url(prefix, marker).expose().to_owned();
        assert_eq!(
            url("p & ü", None),
            format!("{start}p%20%26%20%C3%BC&sv=1&sig=a%2Bb%3D")
        );
        assert_eq!(
            url("p", Some("x+=")),
            format!("{start}p&marker=x%2B%3D&sv=1&sig=a%2Bb%3D")
        );
    }

    #[test]
    fn a_page_is_read_however_it_is_written() {
        let page = BlobPage::read(
            "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<EnumerationResults ServiceEndpoint=\"https://sta.blob.core.windows.net/\" ContainerName=\"c\">
             <Prefix>p</Prefix><MaxResults>2</MaxResults><Blobs>
             <Blob><Name>p_database_a &amp; &lt;b&gt; &#39;&#xFC;&quot; &odd; &amp;lt;.sql</Name><Properties><Last-Modified>Sun, 01 Mar 2026 12:00:00 GMT</Last-Modified><Content-Length>17</Content-Length></Properties></Blob>
             <Blob><Name Encoded=\"true\">p_a%0Ab%25</Name><Properties /></Blob><BlobPrefix><Name>x/</Name></BlobPrefix>
             </Blobs><NextMarker>bWFya2Vy</NextMarker></EnumerationResults>",
        )
        .expect("a page");
        assert_eq!(page.next.as_deref(), Some("bWFya2Vy"));
        assert_eq!(page.blobs[0].name, "p_database_a & <b> 'ü\" &odd; &lt;.sql");
        assert_eq!(page.blobs[0].size, Some(17));
        assert_eq!(page.blobs[0].modified, "2026-03-01T12:00:00Z".parse().ok());
        assert_eq!(
            (page.blobs[1].name.as_str(), page.blobs[1].size),
            ("p_a\nb%", None)
        );
        for (xml, next) in [
            (
                "<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>",
                None,
            ),
            (
                "<EnumerationResults><Blobs></Blobs><NextMarker/></EnumerationResults>",
                None,
            ),
            (
                "<EnumerationResults><NextMarker>x</NextMarker></EnumerationResults>",
                Some("x"),
            ),
        ] {
            let page = BlobPage::read(xml).expect(xml);
            assert_eq!((page.blobs.len(), page.next.as_deref()), (0, next), "{xml}");
        }
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for xml in [
            "",
            "{}",
            "<Error><Code>AuthenticationFailed</Code></Error>",
            "<EnumerationResults>",
            "<",
        ] {
            assert!(BlobPage::read(xml).is_err(), "{xml}");
        }
    }
}
