//! Blobs: what containers hold.

use std::{borrow::Cow, collections::BTreeMap};

use arm_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{base64, world::World};

/// A small database in the custom format of `pg_dump`, made from the SQL beside it.
pub(crate) static SAMPLE_ARCHIVE: &[u8] = include_bytes!("../../assets/restored/database.dump");

/// By the container's lower-case id, then by name; names of blobs have case.
pub(crate) type Blobs = BTreeMap<String, BTreeMap<String, Blob>>;

/// One blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Blob {
    pub(crate) modified: Timestamp,
    content: Content,
}

/// What a blob holds, so that a world stays JSON and small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Content {
    Text(String),
    Base64(String),
    /// [`SAMPLE_ARCHIVE`].
    SampleArchive,
}

impl Blob {
    pub(crate) fn text(text: String, modified: Timestamp) -> Self {
        let content = Content::Text(text);
        Self { modified, content }
    }

    pub(crate) fn sample_archive(modified: Timestamp) -> Self {
        let content = Content::SampleArchive;
        Self { modified, content }
    }

    pub(crate) fn of(bytes: &[u8], modified: Timestamp) -> Self {
        let content = match str::from_utf8(bytes) {
            Ok(text) => Content::Text(text.to_owned()),
            Err(_) => Content::Base64(base64::encode_bytes(bytes)),
        };
        Self { modified, content }
    }

    pub(crate) fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Content::Text(text) => Cow::Borrowed(text.as_bytes()),
            Content::Base64(text) => Cow::Owned(base64::decode(text).unwrap_or_default()),
            Content::SampleArchive => Cow::Borrowed(SAMPLE_ARCHIVE),
        }
    }
}

impl World {
    /// Writes a blob, or writes it over, if its container (lower-case id) is there.
    pub(crate) fn write_blob(&mut self, container: &str, name: String, blob: Blob) {
        if self.documents.contains_key(container) {
            let blobs = self.blobs.entry(container.to_owned()).or_default();
            blobs.insert(name, blob);
        }
    }

    /// Puts a blob into a container of an account, as somebody with a key would; false where there is no such container.
    pub fn put_blob(
        &mut self,
        account: &str,
        container: &str,
        name: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> bool {
        let ending = format!("/storageaccounts/{account}/blobservices/default/containers/{container}");
        let key = self.documents.keys().find(|key| key.ends_with(&ending)).cloned();
        if let Some(key) = &key {
            self.write_blob(key, name.to_owned(), Blob::of(bytes, now));
        }
        key.is_some()
    }

    /// The blobs of a container (lower-case id) whose names begin so, by name.
    pub(crate) fn blobs_below<'a>(
        &'a self,
        container: &str,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a String, &'a Blob)> {
        let blobs = self.blobs.get(container).into_iter().flatten();
        blobs.filter(move |(name, _)| name.starts_with(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    #[test]
    fn what_is_written_is_read_back_text_or_not() {
        for bytes in [
            &b"SELECT 1;"[..],
            b"PGDMP\x01\x0f\xff\xfe\x00",
            b"",
            "größe".as_bytes(),
            b"\xff",
        ] {
            let blob = Blob::of(bytes, noon());
            let kept = serde_json::to_string(&blob).unwrap_or_else(|error| panic!("{error}"));
            let read: Blob = serde_json::from_str(&kept).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(read.bytes(), bytes, "{kept}");
        }
        assert!(SAMPLE_ARCHIVE.starts_with(b"PGDMP"));
    }
}
