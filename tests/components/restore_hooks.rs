//! The hooks of a restore against the emulator in process: the restore, and its validation.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use arm_client::{
    ArmClient,
    data_protection::{RestoreRequest, RestoreTarget, VAULT_STORE},
};
use arm_core::{Clock, Method, ResourceId, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use pg_backup_portal::hooks::{
    AsyncOperation, AsyncOperationState, RestoreValidating, Validation, use_async_operation,
    use_restore_validation,
};
use pg_backup_portal::services::provide_services;
use pg_backup_portal::stores::notifications::{Notification, Notifications};
use pg_backup_portal::stores::operations::{Journal, OperationState, Operations};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hooks::{services, settle, until};
use crate::support::{Mounted, mount, tick};

struct Rig {
    world: Rc<RefCell<World>>,
    clock: Rc<dyn Clock>,
    transport: Rc<InProcess>,
    arm: ArmClient,
    operation: AsyncOperation,
    operations: Operations,
    validation: RestoreValidating,
    notifications: Notifications,
    _page: Mounted,
}

impl Rig {
    async fn new() -> Self {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().unwrap();
        let world = Rc::new(RefCell::new(World::new(7, now)));
        Self::in_world(world, Rc::new(VirtualClock::starting_at(now))).await
    }

    /// Another page of the same browser.
    async fn next(&self) -> Self {
        Self::in_world(self.world.clone(), self.clock.clone()).await
    }

    async fn in_world(world: Rc<RefCell<World>>, clock: Rc<dyn Clock>) -> Self {
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let services = services(transport.clone(), clock.clone());
        let arm = services.arm.clone();
        let (given, its_clock) = (Rc::new(Cell::new(None)), clock.clone());
        let give = given.clone();
        let page = mount(move || {
            provide_services(services);
            let notifications = Notifications::provide(its_clock);
            let operations = Operations::provide();
            give.set(Some((
                use_async_operation(),
                use_restore_validation(),
                operations,
                notifications,
            )));
        })
        .await;
        let (operation, validation, operations, notifications) = given.take().unwrap();
        Self {
            world,
            clock,
            transport,
            arm,
            operation,
            operations,
            validation,
            notifications,
            _page: page,
        }
    }

    /// The newest recovery point as files in this container.
    async fn files(&self, container: &str) -> RestoreRequest {
        let points = self.arm.data_protection().recovery_points(&billing(), None, None);
        let points = points.unwrap().collect().await.unwrap();
        RestoreRequest {
            recovery_point_id: points[0].recovery_point_id.clone(),
            store: VAULT_STORE.to_owned(),
            location: "westeurope".to_owned(),
            target: RestoreTarget::Files {
                url: format!("https://stcommercebackup.blob.core.windows.net/{container}"),
                prefix: "p".to_owned(),
                container: None,
            },
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

    fn sent(&self, path_ends: &str) -> usize {
        let requests = self.transport.requests();
        let is_it = |url: &str| url.split('?').next().unwrap_or_default().ends_with(path_ends);
        requests.iter().filter(|request| is_it(&request.url)).count()
    }

    /// What the bell says, the oldest first.
    fn said(&self) -> Vec<Notification> {
        let mut all = self.notifications.all().get_untracked();
        all.reverse();
        all
    }
}

fn billing() -> ResourceId {
    let kind = "Microsoft.DataProtection/backupVaults";
    let subscription = "11111111-1111-4111-8111-111111111111";
    let vault = ResourceId::in_resource_group(subscription, "rg-backup-prod", kind, "bv-commerce-weu");
    let name = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    vault.unwrap().child("backupInstances", name).unwrap()
}

#[wasm_bindgen_test]
async fn a_restore_is_asked_for_once_however_often_it_is_clicked_and_leads_to_its_job() {
    let rig = Rig::new().await;
    let request = rig.files("restored-files").await;
    for _ in 0..3 {
        rig.operation.restore.run((billing(), request.clone(), None));
    }
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Requesting
    );
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
    assert_eq!(rig.sent("/restore"), 1);
    let said = rig.said();
    let titles: Vec<_> = said.iter().map(|said| said.title.as_str()).collect();
    assert_eq!(titles, ["Restore initiated", "Restore completed"]);
    let links: Vec<_> = said.iter().map(|said| said.link.clone().unwrap()).collect();
    assert_eq!(
        links[0].label, "Show backup instance",
        "there is no job before Azure names it"
    );
    assert_eq!(links[1].label, "Show job");
    assert!(
        links[1].path.contains("/bv-commerce-weu/jobs/"),
        "{}",
        links[1].path
    );
    assert!(
        said[1].body.contains("container 'restored-files'"),
        "{}",
        said[1].body
    );
}

#[wasm_bindgen_test]
async fn a_restore_that_azure_refuses_is_the_forms_to_report_and_the_next_one_is_free() {
    let rig = Rig::new().await;
    let request = rig.files("restored-files").await;
    let unknown = RestoreRequest {
        recovery_point_id: "0".repeat(32),
        ..request.clone()
    };
    rig.operation.restore.run((billing(), unknown, None));
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Refused);
    assert!(rig.operation.problem.get_untracked().unwrap().code.is_some());
    assert!(rig.said().is_empty());
    rig.operation.restore.run((billing(), request, None));
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
}

#[wasm_bindgen_test]
async fn a_restore_whose_answer_is_lost_is_not_asked_for_again_and_ends_as_its_job_does() {
    let rig = Rig::new().await;
    let request = rig.files("not-there").await;
    rig.inject(Method::Post, "/restore", FaultKind::NoAnswer, 1);
    rig.operation.restore.run((billing(), request, None));
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Failed);
    assert_eq!(rig.sent("/restore"), 1);
    let titles: Vec<_> = rig.said().into_iter().map(|said| said.title).collect();
    assert_eq!(titles, ["Restore: outcome not known", "Restore failed"]);
}

