//! The portal: pages, panes and notifications over [`arm_client`] and [`entra_auth`].
//!
//! `main.rs` mounts [`app::App`]; ARCHITECTURE.md has the map.

pub mod access;
pub mod app;
pub mod clock;
pub mod code;
pub mod components;
pub mod config;
pub mod embed;
pub mod export;
pub mod findings;
pub mod hooks;
pub mod keyboard;
pub mod lazy;
pub mod location;
mod own_file;
pub mod pages;
pub mod panics;
pub mod prelude;
pub mod problem;
pub mod protection_words;
pub mod region;
pub mod release;
pub mod restore_kit;
pub mod rights;
pub mod routes;
pub mod services;
pub mod session;
pub mod signals;
pub mod stores;
pub mod text;
pub mod theme;
pub mod transport;
pub mod ui;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod weather;
