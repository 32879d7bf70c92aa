//! Whether an answer is to our request comes before all else (auth #36, #37).

use entra_auth::{SignInProblem, SignInSettings, finish};
use serde_json::json;

use crate::{
    at, check,
    entra::{self, Entra, REQUESTED_AT, begin, settings},
    judge,
};

#[test]
fn t03_an_answer_that_nobody_asked_for_is_not_looked_at() {
    let good = Entra::answering().fragment();
    let outcome = judge(None, &good).map(drop);
    assert_eq!(
        outcome,
        Err(SignInProblem::NotAsked),
        "no pending request, or a replay"
    );
    check(
        "no state",
        |entra| entra.remove("state"),
        Err(SignInProblem::NotAsked),
    );
    check(
        "empty state",
        |entra| entra.set("state", ""),
        Err(SignInProblem::NotAsked),
    );
    check(
        "other state",
        |entra| entra.set("state", "AAECAwQFBgcICQoLDA0ODg"),
        Err(SignInProblem::NotAsked),
    );
    check(
        "state in capitals",
        |entra| entra.set("state", "AAECAWQFBGCICQOLDA0ODW"),
        Err(SignInProblem::NotAsked),
    );
    check(
        "longer state",
        |entra| entra.set("state", "AAECAwQFBgcICQoLDA0ODwA"),
        Err(SignInProblem::NotAsked),
    );
    // A forged error is as little the app's business as a forged token (auth #37).
    let outcome = judge(None, "error=access_denied&error_description=call+us&state=x").map(drop);
    assert_eq!(outcome, Err(SignInProblem::NotAsked));
    let forged = "error=access_denied&error_description=call+us&state=x";
    assert_eq!(
        judge(Some(begin("/portal/")), forged).map(drop),
        Err(SignInProblem::NotAsked)
    );
    let forged = "error=access_denied&error_description=call+us";
    assert_eq!(
        judge(Some(begin("/portal/")), forged).map(drop),
        Err(SignInProblem::NotAsked)
    );
}

#[test]
fn t03_an_answer_to_a_request_made_elsewhere_is_not_looked_at() {
    let changes: [fn(&mut SignInSettings); 3] = [
        |settings| settings.authorize_url = "https://login.microsoftonline.us/x/authorize".to_owned(),
        |settings| settings.tenant = "fabrikam.com".to_owned(),
        |settings| settings.client_id = "app-2".to_owned(),
    ];
    for change in changes {
        let mut settings = settings();
        change(&mut settings);
        let outcome = finish(
            &settings,
            Some(begin("/portal/")),
            &Entra::answering().fragment(),
            at(30),
        );
        assert_eq!(outcome.map(drop), Err(SignInProblem::NotAsked), "{settings:?}");
    }
}

#[test]
fn t03_a_request_is_forgotten_after_ten_minutes() {
    for (seconds, expected) in [
        (0, Ok(())),
        (600, Ok(())),
        (601, Err(SignInProblem::TookTooLong)),
        (-300, Ok(())),
        (-301, Err(SignInProblem::TookTooLong)),
    ] {
        let mut entra = Entra::answering();
        entra.claim("iat", json!(REQUESTED_AT + seconds));
        entra.claim("nbf", json!(REQUESTED_AT + seconds));
        let outcome = finish(
            &settings(),
            Some(begin("/portal/")),
            &entra.fragment(),
            at(seconds),
        );
        assert_eq!(outcome.map(drop), expected, "after {seconds} s");
    }
}

#[test]
fn an_error_of_entra_is_kept_as_it_came() {
    let fragment = format!(
        "error=access_denied&error_subcode=cancel&state={}\
         &error_description=AADSTS65004%3A+User+declined.+Correlation+ID%3A+c-1",
        entra::STATE
    );
    let Err(SignInProblem::Entra(error)) = judge(Some(begin("/portal/")), &fragment) else {
        panic!("no error of Entra");
    };
    assert_eq!(error.code, "access_denied");
    assert_eq!(
        error.description,
        "AADSTS65004: User declined. Correlation ID: c-1"
    );
    assert!(error.was_cancelled() && !error.needs_interaction(), "{error:?}");
    // An answer that says both is a refusal.
    let mut entra = Entra::answering();
    entra.add("error", "server_error");
    let outcome = judge(Some(begin("/portal/")), &entra.fragment()).map(drop);
    assert!(matches!(outcome, Err(SignInProblem::Entra(_))), "{outcome:?}");
}
