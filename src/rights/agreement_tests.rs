//! What the portal says of the user's rights is what the service does: of any roles, and of each act.

use std::rc::Rc;

use arm_client::{
    ArmClient, ArmError, ArmOrigin, Credential, SignInNeeded, TokenRequest,
    data_protection::{DatasourceKind, PolicyRules},
    storage::{AccountChange, ServiceSasRequest},
};
use arm_core::{LocalFuture, ResourceId, Secret};
use arm_emulator::{InProcess, World, directory::USERS};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Act, needs::lacking};
use crate::stores::operations::{
    drive_rig::{Rig, SERVER, block_on, morning},
    protection_tests::{BILLING, commerce, new_database, vault},
    restore_tests::files,
};

const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111";

/// What roles are made of.
const PATTERNS: [&str; 20] = [
    "*",
    "*/read",
    "*/write",
    "*/delete",
    "*/ACTION",
    "Microsoft.DBforPostgreSQL/*",
    "microsoft.dbforpostgresql/flexibleservers/backups/*",
    "Microsoft.DBforPostgreSQL/flexibleServers/backups/write",
    "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
    "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
    "Microsoft.DataProtection/*",
    "Microsoft.DataProtection/backupVaults/backupInstances/*",
    "Microsoft.DataProtection/*/restore/action",
    "Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action",
    "Microsoft.DataProtection/backupVaults/backupInstances/delete",
    "Microsoft.DataProtection/backupVaults/validateForBackup/action",
    "Microsoft.DataProtection/backupVaults/backupPolicies/write",
    "Microsoft.Storage/storageAccounts/*",
    "Microsoft.Storage/storageAccounts/blobServices/containers/write",
    "Microsoft.Storage/storageAccounts/listServiceSas/action",
];

/// A reader's token.
const JONAS: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImV4cCI6MjAwMDAwMDAwMH0.x";

struct Jonas;

impl Credential for Jonas {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new(JONAS))))
    }
}

/// Actions and what is withheld of them.
type Role = (Vec<&'static str>, Vec<&'static str>);

fn roles() -> impl Strategy<Value = Vec<Role>> {
    let patterns = |most| proptest::collection::vec(proptest::sample::select(&PATTERNS[..]), 0..=most);
    proptest::collection::vec((patterns(3), patterns(2)), 0..3)
}

/// The world with these roles assigned to the reader, beside the one that he has.
fn world_with(rig: &Rig, roles: &[Role]) -> World {
    let mut written = serde_json::to_value(&*rig.world.borrow()).expect("JSON");
    let documents = written["documents"].as_object_mut().expect("documents");
    for (index, (actions, not_actions)) in roles.iter().enumerate() {
        let guid = format!("c0ffee00-0000-4000-8000-0000000001{index:02}");
        let role = format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}");
        let assignment = format!("{PRODUCTION}/providers/Microsoft.Authorization/roleAssignments/{guid}");
        let mut put = |id: &str, kind: &str, properties: Value| {
            let document = json!({ "id": id, "name": guid, "type": kind, "properties": properties });
            documents.insert(id.to_ascii_lowercase(), document);
        };
        let permissions = json!([{ "actions": actions, "notActions": not_actions }]);
        put(
            &role,
            "Microsoft.Authorization/roleDefinitions",
            json!({ "permissions": permissions }),
        );
        let of_jonas = json!({
            "roleDefinitionId": role,
            "principalId": USERS[1].object_id,
            "scope": PRODUCTION,
            "createdOn": "2026-01-01T00:00:00.0000000Z",
        });
        put(&assignment, "Microsoft.Authorization/roleAssignments", of_jonas);
    }
    serde_json::from_value(written).expect("a world")
}

fn is_refused<T>(answer: &Result<T, ArmError>) -> bool {
    matches!(answer, Err(error) if error.code() == Some("AuthorizationFailed"))
}

