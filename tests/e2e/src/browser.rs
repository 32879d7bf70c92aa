//! A browser for each test, as good as new.
//!
//! A browser takes a second to start, so that one which has served a test serves another. What a test does stays in a
//! browser context of its own, the protocol's word for a profile without a past: storage, cookies, caches, workers and
//! permissions go with it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
    WindowHandle,
};

use crate::chromedriver::Chromedriver;
use crate::devtools::Endpoint;

/// How long one command may take, the start of the browser included.
const PATIENCE: Duration = Duration::from_secs(60);

/// What Chromium needs to run as root, without a display and without a network, and what keeps it from talking
/// to its makers and from loading pages of its own into each window.
const FLAGS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
];

/// The browsers that serve no test now.
static AT_REST: Mutex<Vec<Endpoint>> = Mutex::new(vec![]);

/// A browser's context for one test. When it goes, so does all that the test did, and the browser serves another one.
#[derive(Debug)]
pub struct Profile {
    endpoint: Endpoint,
    context: String,
}

impl Profile {
    /// A tab in a browser that knows nothing, and the session that shows it.
    ///
    /// # Panics
    /// When there is no chromedriver, or no browser for it.
    pub async fn fresh() -> (WebDriver, Arc<Self>) {
        loop {
            let at_rest = AT_REST.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let is_new = at_rest.is_none();
            let endpoint = match at_rest {
                Some(endpoint) => endpoint,
                None => start().await,
            };
            match Self::within(&endpoint).await {
                Ok(fresh) => return fresh,
                Err(problem) if is_new => panic!("Chromium could not be used: {problem}"),
                // One that has crashed since its last test is left alone.
                Err(_) => {}
            }
        }
    }

    async fn within(endpoint: &Endpoint) -> Result<(WebDriver, Arc<Self>), String> {
        let made = endpoint.send("Target.createBrowserContext", &json!({}));
        let made = made.map_err(|error| error.to_string())?;
        let profile = Self {
            endpoint: endpoint.clone(),
            context: text(&made, "browserContextId"),
        };
        let driver = session(endpoint).await.map_err(|error| error.to_string())?;
        let window = profile.open(true);
        let switched = driver.switch_to_window(window).await;
        switched.map_err(|error| error.to_string())?;
        Ok((driver, Arc::new(profile)))
    }

    /// Opens a tab in the last window, or in one of its own.
    ///
    /// # Panics
    /// When the browser does not.
    pub fn open(&self, in_a_window: bool) -> WindowHandle {
        let wish =
            json!({ "url": "about:blank", "browserContextId": self.context, "newWindow": in_a_window });
        let opened = self.endpoint.send("Target.createTarget", &wish);
        let opened = opened.unwrap_or_else(|error| panic!("no tab: {error}"));
        WindowHandle::from(text(&opened, "targetId"))
    }

    /// The parameters of a command to the whole browser, for this context alone.
    pub fn within_it(&self, mut parameters: Value) -> Value {
        parameters["browserContextId"] = self.context.as_str().into();
        parameters
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let context = json!({ "browserContextId": self.context });
        // A browser that does not forget serves no other test.
        if self
            .endpoint
            .send("Target.disposeBrowserContext", &context)
            .is_ok()
        {
            let mut at_rest = AT_REST.lock().unwrap_or_else(PoisonError::into_inner);
            at_rest.push(self.endpoint.clone());
        }
    }
}

fn text(answer: &Value, member: &str) -> String {
    answer[member].as_str().unwrap_or_default().to_owned()
}

/// Starts Chromium, which ends with this process.
async fn start() -> Endpoint {
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    let number = STARTED.fetch_add(1, Ordering::Relaxed).to_string();
    let profile = Chromedriver::shared().profiles().join(number);
    let mut capabilities = DesiredCapabilities::chrome();
    let user_data = format!("--user-data-dir={}", profile.display());
    for flag in FLAGS.into_iter().chain([user_data.as_str()]) {
        capabilities.add_arg(flag).expect("a flag is plain text");
    }
    let started = connect(capabilities).await;
    let driver = started.unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
    // Its first tab stays and does nothing.
    let blank = driver.goto("about:blank").await;
    blank.unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
    let endpoint = Endpoint::of_profile(&profile);
    driver.leak().expect("a session that has just begun");
    endpoint.unwrap_or_else(|error| panic!("Chromium does not say where it listens: {error}"))
}

/// A session with a browser that runs; it has logs of its own.
async fn session(endpoint: &Endpoint) -> WebDriverResult<WebDriver> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_debugger_address(&endpoint.address())?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    // The DevTools events of the network: which requests left, with which method.
    capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    connect(capabilities).await
}

async fn connect(capabilities: ChromeCapabilities) -> WebDriverResult<WebDriver> {
    let session = WebDriver::builder(Chromedriver::shared().url(), capabilities);
    session.request_timeout(PATIENCE).connect().await
}
