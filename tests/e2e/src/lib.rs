//! The app in a real Chromium against the emulator.
//!
//! A test takes a [`Stage`], does what a user does through its [`Page`], by role and accessible name, and ends with
//! [`Stage::finish`], which asserts what holds for every test. Nothing is shared between tests but the chromedriver
//! of their process and browsers that forget, nothing sleeps, and faults are injected into the emulator, never between it and the page.
//!
//! The built app is taken from `target/dist`, or from the folder that `E2E_DIST` names. Pictures are kept in
//! `target/e2e-screenshots`.

mod axe;
mod browser;
mod chromedriver;
mod console;
mod devtools;
mod element;
mod frames;
mod host_page;
mod keyboard;
mod leaving;
mod network;
mod page;
mod paths;
mod plain_host;
pub mod portal;
mod secrets;
mod stage;
mod table;
mod tabs;
mod toasts;
mod tree;
mod views;

pub use element::{Element, Name};
pub use network::SentRequest;
pub use page::{Page, Scheme, Size};
pub use stage::Stage;
pub use table::Row;
pub use tabs::Tab;
pub use thirtyfour::Key;
