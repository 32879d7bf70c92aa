//! Operations against the emulator in process, in virtual time: what is said is what Azure did.

use std::{
    cell::RefCell, ops::ControlFlow, pin::pin, rc::Rc, task::Context, task::Poll, task::Waker, time::Duration,
};

use arm_client::{
    ArmClient, ArmOrigin, BackupName, ContinuationToken, Credential, SignInNeeded, TokenRequest,
};
use arm_core::{LocalFuture, Method, ResourceId, Secret, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};

use super::{Drive, Event};

const SERVER: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
     /providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// The real client, an emulated Azure, and the time of both.
struct Rig {
    client: ArmClient,
    clock: Rc<VirtualClock>,
    world: Rc<RefCell<World>>,
    transport: Rc<InProcess>,
}

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
    }
}

/// What a drive said: the names of its events, and the last continuation token.
#[derive(Default)]
struct Said {
    events: Vec<&'static str>,
    token: Option<ContinuationToken>,
}

impl Rig {
    fn new() -> Self {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().expect("a moment");
        let clock = Rc::new(VirtualClock::starting_at(now));
        let world = Rc::new(RefCell::new(World::new(7, now)));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, transport.clone(), clock.clone(), Rc::new(Token));
        Self {
            client,
            clock,
            world,
            transport,
        }
    }

    fn inject(&self, method: Method, path_contains: &str, kind: FaultKind, times: u32) {
        let matching = RequestMatcher {
            method: Some(method),
            path_contains: path_contains.to_owned(),
        };
        self.world.borrow_mut().faults().inject(Fault {
            matching,
            kind,
            times,
        });
    }

    /// Takes a backup as one tab would that is closed once `closes_at` has been said.
    fn take(&self, name: &str, closes_at: Option<&str>) -> Said {
        self.drive(
            closes_at,
            |drive, server, name| Box::pin(async move { drive.take_backup(&server, &name).await }),
            name,
        )
    }

    /// Goes on as the next tab would.
    fn resume(&self, name: &str, token: Option<ContinuationToken>) -> Said {
        self.drive(
            None,
            |drive, server, name| {
                Box::pin(async move { drive.resume_backup(&server, &name, token.as_ref()).await })
            },
            name,
        )
    }

    fn drive<R>(&self, closes_at: Option<&str>, run: R, name: &str) -> Said
    where
        R: FnOnce(
            Drive<Box<dyn FnMut(Event) -> ControlFlow<()>>>,
            ResourceId,
            BackupName,
        ) -> LocalFuture<'static, ()>,
    {
        let said = Rc::new(RefCell::new(Said::default()));
        let hear = Rc::clone(&said);
        let closes_at = closes_at.map(str::to_owned);
        let emit: Box<dyn FnMut(Event) -> ControlFlow<()>> = Box::new(move |event| {
            let mut said = hear.borrow_mut();
            let name = name_of(&event);
            if let Event::Accepted(Some(token))
            | Event::Running {
                token: Some(token), ..
            } = event
            {
                said.token = Some(token);
            }
            if said.events.last() != Some(&name) {
                said.events.push(name);
            }
            if closes_at.as_deref() == Some(name) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let drive = Drive::new(self.client.clone(), self.clock.clone(), emit);
        let server = SERVER.parse().expect("an id");
        block_on(run(drive, server, name.parse().expect("a name")));
        said.take()
    }

    /// Whether the world has the backup, and how often it was asked for.
    fn truth(&self, name: &str) -> (bool, usize) {
        let server: ResourceId = SERVER.parse().expect("an id");
        let backups = block_on(self.client.backups(&server).list()).expect("a list");
        let requests = self.transport.requests();
        let puts = requests.iter().filter(|request| request.method == Method::Put);
        (backups.iter().any(|backup| backup.name == name), puts.count())
    }
}

fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Accepted(_) => "accepted",
        Event::Running { .. } => "running",
        Event::NotAnswered(_) => "not answered",
        Event::Completed => "completed",
        Event::Failed(_) => "failed",
        Event::Unknown(_) => "unknown",
        Event::Refused(_) => "refused",
    }
}

/// The virtual clock's sleeps are over at once, so nothing ever has to be woken.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits for something that is not the clock"),
    }
}

fn status(status: u16, retry_after: Option<u32>) -> FaultKind {
    FaultKind::Status {
        status,
        code: "Injected".to_owned(),
        message: "Injected.".to_owned(),
        retry_after,
    }
}

