//! The router as a browser meets it, without a socket.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use tower::ServiceExt as _;

const PAGE: &str = r#"<!doctype html><base href="/"><title>The app</title>"#;

/// A build in a folder of its own, which is taken away again.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let worker = folder.join("emulator-worker-0123456789abcdef");
        fs::create_dir_all(&worker).unwrap();
        fs::write(folder.join("index.html"), PAGE).unwrap();
        fs::write(folder.join("config.json"), "{}").unwrap();
        fs::write(folder.join("app-0123456789abcdef_bg.wasm"), "raw").unwrap();
        fs::write(folder.join("app-0123456789abcdef_bg.wasm.br"), "compressed").unwrap();
        fs::write(worker.join("shell.js"), "// shell").unwrap();
        Self(folder)
    }

    async fn get(&self, base: &str, path: &str, encoding: &str) -> Response<Body> {
        let request = Request::get(path)
            .header("accept-encoding", encoding)
            .body(Body::empty())
            .unwrap();
        let config = json!({"cloud": "emulator", "transport": "worker"});
        static_host::router(&self.0, &config, base)
            .oneshot(request)
            .await
            .unwrap()
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn body(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn every_page_is_the_index_and_every_missing_file_is_not_found() {
    let dist = Dist::new("pages");
    for (base, path, status, page) in [
        ("/", "/", StatusCode::OK, Some("/")),
        ("/", "/index.html", StatusCode::OK, Some("/")),
        ("/", "/servers/a/b/c/backups?show=1", StatusCode::OK, Some("/")),
        ("/", "/missing.js", StatusCode::NOT_FOUND, None),
        ("/", "/servers/missing.css", StatusCode::NOT_FOUND, None),
        (
            "/",
            "/emulator-worker-0123456789abcdef/shell.js",
            StatusCode::OK,
            None,
        ),
        ("/portal/", "/portal", StatusCode::OK, Some("/portal/")),
        ("/portal/", "/portal/", StatusCode::OK, Some("/portal/")),
        ("/portal", "/portal/vaults/a", StatusCode::OK, Some("/portal/")),
        ("/portal", "/portal/missing.js", StatusCode::NOT_FOUND, None),
        (
            "/portal",
            "/portal/emulator-worker-0123456789abcdef/shell.js",
            StatusCode::OK,
            None,
        ),
        ("/portal", "/elsewhere", StatusCode::NOT_FOUND, None),
    ] {
        let response = dist.get(base, path, "identity").await;
        assert_eq!(response.status(), status, "{path} below {base}");
        let body = body(response).await;
        if let Some(href) = page {
            let expected = PAGE.replace(r#"href="/""#, &format!(r#"href="{href}""#));
            assert_eq!(body, expected, "{path} below {base}");
        }
    }
}

#[tokio::test]
async fn the_configuration_is_the_given_one_and_not_the_one_of_the_build() {
    let dist = Dist::new("configuration");
    for (base, path) in [("/", "/config.json"), ("/portal", "/portal/config.json")] {
        let response = dist.get(base, path, "identity").await;
        assert_eq!(response.headers()["content-type"], "application/json", "{path}");
        assert_eq!(response.headers()["cache-control"], "no-cache", "{path}");
        assert_eq!(
            body(response).await,
            r#"{"cloud":"emulator","transport":"worker"}"#,
            "{path}"
        );
    }
}

#[tokio::test]
async fn wasm_has_its_type_and_comes_compressed_where_that_is_accepted() {
    let dist = Dist::new("wasm");
    for (accepted, encoding, content) in [("br, gzip", Some("br"), "compressed"), ("gzip", None, "raw")] {
        let response = dist.get("/", "/app-0123456789abcdef_bg.wasm", accepted).await;
        let headers = response.headers();
        assert_eq!(headers["content-type"], "application/wasm", "{accepted}");
        assert_eq!(
            headers["cache-control"], "public, max-age=31536000, immutable",
            "{accepted}"
        );
        let found = headers
            .get("content-encoding")
            .map(|value| value.to_str().unwrap());
        assert_eq!(found, encoding, "{accepted}");
        assert_eq!(body(response).await, content, "{accepted}");
    }
}

#[tokio::test]
async fn the_headers_come_with_files_pages_and_refusals_alike() {
    let dist = Dist::new("headers");
    for path in [
        "/",
        "/servers",
        "/config.json",
        "/app-0123456789abcdef_bg.wasm",
        "/missing-0123456789abcdef.js",
    ] {
        let response = dist.get("/", path, "identity").await;
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
        assert!(policy.ends_with("frame-ancestors 'self'"), "{path}: {policy}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
    let missing = dist.get("/", "/missing-0123456789abcdef.js", "identity").await;
    assert_eq!(
        missing.headers()["cache-control"],
        "no-cache",
        "a file that is not there is not kept"
    );
}
