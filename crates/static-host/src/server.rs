//! The server: files, fallback and headers.

use crate::headers::{has_extension, headers};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use std::future::{Future, IntoFuture};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower_http::services::ServeDir;

/// The files of `dist` below the path `base` (`/`, `/portal`), with `config` as their `config.json`.
///
/// A path without an extension is a page of the app and answers `index.html`; a missing file with one is 404.
/// The page's `<base href="/">` is rewritten to `base`, which is all a build needs to live below another path.
pub fn router(dist: &Path, config: &Value, base: &str) -> Router {
    let base = base.trim_matches('/');
    let base_href = if base.is_empty() {
        "/".to_owned()
    } else {
        format!("/{base}/")
    };
    let site = Arc::new(Site {
        dist: dist.to_owned(),
        config: config.clone(),
        base_href,
    });

    let pages = get(page_or_not_found).with_state(Arc::clone(&site));
    let files = ServeDir::new(dist)
        .precompressed_br()
        .append_index_html_on_directories(false)
        .fallback(pages);
    let app = Router::new()
        .route("/", get(index))
        .route("/index.html", get(index))
        .route("/config.json", get(configuration))
        .fallback_service(files)
        .layer(from_fn_with_state(Arc::clone(&site), add_headers))
        .with_state(site);
    // `nest` would not answer below the base for the fallback; `nest_service` does.
    if base.is_empty() {
        app
    } else {
        Router::new().nest_service(&format!("/{base}"), app)
    }
}

/// Listens on `address` (port 0: any free port) and gives the address it got and the server, which runs while the
/// future is polled.
///
/// # Errors
/// The address cannot be listened on.
pub async fn serve(
    dist: &Path,
    config: &Value,
    base: &str,
    address: SocketAddr,
) -> io::Result<(SocketAddr, impl Future<Output = io::Result<()>> + Send + 'static)> {
    let router = router(dist, config, base);
    let listener = tokio::net::TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((address, axum::serve(listener, router).into_future()))
}

struct Site {
    dist: PathBuf,
    config: Value,
    base_href: String,
}

async fn index(State(site): State<Arc<Site>>) -> Response {
    let Ok(page) = tokio::fs::read_to_string(site.dist.join("index.html")).await else {
        return (
            StatusCode::NOT_FOUND,
            "There is no index.html: has the app been built?\n",
        )
            .into_response();
    };
    let page = page.replacen(
        r#"<base href="/""#,
        &format!(r#"<base href="{}""#, site.base_href),
        1,
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

async fn configuration(State(site): State<Arc<Site>>) -> Response {
    ([(CONTENT_TYPE, "application/json")], site.config.to_string()).into_response()
}

async fn page_or_not_found(State(site): State<Arc<Site>>, request: Request) -> Response {
    if has_extension(request.uri().path()) {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    }
    index(State(site)).await
}

async fn add_headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let headers = headers(request.uri().path(), &site.config);
    let mut response = next.run(request).await;
    for (name, value) in headers {
        // A value that cannot be a header has been kept out by the functions that make them.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    if response.status().is_client_error() {
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}
