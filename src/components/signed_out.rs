//! The page when nobody is signed in: why, and the way in.

use entra_auth::{SignInProblem, SignedOutReason};
use leptos::prelude::*;

use crate::session::use_session;

/// *Sign in*, with the reason why nobody is.
#[component]
pub fn SignedOut() -> impl IntoView {
    let session = use_session();
    // While the page is about to leave for Entra there is nothing to say.
    move || {
        session.signed_out_reason().map(|reason| {
        let (title, sentence) = words(&reason);
        view! {
            <main class="page-main start-page" id="main">
                <h1>{title}</h1>
                <p>{sentence}</p>
                <button class="button button-primary" type="button" on:click=move |_| session.sign_in(None)>
                    "Sign in"
                </button>
            </main>
        }
    })
    }
}

fn words(reason: &SignedOutReason) -> (&'static str, String) {
    match reason {
        SignedOutReason::NewSession => (
            "Sign in",
            "Sign in with your work or school account to see your servers.".to_owned(),
        ),
        SignedOutReason::Expired => (
            "Your sign-in has ended",
            "Sign in again to go on where you were.".to_owned(),
        ),
        SignedOutReason::Refused => (
            "Azure did not accept the sign-in",
            "Sign in again; if it stays so, ask your administrator about this app's access.".to_owned(),
        ),
        SignedOutReason::SignedOutHere => {
            ("You are signed out", "Running backups go on in Azure.".to_owned())
        }
        SignedOutReason::Failed(SignInProblem::RedirectLoop) => (
            "Sign in",
            "The sign-in page sent you back without an answer. Select Sign in to try again.".to_owned(),
        ),
        SignedOutReason::Failed(problem) => ("The sign-in did not succeed", format!("Reason: {problem}.")),
    }
}