/// Whether the service refuses what an act sends, for want of rights.
fn refuses(rig: &Rig, client: &ArmClient, act: Act) -> bool {
    let service = client.data_protection();
    let (vault, instance, server) = (vault("bv-commerce-weu"), commerce(BILLING), server());
    let deleted = vault.child("deletedBackupInstances", BILLING).expect("an id");
    let policy = vault.child("backupPolicies", "p").expect("an id");
    let accounts = client.storage_accounts();
    let account = block_on(rig.client.storage_accounts().get(&storage())).expect("an account");
    match act {
        Act::TakeBackup => is_refused(&block_on(
            client
                .backups(&server)
                .begin_create(&"b-1".parse().expect("a name")),
        )),
        Act::DeleteBackup => is_refused(&block_on(
            client
                .backups(&server)
                .begin_delete(&"b-1".parse().expect("a name")),
        )),
        Act::LongTermBackup => {
            let (retention, name) = (
                client.long_term_retention(&server),
                "weekly".parse().expect("a name"),
            );
            is_refused(&block_on(retention.pre_check(&name)))
                || is_refused(&block_on(retention.begin(&name, &[])))
        }
        Act::Protect => {
            let (id, new) = new_database();
            is_refused(&block_on(service.begin_validate(&vault, &new)))
                || is_refused(&block_on(service.begin_configure(&vault, id.name(), &new)))
        }
        Act::ChangePolicy => {
            let (id, new) = new_database();
            is_refused(&block_on(service.begin_configure(&vault, id.name(), &new)))
        }
        Act::BackUpInstance => is_refused(&block_on(service.begin_backup(&instance, "BackupWeekly", None))),
        Act::StopBackup => {
            is_refused(&block_on(service.begin_stop_protection(&instance)))
                && is_refused(&block_on(service.begin_suspend_backups(&instance)))
        }
        Act::ResumeBackup => {
            is_refused(&block_on(service.begin_resume_protection(&instance)))
                && is_refused(&block_on(service.begin_resume_backups(&instance)))
        }
        Act::DeleteBackupData => is_refused(&block_on(service.begin_delete(&instance))),
        Act::Undelete => is_refused(&block_on(service.begin_undelete(&deleted))),
        Act::Restore => {
            let request = files(rig, "p");
            is_refused(&block_on(service.begin_validate_restore(&instance, &request)))
                || is_refused(&block_on(service.begin_restore(&instance, &request)))
        }
        Act::CreateVault | Act::ChangeVault => {
            is_refused(&block_on(service.begin_update_vault(&vault, &json!({}))))
        }
        Act::CreatePolicy => {
            let kind = DatasourceKind::FlexibleServer;
            is_refused(&block_on(service.put_policy(
                &vault,
                "p",
                kind,
                &PolicyRules::default(),
            )))
        }
        Act::DeletePolicy => is_refused(&block_on(service.delete_policy(&policy))),
        Act::AssignRoles => {
            let role = arm_client::authorization::Role::Reader;
            is_refused(&block_on(
                client.authorization().assign(&server, GUID, role, "p-1"),
            ))
        }
        Act::ChangeStorage => {
            let change = AccountChange::replicate_across_tenants(&account);
            is_refused(&block_on(accounts.update(&account.id, &change)))
        }
        Act::CreateContainer => {
            let name = "c-1".parse().expect("a name");
            is_refused(&block_on(accounts.create_container(&account.id, &name)))
        }
        Act::CreateSas => {
            let container = "c-1".parse().expect("a name");
            let request = ServiceSasRequest {
                container,
                start: None,
                expiry: morning(),
            };
            is_refused(&block_on(accounts.list_service_sas(&account, &request)))
        }
    }
}

/// A name of a role assignment.
const GUID: &str = "aaaaaaaa-0000-4000-8000-000000000001";

/// What an act is done to.
fn scope_of(act: Act) -> ResourceId {
    match act {
        Act::TakeBackup | Act::DeleteBackup | Act::LongTermBackup | Act::AssignRoles => server(),
        Act::BackUpInstance
        | Act::StopBackup
        | Act::ResumeBackup
        | Act::DeleteBackupData
        | Act::Restore
        | Act::ChangePolicy => commerce(BILLING),
        Act::ChangeStorage | Act::CreateContainer | Act::CreateSas => storage(),
        Act::Protect
        | Act::Undelete
        | Act::CreateVault
        | Act::ChangeVault
        | Act::CreatePolicy
        | Act::DeletePolicy => vault("bv-commerce-weu"),
    }
}

fn server() -> ResourceId {
    SERVER.parse().expect("an id")
}

fn storage() -> ResourceId {
    let id = format!(
        "{PRODUCTION}/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup"
    );
    id.parse().expect("an id")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn an_act_is_said_to_be_lacking_where_the_service_refuses_it_and_nowhere_else(roles in roles()) {
        let rig = Rig::new();
        let world = Rc::new(std::cell::RefCell::new(world_with(&rig, &roles)));
        let transport = Rc::new(InProcess::new(world, rig.clock.clone()));
        let origin = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
        let client = ArmClient::new(origin, transport, rig.clock.clone(), Rc::new(Jonas)).sending_once();
        let all = super::act::tests::ALL.map(|(act, name)| {
            let scope = scope_of(act);
            let permissions = block_on(client.authorization().permissions(&scope)).expect("permissions");
            (act, name, lacking(&[act], &scope, &permissions))
        });
        for (act, name, said) in all {
            prop_assert_eq!(!said.is_empty(), refuses(&rig, &client, act), "{} {:?}", name, said);
        }
    }
}
