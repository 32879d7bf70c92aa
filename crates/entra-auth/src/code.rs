//! Authorization code with PKCE: from the code in the answer to the tokens (RFC 7636, auth #47).

use arm_core::{Secret, Timestamp};
use chrono::TimeDelta;
use oauth2::url::form_urlencoded::Serializer;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Account, Distrust, EntraError, PendingSignIn, SignInProblem, SignInSettings, SignedIn,
    answer::{accept, is_bearer_token},
    id_token::Claims,
    return_path::return_path_or_base,
    settings::endpoint,
};

/// A code that has come, and what it takes to redeem it; good for once. It has no `Debug`: it holds secrets.
pub struct CodeGrant {
    code: String,
    verifier: String,
    nonce: String,
    return_to: String,
}

/// A request to the token endpoint. It has no `Debug`: its body holds secrets.
pub struct TokenRequest {
    /// The endpoint, of the same origin as the page that signs in.
    pub url: String,
    /// The form.
    pub body: String,
}

/// Judges an answer that carries a code; see [`crate::finish`].
///
/// # Errors
/// A [`SignInProblem`] that says which check failed, or what Entra refused.
pub fn finish_with_code(
    settings: &SignInSettings,
    pending: Option<PendingSignIn>,
    fragment: &str,
    now: Timestamp,
) -> Result<CodeGrant, SignInProblem> {
    let (pending, answer) = accept(settings, pending, fragment, now)?;
    let unreadable = || SignInProblem::Distrusted(Distrust::Unreadable);
    let code = answer.get("code").ok_or_else(unreadable)?;
    Ok(CodeGrant {
        code: code.to_owned(),
        verifier: pending.verifier().ok_or(SignInProblem::NotAsked)?.to_owned(),
        nonce: pending.nonce().to_owned(),
        return_to: return_path_or_base(pending.return_to(), &settings.redirect_uri),
    })
}

impl CodeGrant {
    /// What redeems the code.
    ///
    /// # Errors
    /// [`SignInProblem::Settings`] when the token endpoint is none that a sign-in may use.
    pub fn request(&self, settings: &SignInSettings) -> Result<TokenRequest, SignInProblem> {
        request(
            settings,
            "authorization_code",
            &[
                ("code", &self.code),
                ("redirect_uri", &settings.redirect_uri),
                ("code_verifier", &self.verifier),
            ],
        )
    }

    /// Judges what the token endpoint answered.
    ///
    /// # Errors
    /// A [`SignInProblem`] that says which check failed, or what Entra refused.
    pub fn redeemed(
        self,
        settings: &SignInSettings,
        answer: &str,
        now: Timestamp,
    ) -> Result<SignedIn, SignInProblem> {
        let tokens = Tokens::read(answer)?;
        tokens.signed_in(settings, Some(&self.nonce), self.return_to, now)
    }
}

/// What asks for another token with a refresh token.
///
/// # Errors
/// [`SignInProblem::Settings`] when the token endpoint is none that a sign-in may use.
pub fn refresh(settings: &SignInSettings, token: &Secret) -> Result<TokenRequest, SignInProblem> {
    request(settings, "refresh_token", &[("refresh_token", token.expose())])
}

/// Judges what the token endpoint answered to [`refresh`]; whose tokens they are is the session's to judge.
///
/// # Errors
/// A [`SignInProblem`] that says which check failed, or what Entra refused.
pub fn refreshed(settings: &SignInSettings, answer: &str, now: Timestamp) -> Result<SignedIn, SignInProblem> {
    let return_to = return_path_or_base("", &settings.redirect_uri);
    Tokens::read(answer)?.signed_in(settings, None, return_to, now)
}

fn request(
    settings: &SignInSettings,
    grant_type: &str,
    more: &[(&str, &str)],
) -> Result<TokenRequest, SignInProblem> {
    let url = endpoint("token URL", &settings.token_url)?;
    // What is sent there opens the session: it goes where the user signs in, and nowhere else.
    if url.origin() != endpoint("authorize URL", &settings.authorize_url)?.origin() {
        let why = "the token URL is of another origin than the authorize URL";
        return Err(SignInProblem::Settings(why.to_owned()));
    }
    let mut form = Serializer::new(String::new());
    form.append_pair("client_id", &settings.client_id)
        .append_pair("grant_type", grant_type)
        .append_pair(
            "scope",
            &settings.scopes_to_ask_for().collect::<Vec<_>>().join(" "),
        )
        .extend_pairs(more);
    Ok(TokenRequest {
        url: settings.token_url.clone(),
        body: form.finish(),
    })
}

/// The body of an answer of the token endpoint; unknown members do not matter.
#[derive(Deserialize)]
struct Tokens {
    error: Option<String>,
    token_type: Option<String>,
    access_token: Option<String>,
    id_token: Option<String>,
    refresh_token: Option<String>,
    expires_in: Option<u32>,
}

impl Tokens {
    fn read(answer: &str) -> Result<Self, SignInProblem> {
        let unreadable = |_| SignInProblem::Distrusted(Distrust::Unreadable);
        let tokens: Self = serde_json::from_str(answer).map_err(unreadable)?;
        if tokens.error.is_none() {
            return Ok(tokens);
        }
        let parts: Value = serde_json::from_str(answer).map_err(unreadable)?;
        let error = EntraError::read(|name| parts[name].as_str().map(str::to_owned));
        Err(
            error.map_or(SignInProblem::Distrusted(Distrust::Unreadable), |error| {
                SignInProblem::Entra(error.into())
            }),
        )
    }

    fn signed_in(
        self,
        settings: &SignInSettings,
        nonce: Option<&str>,
        return_to: String,
        now: Timestamp,
    ) -> Result<SignedIn, SignInProblem> {
        let distrusted = SignInProblem::Distrusted;
        let unreadable = || distrusted(Distrust::Unreadable);
        let is_bearer = self
            .token_type
            .is_some_and(|kind| kind.eq_ignore_ascii_case("Bearer"));
        let token = self
            .access_token
            .filter(|token| is_bearer && is_bearer_token(token));
        let token = token.ok_or_else(unreadable)?;
        let claims = self
            .id_token
            .as_deref()
            .and_then(Claims::read)
            .ok_or_else(unreadable)?;
        claims.check_redeemed(nonce, &token).map_err(distrusted)?;
        claims.check_claims(settings, now).map_err(distrusted)?;
        Ok(SignedIn {
            token: Secret::new(token),
            expires_at: now + TimeDelta::seconds(self.expires_in.ok_or_else(unreadable)?.into()),
            account: Account::from_claims(&claims).ok_or_else(unreadable)?,
            return_to,
            refresh_token: self.refresh_token.map(Secret::new),
        })
    }
}
