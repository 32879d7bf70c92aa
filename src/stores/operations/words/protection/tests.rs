//! The words of each act on a backup instance, in each state.

use arm_core::Timestamp;

use super::*;
use crate::stores::operations::{Act, OperationState};

const VAULT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv-a";
const INSTANCE: &str = "pg-orders-857d23b1-c679-4c94-ade6-c4d34635e149";

fn operation(kind: ProtectionKind) -> Operation {
    let list = match kind {
        ProtectionKind::Undelete => "deletedBackupInstances",
        _ => "backupInstances",
    };
    let id = |path: String| path.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    let policy = Some(id(format!("{VAULT}/backupPolicies/pgflex-weekly")));
    let act = Act::Protection { kind, policy };
    let target = id(format!("{VAULT}/{list}/{INSTANCE}"));
    Operation::about_to_start(Uuid::nil(), act, target, None, Timestamp::UNIX_EPOCH)
}

#[test]
fn each_act_has_words_for_each_state_and_names_what_is_protected_and_where() {
    use ProtectionKind::*;
    let failure = Failure {
        code: "UserErrorX".to_owned(),
        message: "It cannot be.".to_owned(),
        request_id: None,
    };
    for (kind, begun, done, failed) in [
        (
            Configure,
            "Protection is being configured: 'pg-orders' in backup vault 'bv-a'. You may close this tab.",
            "Protection configured: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Protection could not be configured: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            ChangePolicy,
            "Backup policy is being changed: 'pg-orders' in backup vault 'bv-a', policy 'pgflex-weekly'.",
            "Backup policy changed: 'pg-orders' in backup vault 'bv-a', policy 'pgflex-weekly', 42 s.",
            "Backup policy could not be changed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            BackUp,
            "Backup to the vault initiated: 'pg-orders' in backup vault 'bv-a'. You may close this tab.",
            "Backup to the vault completed: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Backup to the vault failed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            StopProtection,
            "Protection is being stopped: 'pg-orders' in backup vault 'bv-a'.",
            "Protection stopped: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Protection could not be stopped: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            SuspendBackups,
            "Backups are being suspended: 'pg-orders' in backup vault 'bv-a'.",
            "Backups suspended: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Backups could not be suspended: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            ResumeProtection,
            "Protection is being resumed: 'pg-orders' in backup vault 'bv-a'.",
            "Protection resumed: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Protection could not be resumed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            ResumeBackups,
            "Backups are being resumed: 'pg-orders' in backup vault 'bv-a'.",
            "Backups resumed: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Backups could not be resumed: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            Delete,
            "Backup data is being deleted: 'pg-orders' in backup vault 'bv-a'.",
            "Backup data deleted: 'pg-orders' in backup vault 'bv-a', 42 s.",
            "Backup data could not be deleted: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
        (
            Undelete,
            "Backup instance is being undeleted: 'pg-orders' in backup vault 'bv-a'.",
            "Backup instance undeleted: 'pg-orders' in backup vault 'bv-a', 42 s. Its protection is stopped; it is \
             backed up again once that is resumed.",
            "Backup instance could not be undeleted: 'pg-orders' in backup vault 'bv-a'. UserErrorX: It cannot be.",
        ),
    ] {
        let mut operation = operation(kind);
        let unknown = operation.unknown();
        assert!(unknown.title.ends_with(": outcome not known"), "{unknown:?}");
        assert!(
            unknown
                .body
                .contains("about 'pg-orders' in backup vault 'bv-a' was lost"),
            "{unknown:?}"
        );
        let whole = |words: Words| format!("{}: {}", words.title, words.body).replace('\u{a0}', " ");
        assert_eq!(whole(operation.initiated()), begun);
        operation.end(
            OperationState::Completed,
            Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(42),
        );
        assert_eq!(whole(operation.completed()), done);
        assert_eq!(whole(operation.failed(&failure)), failed);
    }
}

#[test]
fn a_backup_with_warnings_tells_them_and_needs_a_look() {
    let mut operation = operation(ProtectionKind::BackUp);
    operation.warning = Some(Failure {
        code: "UserErrorY".to_owned(),
        ..Failure::default()
    });
    operation.end(OperationState::Completed, Timestamp::UNIX_EPOCH);
    let (intent, words) = operation.said().expect("words");
    assert_eq!(intent, crate::stores::notifications::Intent::Warning);
    assert_eq!(words.title, "Backup to the vault completed with warnings");
    assert!(words.body.ends_with(". UserErrorY."), "{}", words.body);
    operation.warning = Some(Failure::default());
    let body = operation.completed().body;
    assert!(body.ends_with("Azure gives no reason."), "{body}");
}

#[test]
fn the_link_leads_to_the_instance_while_there_is_one_and_else_to_its_vault() {
    let path = |kind, ended: bool| {
        let mut operation = operation(kind);
        if ended {
            operation.end(OperationState::Completed, Timestamp::UNIX_EPOCH);
        }
        let link = operation.link();
        (link.label, link.path)
    };
    let instance = (
        "Show backup instance",
        format!("/vaults/s/rg/bv-a/instances/{INSTANCE}"),
    );
    let vault = ("Show backup vault", "/vaults/s/rg/bv-a".to_owned());
    assert_eq!(path(ProtectionKind::Configure, false), instance);
    assert_eq!(path(ProtectionKind::Delete, false), instance);
    assert_eq!(path(ProtectionKind::Delete, true), vault);
    assert_eq!(path(ProtectionKind::Undelete, false), vault);
    assert_eq!(path(ProtectionKind::Undelete, true), instance);
}

#[test]
fn a_name_of_another_form_is_left_as_it_is() {
    for (name, expected) in [
        (INSTANCE, "pg-orders"),
        ("srv-db-857d23b1-c679-4c94-ade6-c4d34635e149", "srv-db"),
        (
            "857d23b1-c679-4c94-ade6-c4d34635e149",
            "857d23b1-c679-4c94-ade6-c4d34635e149",
        ),
        (
            "-857d23b1-c679-4c94-ade6-c4d34635e149",
            "-857d23b1-c679-4c94-ade6-c4d34635e149",
        ),
        ("pg-orders", "pg-orders"),
        (
            "ürümqi-857d23b1-c679-4c94-ade6-c4d34635e14",
            "ürümqi-857d23b1-c679-4c94-ade6-c4d34635e14",
        ),
    ] {
        assert_eq!(without_guid(name), expected);
    }
}
