//! The hooks against the emulator in process: what a page is given while Azure works, fails or answers late.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use arm_client::{ArmClient, ArmError, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{Clock, LocalFuture, Method, ResourceId, Secret, Timestamp, TransportError, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use pg_backup_portal::config::{Config, Page};
use pg_backup_portal::services::{Services, provide_services};
use pg_backup_portal::stores::notifications::Notifications;
use pg_backup_portal::stores::operations::{Journal, Operations};
use pg_backup_portal::{
    hooks::{AsyncOperation, AsyncOperationState, Reading, use_async_operation, use_reading, use_reading_of},
    prelude::*,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Mounted, mount, tick};

const SERVER: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
     /providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
    }
}

/// A page with the hook, and the Azure behind it.
struct Rig {
    world: Rc<RefCell<World>>,
    transport: Rc<InProcess>,
    arm: ArmClient,
    operation: AsyncOperation,
    operations: Operations,
    notifications: Notifications,
    states: Rc<RefCell<Vec<AsyncOperationState>>>,
    _page: Mounted,
}

impl Rig {
    async fn new() -> Self {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().unwrap();
        let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(now));
        let world = Rc::new(RefCell::new(World::new(7, now)));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let services = services(transport.clone(), clock.clone());
        let arm = services.arm.clone();
        let states: Rc<RefCell<Vec<AsyncOperationState>>> = Rc::default();
        let given = Rc::new(Cell::new(None));
        let (give, heard) = (given.clone(), states.clone());
        let page = mount(move || {
            provide_services(services);
            let notifications = Notifications::provide(clock);
            let operations = Operations::provide();
            let operation = use_async_operation();
            Effect::new(move |_| heard.borrow_mut().push(operation.state.get()));
            give.set(Some((operation, operations, notifications)));
        })
        .await;
        let (operation, operations, notifications) = given.take().unwrap();
        Self {
            world,
            transport,
            arm,
            operation,
            operations,
            notifications,
            states,
            _page: page,
        }
    }

    fn take_backup(&self, name: &str) {
        let server: ResourceId = SERVER.parse().unwrap();
        self.operation
            .take_backup
            .run((server, name.parse().unwrap(), None));
    }

    fn delete_backup(&self, name: &str) {
        let server: ResourceId = SERVER.parse().unwrap();
        self.operation.delete_backup.run((server, name.parse().unwrap()));
    }

    fn titles(&self) -> Vec<String> {
        let all = self.notifications.all().get_untracked();
        all.iter()
            .rev()
            .map(|notification| notification.title.clone())
            .collect()
    }

    fn puts(&self) -> usize {
        self.sent(Method::Put)
    }

    fn sent(&self, method: Method) -> usize {
        let requests = self.transport.requests();
        requests.iter().filter(|request| request.method == method).count()
    }
}

pub fn services(transport: Rc<InProcess>, clock: Rc<dyn Clock>) -> Services {
    let page = Page {
        host: "127.0.0.1".to_owned(),
        base: "http://127.0.0.1/".to_owned(),
    };
    let config = Config::parse(r#"{"cloud":"emulator","transport":"worker"}"#, &page).unwrap();
    let origin = ArmOrigin::new(&config.arm).unwrap();
    let arm = ArmClient::new(origin, transport, clock.clone(), Rc::new(Token));
    Services {
        arm,
        clock: clock.clone(),
        page_clock: clock,
        config,
    }
}

/// In virtual time all waiting is over at once; what is left are turns of the page's own tasks.
pub async fn settle() {
    for _ in 0..200 {
        tick().await;
    }
}

/// Waits for what comes by way of the browser, such as a lock.
pub async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..2000 {
        if is_so() {
            return;
        }
        let next_frame = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(next_frame).await.unwrap();
    }
    panic!("it does not come");
}

#[wasm_bindgen_test]
async fn a_backup_is_requested_runs_and_completes_and_is_said_twice() {
    let rig = Rig::new().await;
    rig.take_backup("v43");
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
    assert_eq!(
        rig.titles(),
        ["On-demand backup initiated", "On-demand backup completed"]
    );
    assert_eq!(rig.states.borrow().first(), Some(&AsyncOperationState::Idle));
    assert!(
        rig.states.borrow().contains(&AsyncOperationState::Requesting),
        "{:?}",
        rig.states.borrow()
    );
    assert!(rig.operation.started.get_untracked().is_some());
    assert_eq!(
        rig.operation.next_poll.get_untracked(),
        None,
        "nothing is asked after the end"
    );
}

