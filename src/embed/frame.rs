//! The portal in a frame of another page: texts travel by `postMessage`, which nothing else in the app uses.

use std::rc::Rc;

use arm_core::LocalFuture;
use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};

use super::{Around, Sender, begin, gate};
use crate::{
    app::body,
    clock::BrowserClock,
    config::{Config, Page},
    lazy::lazy,
    prelude::*,
};

lazy! {
    /// Starts the portal in a frame; only there it is needed, and fetched.
    embed: pub fn in_frame(config: Config, page: Page) -> LocalFuture<'static, ()> {
        Box::pin(start(config, page))
    }
}

/// Starts the app once the page around it has said how. Until then nothing is shown but, after a while, that it does not
/// start, and a way to the portal in a tab of its own (auth #81; T8).
async fn start(config: Config, page: Page) {
    let clock = BrowserClock::with_time_factor(1.0);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    loop {
        let around = Frame::open(&config, clock.clone());
        let begun = begin(
            Rc::clone(&around.around),
            config.clone(),
            &page,
            clock.clone(),
            body(),
        )
        .await;
        match begun {
            Ok(app) => {
                // Both stay as long as the page.
                app.forget();
                around.listener.forget();
                return;
            }
            Err(stop) => {
                around.close();
                gate::until_tried_again(stop).await;
            }
        }
    }
}

struct Frame {
    around: Rc<Around>,
    listener: Closure<dyn Fn(MessageEvent)>,
}

impl Frame {
    fn open(config: &Config, clock: Rc<BrowserClock>) -> Self {
        let parent = parent();
        let to = parent.clone();
        let send = Box::new(move |text: &str, origin: &str| {
            if let Some(parent) = &to {
                // An origin that is none has been refused with config.json.
                parent.post_message(&text.into(), origin).ok();
            }
        });
        let hosts = narrowed(config.hosts.clone());
        let around = Around::new(hosts, config.arm.clone(), send, clock);
        let hears = Rc::clone(&around);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else {
                return;
            };
            let sender = Sender {
                is_parent: is_same(event.source().as_deref(), parent.as_ref().map(AsRef::as_ref)),
                origin: &event.origin(),
            };
            hears.hear(sender, &text);
        });
        let function = listener.as_ref().unchecked_ref();
        // It fails only for a listener that is no function, and this one is.
        window()
            .add_event_listener_with_callback("message", function)
            .ok();
        Self { around, listener }
    }

    fn close(&self) {
        let function = self.listener.as_ref().unchecked_ref();
        window()
            .remove_event_listener_with_callback("message", function)
            .ok();
    }
}

/// Whether both are there and one and the same.
fn is_same(one: Option<&JsValue>, other: Option<&JsValue>) -> bool {
    one.is_some() && one == other
}

fn parent() -> Option<Window> {
    window().parent().ok().flatten()
}

/// The origins that are spoken to: each of the list, or of those only the one that the browser names as the page's, where
/// it does. That is a hint which spares errors in the console and ten seconds of waiting; it lets nobody in (auth #80).
fn narrowed(mut hosts: Vec<String>) -> Vec<String> {
    let ancestors = Reflect::get(&window().location(), &"ancestorOrigins".into()).ok();
    let first = ancestors.and_then(|ancestors| Reflect::get_u32(&ancestors, 0).ok()?.as_string());
    // A page that sends no referrer may be named so by its browser.
    if let Some(first) = first.filter(|first| first != "null") {
        hosts.retain(|host| *host == first);
    }
    hosts
}
