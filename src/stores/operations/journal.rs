//! The journal: one key per operation, per user, in a store that the tabs of the browser share.

use std::cell::Cell;

use uuid::Uuid;

use super::{
    Operation,
    key_store::{BrowserStorage, KeyStore},
};

/// Where the operations of one user are written down.
pub struct Journal {
    prefix: String,
    store: Option<Box<dyn KeyStore>>,
    has_refused: Cell<bool>,
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
    /// The journal of one user of one directory; another user of this browser sees nothing of it. Of a user who is not known
    /// nothing is written down.
    pub fn of(tenant_id: &str, object_id: &str) -> Self {
        let store = (!object_id.is_empty())
            .then(BrowserStorage::open)
            .flatten()
            .map(|store| Box::new(store) as Box<dyn KeyStore>);
        Self::within(store, tenant_id, object_id)
    }

    /// The same in any store.
    pub fn within(store: Option<Box<dyn KeyStore>>, tenant_id: &str, object_id: &str) -> Self {
        Self {
            prefix: format!("pgbp.operation.{tenant_id}.{object_id}."),
            store,
            has_refused: Cell::new(false),
        }
    }

    /// Whether it survives the tab.
    pub fn storage(&self) -> JournalStorage {
        if self.store.is_some() && !self.has_refused.get() {
            JournalStorage::Kept
        } else {
            JournalStorage::Refused
        }
    }

    /// Every entry that can be read; another version's entry is left where it is.
    pub fn entries(&self) -> Vec<Operation> {
        self.keys().iter().filter_map(|key| self.entry(key)).collect()
    }

    /// One entry as it was written last, by this tab or another.
    pub fn read(&self, id: Uuid) -> Option<Operation> {
        self.entry(&self.key(id))
    }

    /// Whether nothing is written down.
    pub fn is_empty(&self) -> bool {
        self.keys().is_empty()
    }

    /// Writes an entry, replacing what it was.
    pub fn write(&self, operation: &Operation) {
        if let (Some(store), Ok(text)) = (&self.store, serde_json::to_string(operation)) {
            // A full storage must not stop a backup; the operation is then followed in memory only.
            self.has_refused.set(!store.write(&self.key(operation.id), &text));
        }
    }

    /// Forgets an entry.
    pub fn remove(&self, id: Uuid) {
        if let Some(store) = &self.store {
            store.remove(&self.key(id));
        }
    }

    /// Whether a key of the store belongs to this journal.
    pub fn owns(&self, key: &str) -> bool {
        key.starts_with(&self.prefix)
    }

    /// The id of the entry that a key of the store belongs to, if it belongs to this journal.
    pub fn id_of(&self, key: &str) -> Option<Uuid> {
        key.strip_prefix(&self.prefix)?.parse().ok()
    }

    /// A name for what only one tab of this user may hold at a time.
    pub fn name_of(&self, what: &str) -> String {
        format!("{}{what}", self.prefix)
    }

    fn entry(&self, key: &str) -> Option<Operation> {
        serde_json::from_str(&self.store.as_ref()?.read(key)?).ok()
    }

    fn keys(&self) -> Vec<String> {
        let keys = self.store.as_ref().map(|store| store.keys()).unwrap_or_default();
        keys.into_iter().filter(|key| self.owns(key)).collect()
    }

    fn key(&self, id: Uuid) -> String {
        format!("{}{id}", self.prefix)
    }
}
