//! What is typed into a long form, kept in the tab's own storage over a reload or a renewed sign-in.

use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};

/// Where the drafts of one form are kept, before the account's object id: another account in the same tab begins anew.
#[derive(Debug, Clone, Copy)]
pub struct Drafts(pub &'static str);

impl Drafts {
    /// What is kept for an account.
    pub fn kept<T: DeserializeOwned>(self, account: &str) -> Option<T> {
        let text = storage()?.get_item(&self.key(account)).ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Keeps it. A browser that refuses storage only loses it at a reload.
    pub fn keep<T: Serialize>(self, account: &str, draft: &T) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(draft)) {
            storage.set_item(&self.key(account), &text).ok();
        }
    }

    /// Forgets it: the form was left.
    pub fn forget(self, account: &str) {
        if let Some(storage) = storage() {
            // What cannot be removed cannot have been kept.
            storage.remove_item(&self.key(account)).ok();
        }
    }

    fn key(self, account: &str) -> String {
        format!("{}{account}", self.0)
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
