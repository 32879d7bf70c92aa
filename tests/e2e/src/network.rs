//! The requests that a page sent, as the browser tells them.

use std::collections::BTreeSet;

use serde_json::Value;
use thirtyfour::BrowserLogEntry;

/// A request that left the page; not the preflight, which the browser sends by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRequest {
    /// The HTTP method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// The tab that sent it, as [`Tab::id`](crate::Tab::id) names it.
    pub tab: String,
    /// The token it carried in its `Authorization` field.
    pub bearer: Option<String>,
    /// What it carried.
    pub body: Option<String>,
}

/// The requests in the entries of the log `performance`, in the order in which they left.
pub fn sent_requests(entries: &[BrowserLogEntry]) -> Vec<SentRequest> {
    entries
        .iter()
        .filter_map(|entry| sent_request(&entry.message))
        .collect()
}

/// Each request to an origin that is none of `ours`; what a page holds in itself (`data:`, `blob:`) is its own.
pub fn strangers(requests: &[SentRequest], ours: &[String]) -> BTreeSet<String> {
    let is_ours =
        |origin: &str| matches!(origin, "data:" | "blob:") || ours.iter().any(|known| known == origin);
    let strangers = requests.iter().filter(|request| !is_ours(origin(&request.url)));
    strangers
        .map(|request| format!("a request to {}", request.url))
        .collect()
}

/// The origin of an http URL, else its scheme: `http://127.0.0.1:80`, `data:`.
fn origin(url: &str) -> &str {
    let Some((scheme, rest)) = url.split_once(':') else {
        return url;
    };
    match rest.strip_prefix("//") {
        Some(rest) => {
            let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            &url[..scheme.len() + 3 + host]
        }
        None => &url[..=scheme.len()],
    }
}

fn sent_request(message: &str) -> Option<SentRequest> {
    let entry: Value = serde_json::from_str(message).ok()?;
    let event = &entry["message"];
    if event["method"] != "Network.requestWillBeSent" || event["params"]["type"] == "Preflight" {
        return None;
    }
    let request = &event["params"]["request"];
    let headers = request["headers"].as_object()?;
    let authorization = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let bearer = authorization.and_then(|(_, value)| value.as_str()?.strip_prefix("Bearer "));
    Some(SentRequest {
        method: request["method"].as_str()?.to_owned(),
        url: request["url"].as_str()?.to_owned(),
        tab: entry["webview"].as_str().unwrap_or_default().to_owned(),
        bearer: bearer.map(str::to_owned),
        body: request["postData"].as_str().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{SentRequest, origin, sent_request, strangers};

    #[test]
    fn a_request_is_read_and_its_preflight_is_not() {
        let event = |kind: &str| {
            let request = json!({
                "method": "PUT", "url": "http://127.0.0.1:1/a", "headers": { "authorization": "Bearer t" },
                "postData": "{}",
            });
            let params = json!({ "type": kind, "request": request });
            json!({ "message": { "method": "Network.requestWillBeSent", "params": params } }).to_string()
        };
        let sent = sent_request(&event("Fetch")).expect("a request");
        assert_eq!(
            (sent.method.as_str(), sent.url.as_str(), sent.bearer.as_deref()),
            ("PUT", "http://127.0.0.1:1/a", Some("t"))
        );
        assert_eq!(sent.body.as_deref(), Some("{}"));
        assert_eq!(sent_request(&event("Preflight")), None);
        assert_eq!(
            sent_request(r#"{"message":{"method":"Network.dataReceived"}}"#),
            None
        );
    }

    #[test]
    fn the_origin_of_a_url_ends_before_its_path() {
        let cases = [
            ("http://127.0.0.1:80/a?b#c", "http://127.0.0.1:80"),
            ("https://arm.test", "https://arm.test"),
            ("https://arm.test?x=/", "https://arm.test"),
            ("data:image/png;base64,AA", "data:"),
        ];
        for (url, expected) in cases {
            assert_eq!(origin(url), expected, "{url}");
        }
    }

    #[test]
    fn a_request_to_another_origin_is_told() {
        let request = |url: &str| SentRequest {
            method: "GET".to_owned(),
            url: url.to_owned(),
            tab: String::new(),
            bearer: None,
            body: None,
        };
        let requests = ["http://127.0.0.1:80/a", "data:,b", "http://127.0.0.1:8/c"].map(request);
        let told = strangers(&requests, &["http://127.0.0.1:80".to_owned()]);
        assert_eq!(Vec::from_iter(told), ["a request to http://127.0.0.1:8/c"]);
    }
}
