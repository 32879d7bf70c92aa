//! The only words for errors: what happened, what to do, and what to give to support; pure.

use arm_client::{ArmError, ServiceError};

/// An error in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which of the different views it gets.
    pub kind: ProblemKind,
    /// What happened: one sentence, after the page's own (*The backups could not be read.*).
    pub reason: String,
    /// What to do, where something can be done.
    pub advice: Option<String>,
    /// Azure's error code.
    pub code: Option<String>,
    /// The id to give to Azure support.
    pub request_id: Option<String>,
}

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Refused,
}

impl From<&ArmError> for Problem {
    fn from(error: &ArmError) -> Self {
        let (kind, reason, advice) = match error {
            ArmError::Transport(_) => (
                ProblemKind::Network,
                "No answer came: the network is down, or something between here and Azure blocks the request.".to_owned(),
                Some("Check the connection, then try again.".to_owned()),
            ),
            ArmError::SignInNeeded(_) => (
                ProblemKind::SignIn,
                "The sign-in has ended.".to_owned(),
                Some("Sign in again to go on where you are.".to_owned()),
            ),
            ArmError::Service(service) => of_service(service),
            ArmError::OperationFailed(service) => (ProblemKind::Refused, sentence(service), advice_of(service)),
            ArmError::Unreadable(_) => (
                ProblemKind::Passing,
                "Azure's answer could not be understood.".to_owned(),
                Some("Try again; if it stays so, something between here and Azure changes its answers.".to_owned()),
            ),
            ArmError::Exhausted(exhausted) => {
                let last = Self::from(&exhausted.last);
                (last.kind, format!("{} It was asked {} times.", last.reason, exhausted.attempts), last.advice)
            }
        };
        Self {
            kind,
            reason,
            advice,
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
        }
    }
}

fn of_service(service: &ServiceError) -> (ProblemKind, String, Option<String>) {
    match service.status {
        401 => (
            ProblemKind::SignIn,
            "Azure did not accept the sign-in.".to_owned(),
            Some("Sign in again.".to_owned()),
        ),
        403 => no_access(service),
        404 => (ProblemKind::NotFound, sentence(service), None),
        429 => (
            ProblemKind::Passing,
            "Azure is asked too often at the moment.".to_owned(),
            Some("Try again in a minute.".to_owned()),
        ),
        status @ (500 | 502 | 503 | 504) => (
            ProblemKind::Passing,
            match service.message.trim() {
                "" => format!("Azure answered {status} {}.", reason_phrase(status)),
                _ => format!(
                    "Azure answered {status} {}. {}",
                    reason_phrase(status),
                    sentence(service)
                ),
            },
            Some("Try again in a moment.".to_owned()),
        ),
        _ => (ProblemKind::Refused, sentence(service), advice_of(service)),
    }
}

/// Azure names the missing action in a long sentence of ids; the action is what an owner has to be told.
fn no_access(service: &ServiceError) -> (ProblemKind, String, Option<String>) {
    let action = service
        .message
        .split("perform action '")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let (reason, advice) = match action {
        Some(action) => (
            format!("You may not do this: your roles lack the action '{action}'."),
            "Ask an owner of the resource for a role that holds it; a new role takes some minutes to work.",
        ),
        None => (
            sentence(service),
            "Ask an owner of the resource for a role with this permission.",
        ),
    };
    (ProblemKind::NoAccess, reason, Some(advice.to_owned()))
}

fn sentence(service: &ServiceError) -> String {
    let message = service.message.trim();
    if message.is_empty() {
        format!("Azure answered {} without a word.", service.status)
    } else if message.ends_with(['.', '!', '?', '\'']) {
        message.to_owned()
    } else {
        format!("{message}.")
    }
}

fn advice_of(service: &ServiceError) -> Option<String> {
    let actions = service.recommended_actions.join(" ");
    (!actions.is_empty()).then_some(actions)
}

fn reason_phrase(status: u16) -> &'static str {
    match status {
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(status: u16, code: &str, message: &str) -> ArmError {
        ArmError::Service(Box::new(ServiceError {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            ..ServiceError::default()
        }))
    }

    #[test]
    fn each_kind_of_error_has_its_view_and_its_words() {
        let denied = "The client 'j' with object id 'o' does not have authorization to perform action \
                      'Microsoft.DBforPostgreSQL/flexibleServers/backups/write' over scope '/s' or the scope is invalid.";
        for (error, kind, words) in [
            (
                service(403, "AuthorizationFailed", denied),
                ProblemKind::NoAccess,
                "flexibleServers/backups/write'.",
            ),
            (
                service(403, "RequestDisallowedByPolicy", "No."),
                ProblemKind::NoAccess,
                "No.",
            ),
            (
                service(404, "ResourceNotFound", "The Resource 'x' was not found"),
                ProblemKind::NotFound,
                "not found.",
            ),
            (service(429, "TooMany", ""), ProblemKind::Passing, "too often"),
            (
                service(503, "Busy", ""),
                ProblemKind::Passing,
                "503 Service Unavailable.",
            ),
            (
                service(504, "GatewayTimeout", "No response."),
                ProblemKind::Passing,
                "504 Gateway Timeout. No response.",
            ),
            (
                service(409, "Conflict", "It is busy"),
                ProblemKind::Refused,
                "It is busy.",
            ),
            (service(401, "X", ""), ProblemKind::SignIn, "did not accept"),
            (
                ArmError::Transport(arm_core::TransportError::new("x")),
                ProblemKind::Network,
                "network is down",
            ),
        ] {
            let problem = Problem::from(&error);
            assert_eq!(problem.kind, kind, "{error}");
            assert!(problem.reason.contains(words), "{error}: {}", problem.reason);
        }
    }

    #[test]
    fn what_support_asks_for_is_kept() {
        let problem = Problem::from(&service(404, "ResourceNotFound", "x"));
        assert_eq!(problem.code.as_deref(), Some("ResourceNotFound"));
    }
}
