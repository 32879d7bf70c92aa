//! Microsoft Entra's place: the emulator's sign-in page at the paths of the v2.0 endpoint.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};

use crate::shared::Shared;

/// Strict, as the page needs nothing but its own files.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors";

/// Apps on loopback, which renew their token in a hidden frame; a CSP cannot name `[::1]`.
const APPS: &str = "'self' http://127.0.0.1:* http://localhost:*";

/// The page, for signing in; the next play that was asked for is put into its address.
pub(crate) async fn authorize(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let has = |parameter: &str| query.split('&').any(|each| each.starts_with(parameter));
    if !has("play=")
        && let Some(play) = shared.next_play()
    {
        let to = format!("{}?{query}&play={play}", uri.path());
        let headers = [("location", to.as_str()), ("cache-control", "no-store")];
        return (StatusCode::FOUND, headers).into_response();
    }
    // Entra lets nobody frame what may ask the user something (auth #20).
    let may_be_framed = has("prompt=none");
    page(if may_be_framed { APPS } else { "'none'" })
}

/// The page, for signing out.
pub(crate) async fn logout() -> Response {
    page("'none'")
}

fn page(ancestors: &str) -> Response {
    let mut page = file(
        "text/html; charset=utf-8",
        arm_emulator::sign_in::PAGE_HTML,
        ancestors,
    );
    if ancestors == "'none'" {
        let deny = axum::http::HeaderValue::from_static("DENY");
        page.headers_mut().insert("x-frame-options", deny);
    }
    page
}

/// The page's script.
pub(crate) async fn script() -> impl IntoResponse {
    file(
        "text/javascript; charset=utf-8",
        arm_emulator::sign_in::PAGE_JS,
        "'none'",
    )
}

/// The directories and their people.
pub(crate) async fn directory() -> impl IntoResponse {
    file(
        "text/javascript; charset=utf-8",
        arm_emulator::sign_in::DIRECTORY_JS,
        "'none'",
    )
}

/// What the script answers on demand.
pub(crate) async fn answers() -> impl IntoResponse {
    file(
        "text/javascript; charset=utf-8",
        arm_emulator::sign_in::ANSWERS_JS,
        "'none'",
    )
}

/// The page's style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    file(
        "text/css; charset=utf-8",
        arm_emulator::sign_in::PAGE_CSS,
        "'none'",
    )
}

fn file(content_type: &'static str, text: &'static str, ancestors: &str) -> Response {
    let headers = [
        ("content-type", content_type.to_owned()),
        (
            "content-security-policy",
            format!("{CONTENT_SECURITY_POLICY} {ancestors}"),
        ),
        ("cache-control", "no-store".to_owned()),
        ("referrer-policy", "no-referrer".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ];
    let mut response = text.into_response();
    for (name, value) in headers {
        // All of them are text of this file.
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
