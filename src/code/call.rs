//! A request to Azure Resource Manager, as somebody else would send it.

use arm_core::Method;

use super::shell::quote;

/// A request without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The whole URL, with the api-version.
    pub url: String,
    /// The body: JSON, or empty where the service wants none and the length has to be said.
    pub body: Option<String>,
}

impl Call {
    /// A request without a body to a path of Azure Resource Manager at `origin`.
    pub fn new(method: Method, origin: &str, path: &str, api_version: &str) -> Self {
        let (origin, path) = (origin.trim_end_matches('/'), encode(path));
        Self {
            method,
            url: format!("{origin}{path}?api-version={api_version}"),
            body: None,
        }
    }

    /// The same with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Request line, header fields and body.
    pub fn rest(&self) -> String {
        let Self { method, url, .. } = self;
        let mut text = format!("{method} {url}\nAuthorization: Bearer $TOKEN\n");
        if let Some((name, value)) = self.body_header() {
            text.push_str(&format!("{name}: {value}\n"));
        }
        if let Some(body) = self.json() {
            text.push_str(&format!("\n{body}\n"));
        }
        text
    }

    /// A command for curl; `$TOKEN` is to hold the token, for which the line before it asks.
    ///
    /// `then` follows on the last line, such as a pipe. Without a subscription the token is that of the CLI's own.
    pub fn curl(&self, subscription_id: &str, then: &str) -> String {
        let Self { method, url, .. } = self;
        let subscription = match subscription_id {
            "" => String::new(),
            id => format!(" --subscription {}", quote(id)),
        };
        let token =
            format!("TOKEN=$(az account get-access-token{subscription} --query accessToken --output tsv)");
        let mut words = vec![match method {
            Method::Get => format!("curl {}", quote(url)),
            // How it goes on is in the header fields of the answer.
            _ => format!("curl --include --request {method} {}", quote(url)),
        }];
        words.push("--header \"Authorization: Bearer $TOKEN\"".to_owned());
        if let Some((name, value)) = self.body_header() {
            words.push(format!("--header '{name}: {value}'"));
        }
        if let Some(body) = self.json() {
            words.push(format!("--data {}", quote(body)));
        }
        format!("{token}\n{}{then}\n", words.join(" \\\n  "))
    }

    fn json(&self) -> Option<&str> {
        self.body.as_deref().filter(|body| !body.is_empty())
    }

    fn body_header(&self) -> Option<(&'static str, &'static str)> {
        match self.body.as_deref() {
            None => None,
            Some("") => Some(("Content-Length", "0")),
            Some(_) => Some(("Content-Type", "application/json")),
        }
    }
}

/// Percent-encodes what a resource id may hold and a URL may not, as the client does.
fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: Method) -> Call {
        Call::new(
            method,
            "https://arm.example",
            "/subscriptions/s-1/x",
            "2025-08-01",
        )
    }

    #[test]
    fn a_request_is_written_as_it_is_sent() {
        for (call, expected) in [
            (
                call(Method::Get),
                "GET https://arm.example/subscriptions/s-1/x?api-version=2025-08-01\n\
                 Authorization: Bearer $TOKEN\n",
            ),
            (
                call(Method::Put).with_body(""),
                "PUT https://arm.example/subscriptions/s-1/x?api-version=2025-08-01\n\
                 Authorization: Bearer $TOKEN\nContent-Length: 0\n",
            ),
            (
                call(Method::Post).with_body("{\"a\":1}"),
                "POST https://arm.example/subscriptions/s-1/x?api-version=2025-08-01\n\
                 Authorization: Bearer $TOKEN\nContent-Type: application/json\n\n{\"a\":1}\n",
            ),
        ] {
            assert_eq!(call.rest(), expected);
        }
    }

    #[test]
    fn curl_is_given_a_place_for_the_token_and_never_the_token() {
        let posted = call(Method::Post).with_body("{\"it's\":1}");
        assert_eq!(
            posted.curl("s-1", ""),
            "TOKEN=$(az account get-access-token --subscription s-1 --query accessToken --output tsv)\n\
             curl --include --request POST 'https://arm.example/subscriptions/s-1/x?api-version=2025-08-01' \\\n  \
             --header \"Authorization: Bearer $TOKEN\" \\\n  \
             --header 'Content-Type: application/json' \\\n  \
             --data '{\"it'\\''s\":1}'\n"
        );
        assert_eq!(
            call(Method::Get).curl("s-1", " | jq ."),
            "TOKEN=$(az account get-access-token --subscription s-1 --query accessToken --output tsv)\n\
             curl 'https://arm.example/subscriptions/s-1/x?api-version=2025-08-01' \\\n  \
             --header \"Authorization: Bearer $TOKEN\" | jq .\n"
        );
    }
}
