//! The hooks of protection against the emulator in process: acts, validation, changes of a vault.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use arm_client::data_protection::{
    Datasource, DatasourceKind, Immutability, NewInstance, NewVault, Redundancy, SoftDelete,
};
use arm_core::{Clock, Method, ResourceId, Timestamp, VirtualClock};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use pg_backup_portal::hooks::{
    AsyncOperation, AsyncOperationState, Validating, Validation, VaultChange, use_async_operation,
    use_validation, use_vault_change,
};
use pg_backup_portal::services::provide_services;
use pg_backup_portal::stores::notifications::Notifications;
use pg_backup_portal::stores::operations::{OperationState, Operations, ProtectionRequest, Start};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hooks::{services, settle};
use crate::support::{Mounted, mount, tick};

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
const GUID: &str = "857d23b1-c679-4c94-ade6-c4d34635e149";
const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";

struct Rig {
    world: Rc<RefCell<World>>,
    transport: Rc<InProcess>,
    operation: AsyncOperation,
    validation: Validating,
    change: VaultChange,
    operations: Operations,
    notifications: Notifications,
    _page: Mounted,
}

impl Rig {
    async fn new() -> Self {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().unwrap();
        let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(now));
        let world = Rc::new(RefCell::new(World::new(7, now)));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let services = services(transport.clone(), clock.clone());
        let given = Rc::new(Cell::new(None));
        let give = given.clone();
        let page = mount(move || {
            provide_services(services);
            let notifications = Notifications::provide(clock);
            let operations = Operations::provide();
            let operation = use_async_operation();
            let validation = use_validation();
            let change = use_vault_change();
            give.set(Some((operation, validation, change, operations, notifications)));
        })
        .await;
        let (operation, validation, change, operations, notifications) = given.take().unwrap();
        Self {
            world,
            transport,
            operation,
            validation,
            change,
            operations,
            notifications,
            _page: page,
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

    fn sent(&self, method: Method, path_contains: &str) -> usize {
        let requests = self.transport.requests();
        let is_it = |url: &str| url.split('?').next().unwrap_or_default().contains(path_contains);
        let sent = requests
            .iter()
            .filter(|request| request.method == method && is_it(&request.url));
        sent.count()
    }

    fn titles(&self) -> Vec<String> {
        let all = self.notifications.all().get_untracked();
        all.iter().rev().map(|said| said.title.clone()).collect()
    }
}

fn refusal(status: u16) -> FaultKind {
    FaultKind::Status {
        status,
        code: "Denied".to_owned(),
        message: "No.".to_owned(),
        retry_after: None,
    }
}

fn vault(name: &str) -> ResourceId {
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(PRODUCTION, "rg-backup-prod", kind, name).unwrap()
}

fn commerce() -> ResourceId {
    vault("bv-commerce-weu")
}

fn instance(name: &str) -> ResourceId {
    commerce().child("backupInstances", name).unwrap()
}

fn database(name: &str) -> NewInstance {
    let server = "providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy";
    let id = format!("/subscriptions/{PRODUCTION}/resourceGroups/rg-billing-prod/{server}/databases/{name}");
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id.parse().unwrap(),
            location: "westeurope".to_owned(),
        },
        policy: commerce().child("backupPolicies", "pgsingle-weekly").unwrap(),
        secret: Some("https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup".to_owned()),
    }
}

/// A flexible server on which the vault has no role yet.
fn orders() -> NewInstance {
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::FlexibleServer,
            id: ResourceId::in_resource_group(PRODUCTION, "rg-commerce-prod", kind, "pg-orders-prod")
                .unwrap(),
            location: "westeurope".to_owned(),
        },
        policy: commerce().child("backupPolicies", "pgflex-weekly").unwrap(),
        secret: None,
    }
}

fn new_vault() -> NewVault {
    NewVault {
        location: "westeurope".to_owned(),
        redundancy: Redundancy::Local,
        soft_delete: SoftDelete::On,
        soft_delete_days: 14,
        immutability: Immutability::Disabled,
    }
}

#[wasm_bindgen_test]
async fn something_is_protected_with_one_request_however_often_it_is_clicked() {
    let rig = Rig::new().await;
    let id = instance(&format!("pgs-legacy-crm-{GUID}"));
    for _ in 0..3 {
        let request = ProtectionRequest::Configure(database("crm"));
        rig.operation.protect.run((id.clone(), request));
    }
    settle().await;
    assert_eq!(
        rig.operation.state.get_untracked(),
        AsyncOperationState::Completed
    );
    assert_eq!(rig.sent(Method::Put, "/backupInstances/"), 1);
    assert_eq!(
        rig.titles(),
        ["Protection is being configured", "Protection configured"]
    );
    let entry = rig
        .operation
        .id
        .get_untracked()
        .and_then(|id| rig.operations.get(id));
    assert_eq!(entry.map(|entry| entry.target), Some(id));
}

