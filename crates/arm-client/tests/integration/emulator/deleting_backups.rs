//! A backup is deleted, and what is there to be deleted.

use arm_client::{ArmError, BackupName, Poller, Progress};
use arm_core::Method;
use arm_emulator::FaultKind;

use super::{Azure, orders};
use crate::support::block_on;

fn begin(azure: &Azure, name: &str) -> Result<Poller<()>, ArmError> {
    let name: BackupName = name.parse().expect("a name");
    block_on(azure.client.backups(&orders()).begin_delete(&name))
}

/// Follows to the end, counting how often the service was still at work.
fn follow(mut poller: Poller<()>) -> (Result<(), ArmError>, usize) {
    let mut running = 0;
    block_on(async {
        loop {
            match poller.next().await {
                Ok(Progress::Running { .. }) => running += 1,
                Ok(_) => return (poller.result().await, running),
                Err(error) => return (Err(error), running),
            }
        }
    })
}

fn names(azure: &Azure) -> Vec<String> {
    let backups = block_on(azure.client.backups(&orders()).list()).expect("a list");
    backups.into_iter().map(|backup| backup.name).collect()
}

#[test]
fn an_on_demand_backup_is_deleted_and_nothing_else() {
    let azure = Azure::new();
    let before = names(&azure);
    let (outcome, running) = follow(begin(&azure, "smoke-test").expect("the request is taken"));
    assert_eq!(outcome, Ok(()));
    assert!(running >= 1, "it takes its time");
    let expected: Vec<_> = before.into_iter().filter(|name| name != "smoke-test").collect();
    assert_eq!(names(&azure), expected);
}

#[test]
fn a_name_that_does_not_exist_is_deleted_at_once() {
    let azure = Azure::new();
    let before = names(&azure);
    assert_eq!(
        follow(begin(&azure, "never-taken").expect("no error")),
        (Ok(()), 0)
    );
    assert_eq!(names(&azure), before);
}

#[test]
fn an_automatic_backup_stays() {
    let azure = Azure::new();
    let automatic = names(&azure)
        .into_iter()
        .find(|name| name.starts_with("backup_"))
        .expect("one");
    let outcome = begin(&azure, &automatic).map(follow);
    let is_refused = outcome.as_ref().map_or(true, |(outcome, _)| outcome.is_err());
    assert!(is_refused, "{:?}", outcome.map(|(outcome, _)| outcome));
    assert!(names(&azure).contains(&automatic));
}

#[test]
fn a_deletion_whose_answer_is_lost_is_asked_for_again() {
    let azure = Azure::new();
    azure.inject(Method::Delete, "/backups/", FaultKind::NoAnswer, 1);
    let (outcome, _) = follow(begin(&azure, "smoke-test").expect("the second request is taken"));
    assert_eq!(outcome, Ok(()));
    assert_eq!(azure.count(Method::Delete), 2);
    assert!(!names(&azure).contains(&"smoke-test".to_owned()));
}
