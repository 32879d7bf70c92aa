//! Why a sign-in did not succeed.

use std::fmt;

use crate::EntraError;

/// Why a sign-in did not succeed.
///
/// None of them holds a token, a state or a nonce: all may be shown and logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInProblem {
    /// Entra answered our request with an error.
    Entra(Box<EntraError>),
    /// An answer came that this tab did not ask for, or asked for and has already had (auth #36).
    NotAsked,
    /// The answer came more than ten minutes after the request.
    TookTooLong,
    /// The answer is to our request, but a check of what it carries failed; nothing of it is believed.
    Distrusted(Distrust),
    /// The settings hold an address that a sign-in may not use; the text says which and why.
    Settings(String),
    /// The browser gives no random numbers; there is no weaker substitute (auth #35).
    NoRandomness,
    /// The browser refuses the tab's session storage, so that the answer could not be told from a forged one.
    NoStorage,
    /// The browser did not leave the page.
    NoNavigation,
    /// What it takes to begin could not be fetched.
    NotLoaded,
    /// The page has just been to Entra and back without the user's doing; another time would be a loop
    /// (auth #45).
    RedirectLoop,
    /// No answer came in time: it was not given, or something keeps it from a frame or a window (auth #19).
    NoAnswer,
    /// The browser opened no window.
    NoWindow,
    /// The user no longer waits for the answer.
    Cancelled,
    /// The token endpoint gave no answer.
    NotReached,
    /// Another account signed in than the one whose page this is.
    OtherAccount,
    /// Whoever gives tokens in Entra's place gave none.
    Source {
        /// A short word of theirs.
        code: String,
        /// What they say.
        message: String,
    },
}

/// The check of an answer that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// A parameter is missing, occurs twice or cannot be read.
    Unreadable,
    /// The id token is for another request.
    Nonce,
    /// The access token is not the one that the id token was issued with.
    AccessTokenHash,
    /// The id token is for another app.
    Audience,
    /// The id token is from another issuer.
    Issuer,
    /// The id token is from another directory than the one asked for.
    Tenant,
    /// The id token is not valid at this time: the computer's clock may be wrong.
    Time,
}

impl fmt::Display for SignInProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entra(error) => error.fmt(formatter),
            Self::NotAsked => formatter.write_str("an answer came that this tab did not ask for"),
            Self::TookTooLong => {
                formatter.write_str("the answer came more than ten minutes after the request")
            }
            Self::Distrusted(check) => write!(formatter, "the answer is not trusted: {check}"),
            Self::Settings(why) => formatter.write_str(why),
            Self::NoRandomness => formatter.write_str("the browser gives no random numbers"),
            Self::NoStorage => formatter.write_str("the browser refuses the tab's session storage"),
            Self::NoNavigation => formatter.write_str("the browser did not leave the page"),
            Self::NotLoaded => {
                formatter.write_str("a part of the portal could not be fetched; the network may be down")
            }
            Self::NoAnswer => formatter.write_str("the sign-in page gave no answer"),
            Self::NoWindow => formatter.write_str("the browser opened no window"),
            Self::NotReached => formatter.write_str("Microsoft Entra could not be reached for a token"),
            Self::Cancelled => formatter.write_str("it was cancelled"),
            Self::OtherAccount => {
                formatter.write_str("another account signed in than the one this page belongs to")
            }
            Self::Source { code, message } => write!(formatter, "{code}: {message}"),
            Self::RedirectLoop => formatter.write_str("the page has just been to Entra and back"),
        }
    }
}

impl std::error::Error for SignInProblem {}

impl fmt::Display for Distrust {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unreadable => "a parameter is missing, occurs twice or cannot be read",
            Self::Nonce => "its id token is for another request",
            Self::AccessTokenHash => "its access token is not the one its id token was issued with",
            Self::Audience => "its id token is for another app",
            Self::Issuer => "its id token is from another issuer",
            Self::Tenant => "its id token is from another directory",
            Self::Time => "its id token is not valid at this time",
        })
    }
}
