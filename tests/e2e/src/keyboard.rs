//! The page by keyboard alone.

use thirtyfour::{Key, TypingData};

use crate::page::Page;

/// The name of what has the focus, as far as these tests need it.
const FOCUSED: &str = "
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const label = element.labels?.[0]?.innerText;
    const text = element.getAttribute('aria-label') ?? label ?? element.innerText ?? '';
    return text.replace(/\\s+/g, ' ').trim();";

/// How many times Tab is pressed before what was looked for counts as out of reach.
const STEPS: usize = 80;

impl Page {
    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.driver().action_chain().send_keys(keys);
        self.done("press keys", chain.perform().await);
    }

    /// Presses a key with Shift held.
    pub async fn press_with_shift(&self, key: Key) {
        let chain = self.driver().action_chain();
        let chain = chain.key_down(Key::Shift).send_keys(key).key_up(Key::Shift);
        self.done("press keys with Shift", chain.perform().await);
    }

    /// The name of what has the focus; nothing while the page itself has it.
    pub async fn focused(&self) -> String {
        let name = self.script(FOCUSED, vec![]).await;
        name.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until something of this name has the focus.
    pub async fn until_focused(&self, name: &str) {
        self.until(&format!("the focus on '{name}'"), async || {
            Ok((self.focused().await == name).then_some(()))
        })
        .await;
    }

    /// Presses Tab until something of this name has the focus.
    ///
    /// # Panics
    /// When it is out of reach.
    pub async fn tab_to(&self, name: &str) {
        let mut passed = vec![];
        for _ in 0..STEPS {
            self.press(Key::Tab).await;
            let focused = self.focused().await;
            if focused == name {
                return;
            }
            passed.push(focused);
        }
        panic!("Tab does not reach '{name}'; it passes {passed:?}");
    }

    /// Runs a script before anything else of each page that is opened from now on.
    pub async fn before_each_page(&self, script: &str) {
        let parameters = serde_json::json!({ "source": script });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", parameters)
            .await;
    }
}
