//! Only a loopback `Host` is answered.
//!
//! A page of another site can point its own name at 127.0.0.1 (DNS rebinding) and would then be of
//! the same origin as this server. Its requests still carry that name.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Answers 421 to a request for any host that is not loopback.
pub(crate) async fn refuse_other_hosts(request: Request, next: Next) -> Response {
    match of(&request) {
        Some(host) if is_loopback(host) => next.run(request).await,
        _ => (
            StatusCode::MISDIRECTED_REQUEST,
            "This emulator answers only to 127.0.0.1, localhost and [::1].\n",
        )
            .into_response(),
    }
}

/// The host and port that the client asked for.
pub(crate) fn of(request: &Request) -> Option<&str> {
    request.headers().get(header::HOST)?.to_str().ok()
}

/// Whether `host`, with or without a port, is this machine under one of its fixed names.
fn is_loopback(host: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].into_iter().any(|name| {
        let prefix = host.get(..name.len());
        prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(name))
            && (host.len() == name.len() || is_port(&host[name.len()..]))
    })
}

fn is_port(text: &str) -> bool {
    let digits = text.strip_prefix(':').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_fixed_names_of_this_machine_are_loopback() {
        for (host, expected) in [
            ("127.0.0.1", true),
            ("127.0.0.1:8085", true),
            ("localhost:8085", true),
            ("LOCALHOST", true),
            ("[::1]:8085", true),
            ("", false),
            ("127.0.0.1.example.com", false),
            ("localhost.example.com:8085", false),
            ("localhost@example.com", false),
            ("localhost:8085.example.com", false),
            ("127.0.0.1:", false),
            ("127.0.0.1:<b>", false),
            ("example.com", false),
            ("management.azure.com", false),
            ("0.0.0.0:8085", false),
            ("ööööööööö", false),
        ] {
            assert_eq!(is_loopback(host), expected, "{host}");
        }
    }
}
