use chrono::TimeDelta;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn account(name: &str) -> Account {
    Account {
        name: name.to_owned(),
        username: format!("{name}@contoso.com"),
        tenant_id: "tenant".to_owned(),
        object_id: name.to_owned(),
    }
}

/// An hour's sign-in at second 0; the token is the user's name.
fn answer(name: &str) -> Result<SignedIn, SignInProblem> {
    Ok(SignedIn {
        token: Secret::new(name),
        expires_at: at(3600),
        account: account(name),
        return_to: "/".to_owned(),
        refresh_token: None,
    })
}

fn signed_in(name: &str) -> Session {
    let mut session = Session::new();
    session.answered(answer(name), at(0));
    session
}

fn signed_out(reason: SignedOutReason) -> SessionState {
    SessionState::SignedOut { reason }
}

/// The token in a form that can be compared and shown.
fn token(session: &mut Session, seconds: i64) -> Result<String, SessionState> {
    session.token(at(seconds)).map(|token| token.expose().to_owned())
}

#[test]
fn a_new_session_has_no_token_and_says_why() {
    let mut session = Session::new();
    let nobody = signed_out(SignedOutReason::NewSession);
    assert_eq!(session.state(), nobody);
    assert_eq!(token(&mut session, 0), Err(nobody));
    assert_eq!(session.ends_at(), None);
}

#[test]
fn a_token_is_handed_out_until_five_minutes_before_its_end() {
    let expired = || Err(signed_out(SignedOutReason::Expired));
    for (seconds, expected) in [
        (0, Ok("mira".to_owned())),
        (3299, Ok("mira".to_owned())),
        (3300, expired()),
        (3600, expired()),
        // The clock went back: by a little, and by so much that the end tells nothing.
        (-300, Ok("mira".to_owned())),
        (-301, expired()),
    ] {
        let mut session = signed_in("mira");
        assert_eq!(token(&mut session, seconds), expected, "after {seconds} s");
        let state = expected.map_or_else(|state| state, |_| SessionState::SignedIn(account("mira")));
        assert_eq!(session.state(), state, "after {seconds} s");
    }
    assert_eq!(signed_in("mira").ends_at(), Some(at(3300)));
}

#[test]
fn a_session_that_has_ended_does_not_come_back_by_itself() {
    let mut session = signed_in("mira");
    let expired = Err(signed_out(SignedOutReason::Expired));
    assert_eq!(token(&mut session, 3300), expired);
    assert_eq!(token(&mut session, 10), expired, "the clock went back");
}

#[test]
fn a_refused_token_ends_the_session_it_belongs_to() {
    let mut session = signed_in("mira");
    session.refused(&Secret::new("mira"));
    let refused = signed_out(SignedOutReason::Refused);
    assert_eq!(token(&mut session, 1), Err(refused.clone()));
    assert_eq!(session.state(), refused);

    let mut later = signed_in("jonas");
    later.refused(&Secret::new("mira"));
    assert_eq!(
        later.state(),
        SessionState::SignedIn(account("jonas")),
        "an earlier token"
    );

    let mut gone = signed_in("mira");
    gone.signed_out();
    gone.refused(&Secret::new("mira"));
    assert_eq!(
        gone.state(),
        signed_out(SignedOutReason::SignedOutHere),
        "the reason stays"
    );
}

type Change = fn(&mut Session);

#[test]
fn leaving_signing_out_and_failing_forget_the_token() {
    let failed = SignInProblem::NotAsked;
    let changes: [(&str, Change, SessionState); 3] = [
        ("leaving", Session::leaving, SessionState::SigningIn),
        (
            "signing out",
            Session::signed_out,
            signed_out(SignedOutReason::SignedOutHere),
        ),
        (
            "failing",
            |session| session.answered(Err(SignInProblem::NotAsked), at(1)),
            signed_out(SignedOutReason::Failed(failed)),
        ),
    ];
    for (name, change, expected) in changes {
        let mut session = signed_in("mira");
        change(&mut session);
        assert_eq!(session.state(), expected, "{name}");
        assert_eq!(token(&mut session, 1), Err(expected), "{name}");
    }
}

