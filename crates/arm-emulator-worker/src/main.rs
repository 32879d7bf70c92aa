//! The emulator in a web worker: the demo.
//!
//! `shell.js` beside this crate's manifest starts it and hands over a message port for each tab. What travels
//! over a port is in [`protocol`]; what a message does is in [`emulator`]; the rest is the browser's edge.

use std::{panic, rc::Rc};

use wasm_bindgen::prelude::*;
use web_sys::MessagePort;

mod browser_store;
mod emulator;
mod indexed_db;
mod port;
mod protocol;
mod step;
mod store;
mod wall_clock;
mod web_lock;

use browser_store::BrowserStore;
use emulator::Emulator;
use wall_clock::WallClock;

/// The one emulator of a worker.
#[wasm_bindgen]
pub struct Worker {
    emulator: Rc<Emulator<BrowserStore>>,
}

/// Loads the world that was kept, or makes the default one.
#[wasm_bindgen]
pub async fn start() -> Worker {
    panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
    }));
    let store = BrowserStore::open().await.ok();
    let emulator = Emulator::start(store, Rc::new(WallClock)).await;
    Worker {
        emulator: Rc::new(emulator),
    }
}

#[wasm_bindgen]
impl Worker {
    /// Answers the messages of one tab.
    pub fn accept_port(&self, port: MessagePort) {
        port::serve(port, Rc::clone(&self.emulator));
    }
}

fn main() {}
