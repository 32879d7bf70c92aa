//! Whatever Azure answers, and whenever tabs are closed, the journal ends in the world's truth, with one request.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::poll_fn,
    ops::ControlFlow,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use arm_client::{ArmClient, ArmOrigin};
use arm_core::{
    Clock, LocalFuture, Method, Request, Response, Timestamp, Transport, TransportError, VirtualClock,
};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, Switches, World};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Act, Drive, Emit, Journal, KeyStore, Operation, OperationState, Pace,
    drive_rig::{SERVER, Token, block_on, morning, world},
    ledger::{Heard, hear},
};

const KNOWN: &str = "before-schema-v42";
const NEW: &str = "v43";

/// The storage of the browser; it outlives the tabs.
#[derive(Clone, Default)]
struct Storage(Rc<RefCell<BTreeMap<String, String>>>);

impl KeyStore for Storage {
    fn keys(&self) -> Vec<String> {
        self.0.borrow().keys().cloned().collect()
    }

    fn read(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }

    fn write(&self, key: &str, text: &str) -> bool {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
        true
    }

    fn remove(&self, key: &str) {
        self.0.borrow_mut().remove(key);
    }
}

/// A moment at which a tab may be closed.
async fn moment() {
    let mut has_passed = false;
    poll_fn(move |_| {
        if std::mem::replace(&mut has_passed, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// Virtual time in which every wait is a moment.
struct Moments(Rc<VirtualClock>);

impl Clock for Moments {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        Box::pin(async move {
            moment().await;
            self.0.sleep(duration).await;
        })
    }
}

impl Pace for Moments {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn turn(&self, wait: Duration) -> LocalFuture<'_, ControlFlow<()>> {
        Box::pin(async move {
            self.sleep(wait).await;
            ControlFlow::Continue(())
        })
    }
}

/// A way to Azure on which there is a moment before each request arrives and one before its answer does.
struct Way {
    inner: InProcess,
    /// How often a request to take a backup has left and was not turned away with a time to come back.
    triggers: Rc<Cell<usize>>,
}

impl Transport for Way {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let is_trigger = request.method == Method::Put;
            moment().await;
            let answer = self.inner.send(request).await;
            let is_turned_away = answer
                .as_ref()
                .is_ok_and(|answer| matches!(answer.status, 429 | 503));
            if is_trigger && !is_turned_away {
                self.triggers.set(self.triggers.get() + 1);
            }
            moment().await;
            answer
        })
    }
}

/// The browser of one user, and the Azure behind it.
struct Browser {
    storage: Storage,
    clock: Rc<VirtualClock>,
    world: Rc<RefCell<World>>,
    client: ArmClient,
    triggers: Rc<Cell<usize>>,
    said: Rc<RefCell<Vec<&'static str>>>,
}

impl Browser {
    fn new(seed: u64, hides_headers: bool, refuses_at_once: bool) -> Self {
        let clock = Rc::new(VirtualClock::starting_at(morning()));
        let world = Rc::new(RefCell::new(world()));
        *world.borrow_mut().switches() = Switches {
            hide_headers: hides_headers,
            refuse_conflicting_backups_at_once: refuses_at_once,
            ..Switches::default().with_freedoms_of(seed)
        };
        let moments = Rc::new(Moments(clock.clone()));
        let triggers = Rc::new(Cell::new(0));
        let way = Way {
            inner: InProcess::new(world.clone(), moments.clone()),
            triggers: triggers.clone(),
        };
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, Rc::new(way), moments, Rc::new(Token));
        Self {
            storage: Storage::default(),
            clock,
            world,
            client,
            triggers,
            said: Rc::default(),
        }
    }

    fn journal(&self) -> Journal {
        Journal::within(Some(Box::new(self.storage.clone())), "tenant", "user")
    }

    /// Opens a tab that goes on with the journal, or clicks; closes it after so many moments.
    fn tab(&self, click: Option<Operation>, closes_after: usize) {
        let journal = Rc::new(self.journal());
        let mut entries = journal.entries();
        if let Some(entry) = &click {
            journal.write(entry);
            entries.push(entry.clone());
        }
        let followed: Vec<_> = entries.clone();
        let entries = Rc::new(RefCell::new(entries));
        for entry in followed {
            let now = self.clock.now();
            if entry.has_ended() && !entry.is_explained_later(now) {
                continue;
            }
            let drive = self.drive(&entry, &entries, &journal);
            let is_new = click.is_some();
            let run = async move {
                if is_new {
                    drive.begin().await;
                } else {
                    drive.resume().await;
                }
            };
            let mut run = pin!(run);
            let mut context = Context::from_waker(Waker::noop());
            for _ in 0..=closes_after {
                if run.as_mut().poll(&mut context).is_ready() {
                    break;
                }
            }
        }
    }

    fn drive(
        &self,
        entry: &Operation,
        entries: &Rc<RefCell<Vec<Operation>>>,
        journal: &Rc<Journal>,
    ) -> Drive {
        let (id, clock, said) = (entry.id, self.clock.clone(), self.said.clone());
        let (heard_by, journal) = (entries.clone(), journal.clone());
        let emit: Emit = Box::new(move |event| {
            let heard = hear(&mut heard_by.borrow_mut(), Some(&journal), id, event, clock.now());
            match heard {
                Heard::Taken(entry, news) => {
                    if news.is_some() && entry.has_ended() {
                        said.borrow_mut().push("an end");
                    }
                    ControlFlow::Continue(())
                }
                Heard::EndedElsewhere(_) | Heard::Forgotten | Heard::Unknown => ControlFlow::Break(()),
            }
        });
        let others = entries.clone();
        let read_journal = Rc::new(move || others.borrow().clone());
        let pace = Rc::new(Moments(self.clock.clone()));
        Drive::new(self.client.clone(), pace, read_journal, emit, entry.clone())
    }

    fn names(&self) -> Vec<String> {
        let server = SERVER.parse().expect("an id");
        let transport = Rc::new(InProcess::new(self.world.clone(), self.clock.clone()));
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, transport, self.clock.clone(), Rc::new(Token));
        let list = block_on(client.backups(&server).list()).expect("a list");
        list.into_iter().map(|backup| backup.name).collect()
    }
}

