//! Why nobody is signed in, in a sentence, and what to do about it.

use entra_auth::{Distrust, EntraError, SignInProblem, SignedOutReason};

/// What the page says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) title: &'static str,
    /// What happened and what to do.
    pub(super) sentence: String,
    /// What support asks for, line by line.
    pub(super) details: Vec<String>,
}

const FAILED: &str = "The sign-in did not succeed";

pub(super) fn words(reason: &SignedOutReason) -> Words {
    let (title, sentence) = match reason {
        SignedOutReason::NewSession => ("Sign in", "Use your work or school account to see your servers."),
        SignedOutReason::Expired | SignedOutReason::NotRenewed(_) => {
            ("Your sign-in has ended", "Sign in again to go on where you were.")
        }
        SignedOutReason::Refused => (
            "Azure did not accept the sign-in",
            "Sign in again. If it stays so, ask your administrator about this app's access.",
        ),
        SignedOutReason::SignedOutHere => ("You are signed out", "What you started goes on in Azure."),
        SignedOutReason::SignedOutElsewhere => (
            "You are signed out",
            "You signed out in another tab. What you started goes on in Azure.",
        ),
        SignedOutReason::Failed(SignInProblem::RedirectLoop) => (
            "Sign in",
            "The sign-in page sent you back without an answer. Select Sign in to try again.",
        ),
        SignedOutReason::Failed(SignInProblem::Entra(error)) => return of_entra(error),
        SignedOutReason::Failed(problem) => return of_problem(problem),
    };
    Words {
        title,
        sentence: sentence.to_owned(),
        details: vec![],
    }
}

/// An answer that was not believed, or none that could be asked for.
fn of_problem(problem: &SignInProblem) -> Words {
    let sentence = match problem {
        SignInProblem::NotAsked => {
            "An answer came to a sign-in that this tab did not begin, and was not used. Sign in again."
        }
        SignInProblem::TookTooLong => "It took more than ten minutes. Sign in again.",
        SignInProblem::Distrusted(Distrust::Time) => {
            "The answer is not valid at this time. Set the date and time of this computer, then sign in again."
        }
        SignInProblem::Distrusted(Distrust::Tenant) => {
            "The account is of another directory than the one this portal is for. Sign in with an account of that one."
        }
        SignInProblem::Distrusted(_) => {
            "The answer failed a check and was not used. Sign in again. If it stays so, give the details to your administrator."
        }
        SignInProblem::Settings(_) => {
            "The portal is not set up for it. Give the details to whoever has set it up."
        }
        SignInProblem::NoRandomness => {
            "The browser gives no random numbers, without which no sign-in is safe. Use another browser."
        }
        SignInProblem::NoStorage => "Allow this site to store data in your browser, then sign in.",
        SignInProblem::NoNavigation => "The browser did not leave the page. Sign in again.",
        SignInProblem::NotLoaded => {
            "A part of the portal could not be loaded. Check the connection, then sign in again."
        }
        _ => "Sign in again.",
    };
    let has_details = matches!(problem, SignInProblem::Distrusted(_) | SignInProblem::Settings(_));
    Words {
        title: FAILED,
        sentence: sentence.to_owned(),
        details: has_details.then(|| problem.to_string()).into_iter().collect(),
    }
}

/// Entra's own words and what its code advises; its numbers are for support only (auth #15).
fn of_entra(error: &EntraError) -> Words {
    let said = error.description.lines().next().unwrap_or_default();
    // The text ends in ids and a time, which stand in the details.
    let said = said.split("Trace ID").next().unwrap_or_default().trim();
    let sentence = match said {
        _ if error.was_cancelled() => "You cancelled it. Sign in to see your servers.".to_owned(),
        "" => format!("Microsoft Entra gave no reason. {}", way_on(error)),
        said => {
            let end = if said.ends_with(['.', '!', '?']) { "" } else { "." };
            format!("Microsoft Entra says: {said}{end} {}", way_on(error))
        }
    };
    let number = error.aadsts().map(|number| format!(" (AADSTS{number})"));
    let details = [
        Some(format!("Error: {}{}", error.code, number.unwrap_or_default())),
        error.correlation_id().map(|id| format!("Correlation id: {id}")),
        error.trace_id().map(|id| format!("Trace id: {id}")),
        error.timestamp().map(|time| format!("Time: {time}")),
    ];
    Words {
        title: FAILED,
        sentence,
        details: details.into_iter().flatten().collect(),
    }
}

/// What to do, by the class of the error; `docs/first-sign-in.md` tells it number by number.
fn way_on(error: &EntraError) -> &'static str {
    match error.code.as_str() {
        "consent_required" => {
            "Sign in and accept what the app asks for, or have an administrator of the directory grant it."
        }
        "access_denied" => {
            "Sign in again and accept what the app asks for. If you may not, an administrator has to assign you to the app or grant what it asks for."
        }
        "login_required" | "user_authentication_required" => "Sign in with your account.",
        _ if error.needs_interaction() => {
            "Sign in again and do what Microsoft Entra asks for. If it refuses the device or the place, your administrator decides."
        }
        "unsupported_response_type" => {
            "Whoever has set the portal up has to tick Access tokens and ID tokens in its app registration."
        }
        "invalid_client" | "unauthorized_client" => {
            "Whoever has set the portal up has to check clientId and tenant in config.json and the permissions of the app registration."
        }
        "invalid_scope" | "invalid_resource" => {
            "Use a work or school account of a directory that has an Azure subscription. If you do, the portal is set up for another cloud."
        }
        "invalid_request" => {
            "Wait a minute, then sign in again. If it stays so, give the details to whoever has set the portal up."
        }
        "server_error" | "temporarily_unavailable" => "Sign in again in a minute.",
        _ => "Sign in again. If it stays so, give the details to your administrator.",
    }
}

#[cfg(test)]
mod tests;