#[wasm_bindgen_test]
async fn looking_again_at_what_has_ended_says_nothing_twice() {
    let rig = Rig::new().await;
    rig.take_backup("v43");
    settle().await;
    rig.operation.check_again.run(());
    settle().await;
    assert_eq!(
        rig.titles(),
        ["On-demand backup initiated", "On-demand backup completed"]
    );
}

#[wasm_bindgen_test]
async fn what_is_being_requested_is_not_requested_again() {
    let rig = Rig::new().await;
    for name in ["v43", "v43", "v44"] {
        rig.take_backup(name);
    }
    settle().await;
    assert_eq!(rig.puts(), 1);
    rig.take_backup("v45");
    settle().await;
    assert_eq!(
        rig.puts(),
        2,
        "the next one may be taken once the first has ended"
    );
}

#[wasm_bindgen_test]
async fn a_deletion_is_requested_once_and_its_end_is_said() {
    let rig = Rig::new().await;
    for _ in 0..3 {
        rig.delete_backup("before-schema-v42");
    }
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
    assert_eq!(
        rig.titles(),
        ["On-demand backup is being deleted", "On-demand backup deleted"]
    );
    assert_eq!(rig.sent(Method::Delete), 1);
}

#[wasm_bindgen_test]
async fn a_deletion_of_what_is_gone_says_so_and_is_no_failure() {
    let rig = Rig::new().await;
    rig.delete_backup("never-taken");
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
    assert_eq!(rig.titles(), ["On-demand backup was already gone"]);
    assert_eq!(rig.operation.problem.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn one_window_follows_one_act_at_a_time() {
    let rig = Rig::new().await;
    rig.take_backup("v43");
    rig.delete_backup("before-schema-v42");
    settle().await;
    assert_eq!((rig.puts(), rig.sent(Method::Delete)), (1, 0));
    rig.delete_backup("before-schema-v42");
    settle().await;
    assert_eq!(rig.sent(Method::Delete), 1, "free again after the end");
}

#[wasm_bindgen_test]
async fn a_refusal_is_the_forms_to_report_and_nothing_is_remembered() {
    let rig = Rig::new().await;
    let matching = RequestMatcher {
        method: Some(Method::Put),
        path_contains: "/backups/".to_owned(),
    };
    let (code, message) = ("Denied".to_owned(), "No.".to_owned());
    let kind = FaultKind::Status {
        status: 403,
        code,
        message,
        retry_after: None,
    };
    rig.world.borrow_mut().faults().inject(Fault {
        matching,
        kind,
        times: 1,
    });
    rig.take_backup("v43");
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Refused);
    let problem = rig.operation.problem.get_untracked();
    assert_eq!(
        problem.and_then(|problem| problem.code).as_deref(),
        Some("Denied")
    );
    assert!(rig.titles().is_empty(), "once, never twice: {:?}", rig.titles());
}

#[wasm_bindgen_test]
async fn an_internal_server_error_is_told_with_its_cause() {
    let rig = Rig::new().await;
    rig.world
        .borrow_mut()
        .switches()
        .refuse_conflicting_backups_at_once = true;
    rig.take_backup("before-schema-v42");
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Refused);
    let problem = rig.operation.problem.get_untracked().unwrap();
    assert!(problem.reason.contains("has existed since"), "{problem:?}");
    assert_eq!(problem.code.as_deref(), Some("InternalServerError"));
    assert!(rig.titles().is_empty(), "the form says it: {:?}", rig.titles());
}

#[wasm_bindgen_test]
async fn what_is_found_out_later_completes_the_notification_that_was_said() {
    let rig = Rig::new().await;
    let server: ResourceId = SERVER.parse().unwrap();
    let arm = rig.arm.clone();
    arm.backups(&server)
        .begin_create(&"nightly".parse().unwrap())
        .await
        .unwrap();
    rig.take_backup("v44");
    settle().await;
    assert_eq!(
        rig.titles(),
        ["On-demand backup initiated", "On-demand backup failed"]
    );
    let all = rig.notifications.all().get_untracked();
    assert!(
        all[0].body.contains("'nightly' was completed elsewhere"),
        "{:?}",
        all[0]
    );
    let toasts = rig.notifications.toasts().get_untracked();
    assert_eq!(toasts[0], all[0], "the toast says it too");
}

