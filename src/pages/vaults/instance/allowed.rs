//! What can be done with an instance in which state, and why not (reference B1, B3); pure.

use arm_client::data_protection::ProtectionState;

use super::known::Known;

/// What can be done with an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// An on-demand backup.
    BackUp,
    /// One of its recovery points, as files or as a database.
    Restore,
    /// The same instance by another policy.
    ChangePolicy,
    /// No more backups; what is there stays for good.
    StopProtection,
    /// No more backups; what is there expires by the policy.
    SuspendBackups,
    /// No more backups, and what is there goes.
    Delete,
    /// Undoes stopping or suspending.
    Resume,
    /// Undoes deleting.
    Undelete,
}

/// Why it cannot be done now; nothing where it can, or where only Azure can tell.
pub fn reason_not_to(command: Command, known: &Known) -> Option<&'static str> {
    if command == Command::Undelete {
        return (!known.is_deleted).then_some("Only a soft-deleted backup instance can be undeleted.");
    }
    if known.is_deleted {
        return Some("The backup instance is soft-deleted. Undelete it first.");
    }
    if let Some(reason) = what_goes_on(known).filter(|_| !is_deletion_of_what_goes_on(command, known)) {
        return Some(reason);
    }
    let Some(state) = known.instance.state.as_ref() else {
        let is_resuming = command == Command::Resume;
        return is_resuming.then_some("Azure does not tell whether and how it is stopped.");
    };
    match (command, state) {
        (
            Command::BackUp | Command::ChangePolicy,
            ProtectionState::Stopped | ProtectionState::RetentionSuspended,
        ) => Some("Protection is stopped. Resume it first."),
        (Command::BackUp | Command::ChangePolicy, ProtectionState::Suspended) => {
            Some("Backups are suspended. Resume them first.")
        }
        (
            Command::BackUp | Command::StopProtection | Command::SuspendBackups,
            ProtectionState::ConfiguringFailed | ProtectionState::NotProtected | ProtectionState::Invalid,
        ) => Some("It is not protected: there is nothing to back up by and nothing to stop."),
        (
            Command::Restore,
            ProtectionState::ConfiguringFailed | ProtectionState::NotProtected | ProtectionState::Invalid,
        ) => Some("It is not protected: there is no recovery point to restore."),
        (Command::StopProtection, ProtectionState::Stopped) => Some("Protection is stopped already."),
        (Command::SuspendBackups, ProtectionState::Suspended) => Some("Backups are suspended already."),
        (Command::SuspendBackups, ProtectionState::Stopped) => {
            Some("Protection is stopped. Resume it first, then suspend backups.")
        }
        (Command::Resume, ProtectionState::Other(_)) => {
            Some("Azure gives a state that is not known here: whether and how it is stopped cannot be told.")
        }
        (Command::Resume, state) if !is_resumable(state) => Some("Its backups are not stopped."),
        _ => None,
    }
}

/// Whether *Resume* has something to undo.
fn is_resumable(state: &ProtectionState) -> bool {
    matches!(
        state,
        ProtectionState::Stopped | ProtectionState::Suspended | ProtectionState::RetentionSuspended
    )
}

/// Whether its backups are stopped in one of the two ways that leave the data.
pub fn is_stopped(known: &Known) -> bool {
    let state = known.instance.state.as_ref();
    !known.is_deleted && state.is_some_and(is_resumable)
}

/// What Azure does to it at the moment, whoever asked for that.
pub fn what_goes_on(known: &Known) -> Option<&'static str> {
    match (
        known.instance.state.as_ref(),
        known.instance.provisioning_state.as_deref(),
    ) {
        _ if known.is_deleted => None,
        (Some(ProtectionState::SoftDeleting), _) | (_, Some("Deleting")) => Some("It is being deleted."),
        (Some(ProtectionState::Configuring), _) => Some("Protection is being configured."),
        (Some(ProtectionState::Updating), _) => Some("Another policy is being taken."),
        (_, Some("Provisioning" | "Updating")) => Some("Azure changes it at the moment."),
        _ => None,
    }
}

