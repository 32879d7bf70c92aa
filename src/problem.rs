//! The only words for errors: what happened, what to do, and what to give to support; pure.

use std::time::Duration;

use arm_client::{ArmError, ErrorDetail, ServiceError};

use crate::text;

/// An error in the user's words.
///
/// Made by `From` it has what fits into a line, which is what the first page needs (decision 6); by [`Problem::in_full`]
/// all that Azure says.
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

/// Kind, reason and advice: what differs from error to error.
type Words = (ProblemKind, String, Option<String>);

impl From<&ArmError> for Problem {
    fn from(error: &ArmError) -> Self {
        let (kind, reason, advice) = words(error);
        Self {
            kind,
            reason,
            advice,
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            ..Self::default()
        }
    }
}

impl Problem {
    /// The error with all that Azure says about it: what is missing, what lies inside its answer, what it advises.
    pub fn in_full(error: &ArmError) -> Self {
        let problem = Self::from(error);
        let Some(service) = error.service_error() else {
            return problem;
        };
        // What Azure itself advises is worth more than our own words.
        let advice = advice_of(service).or_else(|| conflict_advice(service).map(str::to_owned));
        Self {
            advice: advice.or(problem.advice),
            missing: missing_access(service),
            more: more_words(service),
            tracking_id: quoted_after(&service.message, "Tracking ID: "),
            ..problem
        }
    }
}

fn words(error: &ArmError) -> Words {
    match error {
        ArmError::Transport(_) => (
            ProblemKind::Network,
            "No answer came: the network is down, or something between here and Azure blocks the request."
                .to_owned(),
            Some("Check the connection, then try again.".to_owned()),
        ),
        ArmError::SignInNeeded(_) => (
            ProblemKind::SignIn,
            "The sign-in has ended.".to_owned(),
            Some("Sign in again to go on where you are.".to_owned()),
        ),
        ArmError::Service(service) => of_service(service),
        ArmError::OperationFailed(service) => (ProblemKind::Refused, sentence(service), None),
        ArmError::Unreadable(_) => (
            ProblemKind::Passing,
            "Azure's answer could not be understood.".to_owned(),
            Some(
                "Try again; if it stays so, something between here and Azure changes its answers.".to_owned(),
            ),
        ),
        ArmError::Exhausted(exhausted) => {
            let (kind, reason, advice) = words(&exhausted.last);
            (
                kind,
                format!("{reason} It was asked {} times.", exhausted.attempts),
                advice,
            )
        }
    }
}

fn of_service(service: &ServiceError) -> Words {
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
            Some(wait(service.retry_after, "in a minute")),
        ),
        status @ (500 | 502 | 503 | 504) => {
            let answered = format!("Azure answered {status} {}.", reason_phrase(status));
            let reason = match service.message.trim() {
                "" => answered,
                _ => format!("{answered} {}", sentence(service)),
            };
            (
                ProblemKind::Passing,
                reason,
                Some(wait(service.retry_after, "in a moment")),
            )
        }
        _ => (ProblemKind::Refused, sentence(service), None),
    }
}

/// Azure names the missing action in a long sentence of ids; the action is what an owner has to be told.
fn no_access(service: &ServiceError) -> Words {
    let (reason, advice) = match missing_access(service) {
        Some(MissingAccess { action, .. }) => (
            format!("You may not do this: your roles lack the action '{action}'."),
            "Ask an owner of the resource for a role that holds it; a new role takes some minutes to work.",
        ),
        // A policy or a rule about the sign-in (reference G8): no role helps.
        None if service.code.starts_with("RequestDisallowedBy") => (
            sentence(service),
            "A policy forbids it; those who manage the policy can allow it.",
        ),
        None => (
            sentence(service),
            "Ask an owner of the resource for a role with this permission.",
        ),
    };
    (ProblemKind::NoAccess, reason, Some(advice.to_owned()))
}

/// Azure's sentence for a missing role: *… does not have authorization to perform action 'a' over scope 's' …*
/// (reference A7, `AuthorizationFailed`).
fn missing_access(service: &ServiceError) -> Option<MissingAccess> {
    Some(MissingAccess {
        action: quoted_after(&service.message, "perform action ")?,
        scope: quoted_after(&service.message, "over scope "),
    })
}

/// What can be done about a conflict (409; reference A7 and G8); other codes than these say it themselves.
fn conflict_advice(service: &ServiceError) -> Option<&'static str> {
    match service.code.as_str() {
        "ServerBusy" | "Conflict" => Some("Try again once what is being done to it has ended."),
        "ScopeLocked" => Some("Ask an owner to remove the lock, then try again."),
        "ReadOnlyDisabledSubscription" => {
            Some("The subscription can be read only until an owner enables it again.")
        }
        _ => None,
    }
}

/// What stands in quotes after these words.
fn quoted_after(text: &str, before: &str) -> Option<String> {
    let quoted = text.split_once(before)?.1.strip_prefix('\'')?;
    Some(quoted.split_once('\'')?.0.to_owned())
}

/// `Azure asks to wait 24 s; try again then.`
fn wait(asked: Option<Duration>, otherwise: &str) -> String {
    match asked {
        Some(asked) => format!("Azure asks to wait {}; try again then.", text::duration(asked)),
        None => format!("Try again {otherwise}."),
    }
}

fn sentence(service: &ServiceError) -> String {
    let message = service.message.trim();
    if message.is_empty() {
        format!("Azure answered {} without a word.", service.status)
    } else {
        full_stop(message)
    }
}

fn full_stop(message: &str) -> String {
    let end = if message.ends_with(['.', '!', '?', '\'']) {
        ""
    } else {
        "."
    };
    format!("{message}{end}")
}

/// The words inside the answer that its own message does not say already.
fn more_words(service: &ServiceError) -> Vec<String> {
    let mut more = Vec::new();
    collect(&service.details, &service.message, &mut more);
    more
}

fn collect(details: &[ErrorDetail], said: &str, more: &mut Vec<String>) {
    for detail in details {
        let message = full_stop(detail.message.trim());
        if message != "." && message != full_stop(said.trim()) && !more.contains(&message) {
            more.push(message);
        }
        collect(&detail.details, said, more);
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
mod tests;
