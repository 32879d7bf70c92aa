//! Looking for a backup whose answer was lost.

use arm_client::{ArmError, Backup, BackupName};

use crate::support::{Rig, block_on, json, refusal, server};

fn look_for(rig: &Rig) -> Result<Option<Backup>, ArmError> {
    let name: BackupName = "before-v42".parse().expect("a name");
    block_on(rig.client.backups(&server()).look_for(&name))
}

#[test]
fn a_backup_that_is_there_is_found() {
    let id = server().child("backups", "before-v42").expect("an id");
    let body =
        format!(r#"{{"id":"{id}","name":"before-v42","properties":{{"backupType":"Customer On-Demand"}}}}"#);
    let found = look_for(&Rig::new([json(200, &body)]))
        .expect("an answer")
        .expect("a backup");
    assert_eq!(found.id, id);
}

#[test]
fn only_a_missing_backup_is_no_backup() {
    assert_eq!(look_for(&Rig::new([refusal(404, "ResourceNotFound")])), Ok(None));
    assert_eq!(look_for(&Rig::new([refusal(404, "")])), Ok(None));
    for (status, code) in [
        (404, "ResourceGroupNotFound"),
        (404, "SubscriptionNotFound"),
        (404, "ParentResourceNotFound"),
        (403, "AuthorizationFailed"),
    ] {
        let error = look_for(&Rig::new([refusal(status, code)])).expect_err(code);
        assert_eq!(error.code(), Some(code), "{error}");
    }
}
