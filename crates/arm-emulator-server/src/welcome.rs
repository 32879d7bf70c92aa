//! `GET /`: what this server is and what happens in it, for a person who opens it in a browser.

use axum::{extract::Request, response::IntoResponse};

use crate::host;

/// The page loads its own two files, asks this server, and does nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../assets/welcome/index.html");
const SCRIPT: &str = include_str!("../assets/welcome/page.js");
const STYLE: &str = include_str!("../assets/welcome/page.css");

const SUBSCRIPTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111";
const SERVER: &str =
    "/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// A page with commands that work as they stand, and a view of what happens.
pub(crate) async fn page(request: Request) -> impl IntoResponse {
    // The host was compared with a fixed list before it is put into the page, so it holds no markup.
    let origin = format!("http://{}", host::of(&request).unwrap_or("127.0.0.1"));
    let page = PAGE
        .replace("{origin}", &origin)
        .replace("{server}", &format!("{SUBSCRIPTION}{SERVER}"))
        .replace("{subscription}", SUBSCRIPTION);
    file("text/html; charset=utf-8", page)
}

/// The page's script.
pub(crate) async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", SCRIPT.to_owned())
}

/// The page's style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", STYLE.to_owned())
}

fn file(content_type: &'static str, text: String) -> impl IntoResponse {
    let headers = [
        ("content-type", content_type),
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    (headers, text)
}
