//! Operations against the emulator in process, in virtual time: a browser's journal, and tabs that come and go.

use std::{
    cell::RefCell, ops::ControlFlow, pin::pin, rc::Rc, sync::LazyLock, task::Context, task::Poll,
    task::Waker, time::Duration,
};

use arm_client::{
    ArmClient, ArmError, ArmOrigin, Backup, BackupType, Credential, SignInNeeded, TokenRequest,
    data_protection::RestoreRequest, storage::SasUri,
};
use arm_core::{Clock, LocalFuture, Method, ResourceId, Secret, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use uuid::Uuid;

use super::{
    Act, Asked, Drive, Emit, Event, Operation, Pace, ProtectionRequest,
    consequences::{News, apply},
    restore,
};
use crate::stores::operations::words::Words;

pub const SERVER: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
     /providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// The real client, an emulated Azure, the time of both, and what this browser remembers.
pub struct Rig {
    pub client: ArmClient,
    pub clock: Rc<VirtualClock>,
    pub world: Rc<RefCell<World>>,
    pub journal: Rc<RefCell<Vec<Operation>>>,
    transport: Rc<InProcess>,
}

pub struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
    }
}

/// How long a tab stays open at most: longer than any look takes, and not for ever.
const OPEN_FOR: Duration = Duration::from_secs(20 * 60);

/// Turns that come when the virtual clock says so.
struct VirtualPace {
    clock: Rc<VirtualClock>,
    closes: Timestamp,
}

