//! The page when nobody is signed in: why, and the way in.

use entra_auth::{EntraError, SignInProblem, SignedOutReason};

use super::start_card::StartCard;
use crate::{
    prelude::*,
    session::use_session,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        icon::IconName,
    },
};

/// *Sign in*, with the reason why nobody is.
#[component]
pub fn SignedOut() -> impl IntoView {
    let session = use_session();
    let sign_in = Callback::new(move |()| session.sign_in(None));
    // While the page is about to leave for Entra there is nothing to say.
    view_of(move || {
        let Some(reason) = session.signed_out_reason() else {
            return ().into_any();
        };
        let Words {
            title,
            sentence,
            details,
        } = words(&reason);
        view! {
            <StartCard icon=IconName::LockClosed title sentence details>
                <Button appearance=ButtonAppearance::Primary on_click=sign_in>"Sign in"</Button>
            </StartCard>
        }
        .into_any()
    })
}

#[derive(Debug, PartialEq, Eq)]
struct Words {
    title: &'static str,
    sentence: String,
    details: Option<String>,
}

fn words(reason: &SignedOutReason) -> Words {
    let (title, sentence) = match reason {
        SignedOutReason::NewSession => ("Sign in", "Use your work or school account to see your servers."),
        SignedOutReason::Expired => ("Your sign-in has ended", "Sign in again to go on where you were."),
        SignedOutReason::Refused => (
            "Azure did not accept the sign-in",
            "Sign in again. If it stays so, ask your administrator about this app's access.",
        ),
        SignedOutReason::SignedOutHere => ("You are signed out", "What you started goes on in Azure."),
        SignedOutReason::Failed(SignInProblem::RedirectLoop) => (
            "Sign in",
            "The sign-in page sent you back without an answer. Select Sign in to try again.",
        ),
        SignedOutReason::Failed(SignInProblem::Entra(error)) => return of_entra(error),
        SignedOutReason::Failed(problem) => {
            return Words {
                title: "The sign-in did not succeed",
                sentence: format!("Reason: {problem}. {}", way_on(problem)),
                details: None,
            };
        }
    };
    Words {
        title,
        sentence: sentence.to_owned(),
        details: None,
    }
}

fn way_on(problem: &SignInProblem) -> &'static str {
    match problem {
        SignInProblem::NoStorage => "Allow this site to store data in your browser, then sign in.",
        _ => "Sign in again.",
    }
}

/// Entra's own words, and its numbers for support; only its code is ever branched on (auth #15).
fn of_entra(error: &EntraError) -> Words {
    let number = error.aadsts().map(|number| format!("AADSTS{number}"));
    let correlation_id = error.correlation_id().map(|id| format!("correlation id {id}"));
    let details = [Some(error.code.clone()), number, correlation_id];
    let details = details.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let said = error.description.lines().next().unwrap_or_default();
    // The text ends in ids and a time, which stand in the details.
    let said = said.split("Trace ID").next().unwrap_or_default().trim();
    let sentence = match said {
        _ if error.was_cancelled() => "You cancelled it. Sign in to see your servers.".to_owned(),
        "" => "Microsoft Entra gave no reason. Sign in again.".to_owned(),
        said => format!("Microsoft Entra says: {said}"),
    };
    Words {
        title: "The sign-in did not succeed",
        sentence,
        details: Some(details),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_sign_in_says_what_to_do_about_it() {
        let check = |problem: SignInProblem, expected: &str| {
            let sentence = words(&SignedOutReason::Failed(problem)).sentence;
            assert!(sentence.ends_with(expected), "{sentence}");
        };
        check(
            SignInProblem::NoStorage,
            "Allow this site to store data in your browser, then sign in.",
        );
        check(SignInProblem::NotLoaded, "Sign in again.");
        check(SignInProblem::RedirectLoop, "Select Sign in to try again.");
    }
}
