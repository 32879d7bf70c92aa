//! What an InternalServerError to an on-demand backup meant, judged by what is there now; pure.

use arm_client::{ArmError, Backup, BackupType};
use arm_core::Timestamp;

use super::{Act, Cause, Operation, OperationState};

/// What was found out after the answer.
pub struct Evidence<'a> {
    /// The name that was asked for.
    pub name: &'a str,
    /// Whether the request itself was refused; otherwise it was taken, and its operation failed.
    pub is_refused: bool,
    /// Whether a backup of this name was in the list just before the request, where that is known.
    pub was_there: Option<bool>,
    /// The list as it is now, where it could be read.
    pub list: Option<&'a [Backup]>,
    /// Backups of the same server that this browser asked for before.
    pub suspects: &'a [Suspect],
}

/// Another backup that this browser asked for, and that may have been in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Its name.
    pub name: String,
    /// When it was triggered.
    pub triggered: Timestamp,
    /// Whether the service said after the failure that it is being taken.
    pub is_running: bool,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The backup is there and was not before: the request was taken after all. The moment is its completion.
    Taken(Option<Timestamp>),
    /// Nothing has begun, and this is why.
    Nothing(Cause),
    /// This is why, as far as it is known; whether something has begun is not.
    Open(Cause),
}

/// Judges the evidence.
pub fn judge(evidence: &Evidence<'_>) -> Finding {
    let Evidence {
        name,
        is_refused,
        was_there,
        list,
        suspects,
    } = *evidence;
    if let Some(backup) = list.and_then(|list| find(list, name)) {
        let since = backup.completed_time;
        return match (is_refused, was_there) {
            (true, Some(false)) => Finding::Taken(since),
            (true, None) => Finding::Open(Cause::name_taken(since, false)),
            (true, Some(true)) | (false, _) => Finding::Nothing(Cause::name_taken(since, true)),
        };
    }
    // The service takes one at a time: while another one runs that began before, this one cannot have begun.
    if let Some(running) = suspects.iter().find(|suspect| suspect.is_running) {
        return Finding::Nothing(Cause::ours(&running.name, running.triggered, true));
    }
    let likely = suspects.first().map_or_else(
        || list.map_or_else(Cause::not_known, |list| Cause::elsewhere(on_demand(list))),
        |suspect| Cause::ours(&suspect.name, suspect.triggered, false),
    );
    if is_refused {
        Finding::Open(likely)
    } else {
        Finding::Nothing(likely)
    }
}

/// The journal's entries that may have been in the way of one.
pub fn suspects(failed: &Operation, journal: Vec<Operation>) -> Vec<Operation> {
    let may_have_run = |other: &Operation| {
        let is_other = other.id != failed.id && other.target == failed.target;
        let is_backup = matches!(other.act, Act::TakeBackup { .. });
        let has_failed = matches!(other.progress, OperationState::Failed(_));
        // Both moments are this browser's, so they may be compared; an end is seen late, never early.
        let overlaps =
            other.started <= failed.started && other.ended.is_none_or(|ended| ended >= failed.started);
        is_other && is_backup && !has_failed && overlaps
    };
    journal.into_iter().filter(may_have_run).collect()
}

/// The on-demand backup that was not there when the list was read before.
pub fn appeared<'a>(list: &'a [Backup], seen: &[String], name: &str) -> Option<&'a Backup> {
    list.iter().find(|backup| {
        is_on_demand(backup) && !is_named(backup, name) && !seen.iter().any(|seen| is_named(backup, seen))
    })
}

/// The backup of this name; Azure's names do not differ by case.
pub fn find<'a>(list: &'a [Backup], name: &str) -> Option<&'a Backup> {
    list.iter().find(|backup| is_named(backup, name))
}

/// Whether an error is the one that the document's note is about.
pub fn is_internal_server_error(error: &ArmError) -> bool {
    error.service_error().is_some_and(|service| {
        let is_coded = service.code.eq_ignore_ascii_case("InternalServerError");
        is_coded || (service.status == 500 && service.code.is_empty())
    })
}

fn on_demand(list: &[Backup]) -> Vec<String> {
    let on_demand = list.iter().filter(|backup| is_on_demand(backup));
    on_demand.map(|backup| backup.name.clone()).collect()
}

fn is_on_demand(backup: &Backup) -> bool {
    backup.backup_type == Some(BackupType::CustomerOnDemand)
}

