//! One tab, seen as assistive technology sees it: by role and accessible name.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::{WebDriver, WebElement};

use crate::browser::Profile;
use crate::element::{Element, Name, folded};
use crate::frames::Frame;
use crate::paths;

/// How long a condition may take to come true; generous, since a loaded machine is slow and no test waits
/// longer than its condition needs.
const PATIENCE: Duration = Duration::from_secs(45);

/// Ends at the next change of the document, or after a fifth of a second for what changes without one.
const NEXT_CHANGE: &str = "
    const done = arguments[arguments.length - 1];
    const observer = new MutationObserver(finish);
    const timer = setTimeout(finish, 200);
    function finish() { observer.disconnect(); clearTimeout(timer); done(); }
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });";

/// Ends with the transitions that run, so that what is looked at is a state; what turns for ever is not waited for.
const SETTLED: &str = "
    const done = arguments[arguments.length - 1];
    const isShown = (animation) => animation.effect.target?.checkVisibility() ?? true;
    const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity && isShown(animation);
    const elements = [...document.querySelectorAll('pg-backup-portal')];
    const roots = [document, ...elements.map((element) => element.shadowRoot)];
    const running = roots.flatMap((root) => root?.getAnimations() ?? []);
    const ending = running.filter(ends).map((animation) => animation.finished);
    Promise.allSettled(ending).then(() => done());";

/// A size of the window, in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Size(pub u32, pub u32);

impl Size {
    /// A desktop, as in the pictures of the design.
    pub const DESKTOP: Self = Self(1440, 900);
    /// The narrowest page that must work (WCAG 1.4.10).
    pub const PHONE: Self = Self(320, 800);
}

/// What the user has chosen in the system's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Scheme {
    /// The name in `prefers-color-scheme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The tab of a test.
#[derive(Debug, Clone)]
pub struct Page {
    driver: WebDriver,
    profile: Arc<Profile>,
    /// The browser's id of the frame that is looked at; of all clones alike.
    frame: Frame,
}

impl Page {
    /// The tab that `driver` shows.
    pub fn new(driver: WebDriver, profile: Arc<Profile>) -> Self {
        let frame = Frame::default();
        Self {
            driver,
            profile,
            frame,
        }
    }

    /// What of the tab is looked at.
    pub(crate) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// What the test's tabs share.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The session, for what this type does not offer.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Goes to an absolute URL and waits for its load event.
    pub async fn open(&self, url: &str) {
        self.done(&format!("open {url}"), self.driver.goto(url).await);
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.done("reload", self.driver.refresh().await);
    }

    /// Goes back by the browser's own command: a script that leaves its page may be run twice by the driver.
    pub async fn back(&self) {
        self.done("go back", self.driver.back().await);
    }

    /// The address as it stands in the address bar.
    pub async fn address(&self) -> String {
        let script = "return location.href";
        self.script(script, vec![])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the address fulfils `condition`.
    pub async fn until_address(&self, what: &str, condition: impl Fn(&str) -> bool) -> String {
        self.until(&format!("an address that {what}"), async || {
            let address = self.driver.current_url().await?.to_string();
            Ok(condition(&address).then_some(address))
        })
        .await
    }

    /// Sets size and colour scheme; motion is always reduced, so that a picture is of a state, not of a way.
    pub async fn set_view(&self, Size(width, height): Size, scheme: Scheme) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme.name() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// Replaces the page's colours by those of a system with high contrast.
    pub async fn force_colours(&self) {
        let features = json!([
            { "name": "forced-colors", "value": "active" },
            { "name": "prefers-color-scheme", "value": "dark" },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// Waits until the transitions of the page have ended; those inside what is closed, such as code that is not shown,
    /// stand still until it is opened.
    pub async fn settle(&self) {
        self.asynchronous_script(SETTLED, vec![]).await;
    }

    /// Waits for the element of this role and name; the first in the document's order if there are several.
    pub async fn see(&self, role: &str, name: impl Into<Name>) -> Element {
        let name = name.into();
        self.until(&format!("{role} {name}"), async || {
            Ok(Element::find_all(self, None, role, &name)
                .await?
                .into_iter()
                .next())
        })
        .await
    }

    /// Clicks the element of this role and name once it is there and can be clicked; looks for it anew until then, since
    /// the page that is being built may take it away again.
    pub async fn click(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.until(&format!("{role} {name} that can be clicked"), async || {
            let found = Element::find_all(self, None, role, &name).await?;
            match found.first() {
                Some(element) => element.click_now().await,
                None => Ok(None),
            }
        })
        .await;
    }

    /// Clicks a button that is off, to hear why it is.
    pub async fn click_unusable(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.until(&format!("{role} {name} that is off"), async || {
            let found = Element::find_all(self, None, role, &name).await?;
            match found.first() {
                Some(element) => element.click_unusable_now().await,
                None => Ok(None),
            }
        })
        .await;
    }

    /// Whether the element of this role and name is there now.
    pub async fn has(&self, role: &str, name: impl Into<Name>) -> bool {
        let name = name.into();
        let found = Element::find_all(self, None, role, &name).await;
        !self.done(&format!("look for {role} {name}"), found).is_empty()
    }

    /// Waits until no element of this role and name is left.
    pub async fn until_gone(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.until(&format!("the end of {role} {name}"), async || {
            Ok(Element::find_all(self, None, role, &name)
                .await?
                .is_empty()
                .then_some(()))
        })
        .await;
    }

    /// Waits until the page shows this text, white space folded.
    pub async fn see_text(&self, text: &str) {
        self.until(&format!("the text '{text}'"), async || {
            Ok(self.text_now().await?.contains(text).then_some(()))
        })
        .await;
    }

    /// What the page shows as text, white space folded.
    pub async fn text(&self) -> String {
        self.done("read the text", self.text_now().await)
    }

    /// Waits until `look` finds something. A failure to look counts as not found: pages change under the eye.
    ///
    /// # Panics
    /// When nothing is found in time; the message holds what the page showed, and a picture is kept.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> WebDriverResult<Option<T>>) -> T {
        let mut last_failure = None;
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                match look().await {
                    Ok(Some(found)) => return found,
                    Ok(None) => last_failure = None,
                    Err(error) => last_failure = Some(error),
                }
                // A navigation interrupts the wait, which is a change as well.
                self.driver.execute_async(NEXT_CHANGE, vec![]).await.ok();
            }
        })
        .await;
        match found {
            Ok(found) => found,
            Err(_) => self.give_up(what, last_failure).await,
        }
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let returned = self.driver.execute(script, arguments).await;
        self.done("run a script", returned).json().clone()
    }

