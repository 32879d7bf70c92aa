//! Where texts are kept by key: the browser's storage, or a test's.

use leptos::prelude::window;

/// Texts by key.
pub trait KeyStore {
    /// Every key.
    fn keys(&self) -> Vec<String>;
    /// The text of a key.
    fn read(&self, key: &str) -> Option<String>;
    /// Keeps a text; whether it is kept.
    fn write(&self, key: &str, text: &str) -> bool;
    /// Forgets a key.
    fn remove(&self, key: &str);
}

/// The browser's localStorage, which all tabs of this origin share.
pub struct BrowserStorage(web_sys::Storage);

impl BrowserStorage {
    /// `None` where the browser refuses it.
    pub fn open() -> Option<Self> {
        window().local_storage().ok().flatten().map(Self)
    }
}

impl KeyStore for BrowserStorage {
    fn keys(&self) -> Vec<String> {
        let Self(storage) = self;
        let length = storage.length().unwrap_or(0);
        (0..length)
            .filter_map(|index| storage.key(index).ok().flatten())
            .collect()
    }

    fn read(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok().flatten()
    }

    fn write(&self, key: &str, text: &str) -> bool {
        self.0.set_item(key, text).is_ok()
    }

    fn remove(&self, key: &str) {
        self.0.remove_item(key).ok();
    }
}
