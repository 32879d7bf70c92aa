//! Entra's side of an answer, written without the library's own code.

use arm_core::Timestamp;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entra_auth::{Entropy, PendingSignIn, SignInSettings};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// 2026-03-01T10:00:00Z.
pub const REQUESTED_AT: i64 = 1_772_359_200;
pub const TENANT_ID: &str = "abcdef01-0000-4000-8000-00000000c0de";
pub const ACCESS_TOKEN: &str = "header.payload.signature";
pub const STATE: &str = "AAECAwQFBgcICQoLDA0ODw";
const NONCE: &str = "EBESExQVFhcYGRobHB0eHw";

pub fn settings() -> SignInSettings {
    SignInSettings::v2(
        "https://login.microsoftonline.com",
        "organizations",
        "app-1",
        "https://app.example/portal/",
        "https://management.azure.com/user_impersonation",
    )
}

/// The bytes behind [`STATE`] and [`NONCE`].
pub fn entropy() -> Entropy {
    Entropy::new(std::array::from_fn(|at| at as u8))
}

/// A request that waits for an answer.
pub fn begin(return_to: &str) -> PendingSignIn {
    let now = Timestamp::from_timestamp(REQUESTED_AT, 0).expect("a moment");
    match entra_auth::begin(&settings(), entropy(), now, return_to) {
        Ok((_, pending)) => pending,
        Err(problem) => panic!("{problem}"),
    }
}

/// `at_hash` before it is cut in half.
pub fn whole_hash(access_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(access_token))
}

/// An answer in the making.
pub struct Entra {
    parameters: Vec<(String, String)>,
    claims: Value,
}

impl Entra {
    /// The good answer to [`begin`].
    pub fn answering() -> Self {
        let mut entra = Self {
            parameters: [
                ("access_token", ACCESS_TOKEN),
                ("token_type", "Bearer"),
                ("expires_in", "3599"),
                ("scope", "https://management.azure.com/user_impersonation"),
                ("id_token", "?"),
                ("state", STATE),
                ("session_state", "session-1"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
            claims: json!({
                "aud": "app-1",
                "iss": format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0"),
                "iat": REQUESTED_AT,
                "nbf": REQUESTED_AT,
                "exp": REQUESTED_AT + 3600,
                "name": "Mira Lindqvist",
                "nonce": NONCE,
                "oid": "oid-1",
                "preferred_username": "mira@contoso.com",
                "sub": "sub-1",
                "tid": TENANT_ID,
            }),
        };
        entra.issue_for(ACCESS_TOKEN);
        entra
    }

    /// Issues both tokens anew.
    pub fn issue_for(&mut self, access_token: &str) {
        let digest = Sha256::digest(access_token);
        self.claims["at_hash"] = json!(URL_SAFE_NO_PAD.encode(&digest[..16]));
        self.set("access_token", access_token);
        self.sign();
    }

    pub fn claim(&mut self, name: &str, value: Value) {
        self.claims[name] = value;
        self.sign();
    }

    pub fn forget_claim(&mut self, name: &str) {
        self.claims
            .as_object_mut()
            .expect("an object")
            .remove(name)
            .expect("a claim");
        self.sign();
    }

    pub fn set(&mut self, name: &str, value: &str) {
        let place = self.parameters.iter_mut().find(|(other, _)| other == name);
        place.expect("a parameter").1 = value.to_owned();
    }

    pub fn get(&self, name: &str) -> &str {
        let place = self.parameters.iter().find(|(other, _)| other == name);
        &place.expect("a parameter").1
    }

    pub fn add(&mut self, name: &str, value: &str) {
        self.parameters.push((name.to_owned(), value.to_owned()));
    }

    pub fn double(&mut self, name: &str) {
        let value = self.get(name).to_owned();
        self.add(name, &value);
    }

    pub fn remove(&mut self, name: &str) {
        self.parameters.retain(|(other, _)| other != name);
    }

    /// What stands behind `#`.
    pub fn fragment(&self) -> String {
        let mut text = oauth2::url::form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.parameters).finish()
    }

    fn sign(&mut self) {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let token = format!(
            "{}.{}.c2ln",
            part(&json!({ "alg": "RS256", "typ": "JWT" })),
            part(&self.claims)
        );
        self.set("id_token", &token);
    }
}
