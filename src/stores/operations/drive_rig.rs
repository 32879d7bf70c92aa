//! Operations against the emulator in process, in virtual time.

use std::{cell::RefCell, ops::ControlFlow, pin::pin, rc::Rc, task::Context, task::Poll, task::Waker};

use arm_client::{
    ArmClient, ArmOrigin, Backup, BackupName, BackupType, ContinuationToken, Credential, SignInNeeded,
    TokenRequest,
};
use arm_core::{LocalFuture, Method, ResourceId, Secret, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};

use super::{Act, Drive, Event};

pub const SERVER: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
     /providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// What a tab does with a drive.
type Run = Box<
    dyn FnOnce(
        Drive<Box<dyn FnMut(Event) -> ControlFlow<()>>>,
        ResourceId,
        BackupName,
    ) -> LocalFuture<'static, ()>,
>;

/// The real client, an emulated Azure, and the time of both.
pub struct Rig {
    client: ArmClient,
    pub clock: Rc<VirtualClock>,
    pub world: Rc<RefCell<World>>,
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
pub struct Said {
    pub events: Vec<&'static str>,
    pub token: Option<ContinuationToken>,
}

impl Rig {
    pub fn new() -> Self {
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

    pub fn inject(&self, method: Method, path_contains: &str, kind: FaultKind, times: u32) {
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
    pub fn take(&self, name: &str, closes_at: Option<&str>) -> Said {
        let run: Run =
            Box::new(|drive, server, name| Box::pin(async move { drive.take_backup(&server, &name).await }));
        self.drive(closes_at, run, name)
    }

    /// Deletes one in the same way.
    pub fn delete(&self, name: &str, closes_at: Option<&str>) -> Said {
        let run: Run = Box::new(|drive, server, name| {
            Box::pin(async move { drive.delete_backup(&server, &name).await })
        });
        self.drive(closes_at, run, name)
    }

    /// Goes on as the next tab would.
    pub fn resume(&self, act: Act, token: Option<ContinuationToken>) -> Said {
        let name = act.backup_name().to_owned();
        let run: Run = Box::new(move |drive, server, name| {
            Box::pin(async move { drive.resume(&act, &server, &name, token.as_ref()).await })
        });
        self.drive(None, run, &name)
    }

    fn drive(&self, closes_at: Option<&str>, run: Run, name: &str) -> Said {
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

    /// Whether the world has the backup, and how often requests of this method were sent.
    pub fn truth(&self, name: &str, method: Method) -> (bool, usize) {
        let server: ResourceId = SERVER.parse().expect("an id");
        let backups = block_on(self.client.backups(&server).list()).expect("a list");
        let is_there = backups.iter().any(|backup| backup.name == name);
        let requests = self.transport.requests();
        let sent = requests.iter().filter(|request| request.method == method);
        (is_there, sent.count())
    }

    /// The name of a backup that Azure took.
    pub fn automatic(&self) -> String {
        let server: ResourceId = SERVER.parse().expect("an id");
        let backups = block_on(self.client.backups(&server).list()).expect("a list");
        let of_azure = |backup: &Backup| backup.backup_type == Some(BackupType::Full);
        backups
            .into_iter()
            .find(of_azure)
            .expect("an automatic backup")
            .name
    }
}

fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Accepted(_) => "accepted",
        Event::Running { .. } => "running",
        Event::NotAnswered(_) => "not answered",
        Event::Completed => "completed",
        Event::AlreadyGone => "already gone",
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

pub fn status(status: u16, retry_after: Option<u32>) -> FaultKind {
    FaultKind::Status {
        status,
        code: "Injected".to_owned(),
        message: "Injected.".to_owned(),
        retry_after,
    }
}
