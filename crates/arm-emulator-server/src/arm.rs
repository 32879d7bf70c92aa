//! Azure Resource Manager: every path that is not of the server itself.

use std::sync::Arc;

use arm_core::{Headers, Method};
use arm_emulator::{Delivery, Reply};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{connection::CloseWithoutAnswer, host, shared::Shared, wall_clock};

/// The largest request body, in bytes: ARM's own limit (reference, *ARM limits*: 4 MB).
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// What cannot even be put before the world, as Azure Resource Manager would refuse it: status, code and message.
#[derive(Debug)]
struct Refusal(StatusCode, &'static str, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        let headers = [
            ("content-type", "application/json; charset=utf-8"),
            ("access-control-allow-origin", "*"),
            ("x-ms-failure-cause", "gateway"),
        ];
        let body = json!({ "error": { "code": code, "message": message } });
        (status, headers, body.to_string()).into_response()
    }
}

/// Lets the world answer, and delivers the answer as the world says.
pub(crate) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let host = host::of(&request).unwrap_or_default().to_owned();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        let message = format!("The request content is larger than {BODY_LIMIT} bytes.");
        return Refusal(StatusCode::PAYLOAD_TOO_LARGE, "RequestContentTooLarge", message).into_response();
    };
    match to_arm(&host, &parts, &body) {
        Ok(request) => deliver(shared.handle(&request)).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn deliver(reply: Reply) -> Response {
    let response = to_http(&reply.over_http(), reply.bytes);
    match reply.delivery {
        Delivery::Normal => response,
        Delivery::After(duration) => {
            wall_clock::sleep(duration).await;
            response
        }
        Delivery::Reset => CloseWithoutAnswer.into_response(),
        // hyper drops this future when the client leaves, or when the server stops.
        Delivery::Never => std::future::pending().await,
    }
}

/// The request as the emulator takes it: the URL is the one the client asked for, byte for byte.
fn to_arm(host: &str, parts: &Parts, body: &Bytes) -> Result<arm_core::Request, Refusal> {
    let method = Method::from_name(parts.method.as_str()).ok_or_else(|| {
        let name = &parts.method;
        let message = format!("The requested resource does not support http method '{name}'.");
        Refusal(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
    })?;
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let body = str::from_utf8(body).map_err(|error| {
        let message = format!("The request content was invalid and could not be deserialized: '{error}'.");
        Refusal(StatusCode::BAD_REQUEST, "InvalidRequestContent", message)
    })?;
    let headers: Headers = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    Ok(arm_core::Request {
        method,
        url: format!("http://{host}{target}"),
        headers,
        body: (!body.is_empty()).then(|| body.to_owned()),
    })
}

fn to_http(response: &arm_core::Response, bytes: Option<Vec<u8>>) -> Response {
    let mut builder = Response::builder().status(response.status);
    for (name, value) in response.headers.iter() {
        builder = builder.header(name, value);
    }
    builder
        .body(bytes.map_or_else(|| Body::from(response.body.clone()), Body::from))
        .unwrap_or_else(|error| {
            let words = format!("The emulator made an answer that HTTP cannot carry: {error}\n");
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(method: &str, target: &str) -> Parts {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(target)
            .header("authorization", "Bearer a")
            .body(());
        request.expect("a request").into_parts().0
    }

    #[test]
    fn the_url_keeps_the_bytes_that_the_client_sent() {
        for target in [
            "/subscriptions?api-version=2022-12-01",
            "/subscriptions//x/%2e%2E/a%20b?$filter=a%27b&c=d+e",
            "/?",
            "/a?t=1&c=MII+/=&s=_-~",
        ] {
            let request = to_arm("localhost:1", &parts("GET", target), &Bytes::new()).expect(target);
            assert_eq!(request.url, format!("http://localhost:1{target}"));
            assert_eq!(request.headers.get("Authorization"), Some("Bearer a"));
            assert_eq!(request.body, None);
        }
    }

    #[test]
    fn what_arm_cannot_take_is_refused() {
        let refused = |method, body: &'static [u8]| {
            let answer = to_arm("localhost", &parts(method, "/"), &Bytes::from_static(body));
            answer.expect_err(method).0.as_u16()
        };
        assert_eq!(refused("TRACE", b""), 405);
        assert_eq!(refused("PUT", b"\xff"), 400);
    }
}
