//! An error that Entra answered with.

use std::fmt;

use crate::fragment::Fragment;

/// The errors after which only a sign-in that the user sees helps (auth #16).
const NEEDS_INTERACTION: [&str; 7] = [
    "interaction_required",
    "consent_required",
    "login_required",
    "user_authentication_required",
    "bad_token",
    "ui_not_allowed",
    "interrupted_user",
];

/// The same, said in `suberror`.
const NEEDS_INTERACTION_SUBERRORS: [&str; 6] = [
    "basic_action",
    "additional_action",
    "message_only",
    "consent_required",
    "user_password_expired",
    "bad_token",
];

/// An error that Entra answered with.
///
/// Branch on the code and on the methods, never on the description or the AADSTS number: Microsoft says
/// that those change (auth #15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntraError {
    /// OAuth's error code, such as `access_denied`.
    pub code: String,
    /// Entra's text, as it came; plain text, possibly of several lines.
    pub description: String,
    suberror: Option<String>,
    error_subcode: Option<String>,
    correlation_id: Option<String>,
    trace_id: Option<String>,
    timestamp: Option<String>,
}

impl EntraError {
    pub(crate) fn from_fragment(answer: &Fragment) -> Option<Self> {
        Self::read(|name| answer.get(name).map(str::to_owned))
    }

    /// The error whose parts `text` finds by their names; `None` where there is none.
    pub(crate) fn read(text: impl Fn(&str) -> Option<String>) -> Option<Self> {
        Some(Self {
            code: text("error")?,
            description: text("error_description").unwrap_or_default(),
            suberror: text("suberror"),
            error_subcode: text("error_subcode"),
            correlation_id: text("correlation_id"),
            trace_id: text("trace_id"),
            timestamp: text("timestamp"),
        })
    }

    /// Whether a sign-in that the user sees can help.
    pub fn needs_interaction(&self) -> bool {
        let suberror = self.suberror.as_deref().unwrap_or_default();
        NEEDS_INTERACTION.contains(&self.code.as_str()) || NEEDS_INTERACTION_SUBERRORS.contains(&suberror)
    }

    /// Whether the user stopped the sign-in themselves.
    pub fn was_cancelled(&self) -> bool {
        self.code == "access_denied" && self.error_subcode.as_deref() == Some("cancel")
    }

    /// The number behind `AADSTS`, to be shown to support and looked at by nobody else.
    pub fn aadsts(&self) -> Option<u32> {
        let rest = self.description.split("AADSTS").nth(1)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    }

    /// The id under which Microsoft's support finds the sign-in.
    pub fn correlation_id(&self) -> Option<&str> {
        let in_text = || self.word_behind("Correlation ID:");
        self.correlation_id.as_deref().or_else(in_text)
    }

    /// The id of the one request in it that failed.
    pub fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref().or_else(|| self.word_behind("Trace ID:"))
    }

    /// When it failed, as Entra writes it.
    pub fn timestamp(&self) -> Option<&str> {
        let in_text = || {
            Some(
                self.description
                    .split("Timestamp:")
                    .nth(1)?
                    .lines()
                    .next()?
                    .trim(),
            )
        };
        self.timestamp.as_deref().or_else(in_text)
    }

    fn word_behind(&self, name: &str) -> Option<&str> {
        self.description.split(name).nth(1)?.split_whitespace().next()
    }
}

impl fmt::Display for EntraError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.description)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(fragment: &str) -> EntraError {
        let fragment = Fragment::parse(fragment).expect("no name occurs twice");
        EntraError::from_fragment(&fragment).expect("an error")
    }

    #[test]
    fn what_support_asks_for_is_found_in_the_text() {
        let mfa = error(
            "error=interaction_required&error_description=AADSTS50076%3a+Due+to+a+configuration+change%0d%0a\
             Trace+ID%3a+t-1%0d%0aCorrelation+ID%3a+c-1%0d%0aTimestamp%3a+2026-03-01",
        );
        assert_eq!(mfa.aadsts(), Some(50076), "{mfa:?}");
        assert_eq!(mfa.correlation_id(), Some("c-1"), "{mfa:?}");
        assert_eq!(
            (mfa.trace_id(), mfa.timestamp()),
            (Some("t-1"), Some("2026-03-01")),
            "{mfa:?}"
        );

        let named = error(
            "error=server_error&error_description=Correlation+ID%3a+text&correlation_id=named&trace_id=t-2",
        );
        assert_eq!(named.aadsts(), None, "{named:?}");
        assert_eq!(named.correlation_id(), Some("named"), "{named:?}");
        assert_eq!(
            (named.trace_id(), named.timestamp()),
            (Some("t-2"), None),
            "{named:?}"
        );

        let bare = error("error=server_error");
        assert_eq!((bare.trace_id(), bare.timestamp()), (None, None), "{bare:?}");
        assert_eq!((bare.aadsts(), bare.correlation_id()), (None, None), "{bare:?}");
        assert_eq!(error("error=x&error_description=AADSTS").aadsts(), None);
    }

    #[test]
    fn errors_that_a_visible_sign_in_can_mend_are_told_apart() {
        let cases = [
            ("error=interaction_required", true, false),
            ("error=consent_required", true, false),
            ("error=login_required", true, false),
            ("error=user_authentication_required", true, false),
            ("error=bad_token", true, false),
            ("error=ui_not_allowed", true, false),
            ("error=interrupted_user", true, false),
            ("error=invalid_grant&suberror=basic_action", true, false),
            ("error=invalid_grant&suberror=additional_action", true, false),
            ("error=invalid_grant&suberror=message_only", true, false),
            ("error=invalid_grant&suberror=consent_required", true, false),
            ("error=invalid_grant&suberror=user_password_expired", true, false),
            ("error=invalid_grant&suberror=bad_token", true, false),
            ("error=invalid_grant", false, false),
            (
                "error=server_error&error_description=interaction_required",
                false,
                false,
            ),
            ("error=Interaction_Required", false, false),
            ("error=access_denied", false, false),
            ("error=access_denied&error_subcode=cancel", false, true),
            ("error=server_error&error_subcode=cancel", false, false),
        ];
        for (fragment, needs_interaction, was_cancelled) in cases {
            let error = error(fragment);
            assert_eq!(error.needs_interaction(), needs_interaction, "{error:?}");
            assert_eq!(error.was_cancelled(), was_cancelled, "{error:?}");
        }
    }
}
