//! The id token: what binds an answer to its request.

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{Distrust, SignInSettings, base64url};

/// How far the user's clock and Entra's may be apart.
pub(crate) const LEEWAY: TimeDelta = TimeDelta::minutes(5);

/// The claims that are read; the rest is ignored.
///
/// The signature is not checked: the token comes over TLS from Entra's own redirect, and what makes it
/// ours is the nonce, which nobody else knows (auth #32).
#[derive(Deserialize)]
pub(crate) struct Claims {
    aud: Option<String>,
    iss: Option<String>,
    nonce: Option<String>,
    at_hash: Option<String>,
    iat: Option<i64>,
    nbf: Option<i64>,
    exp: Option<i64>,
    pub(crate) tid: Option<String>,
    pub(crate) oid: Option<String>,
    pub(crate) sub: Option<String>,
    pub(crate) name: Option<String>,
    preferred_username: Option<String>,
    upn: Option<String>,
    unique_name: Option<String>,
}

impl Claims {
    /// Reads the middle part of a JSON web token.
    pub(crate) fn read(id_token: &str) -> Option<Self> {
        let mut parts = id_token.split('.');
        let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        serde_json::from_slice(&base64url::decode(payload)?).ok()
    }

    /// Checks that the token was issued for the request with `nonce`, together with `access_token`.
    pub(crate) fn check_binding(&self, nonce: &str, access_token: &str) -> Result<(), Distrust> {
        if self.nonce.as_deref() != Some(nonce) {
            return Err(Distrust::Nonce);
        }
        if self.at_hash.as_deref() != Some(access_token_hash(access_token).as_str()) {
            return Err(Distrust::AccessTokenHash);
        }
        Ok(())
    }

    /// Checks a token that came from the token endpoint: with a code it carries the nonce of the request, and a hash
    /// only where Entra puts one in.
    pub(crate) fn check_redeemed(&self, nonce: Option<&str>, access_token: &str) -> Result<(), Distrust> {
        if nonce.is_some() && self.nonce.as_deref() != nonce {
            return Err(Distrust::Nonce);
        }
        let hash = self.at_hash.as_deref();
        if hash.is_some_and(|hash| hash != access_token_hash(access_token)) {
            return Err(Distrust::AccessTokenHash);
        }
        Ok(())
    }

    /// Checks that the token is for this app, from the directory asked for, and valid at `now`.
    pub(crate) fn check_claims(&self, settings: &SignInSettings, now: Timestamp) -> Result<(), Distrust> {
        if self.aud.as_deref() != Some(settings.client_id.as_str()) {
            return Err(Distrust::Audience);
        }
        let tenant_id = self.tid.as_deref().ok_or(Distrust::Tenant)?;
        // The pattern is filled with the token's own directory, so this says that the issuer is Entra and
        // that the two claims agree; which directory it is comes next.
        let issuer = settings.issuer.replace("{tid}", tenant_id);
        if !is_guid(tenant_id) || self.iss.as_deref() != Some(issuer.as_str()) {
            return Err(Distrust::Issuer);
        }
        // A domain or `organizations` does not tell which id to expect.
        if is_guid(&settings.tenant) && !settings.tenant.eq_ignore_ascii_case(tenant_id) {
            return Err(Distrust::Tenant);
        }
        self.check_time(now)
    }

    /// What the user types to sign in: v2 calls it one thing, v1 two others.
    pub(crate) fn username(&self) -> Option<&str> {
        let names = [&self.preferred_username, &self.upn, &self.unique_name];
        names.into_iter().find_map(Option::as_deref)
    }

    fn check_time(&self, now: Timestamp) -> Result<(), Distrust> {
        let moment = |seconds| Timestamp::from_timestamp(seconds, 0).ok_or(Distrust::Time);
        let expires_at = moment(self.exp.ok_or(Distrust::Time)?)?;
        if expires_at <= now - LEEWAY {
            return Err(Distrust::Time);
        }
        for from in [self.iat, self.nbf].into_iter().flatten() {
            if moment(from)? > now + LEEWAY {
                return Err(Distrust::Time);
            }
        }
        Ok(())
    }
}

/// `at_hash`: the left half of the token's SHA-256 in base64url (OpenID Connect Core 3.2.2.9, auth #33).
pub(crate) fn access_token_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token.as_bytes());
    base64url::encode(&digest[..16])
}

fn is_guid(text: &str) -> bool {
    let is_right = |(at, c): (usize, char)| match at {
        8 | 13 | 18 | 23 => c == '-',
        _ => c.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.chars().enumerate().all(is_right)
}
