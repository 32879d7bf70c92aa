//! All that Azure says about an error, in the user's words.

use std::time::Duration;

use arm_client::{ArmError, ErrorDetail, ServiceError};

use super::{MissingAccess, Problem, full_stop, sentence};
use crate::text;

impl Problem {
    /// The error with all that Azure says about it: what is missing, what lies inside its answer, what it advises.
    pub fn in_full(error: &ArmError) -> Self {
        let mut problem = Self::from(error);
        if let Some(service) = error.service_error() {
            let has_ended = matches!(error.cause(), ArmError::OperationFailed(_));
            let (reason, advice) = if has_ended {
                (sentence(service), None)
            } else {
                words(service)
            };
            // What Azure itself advises is worth more than our own words.
            let advice = advice_of(service).or(advice);
            problem = Self {
                reason,
                advice,
                missing: missing_access(service),
                more: more_words(service),
                tracking_id: quoted_after(&service.message, "Tracking ID: "),
                ..problem
            };
        }
        if let ArmError::Exhausted(exhausted) = error {
            problem.reason = format!("{} It was asked {} times.", problem.reason, exhausted.attempts);
        }
        problem
    }
}

/// Reason and advice.
fn words(service: &ServiceError) -> (String, Option<String>) {
    match service.status {
        401 if service.code == "InvalidAuthenticationTokenTenant" => (
            "It belongs to another directory than the one you are signed in to.".to_owned(),
            Some(
                "Open Directories in the menu of your account and sign in to it. If it is not listed there, somebody of it has to invite you."
                    .to_owned(),
            ),
        ),
        401 => (
            "Azure did not accept the sign-in.".to_owned(),
            Some("Sign in again.".to_owned()),
        ),
        403 => no_access(service),
        409 => (sentence(service), conflict_advice(service).map(str::to_owned)),
        429 => (
            "Azure is asked too often at the moment.".to_owned(),
            Some(wait(service.retry_after, "in a minute")),
        ),
        status @ (500 | 502 | 503 | 504) => {
            let answered = format!("Azure answered {status} {}.", reason_phrase(status));
            let reason = match service.message.trim() {
                "" => answered,
                _ => format!("{answered} {}", sentence(service)),
            };
            (reason, Some(wait(service.retry_after, "in a moment")))
        }
        _ => (sentence(service), None),
    }
}

/// Azure names the missing action in a long sentence of ids; the action is what an owner has to be told.
fn no_access(service: &ServiceError) -> (String, Option<String>) {
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
        // It never reached Azure.
        None if service.code == crate::rights::NOT_SENT => return (sentence(service), None),
        None => (
            sentence(service),
            "Ask an owner of the resource for a role with this permission.",
        ),
    };
    (reason, Some(advice.to_owned()))
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
pub(crate) fn quoted_after(text: &str, before: &str) -> Option<String> {
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
