//! Which entries stay, and that they survive the journal.

use super::*;

fn operation(number: u128, ended: Option<Timestamp>) -> Operation {
    let server = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
    let act = Act::TakeBackup { name: "b".to_owned() };
    let id = Uuid::from_u128(number);
    let target = server.parse().expect("an id");
    let mut operation = Operation::about_to_start(id, act, target, None, Timestamp::UNIX_EPOCH);
    if let Some(ended) = ended {
        operation.end(OperationState::Completed, ended);
    }
    operation
}

#[test]
fn old_ends_go_and_what_runs_stays_however_old() {
    let now = Timestamp::UNIX_EPOCH + chrono::TimeDelta::days(40);
    let [long_ago, yesterday] = [9, 39].map(|day| Timestamp::UNIX_EPOCH + chrono::TimeDelta::days(day));
    let operations = [
        operation(1, Some(long_ago)),
        operation(2, None),
        operation(3, Some(yesterday)),
    ];
    assert_eq!(outdated(&operations, now), [Uuid::from_u128(1)]);
}

#[test]
fn the_newest_two_hundred_stay() {
    let now = Timestamp::UNIX_EPOCH + chrono::TimeDelta::days(1);
    let ended = |number: u128| Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(number as i64);
    let operations: Vec<_> = (0..203)
        .map(|number| operation(number, Some(ended(number))))
        .collect();
    let mut gone = outdated(&operations, now);
    gone.sort();
    assert_eq!(gone, [0, 1, 2].map(Uuid::from_u128));
}

#[test]
fn an_entry_of_an_earlier_version_is_read() {
    let text = r#"{"id":"00000000-0000-0000-0000-000000000007","act":{"takeBackup":{"name":"b"}},
        "target":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg",
        "started":"2026-03-12T09:41:00Z","ended":null,"progress":{"running":{"status":"InProgress","percent":null}},
        "token":null}"#;
    let entry: Operation = serde_json::from_str(text).expect(text);
    assert_eq!(entry.act.backup_name(), Some("b"));
    assert_eq!((entry.job, entry.newest_job, entry.warning), (None, None, None));
}

#[test]
fn a_list_that_was_read_and_is_empty_is_known() {
    let was_there = |known_before| {
        let now = Timestamp::UNIX_EPOCH;
        let Operation { act, target, .. } = operation(7, None);
        Operation::about_to_start(Uuid::nil(), act, target, known_before, now).was_there
    };
    assert_eq!(was_there(None), None);
    assert_eq!(was_there(Some(vec![])), Some(false));
    assert_eq!(was_there(Some(vec!["B".to_owned()])), Some(true));
}

#[test]
fn an_entry_survives_the_journal() {
    let name = "b".to_owned();
    let acts = [
        Act::TakeBackup { name: name.clone() },
        Act::DeleteBackup { name: name.clone() },
        Act::LongTermBackup { name },
        Act::Protection {
            kind: ProtectionKind::ChangePolicy,
            policy: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupPolicies/p"
                .parse()
                .ok(),
        },
        Act::Restore {
            recovery_point_id: "eb006fde78cb47198be5a320fbe45e9b".to_owned(),
            point_time: Some(Timestamp::UNIX_EPOCH),
            target: RestoredTo::Database {
                server: "pgs".to_owned(),
                database: "crm_restored".to_owned(),
            },
        },
    ];
    for act in acts {
        let before = Operation {
            act,
            ..operation(7, None)
        };
        let text = serde_json::to_string(&before).expect("JSON");
        let after: Operation = serde_json::from_str(&text).expect(&text);
        assert_eq!(
            (after.id, after.act, after.progress),
            (before.id, before.act, before.progress)
        );
    }
}