/// In virtual time nothing lasts but the want of a sign-in.
#[wasm_bindgen_test]
async fn while_azure_works_its_own_word_is_there() {
    let rig = Rig::new().await;
    let expired = FaultKind::Status {
        status: 401,
        code: "ExpiredAuthenticationToken".to_owned(),
        message: "It has expired.".to_owned(),
        retry_after: None,
    };
    rig.inject(Method::Get, "/operationStatus/", expired, 9);
    let id = instance(&format!("pgs-legacy-crm-{GUID}"));
    let request = ProtectionRequest::Configure(database("crm"));
    rig.operation.protect.run((id, request));
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Running);
    assert_eq!(rig.operation.status.get_untracked().as_deref(), Some("Accepted"));
    assert!(rig.operation.problem.get_untracked().is_some());
}

#[wasm_bindgen_test]
async fn what_azure_refuses_is_the_forms_to_report() {
    let rig = Rig::new().await;
    let taken = ProtectionRequest::Configure(database("invoices"));
    let id = instance(&format!("pgs-legacy-invoices-{GUID}"));
    rig.operation.protect.run((id, taken));
    settle().await;
    assert_eq!(rig.operation.state.get_untracked(), AsyncOperationState::Refused);
    let problem = rig.operation.problem.get_untracked().unwrap();
    assert_eq!(
        problem.code.as_deref(),
        Some("UserErrorDppDatasourceAlreadyProtected")
    );
    assert!(rig.titles().is_empty(), "{:?}", rig.titles());
    // And the next act is free.
    rig.operation
        .protect
        .run((instance(BILLING), ProtectionRequest::StopProtection));
    settle().await;
    assert_eq!(
        rig.titles(),
        ["Protection is being stopped", "Protection stopped"]
    );
}

#[wasm_bindgen_test]
async fn several_are_protected_at_once_and_each_has_its_own_end() {
    let rig = Rig::new().await;
    let operations = rig.operations;
    let starts = [("pgs-legacy-crm", database("crm")), ("pg-orders-prod", orders())].map(|(name, new)| {
        let id = instance(&format!("{name}-{GUID}"));
        operations.protect(id, ProtectionRequest::Configure(new))
    });
    let mut followed = Vec::new();
    for start in starts {
        match start.await {
            Start::Followed(id) => followed.push(id),
            Start::Refused(refusal) => panic!("{refusal:?}"),
        }
    }
    settle().await;
    let ends: Vec<_> = followed
        .into_iter()
        .map(|id| operations.get(id).unwrap().progress)
        .collect();
    assert_eq!(ends[0], OperationState::Completed);
    let OperationState::Failed(failure) = &ends[1] else {
        panic!("{ends:?}")
    };
    assert_eq!(failure.code, "UserErrorMissingRequiredPermissions");
}

#[wasm_bindgen_test]
async fn a_validation_passes_and_is_asked_for_once() {
    let rig = Rig::new().await;
    for _ in 0..3 {
        rig.validation.validate.run((commerce(), database("crm")));
    }
    assert_eq!(rig.validation.state.get_untracked(), Validation::Running);
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Passed);
    assert_eq!(rig.sent(Method::Post, "/validateForBackup"), 1);
    assert_eq!(rig.validation.status.get_untracked(), None);
    assert!(rig.titles().is_empty(), "it is no operation of the bell");
}

#[wasm_bindgen_test]
async fn a_validation_fails_at_once_or_after_a_while_with_azures_words() {
    let rig = Rig::new().await;
    for (new, expected, status) in [
        (
            database("invoices"),
            "UserErrorDppDatasourceAlreadyProtected",
            400,
        ),
        (orders(), "UserErrorMissingRequiredPermissions", 200),
    ] {
        rig.validation.validate.run((commerce(), new));
        settle().await;
        let Validation::Failed(error) = rig.validation.state.get_untracked() else {
            panic!("{:?}", rig.validation.state.get_untracked())
        };
        let service = error.service_error().unwrap();
        assert_eq!((service.code.as_str(), service.status), (expected, status));
    }
}

