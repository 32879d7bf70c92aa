//! The one request that goes to Entra itself: for tokens, with a code or a refresh token (auth #47).

use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::window;
use crate::{SignInProblem, code::TokenRequest};

/// Sends the request once and gives the body of the answer, whatever its status: a refusal says why in it.
///
/// # Errors
/// [`SignInProblem::NotReached`] where no answer came.
pub async fn send(request: &TokenRequest) -> Result<String, SignInProblem> {
    body_of(request).await.ok_or(SignInProblem::NotReached)
}

async fn body_of(request: &TokenRequest) -> Option<String> {
    let headers = Headers::new().ok()?;
    headers
        .set("content-type", "application/x-www-form-urlencoded;charset=utf-8")
        .ok()?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    options.set_body(&JsValue::from_str(&request.body));
    options.set_credentials(RequestCredentials::Omit);
    options.set_redirect(RequestRedirect::Error);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_cache(RequestCache::NoStore);
    let sent: Promise = window()?.fetch_with_str_and_init(&request.url, &options);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.dyn_into::<JsString>().ok().map(String::from)
}
