//! Requests over the network.

use arm_core::{Headers, LocalFuture, Request, Response, Transport, TransportError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect};

/// Azure Resource Manager gives a provider 60 s and then answers 504; a little more is enough (auth #102).
const PATIENCE_IN_MILLISECONDS: u32 = 75_000;

/// `fetch`, with the URL exactly as it was given: polling URLs are signed (auth #60).
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            send(&request)
                .await
                .map_err(|error| TransportError::new(words(&error)))
        })
    }
}

async fn send(request: &Request) -> Result<Response, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in request.headers.iter() {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.name());
    init.set_headers(&headers);
    // A redirect would carry the token elsewhere, and ARM answers every origin with `*` (auth T1, #57).
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_mode(RequestMode::Cors);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_IN_MILLISECONDS)));
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    let window = web_sys::window().ok_or("no window")?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(&request.url, &init)).await?;
    let answer: web_sys::Response = answer.dyn_into()?;
    let body = JsFuture::from(answer.text()?).await?;
    Ok(Response {
        status: answer.status(),
        headers: readable_headers(&answer.headers())?,
        body: body.as_string().unwrap_or_default(),
    })
}

fn readable_headers(headers: &web_sys::Headers) -> Result<Headers, JsValue> {
    let mut fields = Vec::new();
    for entry in headers.entries() {
        let field = js_sys::Array::from(&entry?);
        if let (Some(name), Some(value)) = (field.get(0).as_string(), field.get(1).as_string()) {
            fields.push((name, value));
        }
    }
    Ok(fields.into_iter().collect())
}

/// The browser's own words, which never hold the URL or a header.
fn words(error: &JsValue) -> String {
    let error: Result<&js_sys::Error, _> = error.dyn_ref().ok_or(());
    error.map_or_else(
        |()| "the request was refused".to_owned(),
        |error| String::from(error.message()),
    )
}