#[test]
fn a_backup_is_followed_to_its_end_with_one_request() {
    let rig = Rig::new();
    assert_eq!(rig.take("v43", None).events, ["accepted", "running", "completed"]);
    assert_eq!(rig.truth("v43"), (true, 1));
}

#[test]
fn whatever_becomes_of_the_answer_one_request_leaves_and_the_end_is_the_worlds() {
    let put = |kind| (Method::Put, "/backups/", kind, 1);
    let poll = |kind, times| (Method::Get, "/azureAsyncOperation/", kind, times);
    for (fault, expected, is_there) in [
        // The request arrived, its answer did not: the list says so once the backup is in it.
        (put(FaultKind::NoAnswer), vec!["unknown", "completed"], true),
        (put(FaultKind::WithoutCors), vec!["unknown", "completed"], true),
        (put(FaultKind::Garbage), vec!["unknown", "completed"], true),
        // The request did not arrive, which nobody can know: it is never said to have failed or succeeded.
        (put(status(500, None)), vec!["unknown"], false),
        (put(status(504, None)), vec!["unknown"], false),
        // Nothing has begun.
        (put(status(403, None)), vec!["refused"], false),
        (put(status(409, None)), vec!["refused"], false),
        // Refused with a time to come back: asked again, and taken once.
        (
            put(status(429, Some(5))),
            vec!["accepted", "running", "completed"],
            true,
        ),
        (
            put(status(503, Some(5))),
            vec!["accepted", "running", "completed"],
            true,
        ),
        // A look that gives nothing is not the operation's failure.
        (
            poll(status(503, None), 9),
            vec!["accepted", "running", "not answered", "running", "completed"],
            true,
        ),
        (
            poll(FaultKind::NoAnswer, 9),
            vec!["accepted", "running", "not answered", "running", "completed"],
            true,
        ),
        (
            put(FaultKind::FailOperation {
                code: "Boom".to_owned(),
                message: "Boom.".to_owned(),
            }),
            vec!["accepted", "running", "failed"],
            false,
        ),
    ] {
        let rig = Rig::new();
        let (method, path, kind, times) = fault;
        let words = format!("{method} {kind:?}");
        let is_repeated = matches!(
            kind,
            FaultKind::Status {
                status: 429 | 503,
                ..
            }
        ) && method == Method::Put;
        rig.inject(method, path, kind, times);
        assert_eq!(rig.take("v43", None).events, expected, "{words}");
        assert_eq!(
            rig.truth("v43"),
            (is_there, if is_repeated { 2 } else { 1 }),
            "{words}"
        );
    }
}

#[test]
fn hidden_headers_are_no_success_and_no_failure() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().hide_headers = true;
    assert_eq!(rig.take("v43", None).events, ["accepted", "unknown", "completed"]);
    assert_eq!(rig.truth("v43"), (true, 1));
}

#[test]
fn a_name_that_is_taken_ends_as_the_service_says() {
    let rig = Rig::new();
    assert_eq!(
        rig.take("before-schema-v42", None).events,
        ["accepted", "running", "failed"]
    );
}

#[test]
fn a_tab_that_closes_at_any_moment_is_gone_on_with_by_the_next() {
    for closes_at in ["accepted", "running"] {
        let rig = Rig::new();
        let said = rig.take("v43", Some(closes_at));
        assert_eq!(said.events.last(), Some(&closes_at));
        assert_eq!(
            rig.resume("v43", said.token).events,
            ["running", "completed"],
            "closed at {closes_at}"
        );
        assert_eq!(rig.truth("v43"), (true, 1), "closed at {closes_at}");
    }
}

#[test]
fn without_a_token_the_list_is_looked_at() {
    let rig = Rig::new();
    rig.take("v43", Some("accepted"));
    assert_eq!(rig.resume("v43", None).events, ["unknown", "completed"]);
    assert_eq!(rig.truth("v43"), (true, 1));
}

#[test]
fn looking_ends_and_leaves_the_outcome_open() {
    let rig = Rig::new();
    let said = rig.resume("never-asked-for", None);
    assert_eq!(said.events, ["unknown"]);
    assert!(
        rig.clock.elapsed() >= Duration::from_secs(15 * 60),
        "{:?}",
        rig.clock.elapsed()
    );
}
