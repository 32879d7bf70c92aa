use std::{cell::RefCell, time::Duration};

use arm_client::{
    ArmClient, ArmOrigin,
    authorization::Role,
    data_protection::{DatasourceKind, Immutability, NewVault, PolicyRules, Redundancy, SoftDelete},
    storage::{AccountChange, ServiceSasRequest},
};
use arm_core::{ResourceId, VirtualClock};
use arm_emulator::InProcess;
use serde_json::json;

use super::{super::act::tests::ALL, *};
use crate::stores::operations::{
    ProtectionRequest,
    drive_rig::{Rig, SERVER, Token, block_on, morning},
    long_term_tests::sas,
    protection_tests::{BILLING, commerce, new_database, vault},
    restore_tests::files,
};

/// Writes down what is sent, and answers nothing that helps.
#[derive(Default)]
struct Recorder(RefCell<Vec<Request>>);

impl Transport for Recorder {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        self.0.borrow_mut().push(request);
        Box::pin(async { Ok(Response::new(400).with_body("{}")) })
    }
}

fn limits(is_read_only: bool, hide: &[&str]) -> Limits {
    let hide: Vec<_> = hide.iter().map(|name| (*name).to_owned()).collect();
    Limits::new(By::Config, is_read_only, &hide).expect("limits")
}

fn client(transport: Rc<dyn Transport>, limits: Limits) -> ArmClient {
    let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
    let clock = Rc::new(VirtualClock::starting_at(morning()));
    ArmClient::new(
        origin,
        Rc::new(Guard { transport, limits }),
        clock,
        Rc::new(Token),
    )
}

fn server() -> ResourceId {
    SERVER.parse().expect("an id")
}

/// Asks for everything that the client can change. What comes of it is not looked at.
fn change_everything(client: &ArmClient) {
    let rig = Rig::new();
    let backups = client.backups(&server());
    drop(block_on(backups.begin_create(&"b-1".parse().expect("a name"))));
    drop(block_on(backups.begin_delete(&"b-1".parse().expect("a name"))));
    let day = Duration::from_secs(24 * 3600);
    let long_term = client.long_term_retention(&server());
    drop(block_on(
        long_term.begin(&"weekly".parse().expect("a name"), &[sas(&rig, day)]),
    ));
    let service = client.data_protection();
    let (instance, new) = new_database();
    let commerce_vault = vault("bv-commerce-weu");
    drop(block_on(service.begin_configure(
        &commerce_vault,
        instance.name(),
        &new,
    )));
    drop(block_on(service.begin_delete(&commerce(BILLING))));
    drop(block_on(service.begin_stop_protection(&commerce(BILLING))));
    drop(block_on(service.begin_suspend_backups(&commerce(BILLING))));
    drop(block_on(service.begin_resume_protection(&commerce(BILLING))));
    drop(block_on(service.begin_resume_backups(&commerce(BILLING))));
    drop(block_on(service.begin_backup(
        &commerce(BILLING),
        "BackupWeekly",
        None,
    )));
    let deleted = commerce_vault
        .child("deletedBackupInstances", BILLING)
        .expect("an id");
    drop(block_on(service.begin_undelete(&deleted)));
    drop(block_on(
        service.begin_restore(&commerce(BILLING), &files(&rig, "p")),
    ));
    let new_vault = NewVault {
        location: "westeurope".to_owned(),
        redundancy: Redundancy::Local,
        soft_delete: SoftDelete::On,
        soft_delete_days: 14,
        immutability: Immutability::Disabled,
    };
    drop(block_on(service.begin_create_vault(&vault("bv-new"), &new_vault)));
    drop(block_on(service.begin_update_vault(&commerce_vault, &json!({}))));
    drop(block_on(service.begin_delete_vault(&commerce_vault)));
    let kind = DatasourceKind::FlexibleServer;
    drop(block_on(service.put_policy(
        &commerce_vault,
        "p",
        kind,
        &PolicyRules::default(),
    )));
    drop(block_on(service.delete_policy(
        &commerce_vault.child("backupPolicies", "p").expect("an id"),
    )));
    drop(block_on(client.authorization().assign(
        &server(),
        "g-1",
        Role::Reader,
        "p-1",
    )));
    drop(block_on(client.key_vaults().let_read_secrets(
        &key_vault(),
        "t-1",
        "p-1",
    )));
    let accounts = client.storage_accounts();
    let account = block_on(rig.client.storage_accounts().get(&storage())).expect("an account");
    let change = AccountChange::replicate_across_tenants(&account);
    drop(block_on(accounts.update(&account.id, &change)));
    drop(block_on(
        accounts.create_container(&account.id, &"c-1".parse().expect("a name")),
    ));
    drop(block_on(accounts.list_service_sas(&account, &sas_request())));
}

