//! `GET {container}?restype=container&comp=list`: names and properties in XML, in pages (reference G7).

use arm_core::Response;

use super::{Answer, Place, escape, etag, in_rfc_1123};
use crate::{base64, refusals, refusals::Refusal, storage::blobs::Blob, target::Target, world::World};

/// The most blobs on a page.
const LARGEST_PAGE: usize = 5000;

pub(super) fn list(
    world: &World,
    container: &str,
    target: &Target,
    place: &Place,
) -> Result<Answer, Refusal> {
    let invalid = || refusals::INVALID_BLOB_QUERY.refuse(&[]);
    let prefix = target.parameter("prefix").unwrap_or_default();
    let size = match target.parameter("maxresults") {
        Some(given) => given
            .parse()
            .ok()
            .filter(|size| (1..=LARGEST_PAGE).contains(size))
            .ok_or_else(invalid)?,
        None => world.switches.page_size.clamp(1, LARGEST_PAGE),
    };
    let after = match target.parameter("marker").filter(|marker| !marker.is_empty()) {
        Some(marker) => {
            let decoded = base64::decode(marker).and_then(|bytes| String::from_utf8(bytes).ok());
            Some(decoded.ok_or_else(invalid)?)
        }
        None => None,
    };
    let blobs = world.blobs_below(container, prefix);
    let mut rest = blobs.filter(|(name, _)| after.as_ref().is_none_or(|after| *name > after));
    let page: Vec<_> = rest.by_ref().take(size).collect();
    let has_more = rest.next().is_some();
    let last = page.last().filter(|_| has_more);
    let marker = last.map(|(name, _)| format!("<NextMarker>{}</NextMarker>", base64::encode(name)));
    let blobs: String = page.iter().map(|(name, blob)| element(name, blob)).collect();
    let told = |name: &str| {
        let value = target.parameter(name).filter(|value| !value.is_empty());
        value.map(|value| (name.to_owned(), escape(value)))
    };
    let asked = [
        told("prefix").map(|(_, value)| format!("<Prefix>{value}</Prefix>")),
        told("marker").map(|(_, value)| format!("<Marker>{value}</Marker>")),
        told("maxresults").map(|(_, value)| format!("<MaxResults>{value}</MaxResults>")),
    ];
    let asked: String = asked.into_iter().flatten().collect();
    let body = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"{}\" ContainerName=\"{}\">{asked}<Blobs>{blobs}</Blobs>{}</EnumerationResults>",
        escape(&place.endpoint),
        escape(&place.container),
        marker.unwrap_or_else(|| "<NextMarker />".to_owned()),
    );
    let response = Response::new(200)
        .with_header("Content-Type", "application/xml")
        .with_body(body);
    Ok(Answer {
        response,
        bytes: None,
    })
}

fn element(name: &str, blob: &Blob) -> String {
    let modified = in_rfc_1123(blob.modified);
    format!(
        "<Blob><Name>{}</Name><Properties><Creation-Time>{modified}</Creation-Time><Last-Modified>{modified}</Last-Modified><Etag>{}</Etag><Content-Length>{}</Content-Length><Content-Type>application/octet-stream</Content-Type><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted></Properties></Blob>",
        escape(name),
        etag(blob.modified),
        blob.bytes().len(),
    )
}
