//! The way back: what is believed and what is not (auth T2, T3, facts 13 to 16 and 33 to 38).

mod belief;
mod entra;
mod state;
mod tampering;
mod tokens;

use arm_core::Timestamp;
use entra::{Entra, REQUESTED_AT, begin, settings};
use entra_auth::{Distrust, PendingSignIn, SignInProblem, SignedIn, finish};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(REQUESTED_AT + seconds, 0).expect("a moment")
}

/// Half a minute after the request, as a user takes to pick an account.
fn judge(pending: Option<PendingSignIn>, fragment: &str) -> Result<SignedIn, SignInProblem> {
    finish(&settings(), pending, fragment, at(30))
}

/// Checks what comes of the good answer after a change.
fn check(name: &str, change: impl FnOnce(&mut Entra), expected: Result<(), SignInProblem>) {
    let mut entra = Entra::answering();
    change(&mut entra);
    let outcome = judge(Some(begin("/portal/")), &entra.fragment()).map(drop);
    assert_eq!(outcome, expected, "{name}");
}

fn distrusted(check: Distrust) -> Result<(), SignInProblem> {
    Err(SignInProblem::Distrusted(check))
}
