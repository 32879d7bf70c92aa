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
        let (released, release) = promise();
        let (granted, on_granted) = promise();
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            on_granted.call0(&JsValue::UNDEFINED).ok();
            released
        });
        let refused_or_over = locks.request(name, &callback)?;
        JsFuture::from(Promise::race(&Array::of2(&granted, &refused_or_over))).await?;
        Ok(Self { release })
    }
}

/// A promise and the function that resolves it.
///
/// `Function::default()` would be a handy place to begin with, but it compiles a string, which the policy forbids.
fn promise() -> (Promise, Function) {
    let mut resolves = None;
    let promise = Promise::new(&mut |resolve, _| resolves = Some(resolve));
    (
        promise,
        resolves.expect("a promise calls its executor before it is there"),
    )
}

impl Drop for WebLock {
    fn drop(&mut self) {
        self.release.call0(&JsValue::UNDEFINED).ok();
    }
}