#[test]
fn a_page_that_cannot_leave_keeps_whom_it_has() {
    let mut session = signed_in("mira");
    session.could_not_leave(SignInProblem::RedirectLoop);
    assert_eq!(token(&mut session, 1).as_deref(), Ok("mira"));

    let mut nobody = Session::new();
    nobody.could_not_leave(SignInProblem::NoStorage);
    let failed = SignedOutReason::Failed(SignInProblem::NoStorage);
    assert_eq!(nobody.state(), signed_out(failed));
}

#[test]
fn a_page_that_was_left_and_comes_back_may_be_left_again() {
    let mut session = Session::new();
    session.leaving();
    session.came_back();
    assert_eq!(session.state(), signed_out(SignedOutReason::NewSession));

    let mut elsewhere = signed_in("mira");
    elsewhere.came_back();
    assert_eq!(elsewhere.state(), SessionState::SignedIn(account("mira")));
}

#[test]
fn the_next_sign_in_replaces_the_last() {
    let mut session = signed_in("mira");
    session.leaving();
    session.answered(answer("jonas"), at(5));
    assert_eq!(token(&mut session, 6).as_deref(), Ok("jonas"));
    assert_eq!(session.state(), SessionState::SignedIn(account("jonas")));
}

#[test]
fn a_token_is_to_be_renewed_five_minutes_before_it_is_no_longer_handed_out() {
    assert_eq!(Session::new().renewal_due_at(), None);
    assert_eq!(signed_in("mira").renewal_due_at(), Some(at(3000)));
    let mut short = Session::new();
    short.answered(
        answer("mira").map(|signed_in| SignedIn {
            expires_at: at(600),
            ..signed_in
        }),
        at(0),
    );
    assert_eq!(short.ends_at(), Some(at(300)));
    assert_eq!(short.renewal_due_at(), Some(at(150)), "half of a short life");
}

#[test]
fn a_renewal_takes_the_place_of_the_token_and_nobody_sees_it() {
    // Ahead of the end, after it was said, and after a refusal.
    let before: [(&str, Change, i64); 3] = [
        ("ahead", |_| {}, 3000),
        ("ended", |session| drop(session.token(at(3300))), 3301),
        (
            "refused",
            |session| {
                session.refused(&Secret::new("mira"));
                drop(session.token(at(5)));
            },
            6,
        ),
    ];
    for (name, change, seconds) in before {
        let mut session = signed_in("mira");
        change(&mut session);
        assert_eq!(
            session.begin_renewal(at(seconds)),
            Some(account("mira")),
            "{name}"
        );
        let renewed = answer("mira").map(|signed_in| SignedIn {
            token: Secret::new("new"),
            expires_at: at(seconds + 3600),
            ..signed_in
        });
        assert_eq!(session.renewed(renewed, at(seconds)), Ok(()), "{name}");
        assert_eq!(token(&mut session, seconds + 1).as_deref(), Ok("new"), "{name}");
        assert_eq!(session.state(), SessionState::SignedIn(account("mira")), "{name}");
    }
}

#[test]
fn a_renewal_that_fails_ends_nothing_before_its_time_and_then_says_why() {
    let mut session = signed_in("mira");
    assert_eq!(
        session.renewed(Err(SignInProblem::NoAnswer), at(3010)),
        Err(SignInProblem::NoAnswer)
    );
    assert_eq!(token(&mut session, 3299).as_deref(), Ok("mira"));
    let not_renewed = || Err(signed_out(SignedOutReason::NotRenewed(SignInProblem::NoAnswer)));
    assert_eq!(token(&mut session, 3300), not_renewed());
    assert_eq!(token(&mut session, 3400), not_renewed(), "the reason stays");

    let mut ended = signed_in("mira");
    assert!(token(&mut ended, 3300).is_err());
    ended.renewed(Err(SignInProblem::NoAnswer), at(3301)).ok();
    assert_eq!(token(&mut ended, 3302), not_renewed());

    let mut refused = signed_in("mira");
    refused.refused(&Secret::new("mira"));
    refused.renewed(Err(SignInProblem::NoAnswer), at(2)).ok();
    assert_eq!(
        token(&mut refused, 3),
        Err(signed_out(SignedOutReason::Refused)),
        "what Azure said weighs more"
    );
}

