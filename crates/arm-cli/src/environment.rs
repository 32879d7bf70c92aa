//! The token in the environment.

use arm_client::{Credential, SignInNeeded, SignInReason, TokenRequest};
use arm_core::{LocalFuture, Secret};

/// The variable that holds the access token; an argument would be seen by every user of the machine.
pub const TOKEN_VARIABLE: &str = "ARM_TOKEN";

/// A token that somebody else has fetched, such as `az account get-access-token`.
pub struct TokenFromEnvironment(Option<Secret>);

impl TokenFromEnvironment {
    /// Reads [`TOKEN_VARIABLE`]; empty counts as absent.
    pub fn read() -> Self {
        let token = std::env::var(TOKEN_VARIABLE).unwrap_or_default();
        let token = token.trim();
        Self((!token.is_empty()).then(|| Secret::new(token)))
    }
}

impl Credential for TokenFromEnvironment {
    fn token(&self, request: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        // One token is all there is: another tenant's, or one with more claims, cannot be made from it.
        let is_another = request.tenant.is_some() || request.claims.is_some();
        let reason = if is_another {
            SignInReason::Refused
        } else {
            SignInReason::NotSignedIn
        };
        let token = self.0.clone().filter(|_| !is_another);
        Box::pin(std::future::ready(token.ok_or(SignInNeeded { reason })))
    }
}
