//! Fetching `config.json` from beside the page.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::{Config, ConfigProblem, Page};

/// Reads `config.json` from the base path of the app.
///
/// # Errors
/// When it cannot be fetched or used; the sentence says which.
pub async fn load(page: &Page) -> Result<Config, ConfigProblem> {
    let url = format!("{}config.json", page.base);
    let answer = fetched(&url).await;
    let response =
        answer.map_err(|_| ConfigProblem("it could not be fetched; the network may be down".to_owned()))?;
    if !response.ok() {
        return Err(ConfigProblem(format!(
            "the host answered {} for it",
            response.status()
        )));
    }
    let text = text_of(&response).await;
    let text = text.map_err(|_| ConfigProblem("it was cut off while it was fetched".to_owned()))?;
    Config::parse(&text, page)
}

async fn fetched(url: &str) -> Result<Response, JsValue> {
    let answer = window().fetch_with_str_and_init(url, &RequestInit::new());
    JsFuture::from(answer).await?.dyn_into()
}

async fn text_of(response: &Response) -> Result<String, JsValue> {
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}