#[wasm_bindgen_test]
async fn a_validation_passes_or_fails_with_azures_words_and_is_asked_for_once() {
    let rig = Rig::new().await;
    let (good, bad) = (rig.files("restored-files").await, rig.files("not-there").await);
    for _ in 0..3 {
        rig.validation.validate.run((billing(), good.clone()));
    }
    assert_eq!(rig.validation.state.get_untracked(), Validation::Running);
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Passed);
    assert_eq!(rig.sent("/validateRestore"), 1);
    assert!(rig.said().is_empty(), "it is no operation of the bell");
    rig.validation.validate.run((billing(), bad));
    settle().await;
    let Validation::Failed(error) = rig.validation.state.get_untracked() else {
        panic!("{:?}", rig.validation.state.get_untracked())
    };
    assert!(error.code().unwrap().starts_with("UserError"), "{error:?}");
    assert_eq!(rig.sent("/restore"), 0);
}

#[wasm_bindgen_test]
async fn a_change_voids_a_validation_that_was_given_and_one_that_has_yet_to_come() {
    let rig = Rig::new().await;
    let (good, bad) = (rig.files("restored-files").await, rig.files("not-there").await);
    rig.validation.validate.run((billing(), good.clone()));
    settle().await;
    rig.validation.void.run(());
    assert_eq!(rig.validation.state.get_untracked(), Validation::Idle);
    rig.validation.validate.run((billing(), bad));
    tick().await;
    rig.validation.void.run(());
    rig.validation.validate.run((billing(), good));
    settle().await;
    assert_eq!(
        rig.validation.state.get_untracked(),
        Validation::Passed,
        "the first one's failure was taken for its answer"
    );
}

#[wasm_bindgen_test]
async fn a_validation_whose_answers_are_hidden_is_unknown_and_never_passed() {
    let rig = Rig::new().await;
    let good = rig.files("restored-files").await;
    rig.world.borrow_mut().switches().hide_headers = true;
    rig.validation.validate.run((billing(), good.clone()));
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Unknown);
    rig.world.borrow_mut().switches().hide_headers = false;
    rig.inject(Method::Post, "/validateRestore", FaultKind::NoAnswer, 9);
    rig.validation.validate.run((billing(), good));
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Unknown);
    assert!(rig.validation.problem.get_untracked().is_some(), "and says why");
}

/// The sign-in expires while the job runs, and the tab is closed then; an hour later somebody opens the portal again.
#[wasm_bindgen_test]
async fn a_restore_that_a_tab_left_is_gone_on_with_by_the_next_one_of_the_same_user_and_said_once() {
    let journal = |user| Journal::of("tenant-of-restores", user);
    let rig = Rig::new().await;
    rig.operations.resume(journal("mira"));
    let request = rig.files("restored-files").await;
    let expired = FaultKind::Status {
        status: 401,
        code: "ExpiredAuthenticationToken".to_owned(),
        message: "It has expired.".to_owned(),
        retry_after: None,
    };
    rig.inject(Method::Get, "/backupJobs/", expired, 9);
    rig.operation.restore.run((billing(), request, None));
    until(|| rig.operation.problem.get_untracked().is_some()).await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Running,
        "Azure goes on with it"
    );
    assert!(
        rig.operations.all()[0].job.is_some(),
        "what it has become is written down"
    );

    rig.world.borrow_mut().faults().clear();
    let other = rig.next().await;
    other.operations.resume(journal("jonas"));
    let next = rig.next().await;
    let sent = rig.sent("/restore");
    drop(rig);
    next.operations.resume(journal("mira"));
    until(|| next.operations.all().iter().any(|entry| entry.has_ended())).await;
    let entry = next.operations.all().remove(0);
    assert_eq!(entry.progress, OperationState::Completed);
    assert!(entry.token.is_none(), "no signed URL is kept");
    assert_eq!(sent + next.sent("/restore"), 1);
    settle().await;
    let titles: Vec<_> = next.said().into_iter().map(|said| said.title).collect();
    assert_eq!(titles, ["Restore completed"]);
    assert!(other.operations.all().is_empty(), "another user sees nothing");
    journal("mira").remove(entry.id);
}