/// What may become of a request; a lie, such as 404 for what is there, is not among it.
fn any_fault() -> impl Strategy<Value = FaultKind> {
    let status = |status: u16, code: &str, retry_after| FaultKind::Status {
        status,
        code: code.to_owned(),
        message: "Injected.".to_owned(),
        retry_after,
    };
    let carried_out = |status: u16, code: &str| FaultKind::CarriedOutBut {
        status,
        code: code.to_owned(),
        message: "Injected.".to_owned(),
    };
    let boom = FaultKind::FailOperation {
        code: "Boom".to_owned(),
        message: "Boom.".to_owned(),
    };
    prop_oneof![
        Just(FaultKind::NoAnswer),
        Just(FaultKind::WithoutCors),
        Just(FaultKind::Garbage),
        Just(FaultKind::Never),
        Just(FaultKind::Delay { seconds: 40 }),
        Just(status(401, "InvalidAuthenticationToken", None)),
        Just(status(403, "AuthorizationFailed", None)),
        Just(status(409, "ServerBusy", None)),
        Just(status(429, "TooManyRequests", Some(5))),
        Just(status(429, "TooManyRequests", None)),
        Just(status(500, "InternalServerError", None)),
        Just(status(503, "ServiceUnavailable", Some(5))),
        Just(status(503, "ServiceUnavailable", None)),
        Just(status(504, "GatewayTimeout", None)),
        Just(carried_out(500, "InternalServerError")),
        Just(carried_out(504, "GatewayTimeout")),
        Just(boom),
        Just(FaultKind::CancelOperation),
    ]
}

/// Which requests it happens to.
fn any_request() -> impl Strategy<Value = RequestMatcher> {
    let requests = [
        (Method::Put, "/backups/"),
        (Method::Delete, "/backups/"),
        (Method::Get, "/azureAsyncOperation/"),
        (Method::Get, "/operationResults/"),
        (Method::Get, "/backups"),
    ];
    (0..requests.len()).prop_map(move |index| RequestMatcher {
        method: Some(requests[index].0),
        path_contains: requests[index].1.to_owned(),
    })
}

fn any_act() -> impl Strategy<Value = Act> {
    let name = || prop_oneof![Just(NEW.to_owned()), Just(KNOWN.to_owned())];
    prop_oneof![
        name().prop_map(|name| Act::TakeBackup { name }),
        name().prop_map(|name| Act::DeleteBackup { name }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]
    #[test]
    fn the_journal_ends_in_the_worlds_truth_with_one_request(
        seed in 1_u64..60,
        (hides_headers, refuses_at_once) in (any::<bool>(), any::<bool>()),
        act in any_act(),
        script in proptest::collection::vec((any_request(), any_fault(), 1_u32..6), 0..6),
        tabs in proptest::collection::vec(0_usize..80, 1..5),
    ) {
        let browser = Browser::new(seed, hides_headers, refuses_at_once);
        let before = browser.names();
        for (matching, kind, times) in script {
            browser.world.borrow_mut().faults().inject(Fault { matching, kind, times });
        }
        let name = act.backup_name().unwrap_or_default().to_owned();
        let server = SERVER.parse().expect("an id");
        let now = browser.clock.now();
        let click = Operation::about_to_start(Uuid::from_u128(1), act.clone(), server, Some(before.clone()), now);
        for (index, closes_after) in tabs.into_iter().enumerate() {
            browser.tab((index == 0).then(|| click.clone()), closes_after);
        }
        // The weather clears up, and a last tab has all the time it needs.
        browser.world.borrow_mut().faults().clear();
        browser.tab(None, usize::MAX - 1);

        let is_there = browser.names().contains(&name);
        let was_there = before.contains(&name);
        let entry = browser.journal().entries().pop();
        let ended = entry.as_ref().map(|entry| &entry.progress);
        let is_completed = ended == Some(&OperationState::Completed);
        let context = format!("{act:?}: was there {was_there}, is there {is_there}, {ended:?}");
        match act {
            Act::TakeBackup { .. } => prop_assert_eq!(is_completed, is_there && !was_there, "{}", context),
            Act::DeleteBackup { .. } => {
                // What was refused is not remembered; what was never there may be refused as well.
                prop_assert!(!is_completed || !is_there, "{}", context);
                prop_assert!(is_completed || is_there || !was_there, "{}", context);
            }
            _ => prop_assert!(false, "no story has one"),
        }
        prop_assert!(browser.triggers.get() <= 1, "{} requests; {}", browser.triggers.get(), context);
        prop_assert!(browser.said.borrow().len() <= 1, "said {} times; {}", browser.said.borrow().len(), context);
        if let Some(entry) = entry {
            prop_assert!(!entry.has_ended() || entry.token.is_none(), "a signed URL is kept: {}", context);
        }
    }
}
