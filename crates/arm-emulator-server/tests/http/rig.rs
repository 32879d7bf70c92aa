//! A server on a free port and a client for it.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use arm_emulator_server::{EmulatorServer, Options};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;

pub const SUBSCRIPTIONS: &str = "/subscriptions?api-version=2022-12-01";

/// The path of a server that is ready to be backed up.
pub const SERVER: &str = "/subscriptions/11111111-1111-4111-8111-111111111111\
    /resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

pub struct Rig {
    pub server: EmulatorServer,
    client: Client,
}

impl Rig {
    pub async fn start(options: Options) -> Self {
        Self {
            server: EmulatorServer::start(options).await.expect("a free port"),
            client: Client::new(),
        }
    }

    /// A request with a token to a path of the server.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.ask(method, &format!("{}{path}", self.server.url()))
    }

    /// A request with a token to a URL.
    pub fn ask(&self, method: Method, url: &str) -> RequestBuilder {
        self.client
            .request(method, url)
            .header("Authorization", "Bearer any")
    }

    /// Starts an on-demand backup.
    pub async fn put_backup(&self, name: &str) -> Response {
        self.request(
            Method::PUT,
            &format!("{SERVER}/backups/{name}?api-version=2025-08-01"),
        )
        .header("Content-Type", "application/json")
        .body(r#"{"properties":{"backupType":"Customer On-Demand"}}"#)
        .send()
        .await
        .expect("an answer")
    }

    /// The next request meets this fault.
    pub fn fail_next(&self, kind: FaultKind) {
        self.server.with_world(|world| {
            world.faults().inject(Fault {
                matching: RequestMatcher::default(),
                kind,
                times: 1,
            });
        });
    }
}

/// The value of a header field, empty where it is missing.
pub fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

pub async fn json(response: Response) -> Value {
    let text = response.text().await.expect("a body");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
