//! Who hands out access tokens.

use std::fmt;

use arm_core::{LocalFuture, Secret};

/// Gives the access token that goes with a request.
pub trait Credential {
    /// A token for Azure Resource Manager that is valid now.
    ///
    /// It is asked before each attempt, so a renewed token is taken up by itself.
    ///
    /// # Errors
    /// [`SignInNeeded`] when only the user can help.
    fn token(&self, request: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>>;

    /// The service did not accept `token`: handing it out again is of no use.
    fn refused(&self, _token: &Secret) {}

    /// The service says that this subscription belongs to this tenant. `true` where a token of that tenant may be asked
    /// for, which decides the user's choice of tenants and never an answer alone.
    fn belongs(&self, _subscription: &str, _tenant: &str) -> bool {
        false
    }
}

/// What kind of token is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenRequest {
    /// The tenant, as id or domain; `None` is the one the user signed in to. Tokens are per tenant (auth #27).
    pub tenant: Option<String>,
    /// The subscription that the request is about, by which a credential may know the tenant.
    pub subscription: Option<String>,
    /// The claims a challenge asked for, as JSON (auth #30). A token kept from before does not hold them.
    pub claims: Option<String>,
}

/// The user has to sign in before the request can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInNeeded {
    /// Why.
    pub reason: SignInReason,
}

/// Why a sign-in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInReason {
    /// Nobody has signed in yet.
    NotSignedIn,
    /// The session or its token has ended.
    Expired,
    /// The service wants another sign-in than the present one.
    Refused,
    /// The service wants more proof of who the user is than the token holds (auth #30), which stays good for the rest.
    MoreProof,
    /// The user is not signed in to the tenant of what was asked for.
    OtherTenant,
}

impl fmt::Display for SignInNeeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.reason {
            SignInReason::NotSignedIn => "nobody is signed in",
            SignInReason::Expired => "the sign-in has expired",
            SignInReason::Refused => "the service asks for another sign-in",
            SignInReason::MoreProof => "the service asks for more proof of who the user is",
            SignInReason::OtherTenant => "nobody is signed in to the tenant of the resource",
        })
    }
}

impl std::error::Error for SignInNeeded {}
