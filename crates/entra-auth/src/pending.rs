//! What is kept between the way out and the way back.

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{Entropy, Flow, SignInProblem, SignInSettings, id_token::LEEWAY};

/// How long an answer is waited for (auth #50).
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// A sign-in whose answer has not come yet.
///
/// It is kept in the tab's session storage. It is good for one answer: [`crate::finish`] takes it by value
/// and it cannot be cloned. It has no `Debug`, because whoever knows it can forge an answer.
#[derive(Serialize, Deserialize)]
pub struct PendingSignIn {
    state: String,
    nonce: String,
    /// Whole seconds: reading a date in words takes several kilobytes of code.
    #[serde(with = "chrono::serde::ts_seconds")]
    issued_at: Timestamp,
    return_to: String,
    /// What redeems the code, where the flow is by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verifier: Option<String>,
    /// Who was asked, so that an answer of one directory is not taken for another's (auth #50, mix-up).
    authority: String,
    tenant: String,
    client_id: String,
}

impl PendingSignIn {
    pub(crate) fn new(
        settings: &SignInSettings,
        entropy: &Entropy,
        now: Timestamp,
        return_to: String,
    ) -> Self {
        Self {
            state: entropy.state(),
            nonce: entropy.nonce(),
            issued_at: now,
            return_to,
            verifier: (settings.flow == Flow::Code).then(|| entropy.verifier()),
            authority: settings.authorize_url.clone(),
            tenant: settings.tenant.clone(),
            client_id: settings.client_id.clone(),
        }
    }

    /// The state that the answer must carry.
    pub(crate) fn state(&self) -> &str {
        &self.state
    }

    /// The nonce that the id token must carry.
    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }

    /// What redeems the code of the answer; `None` where none was asked for.
    pub(crate) fn verifier(&self) -> Option<&str> {
        self.verifier.as_deref()
    }

    /// Where the user wanted to be.
    pub(crate) fn return_to(&self) -> &str {
        &self.return_to
    }

    /// Whether an answer with `state` that came at `now` answers this request.
    pub(crate) fn accept(
        &self,
        settings: &SignInSettings,
        state: Option<&str>,
        now: Timestamp,
    ) -> Result<(), SignInProblem> {
        if state != Some(self.state.as_str()) {
            return Err(SignInProblem::NotAsked);
        }
        let is_same_request = self.authority == settings.authorize_url
            && self.tenant == settings.tenant
            && self.client_id == settings.client_id;
        if !is_same_request {
            return Err(SignInProblem::NotAsked);
        }
        // A clock that went back by more than the leeway tells nothing about the age of the request.
        let age = now - self.issued_at;
        if age > LIFETIME || age < -LEEWAY {
            return Err(SignInProblem::TookTooLong);
        }
        Ok(())
    }
}