#[test]
fn t03_a_renewal_gives_the_page_to_nobody_else() {
    let mut session = signed_in("mira");
    assert_eq!(
        session.renewed(answer("jonas"), at(10)),
        Err(SignInProblem::OtherAccount)
    );
    assert_eq!(token(&mut session, 11).as_deref(), Ok("mira"));

    let gone: [(&str, Change); 3] = [
        ("signed out", Session::signed_out),
        ("signed out elsewhere", Session::signed_out_elsewhere),
        ("leaving", Session::leaving),
    ];
    for (name, change) in gone {
        let mut session = signed_in("mira");
        change(&mut session);
        let state = session.state();
        assert_eq!(session.begin_renewal(at(10)), None, "{name}");
        assert_eq!(
            session.renewed(answer("mira"), at(11)),
            Err(SignInProblem::NotAsked),
            "{name}"
        );
        assert_eq!(token(&mut session, 12), Err(state), "{name}");
    }
    assert_eq!(Session::new().begin_renewal(at(0)), None, "nobody was signed in");
}

#[test]
fn a_sign_out_in_another_tab_ends_this_session_and_says_so() {
    let mut session = signed_in("mira");
    session.signed_out_elsewhere();
    assert_eq!(session.state(), signed_out(SignedOutReason::SignedOutElsewhere));
    let mut here = signed_in("mira");
    here.signed_out();
    here.signed_out_elsewhere();
    assert_eq!(here.state(), signed_out(SignedOutReason::SignedOutHere));
}

#[test]
fn in_another_directory_somebody_without_a_name_is_nobody_known() {
    let nameless = |tenant_id: &str, object_id: &str| Account {
        username: String::new(),
        tenant_id: tenant_id.to_owned(),
        object_id: object_id.to_owned(),
        ..account("mira")
    };
    let mut session = Session::new().in_directory("fabrikam", &nameless("tenant", "mira"));
    let mut signed_in = answer("mira").unwrap_or_else(|problem| panic!("{problem}"));
    signed_in.account = nameless("fabrikam", "anybody");
    assert_eq!(
        session.renewed(Ok(signed_in), at(0)),
        Err(SignInProblem::OtherAccount)
    );
}

#[test]
fn in_another_directory_a_user_is_known_by_their_name_and_then_by_their_id_there() {
    let guest = |name: &str, object_id: &str| {
        let mut signed_in = answer(name).unwrap_or_else(|problem| panic!("{problem}"));
        signed_in.account.tenant_id = "fabrikam".to_owned();
        signed_in.account.object_id = object_id.to_owned();
        Ok(signed_in)
    };
    let mut session = Session::new().in_directory("fabrikam", &account("mira"));
    assert_eq!(session.state(), signed_out(SignedOutReason::NewSession));
    assert_eq!(
        session.begin_renewal(at(0)).map(|account| account.tenant_id),
        Some("fabrikam".to_owned())
    );
    assert_eq!(
        session.renewed(answer("mira"), at(0)),
        Err(SignInProblem::OtherAccount),
        "the home directory"
    );
    assert_eq!(
        session.renewed(guest("jonas", "1"), at(0)),
        Err(SignInProblem::OtherAccount)
    );
    assert_eq!(session.not_renewed(), Some(&SignInProblem::OtherAccount));
    assert_eq!(session.renewed(guest("mira", "1"), at(0)), Ok(()));
    assert_eq!(token(&mut session, 1).as_deref(), Ok("mira"));
    assert_eq!(
        session.renewed(guest("mira", "2"), at(2)),
        Err(SignInProblem::OtherAccount)
    );
    assert_eq!(session.renewed(guest("mira", "1"), at(2)), Ok(()));
}
