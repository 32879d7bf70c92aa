//! Two workers on one store, a store that fails, and what a page is told of it.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use arm_core::{LocalFuture, Method, Request, Response, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, RequestMatcher, Switches};

use super::*;
use crate::protocol::Command;

const SERVER: &str = "https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111\
    /resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// What several workers share, with the failures of a browser.
#[derive(Debug, Clone, Default)]
struct SharedStore {
    kept: Rc<RefCell<Option<Kept>>>,
    refuses_locks: Rc<Cell<bool>>,
    refuses_writes: Rc<Cell<bool>>,
}

impl Store for SharedStore {
    type Guard = ();

    fn lock(&self) -> LocalFuture<'_, Result<(), StoreError>> {
        ready(refuse_if(&self.refuses_locks))
    }

    fn generation(&self) -> LocalFuture<'_, Result<Option<u32>, StoreError>> {
        ready(Ok(self.kept.borrow().as_ref().map(|kept| kept.generation)))
    }

    fn read(&self) -> LocalFuture<'_, Result<Option<Kept>, StoreError>> {
        ready(Ok(self.kept.borrow().clone()))
    }

    fn write(&self, kept: Kept) -> LocalFuture<'_, Result<(), StoreError>> {
        let written = refuse_if(&self.refuses_writes).map(|()| {
            self.kept.replace(Some(kept));
        });
        ready(written)
    }
}

fn ready<T: 'static>(value: T) -> LocalFuture<'static, T> {
    Box::pin(std::future::ready(value))
}

fn refuse_if(refuses: &Cell<bool>) -> Result<(), StoreError> {
    if refuses.get() {
        Err(StoreError("refused".to_owned()))
    } else {
        Ok(())
    }
}

/// Nothing here waits for anything outside, so every future is ready in the end.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a future waits that must not"),
    }
}

fn clock() -> Rc<VirtualClock> {
    let now = "2026-03-03T08:00:00Z".parse::<Timestamp>();
    Rc::new(VirtualClock::starting_at(now.expect("a moment")))
}

fn worker(store: &SharedStore) -> Emulator<SharedStore> {
    block_on(Emulator::start(Some(store.clone()), clock()))
}

fn ask(worker: &Emulator<SharedStore>, command: Command) -> Vec<Notice> {
    block_on(worker.serve(&Message { id: 7, command }))
}

fn status(worker: &Emulator<SharedStore>, method: Method, url: &str) -> Option<u16> {
    answer(worker, method, url).map(|response| response.status)
}

fn answer(worker: &Emulator<SharedStore>, method: Method, url: &str) -> Option<Response> {
    let request = Request::new(method, url)
        .with_header("Authorization", "Bearer any")
        .with_header("Content-Type", "application/json")
        .with_body("{}");
    let notices = ask(worker, Command::Send { request });
    match notices.as_slice() {
        [.., Notice::Answer { id: 7, response }] => response.clone(),
        other => panic!("no answer to {method} {url}: {other:?}"),
    }
}

fn backup(name: &str) -> String {
    format!("{SERVER}/backups/{name}?api-version=2025-08-01")
}

fn fail(worker: &Emulator<SharedStore>, kind: FaultKind) {
    worker.world.borrow_mut().faults().inject(Fault {
        matching: RequestMatcher::default(),
        kind,
        times: 1,
    });
}

#[test]
fn a_world_is_taken_up_where_it_was_left() {
    let store = SharedStore::default();
    let first = worker(&store);
    assert_eq!(first.storage(), Storage::Kept);
    assert_eq!(status(&first, Method::Put, &backup("before-v42")), Some(202));

    let second = worker(&store);
    assert_eq!(second.storage(), Storage::Kept);
    let before = first.world.borrow();
    assert_eq!(
        serde_json::to_value(&*second.world.borrow()).expect("JSON"),
        serde_json::to_value(&*before).expect("JSON")
    );
}

#[test]
fn what_one_worker_writes_another_reads() {
    let store = SharedStore::default();
    let (first, second) = (worker(&store), worker(&store));
    let accepted = answer(&first, Method::Put, &backup("before-v42")).expect("an answer");
    let operation = accepted.headers.get("Azure-AsyncOperation");
    assert_eq!(
        status(&second, Method::Get, operation.expect("a polling URL")),
        Some(200)
    );
}

