//! Everything that the portal can change.

/// An act that changes something in Azure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Act {
    /// An on-demand backup of a flexible server.
    TakeBackup,
    /// Deleting such a backup.
    DeleteBackup,
    /// A long-term retention backup of a flexible server into a container.
    LongTermBackup,
    /// Putting something under a backup vault.
    Protect,
    /// Giving a backup instance another policy.
    ChangePolicy,
    /// Backing a backup instance up now.
    BackUpInstance,
    /// Taking no more backups of a backup instance, with its data kept.
    StopBackup,
    /// Undoing that.
    ResumeBackup,
    /// Deleting a backup instance with its data.
    DeleteBackupData,
    /// Undoing that, as long as the vault keeps them.
    Undelete,
    /// Restoring a recovery point.
    Restore,
    /// Making a backup vault.
    CreateVault,
    /// Turning a vault's identity on, letting it restore to other subscriptions.
    ChangeVault,
    /// Making a backup policy.
    CreatePolicy,
    /// Deleting one.
    DeletePolicy,
    /// Assigning roles to a vault's identity, or letting it read secrets.
    AssignRoles,
    /// Changing settings of a storage account.
    ChangeStorage,
    /// Making a container in one.
    CreateContainer,
    /// Making a SAS with which a container can be written to.
    CreateSas,
}

/// What `config.json` and a host call them, in the order of [`Act`].
const NAMES: &str = "take-backup, delete-backup, long-term-backup, protect, change-policy, backup-now, stop-backup, \
                     resume-backup, delete-backup-data, undelete, restore, create-vault, change-vault, create-policy, \
                     delete-policy, assign-roles, change-storage, create-container, create-sas";

/// The place of a name among all.
///
/// # Errors
/// The sentence that says which there are.
pub(super) fn place(name: &str) -> Result<usize, String> {
    let place = NAMES.split(", ").position(|known| known == name);
    place.ok_or_else(|| format!("unknown act `{name}`, expected one of {NAMES}"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Every act, in order, with its name.
    pub(crate) const ALL: [(Act, &str); 19] = [
        (Act::TakeBackup, "take-backup"),
        (Act::DeleteBackup, "delete-backup"),
        (Act::LongTermBackup, "long-term-backup"),
        (Act::Protect, "protect"),
        (Act::ChangePolicy, "change-policy"),
        (Act::BackUpInstance, "backup-now"),
        (Act::StopBackup, "stop-backup"),
        (Act::ResumeBackup, "resume-backup"),
        (Act::DeleteBackupData, "delete-backup-data"),
        (Act::Undelete, "undelete"),
        (Act::Restore, "restore"),
        (Act::CreateVault, "create-vault"),
        (Act::ChangeVault, "change-vault"),
        (Act::CreatePolicy, "create-policy"),
        (Act::DeletePolicy, "delete-policy"),
        (Act::AssignRoles, "assign-roles"),
        (Act::ChangeStorage, "change-storage"),
        (Act::CreateContainer, "create-container"),
        (Act::CreateSas, "create-sas"),
    ];

    #[test]
    fn every_act_has_its_name_and_no_other_word_is_one() {
        assert_eq!(NAMES.split(", ").count(), ALL.len());
        for (act, name) in ALL {
            assert_eq!(place(name), Ok(act as usize), "{name}");
        }
        for wrong in ["", "Restore", "restore ", "take-backup, delete-backup"] {
            let said = place(wrong).expect_err(wrong);
            assert!(
                said.starts_with(&format!("unknown act `{wrong}`, expected one of take-backup,")),
                "{said}"
            );
        }
    }
}
