//! Web Locks: one worker at a time.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

// web-sys has them only behind `--cfg=web_sys_unstable_apis`, which would have to be set for the whole build.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, callback: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that is held until this value is dropped.
pub struct WebLock {
    release: Function,
}

impl WebLock {
    /// Waits for the lock of this name.
    ///
    /// # Errors
    /// When the browser has no locks or refuses them, as it does with storage blocked.
    pub async fn acquire(name: &str) -> Result<Self, JsValue> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let locks = Reflect::get(&scope.navigator(), &"locks".into())?;
        if locks.is_undefined() {
            return Err(JsValue::from_str("this browser has no Web Locks"));
        }
        let locks: LockManager = locks.unchecked_into();
        // The lock is held until the promise that its callback gives back is resolved.
        let mut release = Function::default();
        let released = Promise::new(&mut |resolve, _| release = resolve);
        let mut on_granted = Function::default();
        let granted = Promise::new(&mut |resolve, _| on_granted = resolve);
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            on_granted.call0(&JsValue::UNDEFINED).ok();
            released
        });
        let refused_or_over = locks.request(name, &callback)?;
        JsFuture::from(Promise::race(&Array::of2(&granted, &refused_or_over))).await?;
        Ok(Self { release })
    }
}

impl Drop for WebLock {
    fn drop(&mut self) {
        self.release.call0(&JsValue::UNDEFINED).ok();
    }
}
