//! A portal and a made-up page around it, without a browser.

use std::{
    cell::RefCell,
    pin::pin,
    rc::{Rc, Weak},
    task::{Context, Poll, Waker},
};

use arm_core::{Clock, Secret, Timestamp, VirtualClock};
use chrono::TimeDelta;
use entra_auth::{PublicClient, SessionState, SignInProblem, SignedOutReason, TokenSource as _};
use serde_json::{Value, json};

use super::{
    Around, Change, HostToken, Sender, TokenReason,
    tokens::{HostTokens, account_of, signed_in},
};
use crate::{
    config::{Config, Page},
    session,
};

const HOST: &str = "https://portal.contoso.com:8443";
const HOME: &str = "72f988bf-0000-4000-8000-00000000c0de";
const OTHER: &str = "72f988bf-0000-4000-8000-00000000beef";

/// What the made-up page does with a message.
type Act = dyn Fn(&Around, &Value);

struct Rig {
    around: Rc<Around>,
    clock: Rc<VirtualClock>,
    /// Each message and the origin that it was sent to.
    heard: Rc<RefCell<Vec<(Value, String)>>>,
    act: Rc<RefCell<Box<Act>>>,
}

fn rig(act: impl Fn(&Around, &Value) + 'static) -> Rig {
    let clock = Rc::new(VirtualClock::starting_at(Timestamp::UNIX_EPOCH));
    let heard: Rc<RefCell<Vec<_>>> = Rc::default();
    let act: Rc<RefCell<Box<Act>>> = Rc::new(RefCell::new(Box::new(act)));
    let (keep, page) = (Rc::clone(&heard), Rc::clone(&act));
    let this: Rc<RefCell<Weak<Around>>> = Rc::default();
    let to = Rc::clone(&this);
    let send = Box::new(move |text: &str, origin: &str| {
        let message: Value = serde_json::from_str(text).expect("JSON");
        keep.borrow_mut().push((message.clone(), origin.to_owned()));
        if let Some(around) = to.borrow().upgrade() {
            page.borrow()(&around, &message);
        }
    });
    let arm = "https://management.azure.com".to_owned();
    let around = Around::new(vec![HOST.to_owned()], arm, send, clock.clone());
    this.replace(Rc::downgrade(&around));
    Rig {
        around,
        clock,
        heard,
        act,
    }
}

fn say(around: &Around, kind: &str, body: Value) {
    let mut message = body;
    message["type"] = json!(format!("pgbackup/{kind}"));
    message["v"] = json!(1);
    let sender = Sender {
        is_parent: true,
        origin: HOST,
    };
    around.hear(sender, &message.to_string());
}

/// Starts the portal, and answers each request for a token with what `answer` gives.
fn host(answer: impl Fn(&Value) -> Value + 'static) -> impl Fn(&Around, &Value) {
    move |around, message| match message["type"].as_str() {
        Some("pgbackup/ready") => say(around, "init", json!({ "nonce": message["nonce"] })),
        Some("pgbackup/token-request") => {
            let mut body = answer(message);
            body["requestId"] = message["requestId"].clone();
            say(around, "token-response", body);
        }
        _ => {}
    }
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

fn token(number: u32, seconds: i64) -> HostToken {
    HostToken {
        token: Secret::new(number.to_string()),
        expires_on: Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds),
    }
}

impl Rig {
    fn reasons(&self) -> Vec<(String, Option<String>)> {
        let heard = self.heard.borrow();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let asked = heard
            .iter()
            .filter(|(message, _)| message["type"] == "pgbackup/token-request");
        asked
            .map(|(message, _)| {
                let reason = text(&message["reason"]).expect("a reason");
                (reason, text(&message["tenantId"]))
            })
            .collect()
    }