#[wasm_bindgen_test]
async fn a_change_voids_an_answer_that_was_given_and_one_that_has_yet_to_come() {
    let rig = Rig::new().await;
    rig.validation.validate.run((commerce(), database("crm")));
    settle().await;
    rig.validation.void.run(());
    assert_eq!(rig.validation.state.get_untracked(), Validation::Idle);

    rig.validation.validate.run((commerce(), orders()));
    tick().await;
    rig.validation.void.run(());
    // Another one is asked for at once; the first one's failure must not be taken for its answer.
    rig.validation.validate.run((commerce(), database("crm")));
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Passed);

    rig.validation.validate.run((commerce(), orders()));
    rig.validation.void.run(());
    settle().await;
    assert_eq!(
        rig.validation.state.get_untracked(),
        Validation::Idle,
        "nobody waits"
    );
}

#[wasm_bindgen_test]
async fn a_validation_whose_answers_are_hidden_is_unknown_and_never_passed() {
    let rig = Rig::new().await;
    rig.world.borrow_mut().switches().hide_headers = true;
    rig.validation.validate.run((commerce(), database("crm")));
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Unknown);
    rig.world.borrow_mut().switches().hide_headers = false;
    rig.inject(Method::Post, "/validateForBackup", FaultKind::NoAnswer, 9);
    rig.validation.validate.run((commerce(), database("crm")));
    settle().await;
    assert_eq!(rig.validation.state.get_untracked(), Validation::Unknown);
    assert!(rig.validation.problem.get_untracked().is_some(), "and says why");
}

#[wasm_bindgen_test]
async fn a_vault_is_made_with_an_identity_and_said_to_be() {
    let rig = Rig::new().await;
    let id = vault("bv-new-weu");
    for _ in 0..3 {
        rig.change.create.run((id.clone(), new_vault()));
    }
    assert_eq!(rig.change.state.get_untracked(), AsyncOperationState::Requesting);
    settle().await;
    assert_eq!(rig.change.state.get_untracked(), AsyncOperationState::Completed);
    let made = rig.change.vault.get_untracked().unwrap();
    assert_eq!(made.name, "bv-new-weu");
    assert!(made.principal_id.is_some(), "{made:?}");
    assert_eq!(rig.sent(Method::Put, "/backupVaults/"), 1);
    assert_eq!(rig.titles(), ["Backup vault created"]);
}

#[wasm_bindgen_test]
async fn an_identity_is_turned_on_also_where_the_answer_is_lost_or_hidden() {
    for is_hidden in [false, true] {
        let rig = Rig::new().await;
        let kind = "Microsoft.DataProtection/backupVaults";
        let subscription = "22222222-2222-4222-8222-222222222222";
        let id = ResourceId::in_resource_group(subscription, "rg-platform-dev", kind, "bv-dev-neu").unwrap();
        rig.world.borrow_mut().switches().hide_headers = is_hidden;
        if !is_hidden {
            rig.inject(Method::Patch, "/backupVaults/", FaultKind::NoAnswer, 9);
        }
        rig.change.turn_identity_on.run(id);
        settle().await;
        assert_eq!(rig.change.state.get_untracked(), AsyncOperationState::Completed);
        assert!(rig.change.vault.get_untracked().unwrap().principal_id.is_some());
        assert_eq!(rig.titles(), ["Identity of backup vault turned on"]);
    }
}

#[wasm_bindgen_test]
async fn a_change_that_is_refused_fails_or_is_lost_says_which() {
    for (kind, times, state, titles) in [
        (refusal(403), 1, AsyncOperationState::Refused, [].as_slice()),
        (
            FaultKind::FailOperation {
                code: "Boom".to_owned(),
                message: "Boom.".to_owned(),
            },
            1,
            AsyncOperationState::Failed,
            ["Backup vault could not be created"].as_slice(),
        ),
        (
            refusal(500),
            9,
            AsyncOperationState::Unknown,
            ["Creation of a backup vault: outcome not known"].as_slice(),
        ),
    ] {
        let rig = Rig::new().await;
        let context = format!("{kind:?}");
        rig.inject(Method::Put, "/backupVaults/", kind, times);
        rig.change.create.run((vault("bv-new-weu"), new_vault()));
        settle().await;
        assert_eq!(rig.change.state.get_untracked(), state, "{context}");
        assert!(rig.change.problem.get_untracked().is_some(), "{context}");
        assert_eq!(rig.titles(), titles, "{context}");
        assert_eq!(rig.change.vault.get_untracked(), None, "{context}");
    }
}
