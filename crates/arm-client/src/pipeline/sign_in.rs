//! When a refusal means that the user has to sign in.

use crate::{ServiceError, SignInReason};

/// Why a sign-in helps, or `None` where the service's own words say more (reference G8).
///
/// A token of another tenant or audience is not cured by signing in again, so those stay errors of the service.
pub(super) fn reason(error: &ServiceError) -> Option<SignInReason> {
    if error.status != 401 {
        return None;
    }
    match error.code.as_str() {
        "ExpiredAuthenticationToken" => Some(SignInReason::Expired),
        "" | "AuthenticationFailed" | "InvalidAuthenticationToken" => Some(SignInReason::Refused),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Response;

    use super::*;

    #[test]
    fn only_what_a_sign_in_cures_asks_for_one() {
        for (status, code, expected) in [
            (401, "ExpiredAuthenticationToken", Some(SignInReason::Expired)),
            (401, "AuthenticationFailed", Some(SignInReason::Refused)),
            (401, "", Some(SignInReason::Refused)),
            // Also what a claims challenge says where the browser hides the challenge itself (auth #61).
            (401, "InvalidAuthenticationToken", Some(SignInReason::Refused)),
            (401, "InvalidAuthenticationTokenTenant", None),
            (401, "InvalidAuthenticationTokenAudience", None),
            (403, "AuthorizationFailed", None),
            (403, "", None),
        ] {
            let response = Response::new(status).with_header("x-ms-error-code", code);
            let error = ServiceError::from_response(&response, None);
            assert_eq!(reason(&error), expected, "{status} {code}");
        }
    }
}