    /// A session that begins with a token of so many seconds.
    fn client(&self, seconds: i64) -> (PublicClient, Rc<HostTokens>) {
        assert!(block_on(self.around.init()).is_some_and(|init| init.is_ok()));
        let tokens = Rc::new(HostTokens {
            around: Rc::clone(&self.around),
            home: Some(HOME.to_owned()),
        });
        let page = Page {
            host: "backup.contoso.com".to_owned(),
            base: "https://backup.contoso.com/".to_owned(),
        };
        let config = Config::parse(
            r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555"}"#,
            &page,
        )
        .expect("a configuration");
        let account = account_of(None, Some(HOME.to_owned()));
        let first = signed_in(Ok(token(1, seconds)), account, self.clock.now()).expect("a token");
        let settings = session::settings(&config, &page.base);
        let client = PublicClient::of_source(settings, self.clock.clone(), tokens.clone(), first);
        (client, tokens)
    }
}

/// The source as what renews, as the app's session has it.
async fn acquired(client: &PublicClient) -> Result<String, SessionState> {
    let source = client.source().expect("a source");
    let asked = client.clone();
    let renew = move |account, claims| source.ask(asked.clone(), account, claims);
    let token = client.acquire_token(&renew).await?;
    Ok(token.expose().to_owned())
}

#[test]
fn a_page_that_says_nothing_is_waited_for_ten_seconds() {
    let rig = rig(|_, _| {});
    assert!(block_on(rig.around.init()).is_none());
    assert_eq!(rig.clock.elapsed().as_secs(), 10);
    let (ready, origin) = rig.heard.borrow()[0].clone();
    assert_eq!(
        (ready["type"].as_str(), origin.as_str()),
        (Some("pgbackup/ready"), HOST)
    );
}

#[test]
fn a_page_that_cannot_be_gone_by_hears_why() {
    let rig = rig(|around, message| {
        if message["type"] == "pgbackup/ready" {
            say(
                around,
                "init",
                json!({ "nonce": message["nonce"], "theme": "pink" }),
            );
        }
    });
    let refused = block_on(rig.around.init()).expect("an answer");
    let why = refused.err().expect("a reason");
    let (told, origin) = rig.heard.borrow()[1].clone();
    assert_eq!(told["type"], "pgbackup/refused");
    assert_eq!((told["reason"].as_str(), origin.as_str()), (Some(why), HOST));
}

#[test]
fn t12_nothing_is_told_before_somebody_has_started_the_portal() {
    let rig = rig(|_, _| {});
    rig.around.tell(&super::PortalMessage::Started);
    assert!(rig.heard.borrow().is_empty());
}

#[test]
fn a_token_that_does_not_come_is_waited_for_ten_seconds_and_not_taken_afterwards() {
    let rig = rig(host(|_| json!({})));
    assert!(block_on(rig.around.init()).is_some());
    *rig.act.borrow_mut() = Box::new(|_, _| {});
    let before = rig.clock.elapsed();
    let missing = block_on(rig.around.token(None, None, TokenReason::Missing));
    assert_eq!(missing.err().expect("no token").code, "timeout");
    assert_eq!((rig.clock.elapsed() - before).as_secs(), 10);
    let asked = rig.heard.borrow().last().expect("a request").0.clone();
    let late = json!({ "requestId": asked["requestId"], "token": "t", "expiresOn": "2026-11-20T12:00:00Z" });
    say(&rig.around, "token-response", late);
    let next = block_on(rig.around.token(None, None, TokenReason::Missing));
    assert_eq!(next.err().expect("no token").code, "timeout");
}

#[test]
fn a_token_is_asked_for_again_ahead_of_its_end() {
    let rig = rig(host(
        |_| json!({ "token": "2", "expiresOn": "1970-01-01T02:00:00Z" }),
    ));
    let (client, _) = rig.client(3600);
    assert_eq!(block_on(acquired(&client)).as_deref(), Ok("1"));
    // Good until a minute before its end, and renewed by then; MSAL has another one from five minutes before on.
    rig.clock.advance(std::time::Duration::from_secs(3600 - 61));
    assert_eq!(block_on(acquired(&client)).as_deref(), Ok("1"));
    rig.clock.advance(std::time::Duration::from_secs(2));
    assert_eq!(block_on(acquired(&client)).as_deref(), Ok("2"));
    assert_eq!(rig.reasons(), [("expiring".to_owned(), None)]);
}

