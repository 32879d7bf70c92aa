//! The client against the emulator, in process and in virtual time.

mod deleting_backups;
mod freedoms;
mod keeping;
mod long_term_retention;
mod protecting;
mod reading;
mod restoring;
mod secrets;
mod storage;
mod taking_backups;

use std::{cell::RefCell, rc::Rc};

use arm_client::{ArmClient, ArmError, ArmOrigin, Backup, BackupName, Poller, Progress};
use arm_core::{Method, ResourceId, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};

use crate::support::{ORIGIN, Tokens, block_on, some_moment};

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";

/// The real client, an emulated Azure and the time of both.
struct Azure {
    client: ArmClient,
    world: Rc<RefCell<World>>,
    clock: Rc<VirtualClock>,
    transport: Rc<InProcess>,
}

impl Azure {
    fn new() -> Self {
        Self::as_seen_by("emulated-token")
    }

    /// As whoever the token belongs to.
    fn as_seen_by(token: &str) -> Self {
        let clock = Rc::new(VirtualClock::starting_at(some_moment()));
        let world = Rc::new(RefCell::new(World::new(7, some_moment())));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let origin = ArmOrigin::new(ORIGIN).expect("an origin");
        let tokens = Rc::new(Tokens::always(token));
        let client = ArmClient::new(origin, transport.clone(), clock.clone(), tokens);
        Self {
            client,
            world,
            clock,
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

    /// How many requests of a method left; all of them must have gone to Azure, and to something it knows.
    fn count(&self, method: Method) -> usize {
        let requests = self.transport.requests();
        let is_ours = |url: &str| url.starts_with(&format!("{ORIGIN}/"));
        assert!(
            requests.iter().all(|request| is_ours(&request.url)),
            "{requests:?}"
        );
        assert_eq!(
            self.world.borrow().unknown_routes(),
            Vec::<String>::new().as_slice()
        );
        requests.iter().filter(|request| request.method == method).count()
    }

    fn begin(&self, server: &ResourceId, name: &str) -> Result<Poller<Backup>, ArmError> {
        let name: BackupName = name.parse().expect("a name");
        block_on(self.client.backups(server).begin_create(&name))
    }

    /// Follows to the result and counts the states that were told.
    fn follow(&self, mut poller: Poller<Backup>) -> (Result<Backup, ArmError>, usize) {
        let mut told = 0;
        let outcome = block_on(async {
            loop {
                match poller.next().await? {
                    Progress::Running { .. } => told += 1,
                    Progress::Finished => return poller.result().await,
                    Progress::Unknown => panic!("the polling URL was readable"),
                }
            }
        });
        (outcome, told)
    }
}

fn server(group: &str, name: &str) -> ResourceId {
    ResourceId::in_resource_group(
        PRODUCTION,
        group,
        "Microsoft.DBforPostgreSQL/flexibleServers",
        name,
    )
    .expect("an id")
}

fn orders() -> ResourceId {
    server("rg-commerce-prod", "pg-orders-prod")
}

fn refusal(status: u16, code: &str, retry_after: Option<u32>) -> FaultKind {
    FaultKind::Status {
        status,
        code: code.to_owned(),
        message: format!("Words of {code}."),
        retry_after,
    }
}