/// Asks for what takes a POST and changes nothing.
fn read_by_post(client: &ArmClient) {
    let rig = Rig::new();
    drop(block_on(client.data_protection().all_vaults()));
    drop(block_on(
        client
            .long_term_retention(&server())
            .pre_check(&"weekly".parse().expect("a name")),
    ));
    let service = client.data_protection();
    drop(block_on(
        service.begin_validate(&vault("bv-commerce-weu"), &new_database().1),
    ));
    drop(block_on(
        service.begin_validate_restore(&commerce(BILLING), &files(&rig, "p")),
    ));
    drop(block_on(
        service.restorable_ranges(&commerce(BILLING), "VaultStore"),
    ));
    let account = block_on(rig.client.storage_accounts().get(&storage())).expect("an account");
    drop(block_on(
        client.storage_accounts().listing_sas(&account, &sas_request()),
    ));
}

fn in_production(group: &str, kind: &str, name: &str) -> ResourceId {
    ResourceId::in_resource_group("11111111-1111-4111-8111-111111111111", group, kind, name).expect("an id")
}

fn storage() -> ResourceId {
    in_production(
        "rg-commerce-prod",
        "Microsoft.Storage/storageAccounts",
        "stcommercebackup",
    )
}

fn key_vault() -> ResourceId {
    in_production(
        "rg-commerce-prod",
        "Microsoft.KeyVault/vaults",
        "kv-commerce-prod",
    )
}

fn sas_request() -> ServiceSasRequest {
    ServiceSasRequest {
        container: "c-1".parse().expect("a name"),
        start: None,
        expiry: morning(),
    }
}

/// What leaves under these limits when everything is asked for.
fn sent(limits: Limits, ask: impl Fn(&ArmClient)) -> Vec<Request> {
    let recorder = Rc::new(Recorder::default());
    ask(&client(recorder.clone(), limits));
    recorder.0.take()
}

#[test]
fn a_portal_that_is_read_only_sends_nothing_that_changes_anything() {
    assert!(
        sent(Limits::default(), change_everything).len() >= 22,
        "what is asked for leaves otherwise"
    );
    assert_eq!(sent(limits(true, &[]), change_everything), []);
    let by_host = Limits::new(By::Host, true, &[]).expect("limits");
    assert_eq!(sent(by_host, change_everything), []);
}

#[test]
fn what_only_reads_leaves_all_the_same() {
    let all = sent(Limits::default(), read_by_post);
    assert!(
        all.iter()
            .filter(|request| request.method == Method::Post)
            .count()
            >= 6,
        "{all:?}"
    );
    assert_eq!(sent(limits(true, &[]), read_by_post).len(), all.len());
}

#[test]
fn every_request_is_known_for_the_acts_that_send_it() {
    let all = sent(Limits::default(), change_everything);
    let is_deletion_of_vault =
        |request: &&Request| request.method == Method::Delete && kind_of(&request.url) == "backupvaults";
    let mut acts = Vec::new();
    // No page deletes a vault.
    for request in all.iter().filter(|request| !is_deletion_of_vault(request)) {
        let of = acts_of(request).expect("it changes something");
        assert!(!of.is_empty(), "{} {}", request.method, request.url);
        acts.extend(of);
    }
    for (act, name) in ALL {
        assert!(acts.contains(&&act), "{name} sends nothing");
    }
}

