use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use arm_core::{Clock, Timestamp, VirtualClock};
use chrono::TimeDelta;

use super::*;
use crate::{SignInSettings, SignedOutReason};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// Runs a future in which nothing waits for the world outside.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..10_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("it never ends");
}

fn mira() -> Account {
    Account {
        name: "Mira".to_owned(),
        username: "mira@contoso.com".to_owned(),
        tenant_id: "tenant".to_owned(),
        object_id: "mira".to_owned(),
    }
}

/// A clock that jumps to the end of a sleep once whoever else is polled has had their turn.
struct PatientClock(VirtualClock);

impl PatientClock {
    fn advance(&self, duration: Duration) {
        self.0.advance(duration);
    }
}

impl Clock for PatientClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        let end = self.now() + duration;
        Box::pin(async move {
            for _ in 0..3 {
                pending_once().await;
            }
            self.advance((end - self.now()).to_std().unwrap_or_default());
        })
    }
}

/// A page of Mira's, signed in at second 0 for an hour, and what is asked of Entra for it.
struct Rig {
    clock: Rc<PatientClock>,
    client: PublicClient,
    asked: Rc<RefCell<Vec<i64>>>,
    claims: Rc<RefCell<Vec<Option<String>>>>,
    answers: Rc<Cell<bool>>,
}

impl Rig {
    fn new() -> Self {
        let clock = Rc::new(PatientClock(VirtualClock::starting_at(at(0))));
        let settings = SignInSettings::v2(
            "https://login.example",
            "organizations",
            "app",
            "https://app.example/",
            "x",
        );
        let client = PublicClient::new(settings, clock.clone());
        client
            .session
            .borrow_mut()
            .answered(signed_in("first", at(0)), at(0));
        Self {
            clock,
            client,
            asked: Rc::default(),
            claims: Rc::default(),
            answers: Rc::new(Cell::new(true)),
        }
    }

    /// Entra, which takes two seconds, and ten where it gives no answer.
    fn entra(&self) -> Box<Renew> {
        let (clock, asked, answers) = (self.clock.clone(), self.asked.clone(), self.answers.clone());
        let seen = self.claims.clone();
        Box::new(move |account, claims| {
            assert_eq!(account, mira());
            seen.borrow_mut().push(claims);
            let (clock, answers) = (clock.clone(), answers.get());
            asked.borrow_mut().push((clock.now() - at(0)).num_seconds());
            let number = asked.borrow().len();
            Box::pin(async move {
                // Others may be polled meanwhile.
                pending_once().await;
                if answers {
                    clock.advance(Duration::from_secs(2));
                    return signed_in(&format!("renewed-{number}"), clock.now());
                }
                clock.advance(Duration::from_secs(10));
                Err(SignInProblem::NoAnswer)
            })
        })
    }

    fn asked(&self) -> Vec<i64> {
        self.asked.borrow().clone()
    }

    fn token(&self) -> Result<String, SessionState> {
        let entra = self.entra();
        let token = block_on(self.client.acquire_token(&*entra));
        token.map(|token| token.expose().to_owned())
    }
}

fn signed_in(token: &str, now: Timestamp) -> Result<SignedIn, SignInProblem> {
    Ok(SignedIn {
        token: Secret::new(token),
        expires_at: now + TimeDelta::seconds(3600),
        account: mira(),
        return_to: "/".to_owned(),
        refresh_token: None,
    })
}

