use std::rc::Rc;

use arm_core::{Timestamp, VirtualClock};
use entra_auth::{SignInSettings, SignedOutReason};

use super::*;
use crate::session::Again;

fn client() -> PublicClient {
    let settings = SignInSettings::v2(
        "https://login.example",
        "organizations",
        "app",
        "https://app.example/",
        "x",
    );
    let clock = VirtualClock::starting_at(Timestamp::UNIX_EPOCH);
    PublicClient::new(settings, Rc::new(clock))
}

/// A session outside a browser: it keeps nothing, since it is nobody's.
fn session() -> (Owner, Session) {
    let owner = Owner::new();
    let session = owner.with(|| Session {
        client: StoredValue::new_local(client()),
        state: RwSignal::new(client().state()),
        account: RwSignal::new(None),
        until: RwSignal::new(None),
        again: RwSignal::new(Again::Closed),
        elsewhere: StoredValue::new_local(Elsewhere::default()),
        chosen: RwSignal::new(vec![]),
        wanted: RwSignal::new(None),
        operations: StoredValue::new(None),
    });
    (owner, session)
}

fn named(name: &str) -> Directory {
    Directory {
        id: format!("id-of-{name}"),
        name: name.to_owned(),
    }
}

fn wanted(directory: Option<&str>, is_proof: bool) -> Option<Wanted> {
    Some(Wanted {
        directory: directory.map(named),
        is_proof,
    })
}

#[test]
fn a_sign_in_serves_what_it_was_asked_for_and_nothing_that_is_wanted_since() {
    let fabrikam = wanted(Some("fabrikam"), false);
    let tailwind = wanted(Some("tailwind"), false);
    let proof = wanted(None, true);
    for (asked, present, left, chosen) in [
        (&fabrikam, &fabrikam, &None, vec![named("fabrikam")]),
        (&fabrikam, &tailwind, &tailwind, vec![named("fabrikam")]),
        (&fabrikam, &proof, &proof, vec![named("fabrikam")]),
        (&proof, &proof, &None, vec![]),
        // The session had ended, and was asked for itself.
        (&None, &proof, &None, vec![]),
        (&None, &tailwind, &tailwind, vec![]),
    ] {
        let (_owner, session) = session();
        session.wanted.set(present.clone());
        session.has_what_was_asked(asked.clone());
        let case = format!("{asked:?} was asked for, {present:?} is wanted");
        assert_eq!(session.wanted.get_untracked(), *left, "{case}");
        assert_eq!(session.chosen.get_untracked(), chosen, "{case}");
    }
}

#[test]
fn a_sign_in_that_is_given_up_is_wanted_no_more_where_the_directory_is_not_shown() {
    let (fabrikam, tailwind) = (wanted(Some("fabrikam"), false), wanted(Some("tailwind"), false));
    let proof = wanted(None, true);
    for (asked, present, shown, left) in [
        (&fabrikam, &fabrikam, "", &None),
        (&fabrikam, &fabrikam, "ID-OF-FABRIKAM", &fabrikam),
        (&fabrikam, &tailwind, "", &tailwind),
        (&proof, &proof, "", &proof),
    ] {
        let (_owner, session) = session();
        let id = shown.to_owned();
        session.chosen.set(vec![Directory {
            id,
            ..named("fabrikam")
        }]);
        session.wanted.set(present.clone());
        session.gives_up(asked.clone());
        assert_eq!(
            session.wanted.get_untracked(),
            *left,
            "{asked:?} {present:?} {shown}"
        );
    }
}

#[test]
fn nothing_comes_any_more_from_a_directory_that_is_left() {
    let forgotten = SessionState::SignedOut {
        reason: SignedOutReason::SignedOutHere,
    };
    let (_owner, session) = session();
    let (there, other) = (client(), client());
    session.elsewhere.update_value(|elsewhere| {
        elsewhere
            .clients
            .push(("ID-OF-FABRIKAM".to_owned(), there.clone()));
        elsewhere.clients.push(("other".to_owned(), other.clone()));
        elsewhere.learn("s-1", "Id-of-Fabrikam");
    });
    session.chosen.set(vec![named("fabrikam")]);
    session.wanted.set(wanted(Some("fabrikam"), true));
    session.leave_directory("id-of-FABRIKAM");
    assert_eq!(session.chosen.get_untracked(), []);
    assert_eq!(session.wanted.get_untracked(), None);
    let subscription = |elsewhere: &Elsewhere| elsewhere.directory_of("s-1");
    assert_eq!(session.elsewhere.with_value(subscription), None);
    assert_eq!(there.state(), forgotten);
    assert_ne!(other.state(), forgotten);
    session.forget_directories();
    assert_eq!(other.state(), forgotten, "the user has signed out");
}

#[test]
fn what_was_chosen_is_read_back_and_nothing_else() {
    let directory = |id: &str, name: &str| Directory {
        id: id.to_owned(),
        name: name.to_owned(),
    };
    let (one, other) = (
        "72f988bf-0000-4000-8000-0000000fab01",
        "72f988bf-0000-4000-8000-0000007a1101",
    );
    let chosen = vec![directory(one, "Fabrikam"), directory(other, "Tailwind Traders")];
    assert_eq!(parse(&text_of(&chosen)), chosen);
    for text in [
        "",
        "x Fabrikam",
        "../evil Fabrikam",
        &format!("{one}\n"),
        &format!("{one} \n"),
        "{}",
    ] {
        assert_eq!(parse(text), [], "{text}");
    }
    let broken = text_of(&[directory(one, "Fabrikam\nx y")]);
    assert_eq!(parse(&broken), [directory(one, "Fabrikam x y")]);
}

#[test]
fn a_subscription_is_where_it_was_last_seen() {
    let mut elsewhere = Elsewhere::default();
    assert_eq!(elsewhere.directory_of("s-1"), None);
    elsewhere.learn("s-1", "fabrikam");
    elsewhere.learn("S-1", "tailwind");
    elsewhere.learn("s-2", "fabrikam");
    assert_eq!(elsewhere.directory_of("s-1").as_deref(), Some("tailwind"));
    assert_eq!(elsewhere.directory_of("S-2").as_deref(), Some("fabrikam"));
    assert!(elsewhere.forget("S-1"), "it has moved home");
    assert_eq!(elsewhere.directory_of("s-1"), None);
    assert!(!elsewhere.forget("s-1"), "nothing was known");
}