#[wasm_bindgen_test]
async fn what_is_written_down_is_found_by_the_next_page_with_its_dismissal() {
    let journal = || Journal::of("tenant-of-this-test", "user-of-this-test");
    let rig = Rig::new().await;
    assert!(journal().is_empty(), "the browser of the tests is fresh");
    rig.operations.resume(journal());
    rig.take_backup("v43");
    let is_completed = || rig.operation.state.get_untracked() == AsyncOperationState::Completed;
    until(is_completed).await;
    let id = rig.operations.all()[0].id;
    rig.operations.dismiss(id);

    let next = Rig::new().await;
    next.operations.resume(journal());
    until(|| !next.operations.all().is_empty()).await;
    let entries = next.operations.all();
    assert_eq!((entries.len(), entries[0].is_dismissed), (1, true));
    assert!(entries[0].has_ended());
    assert!(entries[0].token.is_none(), "no signed URL is kept");
    settle().await;
    assert!(
        next.titles().is_empty(),
        "it was said before: {:?}",
        next.titles()
    );

    let other = Rig::new().await;
    other
        .operations
        .resume(Journal::of("tenant-of-this-test", "another-user"));
    settle().await;
    assert!(other.operations.all().is_empty(), "another user sees nothing");
    journal().remove(id);
}

#[wasm_bindgen_test]
async fn a_failed_reading_keeps_what_was_read_before() {
    let answers = Rc::new(RefCell::new(vec![
        Ok(1),
        Err(ArmError::Transport(TransportError::new("gone"))),
        Ok(2),
    ]));
    let given: Rc<Cell<Option<Reading<i32>>>> = Rc::default();
    let give = given.clone();
    let _page = mount(move || {
        let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(Timestamp::UNIX_EPOCH));
        let world = Rc::new(RefCell::new(World::new(7, Timestamp::UNIX_EPOCH)));
        provide_services(services(Rc::new(InProcess::new(world, clock.clone())), clock));
        let reading = use_reading(move || {
            let answer = answers.borrow_mut().remove(0);
            async move { answer }
        });
        give.set(Some(reading));
    })
    .await;
    let reading = given.take().unwrap();
    settle().await;
    assert_eq!(
        (reading.data.get_untracked(), reading.problem.get_untracked()),
        (Some(1), None)
    );
    reading.again.run(());
    settle().await;
    assert_eq!(reading.data.get_untracked(), Some(1), "the last good data stays");
    assert!(
        reading.problem.get_untracked().is_some(),
        "and why it is old is known"
    );
    reading.again.run(());
    settle().await;
    assert_eq!(
        (reading.data.get_untracked(), reading.problem.get_untracked()),
        (Some(2), None)
    );
    assert!(!reading.is_loading.get_untracked());
}

#[wasm_bindgen_test]
async fn what_is_read_of_a_key_that_is_taken_away_meanwhile_is_not_taken() {
    let is_answered = Rc::new(Cell::new(false));
    let answered = is_answered.clone();
    type Given = (RwSignal<Option<u32>>, Reading<u32>);
    let given: Rc<Cell<Option<Given>>> = Rc::default();
    let give = given.clone();
    let _page = mount(move || {
        let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(Timestamp::UNIX_EPOCH));
        let world = Rc::new(RefCell::new(World::new(7, Timestamp::UNIX_EPOCH)));
        provide_services(services(Rc::new(InProcess::new(world, clock.clone())), clock));
        let key = RwSignal::new(Some(1));
        let reading = use_reading_of(Memo::new(move |_| key.get()), move |key| {
            let answered = answered.clone();
            Box::pin(async move {
                while !answered.get() {
                    tick().await;
                }
                Ok(key)
            })
        });
        give.set(Some((key, reading)));
    })
    .await;
    let (key, reading) = given.take().unwrap();
    tick().await;
    assert!(reading.is_loading.get_untracked());
    key.set(None);
    tick().await;
    assert!(!reading.is_loading.get_untracked(), "nothing is read of no key");
    is_answered.set(true);
    settle().await;
    assert_eq!(reading.data.get_untracked(), None);
}