async fn pending_once() {
    let mut is_second = false;
    poll_fn(|_| {
        if std::mem::replace(&mut is_second, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(value) = one.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = other.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

fn not_renewed() -> SessionState {
    SessionState::SignedOut {
        reason: SignedOutReason::NotRenewed(SignInProblem::NoAnswer),
    }
}

#[test]
fn a_token_that_has_ended_is_renewed_before_it_is_handed_out() {
    let rig = Rig::new();
    assert_eq!(rig.token().as_deref(), Ok("first"));
    rig.clock.advance(Duration::from_secs(3300));
    assert_eq!(rig.token().as_deref(), Ok("renewed-1"));
    assert_eq!(rig.token().as_deref(), Ok("renewed-1"));
    assert_eq!(rig.asked(), [3300]);
}

#[test]
fn all_who_ask_meanwhile_wait_for_one_renewal() {
    let rig = Rig::new();
    rig.clock.advance(Duration::from_secs(3300));
    let entra = rig.entra();
    let (one, other) = block_on(both(
        rig.client.acquire_token(&*entra),
        rig.client.acquire_token(&*entra),
    ));
    for token in [one, other] {
        assert_eq!(
            token.map(|token| token.expose().to_owned()).as_deref(),
            Ok("renewed-1")
        );
    }
    assert_eq!(rig.asked(), [3300]);
}

#[test]
fn t13_a_renewal_that_fails_is_not_tried_again_by_every_request() {
    let rig = Rig::new();
    rig.answers.set(false);
    rig.clock.advance(Duration::from_secs(3300));
    for _ in 0..100 {
        assert_eq!(rig.token(), Err(not_renewed()));
    }
    assert_eq!(rig.asked(), [3300]);
    rig.clock.advance(Duration::from_secs(300));
    rig.answers.set(true);
    assert_eq!(rig.token().as_deref(), Ok("renewed-2"), "the network may be back");
}

#[test]
fn a_renewal_of_which_nothing_comes_is_given_up_and_whoever_waits_goes_on() {
    let rig = Rig::new();
    rig.clock.advance(Duration::from_secs(3300));
    let never: Box<Renew> = Box::new(|_, _| Box::pin(std::future::pending()));
    let (one, other) = block_on(both(
        rig.client.acquire_token(&*never),
        rig.client.acquire_token(&*never),
    ));
    let not_reached = SessionState::SignedOut {
        reason: SignedOutReason::NotRenewed(SignInProblem::NotReached),
    };
    for token in [one, other] {
        assert_eq!(token.err(), Some(not_reached.clone()));
    }
    assert_eq!(rig.clock.now(), at(3390));
    rig.clock.advance(Duration::from_secs(300));
    assert_eq!(rig.token().as_deref(), Ok("renewed-1"), "the network is back");
}

#[test]
fn t13_a_token_that_azure_refuses_is_renewed_once_and_no_more() {
    let rig = Rig::new();
    for expected in [
        Ok("renewed-1"),
        Err(SignedOutReason::Refused),
        Err(SignedOutReason::Refused),
    ] {
        let held = rig.client.acquire_token_silent();
        if let Ok(token) = held {
            rig.client.token_refused(&token);
        }
        let expected = expected
            .map(str::to_owned)
            .map_err(|reason| SessionState::SignedOut { reason });
        assert_eq!(rig.token(), expected);
    }
    assert_eq!(rig.asked(), [0]);
}

#[test]
fn the_token_of_a_page_that_is_looked_at_is_renewed_ahead_of_its_end_for_hours() {
    let rig = Rig::new();
    let entra = rig.entra();
    let is_over = || rig.clock.now() > at(4 * 3600);
    let hidden = || {
        if is_over() {
            rig.client.forget();
        }
        false
    };
    block_on(rig.client.keep_renewed(&*entra, hidden, || {}));
    let asked = rig.asked();
    assert_eq!(asked.first(), Some(&3000), "{asked:?}");
    assert_eq!(asked.len(), 4, "{asked:?}");
}

#[test]
fn t13_a_hidden_page_asks_for_nothing_until_it_is_looked_at() {
    let rig = Rig::new();
    let entra = rig.entra();
    let hidden = || {
        if rig.asked().len() == 1 {
            rig.client.forget();
        }
        rig.clock.now() < at(7200)
    };
    block_on(rig.client.keep_renewed(&*entra, hidden, || {}));
    let asked = rig.asked();
    assert!(asked.len() == 1 && (7200..=7260).contains(&asked[0]), "{asked:?}");
}

#[test]
fn the_end_of_a_token_that_is_not_renewed_is_said_when_it_comes() {
    let rig = Rig::new();
    rig.answers.set(false);
    let entra = rig.entra();
    let said = RefCell::new(vec![]);
    let changed = || said.borrow_mut().push((rig.clock.now() - at(0)).num_seconds());
    block_on(rig.client.keep_renewed(&*entra, || false, changed));
    assert_eq!(rig.client.state(), not_renewed());
    let asked = rig.asked();
    assert_eq!(asked.len(), 2, "ahead and at the end: {asked:?}");
    let said = said.into_inner();
    assert!(said.len() == 1 && (3300..3400).contains(&said[0]), "{said:?}");
}

#[test]
fn a_request_waits_for_the_user_who_signs_in_beside_the_page() {
    let rig = Rig::new();
    rig.answers.set(false);
    rig.clock.advance(Duration::from_secs(3300));
    assert_eq!(rig.token(), Err(not_renewed()));
    let entra = rig.entra();
    let beside = rig.client.signed_in_beside(Box::pin(async {
        pending_once().await;
        signed_in("beside", at(3310))
    }));
    let (signed_in, token) = block_on(both(beside, rig.client.acquire_token(&*entra)));
    assert_eq!(signed_in, Ok(()));
    assert_eq!(
        token.map(|token| token.expose().to_owned()).as_deref(),
        Ok("beside")
    );
    assert_eq!(rig.asked(), [3300], "and nothing is asked in silence meanwhile");
}

#[test]
fn a_sign_in_beside_the_page_that_fails_or_is_given_up_leaves_it_as_it_was() {
    let rig = Rig::new();
    let failed = rig
        .client
        .signed_in_beside(Box::pin(async { Err(SignInProblem::Cancelled) }));
    assert_eq!(block_on(failed), Err(SignInProblem::Cancelled));
    assert_eq!(rig.token().as_deref(), Ok("first"));
    rig.clock.advance(Duration::from_secs(3300));
    let expired = SessionState::SignedOut {
        reason: SignedOutReason::Expired,
    };
    assert_eq!(
        rig.client.acquire_token_silent().err(),
        Some(expired),
        "not the reason of another attempt"
    );

    let given_up = rig.client.signed_in_beside(Box::pin(std::future::pending()));
    {
        let mut given_up = pin!(given_up);
        let mut context = Context::from_waker(Waker::noop());
        assert!(given_up.as_mut().poll(&mut context).is_pending());
    }
    let again = rig
        .client
        .signed_in_beside(Box::pin(async { signed_in("beside", at(5)) }));
    assert_eq!(block_on(again), Ok(()));
    assert_eq!(rig.token().as_deref(), Ok("beside"));
}

/// A token that proves the claims, if one could be had.
fn proving(rig: &Rig, claims: &str) -> Option<String> {
    let entra = rig.entra();
    let token = block_on(rig.client.acquire_token_proving(&*entra, claims));
    token.map(|token| token.expose().to_owned())
}

#[test]
fn a_token_that_proves_more_is_asked_for_once_and_takes_the_others_place() {
    let rig = Rig::new();
    assert_eq!(proving(&rig, "p1").as_deref(), Some("renewed-1"));
    assert_eq!(rig.token().as_deref(), Ok("renewed-1"));
    assert_eq!(rig.asked(), [0]);
    assert_eq!(rig.client.wanted_claims(), None);
}

#[test]
fn t13_proof_that_was_not_enough_is_left_to_the_user_and_the_token_stays() {
    let rig = Rig::new();
    assert_eq!(proving(&rig, "p1").as_deref(), Some("renewed-1"));
    for _ in 0..100 {
        rig.clock.advance(Duration::from_secs(10));
        assert_eq!(proving(&rig, "p1"), None, "Azure asks for the same again");
    }
    assert_eq!(rig.asked(), [0]);
    assert_eq!(rig.token().as_deref(), Ok("renewed-1"), "for everything else");
    assert_eq!(rig.client.wanted_claims().as_deref(), Some("p1"), "of the user");

    let answer = signed_in("by-the-user", rig.clock.now());
    let beside = rig.client.signed_in_beside(Box::pin(async move { answer }));
    assert_eq!(block_on(beside), Ok(()));
    assert_eq!(rig.token().as_deref(), Ok("by-the-user"));
    assert_eq!(rig.client.wanted_claims(), None);
}

#[test]
fn t13_many_requests_that_are_challenged_ask_entra_once_where_it_refuses() {
    let rig = Rig::new();
    rig.answers.set(false);
    for _ in 0..100 {
        assert_eq!(proving(&rig, "p1"), None);
    }
    assert_eq!(rig.asked(), [0]);
    assert_eq!(rig.token().as_deref(), Ok("first"), "it stays good for the rest");
    assert_eq!(rig.client.wanted_claims().as_deref(), Some("p1"));
}

#[test]
fn a_window_proves_what_was_wanted_when_it_opened() {
    let rig = Rig::new();
    rig.client.proof.borrow_mut().want("p1");
    let renewal = rig.client.flight.begin();
    let answer = signed_in("by-the-user", at(0));
    let beside = rig.client.signed_in_beside(Box::pin(async move { answer }));
    let meanwhile = async {
        rig.client.proof.borrow_mut().want("p2");
        drop(renewal);
    };
    assert_eq!(block_on(both(beside, meanwhile)).0, Ok(()));
    assert!(rig.client.proof.borrow().is_given("p1"));
    assert_eq!(rig.client.wanted_claims().as_deref(), Some("p2"), "of the user");
}

#[test]
fn what_only_the_user_can_prove_does_not_keep_the_token_from_being_renewed() {
    let rig = Rig::new();
    rig.answers.set(false);
    assert_eq!(proving(&rig, "p1"), None);
    assert_eq!(rig.client.wanted_claims().as_deref(), Some("p1"));
    rig.answers.set(true);
    rig.clock.advance(Duration::from_secs(3300));
    assert_eq!(rig.token().as_deref(), Ok("renewed-2"));
    let entra = rig.entra();
    let hidden = || {
        if rig.asked().len() > 2 {
            rig.client.forget();
        }
        false
    };
    block_on(rig.client.keep_renewed(&*entra, hidden, || {}));
    assert_eq!(*rig.claims.borrow(), [Some("p1".to_owned()), None, None]);
    assert_eq!(rig.client.wanted_claims().as_deref(), Some("p1"), "of the user");
}

#[test]
fn another_directory_has_a_token_of_its_own() {
    let rig = Rig::new();
    let there = rig.client.in_directory("fabrikam", &mira());
    assert_eq!(there.settings.tenant, "fabrikam");
    let renew: Box<Renew> = Box::new(|account, _| {
        assert_eq!(
            (account.tenant_id.as_str(), account.username.as_str()),
            ("fabrikam", "mira@contoso.com")
        );
        Box::pin(async move {
            let mut signed_in = signed_in("there", at(0))?;
            signed_in.account.tenant_id = "fabrikam".to_owned();
            signed_in.account.object_id = "guest".to_owned();
            Ok(signed_in)
        })
    });
    let token = block_on(there.acquire_token(&*renew));
    assert_eq!(
        token.map(|token| token.expose().to_owned()).as_deref(),
        Ok("there")
    );
    assert_eq!(rig.token().as_deref(), Ok("first"), "the home's stays");
}
