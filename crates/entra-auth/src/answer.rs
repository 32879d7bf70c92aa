//! The way back: what comes of Entra's answer.

use arm_core::{Secret, Timestamp};
use chrono::TimeDelta;

use crate::{
    Account, Distrust, EntraError, PendingSignIn, SignInProblem, SignInSettings, fragment::Fragment,
    id_token::Claims, return_path::return_path_or_base,
};

/// A sign-in that succeeded. It has no `Debug`, because it holds the token:
///
/// ```compile_fail,E0277
/// fn shown<T: std::fmt::Debug>() {}
/// shown::<entra_auth::SignedIn>();
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The access token for Azure Resource Manager.
    pub token: Secret,
    /// When the token ends, by the lifetime that came with it (auth #28).
    pub expires_at: Timestamp,
    /// Who signed in.
    pub account: Account,
    /// Where the user wanted to be: a path of this app with its query.
    pub return_to: String,
    /// What another token can be had with, where the flow is by code.
    pub refresh_token: Option<Secret>,
}

/// Judges an answer; `fragment` is what stood behind `#` in the address.
///
/// Nothing of the answer is looked at before its state is known to be ours, an error included: whoever can
/// make the user follow a link could otherwise say what they liked (auth #37). Nothing of it is kept
/// unless every check has passed (auth #38).
///
/// # Errors
/// A [`SignInProblem`] that says which check failed, or what Entra refused.
pub fn finish(
    settings: &SignInSettings,
    pending: Option<PendingSignIn>,
    fragment: &str,
    now: Timestamp,
) -> Result<SignedIn, SignInProblem> {
    let (pending, answer) = accept(settings, pending, fragment, now)?;
    let tokens = Tokens::read(&answer).ok_or(SignInProblem::Distrusted(Distrust::Unreadable))?;
    let account = tokens
        .account(settings, &pending, now)
        .map_err(SignInProblem::Distrusted)?;
    Ok(SignedIn {
        token: Secret::new(tokens.access_token),
        expires_at: now + tokens.lifetime,
        account,
        // Checked again, because storage may have been written by something else of this origin.
        return_to: return_path_or_base(pending.return_to(), &settings.redirect_uri),
        refresh_token: None,
    })
}

/// The request that an answer belongs to and what it says, if it is ours and no error.
pub(crate) fn accept(
    settings: &SignInSettings,
    pending: Option<PendingSignIn>,
    fragment: &str,
    now: Timestamp,
) -> Result<(PendingSignIn, Fragment), SignInProblem> {
    let pending = pending.ok_or(SignInProblem::NotAsked)?;
    let answer = Fragment::parse(fragment).ok_or(SignInProblem::Distrusted(Distrust::Unreadable))?;
    pending.accept(settings, answer.get("state"), now)?;
    match EntraError::from_fragment(&answer) {
        Some(error) => Err(SignInProblem::Entra(Box::new(error))),
        None => Ok((pending, answer)),
    }
}

struct Tokens<'a> {
    access_token: &'a str,
    claims: Claims,
    lifetime: TimeDelta,
}

impl<'a> Tokens<'a> {
    fn read(answer: &'a Fragment) -> Option<Self> {
        let is_bearer = answer.get("token_type")?.eq_ignore_ascii_case("Bearer");
        let access_token = answer
            .get("access_token")
            .filter(|token| is_bearer_token(token))?;
        let seconds: u32 = answer.get("expires_in")?.parse().ok()?;
        is_bearer.then_some(Self {
            access_token,
            claims: Claims::read(answer.get("id_token")?)?,
            lifetime: TimeDelta::seconds(seconds.into()),
        })
    }

    fn account(
        &self,
        settings: &SignInSettings,
        pending: &PendingSignIn,
        now: Timestamp,
    ) -> Result<Account, Distrust> {
        self.claims.check_binding(pending.nonce(), self.access_token)?;
        self.claims.check_claims(settings, now)?;
        Account::from_claims(&self.claims).ok_or(Distrust::Unreadable)
    }
}

/// What may stand behind `Bearer` in a header (RFC 6750, 2.1); anything else could end the header.
pub(crate) fn is_bearer_token(token: &str) -> bool {
    token
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c))
}
