//! The one request that goes to Entra itself: for tokens, with a code or a refresh token (auth #47).

use std::time::Duration;

use arm_core::Clock;
use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::window;
use crate::{SignInProblem, code::TokenRequest, within::within};

/// How long an answer is waited for: a request of a network that has gone away may never end by itself.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends the request once and gives the body of the answer, whatever its status: a refusal says why in it.
///
/// # Errors
/// [`SignInProblem::NotReached`] where no answer came, within half a minute.
pub async fn send(request: &TokenRequest, clock: &dyn Clock) -> Result<String, SignInProblem> {
    let body = within(clock, PATIENCE, body_of(request)).await;
    body.flatten().ok_or(SignInProblem::NotReached)
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
