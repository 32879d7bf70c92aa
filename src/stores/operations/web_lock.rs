//! Web Locks: what one tab holds, no other tab of this browser holds.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

// web-sys has them only behind `--cfg=web_sys_unstable_apis`, which would have to be set for the whole build.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        callback: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// A lock that is held until this value is dropped, or the tab closes.
pub struct WebLock {
    release: Function,
}

impl WebLock {
    /// Waits for the lock of this name, until `given_up` says that it is not wanted any more.
    ///
    /// # Errors
    /// When it was given up, or the browser has no locks or refuses them.
    pub async fn acquire(name: &str, given_up: Option<&AbortSignal>) -> Result<Self, JsValue> {
        let options = Object::new();
        if let Some(signal) = given_up {
            Reflect::set(&options, &"signal".into(), signal)?;
        }
        let refused = || JsValue::from_str("the lock was not granted");
        Self::request(name, &options).await?.ok_or_else(refused)
    }

    /// The lock of this name, if nobody holds it.
    ///
    /// # Errors
    /// When the browser has no locks or refuses them.
    pub async fn acquire_if_free(name: &str) -> Result<Option<Self>, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;
        Self::request(name, &options).await
    }

    async fn request(name: &str, options: &Object) -> Result<Option<Self>, JsValue> {
        let navigator = leptos::prelude::window().navigator();
        let locks = Reflect::get(&navigator, &"locks".into())?;
        if locks.is_undefined() {
            return Err(JsValue::from_str("this browser has no Web Locks"));
        }
        let locks: LockManager = locks.unchecked_into();
        // The lock is held until the promise that its callback gives back is resolved.
        let (released, release) = promise()?;
        let (answered, on_answer) = promise()?;
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            on_answer.call1(&JsValue::UNDEFINED, &lock).ok();
            if lock.is_null() {
                JsValue::UNDEFINED
            } else {
                released.into()
            }
        });
        let refused_or_over = locks.request(name, options, &callback)?;
        let lock = JsFuture::from(Promise::race(&Array::of2(&answered, &refused_or_over))).await?;
        Ok((!lock.is_null()).then_some(Self { release }))
    }
}

/// A promise and the function that resolves it.
fn promise() -> Result<(Promise, Function), JsValue> {
    let mut resolves = None;
    let promise = Promise::new(&mut |resolve, _| resolves = Some(resolve));
    let resolve = resolves.ok_or(JsValue::UNDEFINED)?;
    Ok((promise, resolve))
}

impl Drop for WebLock {
    fn drop(&mut self) {
        self.release.call0(&JsValue::UNDEFINED).ok();
    }
}
