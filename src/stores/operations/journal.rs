//! The journal in the browser's storage: one key per operation, per user.

use leptos::prelude::window;
use uuid::Uuid;

use super::Operation;

/// Where the operations of one user are written down.
pub struct Journal {
    prefix: String,
    storage: Option<web_sys::Storage>,
}

/// Whether the journal survives the tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalStorage {
    /// It does.
    Kept,
    /// The browser refuses storage: what was started is forgotten with the tab.
    Refused,
}

impl Journal {
    /// The journal of one user of one directory; another user of this browser sees nothing of it.
    pub fn of(tenant_id: &str, object_id: &str) -> Self {
        Self {
            prefix: format!("pgbp.operation.{tenant_id}.{object_id}."),
            storage: window().local_storage().ok().flatten(),
        }
    }

    /// Whether it survives the tab.
    pub fn storage(&self) -> JournalStorage {
        if self.storage.is_some() {
            JournalStorage::Kept
        } else {
            JournalStorage::Refused
        }
    }

    /// Every entry that can be read; another version's entry is left where it is.
    pub fn entries(&self) -> Vec<Operation> {
        let item = |key: String| self.storage.as_ref()?.get_item(&key).ok().flatten();
        let texts = self.keys().into_iter().filter_map(item);
        texts
            .filter_map(|text| serde_json::from_str(&text).ok())
            .collect()
    }

    /// Whether nothing is written down.
    pub fn is_empty(&self) -> bool {
        self.keys().is_empty()
    }

    /// Writes an entry, replacing what it was.
    pub fn write(&self, operation: &Operation) {
        if let (Some(storage), Ok(text)) = (&self.storage, serde_json::to_string(operation)) {
            // A full storage must not stop a backup; the operation is then followed in memory only.
            storage.set_item(&self.key(operation.id), &text).ok();
        }
    }

    /// Forgets an entry.
    pub fn remove(&self, id: Uuid) {
        if let Some(storage) = &self.storage {
            storage.remove_item(&self.key(id)).ok();
        }
    }

    fn keys(&self) -> Vec<String> {
        let Some(storage) = &self.storage else {
            return Vec::new();
        };
        let keys = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
        keys.filter(|key| key.starts_with(&self.prefix)).collect()
    }

    fn key(&self, id: Uuid) -> String {
        format!("{}{id}", self.prefix)
    }
}
