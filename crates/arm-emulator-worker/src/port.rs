//! The edge to a tab: its message port.

use std::rc::Rc;

use wasm_bindgen::{JsCast as _, prelude::*};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use crate::{
    emulator::Emulator,
    protocol::{Message, Notice},
    store::Store,
};

/// Tells the tab that the emulator is ready, and answers what it sends from then on.
pub fn serve<S: Store + 'static>(port: MessagePort, emulator: Rc<Emulator<S>>) {
    let storage = emulator.storage();
    post(&port, &Notice::Ready { storage });
    let answering = port.clone();
    let on_message: Closure<dyn FnMut(MessageEvent)> = Closure::new(move |event: MessageEvent| {
        let (port, emulator) = (answering.clone(), Rc::clone(&emulator));
        let text = event.data().as_string().unwrap_or_default();
        match serde_json::from_str::<Message>(&text) {
            Ok(message) => spawn_local(async move {
                for notice in emulator.serve(&message).await {
                    post(&port, &notice);
                }
            }),
            Err(error) => {
                let words = format!("The emulator cannot read a message: {error}");
                web_sys::console::error_1(&words.into());
            }
        }
    });
    // Setting the handler starts the port: what was sent before now arrives.
    port.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
}

fn post(port: &MessagePort, notice: &Notice) {
    match serde_json::to_string(notice) {
        // A port whose tab is gone takes messages and loses them.
        Ok(text) => port.post_message(&text.into()).unwrap_or_default(),
        Err(error) => web_sys::console::error_1(&error.to_string().into()),
    }
}
