//! Leaving a page on which something is written: links, *Cancel* and *Back* out of it ask first where something is lost.
//! *Back* through the steps of the same page does not.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event, MouseEvent};

use crate::{
    location::{link, use_going, use_staying},
    prelude::*,
};

/// The way out.
#[derive(Clone, Copy)]
pub struct Leaving {
    /// Whether the question is asked.
    pub is_asking: RwSignal<bool>,
    /// Goes to an address of the app, or asks first.
    pub to: Callback<String>,
    /// Goes where the question was asked about.
    pub leave: Callback<()>,
}

/// Watches for everything that would leave the page at this path while something would be lost by it.
pub fn use_leaving(path: &str, is_dirty: Signal<bool>) -> Leaving {
    let go = use_going();
    let is_asking = RwSignal::new(false);
    let target = StoredValue::new(None::<String>);
    let ask = move |address: String| {
        target.set_value(Some(address));
        is_asking.set(true);
    };
    let here = StoredValue::new(link(path).trim_end_matches('/').to_owned());
    let is_outside = move |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        here.with_value(|here| path.trim_end_matches('/') != here)
    };
    let on_click = move |event: Event| {
        if let Some(address) = address_of(&event).filter(|address| is_outside(address))
            && is_dirty.get_untracked()
        {
            event.prevent_default();
            event.stop_propagation();
            ask(address);
        }
    };
    capture("click", on_click);
    use_staying(Callback::new(move |address: String| {
        let stays = is_outside(&address) && is_dirty.get_untracked();
        if stays {
            ask(address);
        }
        stays
    }));
    Leaving {
        is_asking,
        to: Callback::new(move |address: String| {
            if is_dirty.get_untracked() {
                ask(address);
            } else {
                go.run(address);
            }
        }),
        leave: Callback::new(move |()| {
            is_asking.set(false);
            if let Some(address) = target.get_value() {
                go.run(address);
            }
        }),
    }
}

/// Path and query of the link that a plain click follows in this tab.
fn address_of(event: &Event) -> Option<String> {
    let click: &MouseEvent = event.dyn_ref()?;
    if click.button() != 0 || click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key() {
        return None;
    }
    let element: Element = event.target()?.dyn_into().ok()?;
    let anchor = element.closest("a[href]").ok()??;
    if anchor.has_attribute("target") || anchor.has_attribute("download") {
        return None;
    }
    let base = document().base_uri().ok()??;
    let url = web_sys::Url::new_with_base(&anchor.get_attribute("href")?, &base).ok()?;
    let is_own = window().location().origin().ok()? == url.origin();
    // A part of the page is no other page.
    let is_part = !url.hash().is_empty();
    (is_own && !is_part).then(|| url.pathname() + &url.search())
}

/// Hears an event before anybody else does, until the owner goes.
fn capture(event: &'static str, act: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(act);
    let add =
        window().add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
    // It fails only for a listener that is no function, and this one is.
    add.ok();
    let kept = StoredValue::new_local(listener);
    on_cleanup(move || {
        kept.try_with_value(|listener| {
            let function = listener.as_ref().unchecked_ref();
            window()
                .remove_event_listener_with_callback_and_bool(event, function, true)
                .ok();
        });
    });
}