#[test]
fn a_write_is_there_before_the_page_is_told() {
    let store = SharedStore::default();
    let worker = worker(&store);
    let generation = || store.kept.borrow().as_ref().map(|kept| kept.generation);
    assert_eq!(generation(), Some(1), "the default world is kept at once");
    status(&worker, Method::Get, &format!("{SERVER}?api-version=2025-08-01"));
    assert_eq!(generation(), Some(1), "a read writes nothing");
    status(&worker, Method::Put, &backup("before-v42"));
    assert_eq!(generation(), Some(2));
}

#[test]
fn a_world_of_another_format_is_dropped_and_that_is_told_once() {
    let store = SharedStore::default();
    store.kept.replace(Some(Kept {
        generation: 41,
        world: r#"{"format":0}"#.to_owned(),
    }));
    let worker = worker(&store);
    assert_eq!(worker.storage(), Storage::Dropped);
    assert_eq!(worker.storage(), Storage::Kept);
    let kept = store.kept.borrow();
    assert_eq!(kept.as_ref().map(|kept| kept.generation), Some(42));
}

#[test]
fn a_newer_release_is_not_overwritten() {
    let store = SharedStore::default();
    let worker = worker(&store);
    let newer = Kept {
        generation: 2,
        world: r#"{"format":99}"#.to_owned(),
    };
    store.kept.replace(Some(newer.clone()));
    assert_eq!(status(&worker, Method::Put, &backup("before-v42")), Some(202));
    assert_eq!(worker.storage(), Storage::Memory);
    assert_eq!(store.kept.borrow().as_ref(), Some(&newer));
}

#[test]
fn without_a_store_the_world_is_in_memory() {
    let worker = block_on(Emulator::<SharedStore>::start(None, clock()));
    assert_eq!(worker.storage(), Storage::Memory);
    assert_eq!(status(&worker, Method::Put, &backup("before-v42")), Some(202));

    let store = SharedStore::default();
    store.refuses_locks.set(true);
    assert_eq!(self::worker(&store).storage(), Storage::Memory);
}

#[test]
fn a_write_that_is_refused_is_answered_and_the_page_is_told() {
    let store = SharedStore::default();
    let worker = worker(&store);
    store.refuses_writes.set(true);
    let notices = ask(&worker, Command::Reset);
    let storage = Storage::Memory;
    assert_eq!(notices, [Notice::Ready { storage }, Notice::Done { id: 7 }]);
    assert_eq!(
        ask(&worker, Command::Reset),
        [Notice::Done { id: 7 }],
        "it is told once"
    );
}

#[test]
fn a_reset_brings_the_default_world_back_and_leaves_the_switches() {
    let worker = worker(&SharedStore::default());
    let switches = Switches {
        operation_time_factor: 60.0,
        ..Switches::default()
    };
    let done = [Notice::Done { id: 7 }];
    assert_eq!(
        ask(
            &worker,
            Command::Control {
                switches: switches.clone()
            }
        ),
        done
    );
    assert_eq!(status(&worker, Method::Put, &backup("before-v42")), Some(202));
    assert_eq!(ask(&worker, Command::Reset), done);
    assert_eq!(*worker.world.borrow_mut().switches(), switches);
    assert_eq!(
        status(&worker, Method::Put, &backup("before-v42")),
        Some(202),
        "the backup that ran is gone"
    );
}

#[test]
fn a_page_sees_what_a_browser_would() {
    let worker = worker(&SharedStore::default());
    let url = "https://arm.emulator.invalid/subscriptions?api-version=2022-12-01";
    for kind in [FaultKind::NoAnswer, FaultKind::WithoutCors] {
        fail(&worker, kind);
        assert_eq!(status(&worker, Method::Get, url), None);
    }
    fail(&worker, FaultKind::Never);
    let request = Request::new(Method::Get, url);
    assert_eq!(ask(&worker, Command::Send { request }), []);
    assert_eq!(status(&worker, Method::Get, url), Some(200));
}

#[test]
fn a_late_answer_is_late() {
    let clock = clock();
    let worker = block_on(Emulator::<SharedStore>::start(None, clock.clone()));
    fail(&worker, FaultKind::Delay { seconds: 40 });
    let url = "https://arm.emulator.invalid/subscriptions?api-version=2022-12-01";
    assert_eq!(status(&worker, Method::Get, url), Some(200));
    assert_eq!(clock.elapsed(), Duration::from_secs(40));
}