/// What hangs while it is being configured can be deleted, and only deleted.
fn is_deletion_of_what_goes_on(command: Command, known: &Known) -> bool {
    command == Command::Delete && known.instance.state == Some(ProtectionState::Configuring)
}

#[cfg(test)]
mod tests {
    use arm_client::data_protection::BackupInstance;
    use serde_json::json;

    use super::*;

    fn known(state: Option<&str>, provisioning: &str, is_deleted: bool) -> Known {
        let instance: BackupInstance = serde_json::from_value(json!({
            "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/pg-1",
            "properties": { "currentProtectionState": state, "provisioningState": provisioning },
        }))
        .unwrap_or_else(|error| panic!("{error}"));
        Known { instance, is_deleted }
    }

    /// Which of the eight can be done: BackUp, Restore, ChangePolicy, StopProtection, SuspendBackups, Delete, Resume,
    /// Undelete.
    #[test]
    fn what_can_be_done_in_which_state() {
        const COMMANDS: [Command; 8] = [
            Command::BackUp,
            Command::Restore,
            Command::ChangePolicy,
            Command::StopProtection,
            Command::SuspendBackups,
            Command::Delete,
            Command::Resume,
            Command::Undelete,
        ];
        for (state, provisioning, expected) in [
            ("ProtectionConfigured", "Succeeded", "yyyyyy--"),
            ("ProtectionConfigured", "Provisioned", "yyyyyy--"),
            ("ProtectionConfigured", "Updating", "--------"),
            ("ProtectionError", "Succeeded", "yyyyyy--"),
            ("ConfiguringProtection", "Provisioning", "-----y--"),
            ("ConfiguringProtection", "Succeeded", "-----y--"),
            ("UpdatingProtection", "Succeeded", "--------"),
            ("ConfiguringProtectionFailed", "Succeeded", "--y--y--"),
            ("ProtectionStopped", "Succeeded", "-y---yy-"),
            ("ProtectionStopped", "Updating", "--------"),
            ("BackupSchedulesSuspended", "Succeeded", "-y-y-yy-"),
            ("SoftDeleting", "Deleting", "--------"),
            ("SomethingNew", "Succeeded", "yyyyyy--"),
        ] {
            let known = known(Some(state), provisioning, false);
            let can = COMMANDS.map(|command| {
                if reason_not_to(command, &known).is_none() {
                    'y'
                } else {
                    '-'
                }
            });
            assert_eq!(can.iter().collect::<String>(), expected, "{state} {provisioning}");
        }
        let unknown = known(None, "Succeeded", false);
        assert!(
            COMMANDS[..6]
                .iter()
                .all(|command| reason_not_to(*command, &unknown).is_none())
        );
        let deleted = known(Some("SoftDeleted"), "Succeeded", true);
        assert!(
            COMMANDS[..7]
                .iter()
                .all(|command| reason_not_to(*command, &deleted).is_some())
        );
        assert_eq!(reason_not_to(Command::Undelete, &deleted), None);
    }

    #[test]
    fn each_reason_is_a_sentence_that_says_what_to_do_where_something_can_be_done() {
        for (state, command, expected) in [
            (
                "ProtectionStopped",
                Command::BackUp,
                "Protection is stopped. Resume it first.",
            ),
            (
                "BackupSchedulesSuspended",
                Command::ChangePolicy,
                "Backups are suspended. Resume them first.",
            ),
            (
                "ProtectionConfigured",
                Command::Resume,
                "Its backups are not stopped.",
            ),
            (
                "ConfiguringProtection",
                Command::BackUp,
                "Protection is being configured.",
            ),
            ("SoftDeleting", Command::Delete, "It is being deleted."),
            (
                "ConfiguringProtectionFailed",
                Command::Restore,
                "It is not protected: there is no recovery point to restore.",
            ),
        ] {
            assert_eq!(
                reason_not_to(command, &known(Some(state), "Succeeded", false)),
                Some(expected),
                "{state}"
            );
        }
    }
}