fn is_named(backup: &Backup, name: &str) -> bool {
    backup.name.eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use arm_core::ResourceId;
    use uuid::Uuid;

    use super::*;

    fn moment(second: i64) -> Timestamp {
        Timestamp::from_timestamp(second, 0).expect("a moment")
    }

    fn server(name: &str) -> ResourceId {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/";
        format!("{server}{name}").parse().expect("an id")
    }

    fn backup(name: &str, backup_type: BackupType) -> Backup {
        Backup {
            id: server("pg").child("backups", name).expect("an id"),
            name: name.to_owned(),
            backup_type: Some(backup_type),
            completed_time: Some(moment(7)),
            source: None,
        }
    }

    fn on_demand_backup(name: &str) -> Backup {
        backup(name, BackupType::CustomerOnDemand)
    }

    fn suspect(name: &str, is_running: bool) -> Suspect {
        Suspect {
            name: name.to_owned(),
            triggered: moment(3),
            is_running,
        }
    }

    #[test]
    fn a_finding_says_no_more_than_the_evidence() {
        use Finding::{Nothing, Open, Taken};
        let there = vec![
            on_demand_backup("X"),
            on_demand_backup("a"),
            backup("auto", BackupType::Full),
        ];
        let absent = vec![on_demand_backup("a"), backup("auto", BackupType::Full)];
        let (running, silent) = (vec![suspect("y", true)], vec![suspect("y", false)]);
        let both = vec![suspect("w", false), suspect("y", true)];
        let taken = |is_certain| Cause::name_taken(Some(moment(7)), is_certain);
        let elsewhere = || Cause::elsewhere(vec!["a".to_owned()]);
        let ours = |is_certain| Cause::ours("y", moment(3), is_certain);
        for (is_refused, was_there, list, suspects, expected) in [
            // The name is in the list, and stands before every other explanation.
            (true, Some(true), Some(&there), &vec![], Nothing(taken(true))),
            (true, Some(true), Some(&there), &running, Nothing(taken(true))),
            (true, Some(false), Some(&there), &vec![], Taken(Some(moment(7)))),
            (true, Some(false), Some(&there), &running, Taken(Some(moment(7)))),
            (true, None, Some(&there), &vec![], Open(taken(false))),
            (false, Some(true), Some(&there), &vec![], Nothing(taken(true))),
            (false, Some(false), Some(&there), &silent, Nothing(taken(true))),
            (false, None, Some(&there), &vec![], Nothing(taken(true))),
            // Another one is known to be running.
            (true, Some(false), Some(&absent), &running, Nothing(ours(true))),
            (true, Some(false), Some(&absent), &both, Nothing(ours(true))),
            (true, Some(false), None, &running, Nothing(ours(true))),
            (false, None, None, &running, Nothing(ours(true))),
            // Another one may have been running.
            (true, Some(false), Some(&absent), &silent, Open(ours(false))),
            (false, Some(false), Some(&absent), &silent, Nothing(ours(false))),
            // Nothing in the journal.
            (true, Some(false), Some(&absent), &vec![], Open(elsewhere())),
            (false, Some(false), Some(&absent), &vec![], Nothing(elsewhere())),
            (true, Some(true), None, &vec![], Open(Cause::not_known())),
            (false, None, None, &vec![], Nothing(Cause::not_known())),
        ] {
            let evidence = Evidence {
                name: "x",
                is_refused,
                was_there,
                list: list.map(Vec::as_slice),
                suspects,
            };
            let context = format!("refused {is_refused}, was there {was_there:?}, {list:?}, {suspects:?}");
            assert_eq!(judge(&evidence), expected, "{context}");
        }
    }

    #[test]
    fn only_what_may_have_overlapped_is_suspected() {
        let entry = |number, target: &str, act, started, ended| {
            let mut entry = Operation::about_to_start(
                Uuid::from_u128(number),
                act,
                server(target),
                None,
                moment(started),
            );
            if let Some(ended) = ended {
                entry.end(OperationState::Completed, moment(ended));
            }
            entry
        };
        let take = || Act::TakeBackup { name: "y".to_owned() };
        let delete = Act::DeleteBackup { name: "y".to_owned() };
        let failed = entry(0, "pg", take(), 100, None);
        let mut refused = entry(7, "pg", take(), 90, None);
        let failure = super::super::Failure {
            code: "C".to_owned(),
            message: String::new(),
            request_id: None,
        };
        refused.end(OperationState::Failed(failure), moment(101));
        let journal = vec![
            failed.clone(),
            entry(1, "pg", take(), 90, None),
            entry(2, "pg", take(), 90, Some(110)),
            entry(3, "pg", take(), 90, Some(95)),
            entry(4, "pg", take(), 101, None),
            entry(5, "elsewhere", take(), 90, None),
            entry(6, "pg", delete, 90, None),
            refused,
        ];
        let suspected: Vec<_> = suspects(&failed, journal)
            .iter()
            .map(|o| o.id.as_u128())
            .collect();
        assert_eq!(suspected, [1, 2]);
    }

    #[test]
    fn only_a_new_on_demand_backup_of_another_name_has_appeared() {
        let seen = vec!["a".to_owned()];
        for (list, expected) in [
            (vec![on_demand_backup("A")], None),
            (vec![on_demand_backup("a"), on_demand_backup("X")], None),
            (vec![backup("auto-2", BackupType::Full)], None),
            (vec![on_demand_backup("a"), on_demand_backup("z")], Some("z")),
        ] {
            let name = appeared(&list, &seen, "x").map(|backup| backup.name.as_str());
            assert_eq!(name, expected, "{list:?}");
        }
    }
}
