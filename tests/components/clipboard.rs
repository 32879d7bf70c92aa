//! A clipboard in the place of the browser's, which a test page may not use.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

/// What is in the page's clipboard.
pub struct FakeClipboard(Array);

impl FakeClipboard {
    /// Takes whatever is copied, or refuses it all.
    pub fn install(refuses: bool) -> Self {
        let held = Array::new();
        let taken = held.clone();
        let write = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |text: JsValue| {
            if refuses {
                return Promise::reject(&"NotAllowedError".into());
            }
            taken.push(&text);
            Promise::resolve(&JsValue::UNDEFINED)
        });
        let clipboard = Object::new();
        let write: Function = write.into_js_value().unchecked_into();
        Reflect::set(&clipboard, &"writeText".into(), &write).unwrap();
        let property = Object::new();
        Reflect::set(&property, &"value".into(), &clipboard).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Reflect::define_property(&window().navigator(), &"clipboard".into(), &property).unwrap();
        Self(held)
    }

    /// All that was copied, in order.
    pub fn copied(&self) -> Vec<String> {
        self.0.iter().filter_map(|text| text.as_string()).collect()
    }
}

impl Drop for FakeClipboard {
    fn drop(&mut self) {
        // The browser's own comes from the prototype again.
        Reflect::delete_property(&window().navigator(), &"clipboard".into()).unwrap();
    }
}
