//! Microsoft Entra's place: the emulator's sign-in page at the paths of the v2.0 endpoint.

use axum::response::IntoResponse;

/// Strict, as the page needs nothing but its own two files. It may be framed by apps on loopback,
/// which renew their token in a hidden frame; a CSP cannot name `[::1]`.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src data:; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self' http://127.0.0.1:* http://localhost:*";

/// The page, for signing in and for signing out.
pub(crate) async fn page() -> impl IntoResponse {
    file("text/html; charset=utf-8", arm_emulator::sign_in::PAGE_HTML)
}

/// The page's script.
pub(crate) async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", arm_emulator::sign_in::PAGE_JS)
}

/// The page's style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", arm_emulator::sign_in::PAGE_CSS)
}

fn file(content_type: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        ("content-type", content_type),
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    (headers, text)
}
