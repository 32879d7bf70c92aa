//! The only words for errors: what happened, what to do, and what to give to support; pure.

use arm_client::{ArmError, ServiceError, SignInReason};

mod in_full;

pub(crate) use in_full::quoted_after;

/// An error in the user's words.
///
/// Made by `From` it has the words for what keeps Azure's answer from coming, and of an answer its own:
/// that is what the first page needs, which fetches the rest once Azure has answered (decision 6). Made by
/// [`Problem::in_full`] it has all that Azure says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// Which of the different views it gets.
    pub kind: ProblemKind,
    /// What happened: one sentence, after the page's own (*The backups could not be read.*).
    pub reason: String,
    /// What to do, where something can be done.
    pub advice: Option<String>,
    /// What the user's roles lack, where Azure names it.
    pub missing: Option<MissingAccess>,
    /// More precise words of Azure, from inside its answer.
    pub more: Vec<String>,
    /// Azure's error code.
    pub code: Option<String>,
    /// The id to give to Azure support.
    pub request_id: Option<String>,
    /// The id inside Azure's words for an error of its own (reference A7).
    pub tracking_id: Option<String>,
}

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProblemKind {
    /// The user must sign in (again).
    SignIn,
    /// A permission is missing.
    NoAccess,
    /// It is not there.
    NotFound,
    /// No answer came.
    Network,
    /// The service is busy or broken; asking again may help.
    Passing,
    /// Anything else the service said.
    #[default]
    Refused,
}

/// What the user's roles lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingAccess {
    /// The action, such as `Microsoft.DBforPostgreSQL/flexibleServers/backups/write`.
    pub action: String,
    /// The resource it is missing on, as Azure names it.
    pub scope: Option<String>,
}

impl From<&ArmError> for Problem {
    fn from(error: &ArmError) -> Self {
        let (kind, reason, advice) = match error.cause() {
            ArmError::Transport(_) => (
                ProblemKind::Network,
                "No answer came: the network is down, or something between here and Azure blocks the request.".to_owned(),
                "Check the connection, then try again.",
            ),
            ArmError::SignInNeeded(needed) => {
                let (reason, advice) = match needed.reason {
                    SignInReason::MoreProof => (
                        "Azure asks for more proof of who you are, such as a second factor.",
                        "Sign in again and give it, then try once more.",
                    ),
                    SignInReason::OtherTenant => (
                        "You are not signed in to the directory that this belongs to.",
                        "Sign in to it to go on.",
                    ),
                    _ => ("The sign-in has ended.", "Sign in again to go on where you are."),
                };
                (ProblemKind::SignIn, reason.to_owned(), advice)
            }
            ArmError::Service(service) => (kind_of(service), sentence(service), "Try again in a moment."),
            ArmError::OperationFailed(service) => {
                (ProblemKind::Refused, sentence(service), "Try again in a moment.")
            }
            ArmError::Unreadable(_) | ArmError::Exhausted(_) => (
                ProblemKind::Passing,
                "Azure's answer could not be understood.".to_owned(),
                "Try again; if it stays so, something between here and Azure changes its answers.",
            ),
        };
        Self {
            kind,
            reason,
            advice: Some(advice.to_owned()),
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            ..Self::default()
        }
    }
}

/// Azure's own words, or that it said none.
fn sentence(service: &ServiceError) -> String {
    let message = service.message.trim();
    if message.is_empty() {
        format!("Azure answered {} without a word.", service.status)
    } else {
        full_stop(message)
    }
}

/// With a full stop, unless it ends a sentence already, be it inside a quotation.
fn full_stop(message: &str) -> String {
    let has_ended = message.trim_end_matches('\'').ends_with(['.', '!', '?']);
    format!("{message}{}", if has_ended { "" } else { "." })
}

fn kind_of(service: &ServiceError) -> ProblemKind {
    match service.status {
        // Another sign-in of the same kind is refused too.
        401 if service.code == "InvalidAuthenticationTokenTenant" => ProblemKind::Refused,
        401 => ProblemKind::SignIn,
        403 => ProblemKind::NoAccess,
        404 => ProblemKind::NotFound,
        429 | 500 | 502 | 503 | 504 => ProblemKind::Passing,
        _ => ProblemKind::Refused,
    }
}

/// What could be listed in a subscription: where nothing may be read there is nothing to choose, and any other failure
/// is one.
pub fn unless_denied<T>(listed: Result<Vec<T>, ArmError>) -> Result<Vec<T>, ArmError> {
    match listed {
        Err(error) if Problem::from(&error).kind == ProblemKind::NoAccess => Ok(Vec::new()),
        listed => listed,
    }
}

#[cfg(test)]
mod tests;
