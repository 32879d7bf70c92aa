//! `GET` and `HEAD` of a blob, or of a part of it (reference G7).

use arm_core::{Request, Response};

use super::{Answer, etag, in_rfc_1123};
use crate::{refusals, refusals::Refusal, storage::blobs::Blob};

pub(super) fn read(blob: &Blob, request: &Request) -> Result<Answer, Refusal> {
    let bytes = blob.bytes();
    let asked = request
        .headers
        .get("x-ms-range")
        .or_else(|| request.headers.get("Range"));
    let (status, part, range) = match asked.and_then(|range| range.strip_prefix("bytes=")) {
        None => (200, bytes.as_ref(), None),
        Some(range) => {
            let (first, last) =
                bounds(range, bytes.len()).ok_or_else(|| refusals::INVALID_RANGE.refuse(&[]))?;
            let told = format!("bytes {first}-{last}/{}", bytes.len());
            (206, &bytes[first..=last], Some(told))
        }
    };
    let mut response = Response::new(status)
        .with_header("Content-Type", "application/octet-stream")
        .with_header("Content-Length", part.len().to_string())
        .with_header("Last-Modified", in_rfc_1123(blob.modified))
        .with_header("ETag", format!("\"{}\"", etag(blob.modified)))
        .with_header("Accept-Ranges", "bytes")
        .with_header("x-ms-blob-type", "BlockBlob");
    if let Some(range) = range {
        response.headers.set("Content-Range", range);
    }
    response.body = String::from_utf8_lossy(part).into_owned();
    Ok(Answer {
        response,
        bytes: Some(part.to_vec()),
    })
}

/// `first-last` or `first-` within this many bytes.
fn bounds(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.split_once('-')?;
    let first: usize = first.parse().ok()?;
    let last = match last {
        "" => length.checked_sub(1)?,
        last => last.parse::<usize>().ok()?.min(length.checked_sub(1)?),
    };
    (first <= last).then_some((first, last))
}
