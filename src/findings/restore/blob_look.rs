//! What a look at the blobs of a container came to, in words; pure.

use arm_client::storage::BlobPage;
use arm_core::Timestamp;

use crate::text;

/// How many names are told.
const TOLD: usize = 3;

/// What is known of the blobs that begin with a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobLook {
    /// The portal is not set up to ask the storage account.
    NotAsked,
    /// It is being asked.
    Asking,
    /// It was asked in vain: why, in a sentence.
    Unknown(String),
    /// They are these.
    Listed(Listed),
}

/// The blobs that begin so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many there are on the page that was read.
    count: usize,
    /// Whether there are more.
    has_more: bool,
    /// The first names.
    names: Vec<String>,
    /// When the newest was written.
    newest: Option<Timestamp>,
}

impl From<BlobPage> for Listed {
    fn from(page: BlobPage) -> Self {
        Self {
            count: page.blobs.len(),
            has_more: page.next.is_some(),
            newest: page.blobs.iter().filter_map(|blob| blob.modified).max(),
            names: page.blobs.into_iter().take(TOLD).map(|blob| blob.name).collect(),
        }
    }
}

impl BlobLook {
    /// Whether there are any; nothing where nobody knows. While it is being asked nothing is told of it.
    pub(super) fn is_taken(&self) -> Option<bool> {
        match self {
            Self::NotAsked | Self::Unknown(_) => None,
            Self::Asking => Some(false),
            // A page may be empty and not the last one.
            Self::Listed(listed) => Some(listed.count > 0 || listed.has_more),
        }
    }

    /// What the finding rests on.
    pub(super) fn evidence(&self) -> Option<String> {
        match self {
            Self::NotAsked | Self::Asking => None,
            Self::Unknown(why) => Some(why.clone()),
            Self::Listed(listed) => listed.words(),
        }
    }
}

impl Listed {
    /// *5 blobs, among them a.sql and b.sql; the newest is of 12 Mar 2026, 09:41 UTC.*
    fn words(&self) -> Option<String> {
        let (last, first) = self.names.split_last()?;
        let names = match first {
            [] => last.clone(),
            first => format!("{} and {last}", first.join(", ")),
        };
        let count = match self.has_more {
            true => format!("{} or more blobs", self.count),
            false => text::count(self.count, "blob"),
        };
        let those = if self.has_more || self.count > self.names.len() {
            ", among them "
        } else {
            ": "
        };
        let newest = match self.newest {
            Some(newest) if self.has_more => {
                format!("; one was written on {}", text::sentence_moment(newest))
            }
            Some(newest) => format!("; the newest was written on {}", text::sentence_moment(newest)),
            None => String::new(),
        };
        Some(format!("{count}{those}{names}{newest}."))
    }
}

#[cfg(test)]
mod tests {
    use arm_client::storage::BlobItem;

    use super::*;

    fn listed(names: &[&str], next: Option<&str>) -> BlobLook {
        let modified = "Thu, 12 Mar 2026 09:41:00 GMT";
        let blobs = names
            .iter()
            .map(|name| BlobItem::new(name, false, Some(modified)));
        BlobLook::Listed(Listed::from(BlobPage {
            blobs: blobs.collect(),
            next: next.map(str::to_owned),
        }))
    }

    #[test]
    fn what_is_there_is_told_by_number_names_and_time() {
        for (look, is_taken, expected) in [
            (BlobLook::NotAsked, None, None),
            (BlobLook::Asking, Some(false), None),
            (
                BlobLook::Unknown("Azure Storage answered 403.".to_owned()),
                None,
                Some("Azure Storage answered 403."),
            ),
            (listed(&[], None), Some(false), None),
            (listed(&[], Some("x")), Some(true), None),
            (
                listed(&["p_a.sql"], None),
                Some(true),
                Some("1 blob: p_a.sql; the newest was written on 12 Mar 2026, 09:41 UTC."),
            ),
            (
                listed(&["a", "b", "c", "d"], None),
                Some(true),
                Some("4 blobs, among them a, b and c; the newest was written on 12 Mar 2026, 09:41 UTC."),
            ),
            (
                listed(&["a", "b"], Some("x")),
                Some(true),
                Some("2 or more blobs, among them a and b; one was written on 12 Mar 2026, 09:41 UTC."),
            ),
        ] {
            assert_eq!(look.is_taken(), is_taken, "{look:?}");
            let evidence = look.evidence().map(|words| words.replace('\u{a0}', " "));
            assert_eq!(evidence.as_deref(), expected, "{look:?}");
        }
    }
}
