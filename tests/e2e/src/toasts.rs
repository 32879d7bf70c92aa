//! The toasts of a page, also those that have gone before the test could look.

use serde_json::{Value, json};

use crate::element::{Element, folded};
use crate::page::Page;

/// Keeps what each toast said, from the moment the document is there.
const KEEP: &str = r#"(() => {
    const said = new Map();
    Object.defineProperty(window, 'toastsSoFar', { value: () => [...said.values()] });
    const look = () => document.querySelectorAll('[aria-label="Notifications"] .toast')
        .forEach((toast) => said.set(toast, toast.innerText));
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
})();"#;

impl Page {
    /// Keeps the toasts of every document that this tab opens from now on.
    pub(crate) async fn keep_toasts(&self) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": KEEP }))
            .await;
    }

    /// Waits for a notification with this title; one that has gone by itself since was there.
    pub async fn see_notification(&self, title: &str) {
        self.see_notification_of(title, "").await;
    }

    /// Waits for a notification with this title that names this.
    pub async fn see_notification_of(&self, title: &str, name: &str) {
        let what = format!("the notification '{title}' of '{name}'");
        self.until(&what, async || {
            let said = "return window.toastsSoFar?.() ?? []";
            let said = self.driver().execute(said, vec![]).await?;
            let is_it = |toast: &Value| {
                let toast = folded(toast.as_str().unwrap_or_default());
                toast.contains(title) && toast.contains(name)
            };
            Ok(said
                .json()
                .as_array()
                .is_some_and(|said| said.iter().any(is_it))
                .then_some(()))
        })
        .await;
    }

    /// Waits for a toast with this title to be shown, and gives the toasts shown with it.
    pub async fn see_toasts(&self, title: &str) -> Element {
        let toasts = self.see("region", "Notifications").await;
        toasts.see_text(title).await;
        toasts
    }
}