impl Pace for VirtualPace {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn turn(&self, wait: Duration) -> LocalFuture<'_, ControlFlow<()>> {
        Box::pin(async move {
            self.clock.sleep(wait).await;
            if self.clock.now() < self.closes {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
    }
}

/// What a drive said, and the entry it leaves.
pub struct Said {
    /// The names of its events; the same one twice in a row is said once.
    pub events: Vec<&'static str>,
    /// The service's own words on the way.
    pub statuses: Vec<String>,
    /// The notifications.
    pub words: Vec<Words>,
    /// The entry.
    pub entry: Operation,
    /// The cause of a refusal.
    pub refused_because: Option<super::Cause>,
    /// Why it was refused.
    pub refused_with: Option<ArmError>,
}

impl Said {
    /// The body of the last notification, with ordinary blanks.
    pub fn last_words(&self) -> String {
        self.words
            .last()
            .map(|words| words.body.replace('\u{a0}', " "))
            .unwrap_or_default()
    }
}

/// The moment at which every world begins.
pub fn morning() -> Timestamp {
    "2026-03-12T09:41:00Z".parse().expect("a moment")
}

/// The default world; it is made once, since hundreds of tests begin with it.
pub fn world() -> World {
    static WORLD: LazyLock<World> = LazyLock::new(|| World::new(7, morning()));
    WORLD.clone()
}

impl Rig {
    pub fn new() -> Self {
        let clock = Rc::new(VirtualClock::starting_at(morning()));
        let world = Rc::new(RefCell::new(world()));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, transport.clone(), clock.clone(), Rc::new(Token));
        Self {
            client,
            clock,
            world,
            journal: Rc::default(),
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
        let entry = self.entry(Act::TakeBackup {
            name: name.to_owned(),
        });
        self.drive(entry, closes_at, Drive::begin)
    }

    /// Deletes one in the same way.
    pub fn delete(&self, name: &str, closes_at: Option<&str>) -> Said {
        let entry = self.entry(Act::DeleteBackup {
            name: name.to_owned(),
        });
        self.drive(entry, closes_at, Drive::begin)
    }

    /// Begins a long-term retention backup into these containers.
    pub fn back_up_long_term(&self, name: &str, containers: Vec<SasUri>, closes_at: Option<&str>) -> Said {
        let entry = self.entry(Act::LongTermBackup {
            name: name.to_owned(),
        });
        self.drive(entry, closes_at, |drive| {
            drive.asking(Asked::Containers(containers)).begin()
        })
    }

    /// Does something with a backup instance.
    pub fn protect(
        &self,
        instance: &ResourceId,
        request: ProtectionRequest,
        closes_at: Option<&str>,
    ) -> Said {
        let id = Uuid::from_u128(self.journal.borrow().len() as u128 + 1);
        let entry = Operation::about_to_start(id, request.act(), instance.clone(), None, self.clock.now());
        self.drive(entry, closes_at, |drive| {
            drive.asking(Asked::Protection(request)).begin()
        })
    }

    /// Restores a recovery point of an instance.
    pub fn restore(&self, instance: &ResourceId, request: RestoreRequest, closes_at: Option<&str>) -> Said {
        let id = Uuid::from_u128(self.journal.borrow().len() as u128 + 1);
        let act = restore::act(&request, Some(morning()));
        let entry = Operation::about_to_start(id, act, instance.clone(), None, self.clock.now());
        self.drive(entry, closes_at, |drive| {
            drive.asking(Asked::Restore(Box::new(request))).begin()
        })
    }

    /// Sends the request of an entry that was made before.
    pub fn begin(&self, entry: Operation) -> Said {
        self.drive(entry, None, Drive::begin)
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Goes on with an entry as the next tab would.
    pub fn resume(&self, entry: Operation) -> Said {
        self.drive(entry, None, Drive::resume)
    }

    /// The same, until the tab is closed once this has been said.
    pub fn resume_until(&self, entry: Operation, closes_at: &str) -> Said {
        self.drive(entry, Some(closes_at), Drive::resume)
    }

    /// An entry as the page writes it: with the list it shows.
    pub fn entry(&self, act: Act) -> Operation {
        let list = self.names();
        let id = Uuid::from_u128(self.journal.borrow().len() as u128 + 1);
        Operation::about_to_start(id, act, server(), Some(list), self.clock.now())
    }

    fn drive<F: Future<Output = ()>>(
        &self,
        entry: Operation,
        closes_at: Option<&str>,
        run: impl FnOnce(Drive) -> F,
    ) -> Said {
        let said = Rc::new(RefCell::new(Said {
            events: vec![],
            statuses: vec![],
            words: vec![],
            entry: entry.clone(),
            refused_because: None,
            refused_with: None,
        }));
        let (hear, clock) = (Rc::clone(&said), self.clock.clone());
        let closes_at = closes_at.map(str::to_owned);
        let emit: Emit = Box::new(move |event| {
            let mut said = hear.borrow_mut();
            let name = name_of(&event);
            if let Event::Refused(error, cause) = &event {
                said.refused_because.clone_from(cause);
                said.refused_with = Some(error.clone());
            }
            if let Event::Running { status, .. } = &event {
                said.statuses.push(status.clone());
            }
            match apply(&mut said.entry, event, clock.now()) {
                Some(News::Said(_, words) | News::Amended(words)) => said.words.push(words),
                None => {}
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
        let journal = Rc::clone(&self.journal);
        let read_journal = Rc::new(move || journal.borrow().clone());
        let pace = Rc::new(VirtualPace {
            clock: self.clock.clone(),
            closes: self.clock.now() + OPEN_FOR,
        });
        let drive = Drive::new(self.client.clone(), pace, read_journal, emit, entry);
        block_on(run(drive));
        Rc::into_inner(said).expect("the drive is gone").into_inner()
    }

    /// Whether the world has the backup, and how often requests of this method were sent.
    pub fn truth(&self, name: &str, method: Method) -> (bool, usize) {
        let is_there = self.names().iter().any(|known| known == name);
        let requests = self.transport.requests();
        let sent = requests.iter().filter(|request| request.method == method);
        (is_there, sent.count())
    }

    /// How often requests of this method and path were sent.
    pub fn sent(&self, method: Method, path_contains: &str) -> usize {
        let path = path_contains.to_ascii_lowercase();
        let is_it = |url: &str| {
            url.split('?')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
                .contains(&path)
        };
        let requests = self.transport.requests();
        let sent = requests
            .iter()
            .filter(|request| request.method == method && is_it(&request.url));
        sent.count()
    }

    /// The name of a backup that Azure took.
    pub fn automatic(&self) -> String {
        let of_azure = |backup: &Backup| backup.backup_type == Some(BackupType::Full);
        let mut automatic = self.list().into_iter().filter(of_azure);
        automatic.next().expect("an automatic backup").name
    }

    /// Another administrator begins a backup, without this browser's knowledge.
    pub fn take_elsewhere(&self, name: &str) {
        let name = name.parse().expect("a name");
        block_on(self.client.backups(&server()).begin_create(&name)).expect("a poller");
    }

    fn list(&self) -> Vec<Backup> {
        block_on(self.client.backups(&server()).list()).expect("a list")
    }

    fn names(&self) -> Vec<String> {
        self.list().into_iter().map(|backup| backup.name).collect()
    }
}

fn server() -> ResourceId {
    SERVER.parse().expect("an id")
}

fn name_of(event: &Event) -> &'static str {
    match event {
        Event::LookedBefore(_) | Event::JobsBefore(_) => "looked before",
        Event::Accepted(_) => "accepted",
        Event::Running { .. } => "running",
        Event::NotAnswered(_) => "not answered",
        Event::Completed => "completed",
        Event::JobStarted(_) => "job started",
        Event::Warned(_) => "warned",
        Event::Found(_) => "found",
        Event::AlreadyGone => "already gone",
        Event::Failed(..) => "failed",
        Event::Cancelled(_) => "cancelled",
        Event::Explained(_) => "explained",
        Event::Unknown(_) => "unknown",
        Event::Open(..) => "open",
        Event::Refused(..) => "refused",
    }
}

/// The virtual clock's sleeps are over at once, so nothing ever has to be woken.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
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
