//! The page when nobody is signed in: why, and the way in.

mod page;
mod words;

use entra_auth::{SignInProblem, SignedOutReason};

use super::LazyView;
use crate::{lazy::lazy, prelude::*, session::use_session, ui::changing::view_if};

/// *Sign in*, with the reason why nobody is; it comes as a file of its own, since most never see it.
#[component]
pub fn SignedOut() -> impl IntoView {
    let session = use_session();
    // A page that is about to leave for Entra has nothing to say and nothing to fetch.
    let is_told = Signal::derive(move || session.signed_out_reason().is_some());
    view_if(is_told, || {
        view! { <LazyView load=Box::new(|| Box::pin(signed_out())) rows=0 /> }.into_any()
    })
}

lazy! {
    signed_out: fn signed_out() -> AnyView {
        view! { <page::SignedOutPage /> }.into_any()
    }
}

/// Why a sign-in did not succeed and what to do about it, and line by line what support asks for.
pub(super) fn words_of(problem: &SignInProblem) -> (String, Vec<String>) {
    let words = words::words(&SignedOutReason::Failed(problem.clone()));
    (words.sentence, words.details)
}
