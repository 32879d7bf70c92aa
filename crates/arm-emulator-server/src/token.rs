//! Microsoft Entra's token endpoint: tokens for a code or a refresh token, with its refusals (auth #47).
//!
//! Codes come from the sign-in page and hold what they are for; here is remembered only which were redeemed.

use std::{collections::BTreeMap, sync::Arc};

use arm_core::Timestamp;
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::{shared::Shared, wall_clock};

/// The registration of this id is of type *web*, not *single-page application*: its codes cannot be redeemed by a page.
pub const NOT_AN_SPA: &str = "registered-as-web";

/// How long a refresh token of a single-page application lives, in seconds.
const REFRESH_SECONDS: i64 = 24 * 60 * 60;

#[derive(Deserialize)]
struct Code {
    id: String,
    client_id: String,
    redirect_uri: String,
    challenge: String,
    exp: i64,
    tokens: Map<String, Value>,
}

/// A refresh token: the tokens it renews, and the end of its own life, which a renewal does not move.
#[derive(Serialize, Deserialize)]
struct Refresh {
    client_id: String,
    exp: i64,
    tokens: Map<String, Value>,
}

/// OAuth's error, Entra's number and its text.
struct Refusal(&'static str, u32, String);

impl Refusal {
    fn missing(name: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{name}'.");
        Self("invalid_request", 900_144, text)
    }

    fn malformed() -> Self {
        let text = "Invalid request. Request is malformed or invalid.".to_owned();
        Self("invalid_grant", 9_002_313, text)
    }
}

/// `POST /{tenant}/oauth2/v2.0/token`, with a form.
pub(crate) async fn answer(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let now = wall_clock::now();
    let form = form(&body);
    let is_page = headers.contains_key("origin");
    let tokens = tokens(&form, is_page, now, |code| shared.is_first_use(code));
    let (status, body) = match tokens {
        Ok(tokens) => (StatusCode::OK, Value::Object(tokens)),
        Err(refusal) => (StatusCode::BAD_REQUEST, refused(refusal, now)),
    };
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "no-store"),
        ("access-control-allow-origin", "*"),
    ];
    (status, headers, body.to_string()).into_response()
}

fn tokens(
    form: &BTreeMap<String, String>,
    is_page: bool,
    now: Timestamp,
    is_first_use: impl FnOnce(&str) -> bool,
) -> Result<Map<String, Value>, Refusal> {
    let get = |name: &str| form.get(name).ok_or_else(|| Refusal::missing(name));
    let client_id = get("client_id")?;
    match get("grant_type")?.as_str() {
        "authorization_code" => {
            let code: Code = read(get("code")?)?;
            let verifier = get("code_verifier")?;
            check_code(&code, client_id, get("redirect_uri")?, verifier, is_page, now)?;
            if !is_first_use(&code.id) {
                let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use \
                            an existing refresh token.";
                return Err(Refusal("invalid_grant", 54_005, text.to_owned()));
            }
            let end = now.timestamp() + REFRESH_SECONDS;
            Ok(with_refresh(client_id, code.tokens, end))
        }
        "refresh_token" => {
            let refresh: Refresh = read(get("refresh_token")?)?;
            if refresh.client_id != *client_id {
                return Err(Refusal::malformed());
            }
            if refresh.exp <= now.timestamp() {
                let text = "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited \
                            lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in \
                            request must be sent by the SPA to the sign in page.";
                return Err(Refusal("invalid_grant", 700_084, text.to_owned()));
            }
            let tokens = renewed(refresh.tokens, now).ok_or_else(Refusal::malformed)?;
            Ok(with_refresh(client_id, tokens, refresh.exp))
        }
        other => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            Err(Refusal("unsupported_grant_type", 70_003, text))
        }
    }
}

fn check_code(
    code: &Code,
    client_id: &str,
    redirect_uri: &str,
    verifier: &str,
    is_page: bool,
    now: Timestamp,
) -> Result<(), Refusal> {
    let refuse = |number, text: &str| Err(Refusal("invalid_grant", number, text.to_owned()));
    if is_page && client_id == NOT_AN_SPA {
        let text =
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.";
        return Err(Refusal("invalid_request", 9_002_326, text.to_owned()));
    }
    if code.client_id != client_id {
        return refuse(
            700_005,
            "The provided authorization code is intended to be used by another client.",
        );
    }
    if code.redirect_uri != redirect_uri {
        return refuse(
            500_112,
            "The reply address does not match the one of the authorization request.",
        );
    }
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != code.challenge {
        return refuse(
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        );
    }
    if code.exp <= now.timestamp() {
        return refuse(
            70_008,
            "The provided authorization code or refresh token has expired due to inactivity.",
        );
    }
    Ok(())
}

fn with_refresh(client_id: &str, mut tokens: Map<String, Value>, exp: i64) -> Map<String, Value> {
    let refresh = Refresh {
        client_id: client_id.to_owned(),
        exp,
        tokens: tokens.clone(),
    };
    // It is made of texts and numbers, which always serialise.
    let text = serde_json::to_vec(&refresh).unwrap_or_default();
    tokens.insert("refresh_token".to_owned(), URL_SAFE_NO_PAD.encode(text).into());
    tokens
}

/// The same tokens, issued now; the id token without the nonce of a request that was long ago.
fn renewed(mut tokens: Map<String, Value>, now: Timestamp) -> Option<Map<String, Value>> {
    let access = reissued(tokens.get("access_token")?.as_str()?, now, |_| {})?;
    let hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(&access)[..16]);
    let id = reissued(tokens.get("id_token")?.as_str()?, now, |claims| {
        claims.remove("nonce");
        claims.insert("at_hash".to_owned(), hash.into());
    })?;
    tokens.insert("access_token".to_owned(), access.into());
    tokens.insert("id_token".to_owned(), id.into());
    Some(tokens)
}

fn reissued(token: &str, now: Timestamp, change: impl FnOnce(&mut Map<String, Value>)) -> Option<String> {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let mut claims: Map<String, Value> =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.get(1)?).ok()?).ok()?;
    let life = claims.get("exp")?.as_i64()? - claims.get("iat")?.as_i64()?;
    let now = now.timestamp();
    for (name, value) in [("iat", now), ("nbf", now), ("exp", now + life)] {
        claims.insert(name.to_owned(), value.into());
    }
    change(&mut claims);
    *parts.get_mut(1)? = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).ok()?);
    Some(parts.join("."))
}

fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(Refusal::malformed)
}

/// As Entra words it; of a name that comes twice the last counts.
fn refused(Refusal(error, number, text): Refusal, now: Timestamp) -> Value {
    let id = format!("00000000-0000-4000-8000-{:012x}", now.timestamp_millis());
    let moment = now.format("%Y-%m-%d %H:%M:%SZ").to_string();
    json!({
        "error": error,
        "error_description":
            format!("AADSTS{number}: {text} Trace ID: {id} Correlation ID: {id} Timestamp: {moment}"),
        "error_codes": [number],
        "timestamp": moment,
        "trace_id": id,
        "correlation_id": id,
        "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
    })
}

/// The fields of `application/x-www-form-urlencoded`.
fn form(body: &[u8]) -> BTreeMap<String, String> {
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        (
            decoded(&pair[..end]),
            decoded(pair.get(end + 1..).unwrap_or_default()),
        )
    });
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

fn decoded(text: &[u8]) -> String {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match (text[at], digit(at + 1), digit(at + 2)) {
            // Two digits are a byte.
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 2;
            }
            (b'+', ..) => bytes.push(b' '),
            (byte, ..) => bytes.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
