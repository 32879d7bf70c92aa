//! Whatever Azure answers, and whenever tabs are closed, the journal ends in the world's truth, with one request.

mod backups;
mod protection;
mod restores;

use std::{
    cell::RefCell,
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
    Act, Asked, Drive, Emit, Journal, KeyStore, Operation, OperationState, Pace,
    drive_rig::{Token, block_on, morning, world},
    ledger::{Heard, hear},
};

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
    sent: Sent,
}

/// The requests that have left and were not turned away with a time to come back.
type Sent = Rc<RefCell<Vec<(Method, String)>>>;

impl Transport for Way {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let (method, url) = (request.method, request.url.clone());
            moment().await;
            let answer = self.inner.send(request).await;
            let is_turned_away = answer
                .as_ref()
                .is_ok_and(|answer| matches!(answer.status, 429 | 503));
            if !is_turned_away {
                let path = url.split('?').next().unwrap_or_default();
                self.sent.borrow_mut().push((method, path.to_owned()));
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
    sent: Sent,
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
        let sent = Sent::default();
        let way = Way {
            inner: InProcess::new(world.clone(), moments.clone()),
            sent: sent.clone(),
        };
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, Rc::new(way), moments, Rc::new(Token));
        Self {
            storage: Storage::default(),
            clock,
            world,
            client,
            sent,
            said: Rc::default(),
        }
    }

    fn journal(&self) -> Journal {
        Journal::within(Some(Box::new(self.storage.clone())), "tenant", "user")
    }

    /// Opens a tab that goes on with the journal, or clicks; closes it after so many moments.
    fn tab(&self, click: Option<(Operation, Asked)>, closes_after: usize) {
        let journal = Rc::new(self.journal());
        let mut entries = journal.entries();
        let (click, mut asked) = click.unzip();
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
            let drive = match asked.take() {
                Some(asked) => drive.asking(asked),
                None => drive,
            };
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

    /// The weather clears up, and a last tab has all the time it needs.
    fn clear_up(&self) {
        self.world.borrow_mut().faults().clear();
        self.tab(None, usize::MAX - 1);
    }

    /// How often requests of this method to paths that end so have left.
    fn sent(&self, method: Method, is_it: impl Fn(&str) -> bool) -> usize {
        let sent = self.sent.borrow();
        sent.iter()
            .filter(|(sent, path)| *sent == method && is_it(path))
            .count()
    }

    /// A client in fair weather, on another way.
    fn onlooker(&self) -> ArmClient {
        let transport = Rc::new(InProcess::new(self.world.clone(), self.clock.clone()));
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        ArmClient::new(origin, transport, self.clock.clone(), Rc::new(Token))
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

/// Which of these requests it happens to.
fn any_of(requests: &'static [(Method, &'static str)]) -> impl Strategy<Value = RequestMatcher> {
    (0..requests.len()).prop_map(move |index| RequestMatcher {
        method: Some(requests[index].0),
        path_contains: requests[index].1.to_owned(),
    })
}

/// A script of faults: to which requests, which, how often.
fn any_script(
    requests: &'static [(Method, &'static str)],
) -> impl Strategy<Value = Vec<(RequestMatcher, FaultKind, u32)>> {
    proptest::collection::vec((any_of(requests), any_fault(), 1_u32..6), 0..6)
}
