//! Which path is served by what.

use std::sync::Arc;

use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post, put},
};

use crate::{arm, control, host, shared::Shared, sign_in, token, welcome};

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let control = Router::new()
        .route("/world", get(control::world))
        .route("/faults", post(control::faults))
        .route("/switches", post(control::switches))
        .route("/sign-ins", post(control::sign_ins))
        .route("/blobs/{account}/{container}/{*name}", put(control::blob))
        .route("/unknown-routes", get(control::unknown_routes))
        .route("/page.js", get(welcome::script))
        .route("/page.css", get(welcome::style))
        .route("/log", get(control::log))
        .route("/reset", post(control::reset))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(middleware::from_fn(control::refuse_other_origins));
    Router::new()
        .route("/", get(welcome::page))
        // A browser asks for it by itself; ARM has no such route and would list it as unknown.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/{tenant}/oauth2/v2.0/authorize", get(sign_in::authorize))
        .route("/{tenant}/oauth2/v2.0/token", post(token::answer))
        .route("/{tenant}/oauth2/v2.0/logout", get(sign_in::logout))
        .route("/{tenant}/oauth2/v2.0/authorize.js", get(sign_in::script))
        .route("/{tenant}/oauth2/v2.0/directory.js", get(sign_in::directory))
        .route("/{tenant}/oauth2/v2.0/answers.js", get(sign_in::answers))
        .route("/{tenant}/oauth2/v2.0/authorize.css", get(sign_in::style))
        .nest("/_emulator", control)
        .fallback(arm::answer)
        .with_state(shared)
        .layer(middleware::from_fn(host::refuse_other_hosts))
}