    /// Runs a script that gives its result to its last argument, a function.
    pub async fn asynchronous_script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let returned = self.driver.execute_async(script, arguments).await;
        self.done("run a script", returned).json().clone()
    }

    /// Puts the clock of this tab forward, as after a computer has slept; what it waits for takes as long as before.
    pub async fn let_time_pass(&self, minutes: i32) {
        let script =
            format!("{{ const now = Date.now.bind(Date); Date.now = () => now() + {minutes} * 60_000; }}");
        let each = json!({ "source": script });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", each).await;
        self.script(&script, vec![]).await;
    }

    /// Types into whatever has the focus.
    pub async fn type_keys(&self, keys: &str) {
        let focused = self.driver.active_element().await;
        let focused = self.done("find what has the focus", focused);
        self.done("type", focused.send_keys(keys).await);
    }

    /// What the clipboard holds.
    pub async fn clipboard(&self) -> String {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.devtools("Browser.grantPermissions", permissions).await;
        let read = "const done = arguments[arguments.length - 1];
            navigator.clipboard.readText().then(done, (error) => done(`${error}`));";
        let text = self.asynchronous_script(read, vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Keeps a picture of what is visible, for people to look at.
    pub async fn screenshot(&self, name: &str) {
        let kept = self.driver.screenshot(&paths::screenshot(name)).await;
        self.done(&format!("keep the picture {name}"), kept);
    }

    /// Sends a command of the DevTools protocol; one to the whole browser reaches this test's part of it.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let parameters = match command.starts_with("Browser.") {
            true => self.profile.within_it(parameters),
            false => parameters,
        };
        self.done(command, self.driver.cdp().send_raw(command, parameters).await)
    }

    /// The WebDriver element of a node of the accessibility tree.
    pub(crate) async fn resolve(&self, node: u64) -> WebDriverResult<WebElement> {
        let cdp = self.driver.cdp();
        let resolved = cdp
            .send_raw("DOM.resolveNode", json!({ "backendNodeId": node }))
            .await?;
        let hand_over = json!({
            "objectId": resolved["object"]["objectId"],
            "functionDeclaration": "function () { window.handedOver = this; }",
        });
        cdp.send_raw("Runtime.callFunctionOn", hand_over).await?;
        let take = "const element = window.handedOver; delete window.handedOver; return element;";
        self.driver.execute(take, vec![]).await?.element()
    }

    /// The result, or the end of the test.
    pub(crate) fn done<T>(&self, what: &str, result: WebDriverResult<T>) -> T {
        result.unwrap_or_else(|error| panic!("could not {what}: {error}"))
    }

    async fn text_now(&self) -> WebDriverResult<String> {
        let text = self
            .driver
            .execute("return document.body.innerText", vec![])
            .await?;
        Ok(folded(text.json().as_str().unwrap_or_default()))
    }

    async fn give_up(&self, what: &str, last_failure: Option<WebDriverError>) -> ! {
        let name = what.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
        let picture = paths::screenshot(&format!("failed-{name}"));
        let kept = self.driver.screenshot(&picture).await;
        let address = self.driver.current_url().await.map(|url| url.to_string());
        let text = self.text_now().await;
        let console = self.driver.browser_log().await.unwrap_or_default();
        let messages: Vec<String> = console.into_iter().map(|entry| entry.message).collect();
        panic!(
            "{what} did not come in {PATIENCE:?}.\n address: {address:?}\n text: {text:?}\n console: {messages:#?}\n \
             last failure to look: {last_failure:?}\n picture: {} {kept:?}",
            picture.display()
        )
    }
}
