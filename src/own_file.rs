//! Fetching a file that lies beside the page; requests to Azure go through [`crate::transport`] and nothing else.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The host's answer for the file.
///
/// # Errors
/// There was none.
pub async fn fetched(url: &str, cache: RequestCache) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let answer = window().fetch_with_str_and_init(url, &init);
    JsFuture::from(answer).await?.dyn_into()
}

/// What the answer holds.
///
/// # Errors
/// It was cut off.
pub async fn text_of(response: &Response) -> Result<String, JsValue> {
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}
