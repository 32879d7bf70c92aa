//! One element of the accessibility tree.

use std::fmt;

use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::error::{WebDriverErrorInner, WebDriverResult};

use crate::page::Page;
use crate::tree;

/// Whether an element is usable; if so its next click is noted, with whether it was usable then.
const WATCH_CLICK: &str = "
    const element = arguments[0];
    const isOff = () => element.getAttribute('aria-disabled') === 'true' || element.disabled === true;
    if (isOff()) return false;
    const watched = { element, taken: false };
    window.watchedClick = watched;
    // The click itself follows at once, and may be kept from the element by whoever asks before the page is left.
    element.addEventListener('mouseup', () => { watched.taken = !isOff(); }, { capture: true, once: true });
    return true;";

/// Whether the watched click was taken; nothing on a page that knows of none.
const WAS_CLICK_TAKEN: &str = "
    const watched = window.watchedClick;
    delete window.watchedClick;
    return watched ? watched.taken : null;";

/// What an accessible name must be, white space folded.
#[derive(Debug, Clone)]
pub enum Name {
    /// Exactly this.
    Is(String),
    /// This somewhere in it.
    Contains(String),
    /// Anything.
    Any,
}

impl Name {
    /// A name with this part somewhere in it.
    pub fn containing(part: &str) -> Self {
        Self::Contains(part.to_owned())
    }

    pub(crate) fn fits(&self, name: &str) -> bool {
        let name = folded(name);
        match self {
            Self::Is(expected) => name == *expected,
            Self::Contains(part) => name.contains(part),
            Self::Any => true,
        }
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Is(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Self::Is(name.clone())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(name) => write!(formatter, "'{name}'"),
            Self::Contains(part) => write!(formatter, "'…{part}…'"),
            Self::Any => formatter.write_str("of any name"),
        }
    }
}

/// An element found by role and name.
#[derive(Debug, Clone)]
pub struct Element {
    page: Page,
    /// The browser's number of the node, valid as long as the node is.
    node: u64,
    role: String,
    name: String,
}

impl Element {
    /// All elements of this role and name that assistive technology is shown, in the document's order, below
    /// the node `root` or in the whole document.
    pub(crate) async fn find_all(
        page: &Page,
        root: Option<u64>,
        role: &str,
        name: &Name,
    ) -> WebDriverResult<Vec<Self>> {
        let tree = page
            .driver()
            .cdp()
            .send_raw("Accessibility.getFullAXTree", page.frame_parameters())
            .await?;
        let elements = tree::find(&tree, root, role, name).into_iter().map(|found| Self {
            page: page.clone(),
            node: found.element,
            role: role.to_owned(),
            name: found.name,
        });
        Ok(elements.collect())
    }

    /// Waits for the element of this role and name inside this one.
    pub async fn see(&self, role: &str, name: impl Into<Name>) -> Self {
        let name = name.into();
        self.page
            .until(
                &format!("{role} {name} in {} '{}'", self.role, self.name),
                async || {
                    let found = Self::find_all(&self.page, Some(self.node), role, &name).await?;
                    Ok(found.into_iter().next())
                },
            )
            .await
    }

    /// Clicks the element of this role and name inside this one.
    pub async fn click_inside(&self, role: &str, name: impl Into<Name>) {
        self.see(role, name).await.click().await;
    }

    /// Clicks once; waits while something lies over it or it is being laid out.
    ///
    /// # Panics
    /// When the browser refuses for another reason: the click may then have happened, and is not repeated.
    pub async fn click(&self) {
        let what = format!("{} '{}' that can be clicked", self.role, self.name);
        self.page.until(&what, async || self.click_now().await).await;
    }

    /// Clicks it if it can be clicked now.
    ///
    /// A click that it did not get, since the page moved under the pointer, or got while it was off is none: the button
    /// was to be seen usable, and a person would click once more.
    pub(crate) async fn click_now(&self) -> WebDriverResult<Option<()>> {
        let element = self.page.resolve(self.node).await?;
        let driver = self.page.driver();
        let is_usable = driver.execute(WATCH_CLICK, vec![element.to_json()?]).await?;
        if is_usable.json() != &json!(true) {
            return Ok(None);
        }
        match element.click().await {
            Ok(()) => {}
            Err(error) if was_not_clicked(&error) => return Err(error),
            Err(error) => panic!("the click on {} '{}' failed: {error}", self.role, self.name),
        }
        // A page that the click led away from can no longer say so.
        let was_taken = driver.execute(WAS_CLICK_TAKEN, vec![]).await;
        Ok((!was_taken.is_ok_and(|taken| taken.json() == &json!(false))).then_some(()))
    }

    /// Clicks a button inside this one that is off, to hear why it is.
    pub async fn click_unusable_inside(&self, role: &str, name: impl Into<Name>) {
        let button = self.see(role, name).await;
        let what = format!("{} '{}' that is off", button.role, button.name);
        self.page
            .until(&what, async || button.click_unusable_now().await)
            .await;
    }

    /// Clicks it if it is off now.
    pub(crate) async fn click_unusable_now(&self) -> WebDriverResult<Option<()>> {
        let element = self.page.resolve(self.node).await?;
        if element.attr("aria-disabled").await?.as_deref() != Some("true") {
            return Ok(None);
        }
        element.click().await.map(Some)
    }

    /// Replaces what a field holds by typing.
    pub async fn fill_in(&self, text: &str) {
        let element = self.web_element().await;
        self.page.done("clear the field", element.clear().await);
        self.page.done("type", element.send_keys(text).await);
    }

    /// What a field holds.
    pub async fn value(&self) -> String {
        let value = self.web_element().await.prop("value").await;
        self.page.done("read the field", value).unwrap_or_default()
    }

    /// Waits until it shows this text.
    pub async fn see_text(&self, text: &str) {
        self.page
            .until(
                &format!("'{text}' in {} '{}'", self.role, self.name),
                async || Ok(self.text_now().await?.contains(text).then_some(())),
            )
            .await;
    }

    /// What a script gives for this element, which is its `arguments[0]`.
    pub(crate) async fn script_now(&self, script: &str) -> WebDriverResult<Value> {
        let element = self.page.resolve(self.node).await?.to_json()?;
        let returned = self.page.driver().execute(script, vec![element]).await?;
        Ok(returned.json().clone())
    }

    async fn text_now(&self) -> WebDriverResult<String> {
        let text = self.script_now("return arguments[0].innerText").await?;
        Ok(folded(text.as_str().unwrap_or_default()))
    }

    async fn web_element(&self) -> WebElement {
        let resolved = self.page.resolve(self.node).await;
        self.page
            .done(&format!("take {} '{}'", self.role, self.name), resolved)
    }
}

/// The text with each run of white space as one space.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn was_not_clicked(error: &thirtyfour::error::WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::StaleElementReference(_)
    )
}