#[test]
fn an_act_that_is_hidden_is_not_sent_and_the_others_are() {
    let all = sent(Limits::default(), change_everything);
    for (act, name) in ALL {
        let left = sent(limits(false, &[name]), change_everything);
        let only_this = |request: &&Request| acts_of(request) == Some(&[act]);
        let expected = all.iter().filter(|request| !only_this(request)).count();
        assert_eq!(left.len(), expected, "{name}");
        assert!(!left.iter().any(|request| only_this(&request)), "{name}");
    }
    // Both may send it, so that it stays where one of them is offered.
    let puts = |requests: &[Request]| {
        let is_it = |request: &&Request| {
            kind_of(&request.url) == "backupvaults/backupinstances" && request.method == Method::Put
        };
        requests.iter().filter(is_it).count()
    };
    assert_eq!(puts(&sent(limits(false, &["protect"]), change_everything)), 1);
    assert_eq!(
        puts(&sent(
            limits(false, &["protect", "change-policy"]),
            change_everything
        )),
        0
    );
}

#[test]
fn what_is_not_known_may_change_anything() {
    for (method, path, expected) in [
        (
            Method::Get,
            "/subscriptions/s/providers/Microsoft.X/things/t",
            None,
        ),
        (
            Method::Post,
            "/subscriptions/s/providers/Microsoft.X/things/t/act",
            Some(&[] as &[Act]),
        ),
        (Method::Put, "/subscriptions/s/resourceGroups/rg", Some(&[])),
        (Method::Post, "/providers/Microsoft.ResourceGraph/resources", None),
        (
            Method::Put,
            "/providers/Microsoft.ResourceGraph/resources",
            Some(&[]),
        ),
        (
            Method::Put,
            "/subscriptions/s/resourceGroups/RG/PROVIDERS/microsoft.dbforpostgresql/FLEXIBLESERVERS/pg/Backups/b",
            Some(&[Act::TakeBackup]),
        ),
        (
            Method::Put,
            "/subscriptions/s/providers/Microsoft.X/things/t/providers/Microsoft.Authorization/roleAssignments/g",
            Some(&[Act::AssignRoles]),
        ),
    ] {
        let request = Request::new(
            method,
            format!("https://management.azure.com{path}?api-version=x"),
        );
        assert_eq!(acts_of(&request), expected, "{method} {path}");
    }
}

#[test]
fn the_operations_tell_a_refusal_and_the_world_stays_as_it_is() {
    let mut rig = Rig::new();
    let containers = vec![sas(&rig, Duration::from_secs(24 * 3600))];
    let (restore, new) = (files(&rig, "p"), new_database());
    let before = held(&rig);
    let transport = Rc::new(InProcess::new(rig.world.clone(), rig.clock.clone()));
    rig.client = client(transport, limits(true, &[]));
    let said = [
        rig.take("v43", None),
        rig.delete("before-schema-v42", None),
        rig.back_up_long_term("weekly", containers, None),
        rig.protect(&new.0, ProtectionRequest::Configure(new.1), None),
        rig.protect(&commerce(BILLING), ProtectionRequest::Delete, None),
        rig.protect(&commerce(BILLING), ProtectionRequest::StopProtection, None),
        rig.restore(&commerce(BILLING), restore, None),
    ];
    for said in said {
        let refusal = said.refused_with.expect("a refusal");
        assert_eq!(refusal.code(), Some(NOT_SENT), "{:?}", said.events);
        assert!(refusal.to_string().contains("read-only"), "{refusal}");
    }
    assert!(before == held(&rig), "nothing has been made, changed or begun");
}

/// What the world holds, and what it is working on.
fn held(rig: &Rig) -> [serde_json::Value; 2] {
    let world = serde_json::to_value(&*rig.world.borrow()).expect("JSON");
    ["documents", "operations"].map(|part| world[part].clone())
}