#[test]
fn a_token_that_msal_gives_again_leaves_no_hole_and_a_page_that_gives_none_ends_the_session() {
    // Until five minutes before its end MSAL gives the token that it has.
    let rig = rig(|_, _| {});
    let clock = Rc::clone(&rig.clock);
    let page = host(move |_| match clock.elapsed().as_secs() {
        0..=300 => json!({ "token": "1", "expiresOn": "1970-01-01T00:10:00Z" }),
        301..=3000 => json!({ "token": "2", "expiresOn": "1970-01-01T01:00:00Z" }),
        _ => json!({ "error": { "code": "over", "message": "The session is over." } }),
    });
    *rig.act.borrow_mut() = Box::new(page);
    let (client, _) = rig.client(600);
    let source = client.source().expect("a source");
    let asked = client.clone();
    let renew = move |account, claims| source.ask(asked.clone(), account, claims);
    let ends = RefCell::new(vec![]);
    let ended = || ends.borrow_mut().push(rig.clock.elapsed().as_secs());
    block_on(client.keep_renewed(&renew, || false, ended));
    let ends = ends.into_inner();
    assert!(
        matches!(ends[..], [3540..=3600]),
        "one end, with the second token: {ends:?}"
    );
    let asked = rig.reasons().len();
    assert!((4..=8).contains(&asked), "twice, and then once a minute: {asked}");
}

#[test]
fn a_token_that_azure_refuses_is_asked_for_anew_and_says_so() {
    let rig = rig(host(
        |asked| json!({ "token": asked["reason"], "expiresOn": "1970-01-01T02:00:00Z" }),
    ));
    let (client, _) = rig.client(3600);
    rig.clock.advance(std::time::Duration::from_secs(600));
    client.token_refused(&Secret::new("1"));
    assert_eq!(block_on(acquired(&client)).as_deref(), Ok("refused"));
}

#[test]
fn another_directory_is_named_and_the_users_own_is_not() {
    let rig = rig(host(
        |asked| json!({ "token": asked["tenantId"].as_str().unwrap_or("home"), "expiresOn": "1970-01-01T02:00:00Z" }),
    ));
    let (client, _) = rig.client(3600);
    let account = client.accounts().remove(0);
    let there = client.in_directory(OTHER, &account);
    assert_eq!(block_on(acquired(&there)).as_deref(), Ok(OTHER));
    assert_eq!(rig.reasons(), [("missing".to_owned(), Some(OTHER.to_owned()))]);
}

#[test]
fn what_a_page_says_in_place_of_a_token_is_kept_for_the_user() {
    let rig = rig(host(
        |_| json!({ "error": { "code": "interaction_required", "message": "Sign in again." } }),
    ));
    let (client, tokens) = rig.client(3600);
    rig.clock.advance(std::time::Duration::from_secs(3600));
    let problem = SignInProblem::Source {
        code: "interaction_required".to_owned(),
        message: "Sign in again.".to_owned(),
    };
    let reason = SignedOutReason::NotRenewed(problem);
    assert_eq!(
        block_on(acquired(&client)),
        Err(SessionState::SignedOut { reason })
    );
    assert_eq!(tokens.name(), "portal.contoso.com:8443");
}

#[test]
fn a_token_that_ends_within_a_minute_is_none() {
    let account = || account_of(None, None);
    let now = Timestamp::UNIX_EPOCH;
    assert!(signed_in(Ok(token(1, 61)), account(), now).is_ok());
    let error = signed_in(Ok(token(1, 60)), account(), now).err().expect("none");
    assert_eq!(
        (error.code.as_str(), error.message.as_str()),
        (
            "expired",
            "It gave a token that ends at 1970-01-01T00:01:00+00:00."
        )
    );
}

#[test]
fn what_the_page_changes_is_heard_until_the_app_is_gone() {
    let rig = rig(host(|_| json!({})));
    assert!(block_on(rig.around.init()).is_some());
    let paths: Rc<RefCell<Vec<String>>> = Rc::default();
    let kept = Rc::clone(&paths);
    rig.around.on_change(Some(Rc::new(move |change| {
        if let Change::Path(path) = change {
            kept.borrow_mut().push(path);
        }
    })));
    say(&rig.around, "path", json!({ "path": "/jobs" }));
    rig.around.on_change(None);
    say(&rig.around, "path", json!({ "path": "/vaults" }));
    assert_eq!(*paths.borrow(), ["/jobs"]);
}
