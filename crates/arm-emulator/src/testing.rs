//! What the tests of handlers share: a world at a known moment, callers, and answers as text.

use std::sync::LazyLock;

use arm_core::{Method, Request, Response, Timestamp};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{Reply, World, directory};

pub(crate) const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111";
pub(crate) const DEVELOPMENT: &str = "/subscriptions/22222222-2222-4222-8222-222222222222";
pub(crate) const ORDERS: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";
/// The storage account beside `pg-orders-prod`, and the version in which it was recorded.
pub(crate) const STORAGE: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup";
pub(crate) const STORAGE_VERSION: &str = "2025-06-01";
pub(crate) const VERSION: &str = "2025-08-01";

/// 1 March 2026, 12:00 UTC.
pub(crate) fn noon() -> Timestamp {
    Timestamp::from_timestamp(1_772_366_400, 0).expect("a moment")
}

/// A server in the resource group of `pg-orders-prod`.
pub(crate) fn sibling(name: &str) -> String {
    ORDERS.replace("pg-orders-prod", name)
}

/// A world and the present moment in it.
pub(crate) struct Rig {
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    token: String,
}

impl Rig {
    /// The default world at noon, asked by a backup administrator.
    pub(crate) fn new() -> Self {
        // Made once: the many tests would make it anew, copying is cheaper.
        static WORLD: LazyLock<World> = LazyLock::new(|| World::new(7, noon()));
        Self {
            world: WORLD.clone(),
            now: noon(),
            token: token("0a1b2c3d-0000-4000-8000-000000000001"),
        }
    }

    /// The same world, asked by a reader.
    pub(crate) fn as_reader() -> Self {
        Self {
            token: token("0a1b2c3d-0000-4000-8000-000000000002"),
            ..Self::new()
        }
    }

    /// The same world, asked by a reader of all but the sandbox.
    pub(crate) fn as_reader_of_some() -> Self {
        Self {
            token: token("0a1b2c3d-0000-4000-8000-000000000004"),
            ..Self::new()
        }
    }

    /// The same world, asked by somebody without any right.
    pub(crate) fn as_nobody() -> Self {
        Self {
            token: token("0a1b2c3d-0000-4000-8000-000000000003"),
            ..Self::new()
        }
    }

    /// The same world, asked by somebody who may do everything but assign roles.
    pub(crate) fn as_contributor() -> Self {
        Self {
            token: token("0a1b2c3d-0000-4000-8000-000000000005"),
            ..Self::new()
        }
    }

    /// The same world, asked by the backup administrator as a guest of Fabrikam.
    pub(crate) fn as_guest() -> Self {
        Self {
            token: token_in(directory::FABRIKAM, directory::GUESTS[0].object_id),
            ..Self::new()
        }
    }

    /// The same world, asked by a script with a token that is nobody's.
    pub(crate) fn as_script() -> Self {
        Self {
            token: "any".to_owned(),
            ..Self::new()
        }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
    }

    pub(crate) fn get(&mut self, path: &str) -> Response {
        self.send(Method::Get, path, VERSION)
    }

    /// Reads in another version than that of the servers.
    pub(crate) fn read(&mut self, path: &str, version: &str) -> Response {
        self.send(Method::Get, path, version)
    }

    pub(crate) fn send(&mut self, method: Method, path: &str, version: &str) -> Response {
        let request = Request::new(method, url(path, version));
        self.request(request).response
    }

    pub(crate) fn post(&mut self, path: &str, version: &str, body: &str) -> Response {
        let request = Request::new(Method::Post, url(path, version)).with_body(body);
        self.request(request).response
    }

    /// Asks for a URL that was handed out.
    pub(crate) fn follow(&mut self, url: &str) -> Response {
        self.request(Request::new(Method::Get, url)).response
    }

    pub(crate) fn request(&mut self, request: Request) -> Reply {
        let request = match request.headers.get("Authorization") {
            Some(_) => request,
            None => request.with_header("Authorization", format!("Bearer {}", self.token)),
        };
        self.world.handle(&request, self.now)
    }

    /// All resources and operations, to be compared.
    pub(crate) fn contents(&self) -> Value {
        json!({ "documents": self.world.documents, "operations": self.world.operations, "blobs": self.world.blobs })
    }
}

/// The SAS URI of a container for which the resource manager was asked, with these members in the request.
pub(crate) fn service_sas(rig: &mut Rig, account: &str, container: &str, members: &str) -> String {
    let group = match account {
        "stbillingkeyless" => "rg-billing-prod",
        "stinsightsarchive" => "rg-insights",
        _ => "rg-commerce-prod",
    };
    let path = STORAGE
        .replace("rg-commerce-prod", group)
        .replace("stcommercebackup", account);
    let asked = format!(r#"{{"canonicalizedResource":"/blob/{account}/{container}",{members}}}"#);
    let answer = rig.post(&format!("{path}/listServiceSas"), STORAGE_VERSION, &asked);
    let token = body(&answer)["serviceSasToken"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(!token.is_empty(), "{asked}: {}", answer.body);
    format!("https://{account}.blob.core.windows.net/{container}?{token}")
}

/// The absolute URL of a path in the emulated Azure.
pub(crate) fn url(path: &str, version: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("https://arm.emulator.invalid{path}{sign}api-version={version}")
}

/// A token as the sign-in page issues it, good for 400 days from noon.
pub(crate) fn token(object_id: &str) -> String {
    token_in(directory::TENANT_ID, object_id)
}

/// The same of another directory.
pub(crate) fn token_in(tenant: &str, object_id: &str) -> String {
    token_of(&json!({
        "iss": format!("{}{tenant}/", directory::ISSUER),
        "aud": directory::AUDIENCE,
        "tid": tenant,
        "oid": object_id,
        "exp": noon().timestamp() + 3600 * 24 * 400,
    }))
}

/// An unsigned token with these claims.
pub(crate) fn token_of(claims: &Value) -> String {
    format!(
        "{}.{}.ZW11bGF0b3I",
        encode(r#"{"alg":"none"}"#),
        encode(&claims.to_string())
    )
}

fn encode(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        let digits =
            (0..=chunk.len()).map(|index| char::from(ALPHABET[(bits >> (18 - 6 * index) & 63) as usize]));
        encoded.extend(digits);
    }
    encoded
}

/// The answer as a person reads it: status, body, and the headers that the operation itself sets.
pub(crate) fn shown(response: &Response) -> String {
    const TOLD: [&str; 5] = [
        "azure-asyncoperation",
        "location",
        "retry-after",
        "x-ms-failure-cause",
        "www-authenticate",
    ];
    let mut text = response.status.to_string();
    for (name, value) in response.headers.iter() {
        if TOLD.contains(&name.to_ascii_lowercase().as_str()) {
            text += &format!("\n{name}: {}", without_signature(value));
        }
    }
    match serde_json::from_str::<Value>(&response.body) {
        Ok(body) => text + "\n" + &format!("{body:#}"),
        Err(_) => text + "\n" + &response.body,
    }
}

/// The body's JSON; null where there is none.
pub(crate) fn body(response: &Response) -> Value {
    serde_json::from_str(&response.body).unwrap_or_default()
}

fn without_signature(value: &str) -> String {
    match value.split_once("&t=") {
        Some((before, _)) => format!("{before}&t=…&c=…&s=…&h=…"),
        None => value.to_owned(),
    }
}
