//! The network, by reqwest.

use arm_core::{Headers, LocalFuture, Request, Response, Transport, TransportError};
use reqwest::{Client, Method, Url, redirect::Policy};

/// Sends over HTTP what it is given and follows no redirect.
pub struct HttpTransport(Client);

impl HttpTransport {
    /// A transport that has no connection yet.
    ///
    /// # Errors
    /// When the system gives no TLS (only in a build that has it).
    pub fn new() -> Result<Self, TransportError> {
        let client = Client::builder().redirect(Policy::none()).build();
        client.map(Self).map_err(without_url)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let answer = self.0.execute(to_reqwest(&request)?).await.map_err(without_url)?;
            let status = answer.status().as_u16();
            let headers: Headers = answer
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
                .collect();
            let body = answer.text().await.map_err(without_url)?;
            Ok(Response {
                status,
                headers,
                body,
            })
        })
    }
}

fn to_reqwest(request: &Request) -> Result<reqwest::Request, TransportError> {
    let url = Url::parse(&request.url).map_err(|error| TransportError::new(error.to_string()))?;
    // A URL that the service has signed must leave as it came.
    if url.as_str() != request.url {
        return Err(TransportError::new("the URL would be changed before it is sent"));
    }
    let method = Method::from_bytes(request.method.name().as_bytes())
        .map_err(|error| TransportError::new(error.to_string()))?;
    let mut builder = Client::new().request(method, url);
    for (name, value) in request.headers.iter() {
        builder = builder.header(name, value);
    }
    if let Some(body) = &request.body {
        builder = builder.body(body.clone());
    }
    builder.build().map_err(without_url)
}

/// The whole chain of causes; the URL stays out, as its query may be signed.
fn without_url(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(below) = cause {
        words = format!("{words}: {below}");
        cause = below.source();
    }
    TransportError::new(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_url_leaves_as_it_came_or_not_at_all() {
        let signed = "http://127.0.0.1:1/a/%2F?t=639307548883860000&c=MII_-~/+=&s=x";
        let request = Request::new(arm_core::Method::Get, signed);
        assert_eq!(
            to_reqwest(&request).map(|sent| sent.url().to_string()),
            Ok(signed.to_owned())
        );
        for changed in [
            "http://127.0.0.1:1/a/../b?s=x",
            "http://127.0.0.1:1/a?s='x'",
            "http://127.0.0.1:80/a",
        ] {
            let refused = to_reqwest(&Request::new(arm_core::Method::Get, changed)).map(drop);
            assert!(refused.is_err(), "{changed}");
        }
    }
}
