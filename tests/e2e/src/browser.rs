//! A browser of its own for each test.

use std::time::Duration;

use thirtyfour::error::WebDriverResult;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

use crate::chromedriver::Chromedriver;

/// How long one command may take, the start of the browser included.
const PATIENCE: Duration = Duration::from_secs(60);

/// What Chromium needs to run as root, without a display and without a network, and what keeps it from talking
/// to its makers.
const FLAGS: [&str; 11] = [
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
];

/// Starts Chromium with a fresh profile; it ends when the session quits or is dropped.
///
/// # Panics
/// When there is no chromedriver, or no browser for it.
pub async fn start() -> WebDriver {
    let capabilities = capabilities().expect("the capabilities are plain JSON");
    let session = WebDriver::builder(Chromedriver::shared().url(), capabilities).request_timeout(PATIENCE);
    let session = session.connect().await;
    session.unwrap_or_else(|error| panic!("Chromium did not start: {error}"))
}

fn capabilities() -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    // The DevTools events of the network: which requests left, with which method.
    capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}
