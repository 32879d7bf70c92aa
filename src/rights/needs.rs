//! Which actions an act takes, and which of them the user's roles lack (reference G4, *Actions by flow*); pure.

use arm_client::authorization::{Permission, are_allowed};
use arm_core::ResourceId;

use super::Act;
use crate::problem::MissingAccess;

/// What an act takes.
enum Needs {
    /// Each of these.
    All(&'static [&'static str]),
    /// One of these: there are several ways to do it.
    Any(&'static [&'static str]),
}

/// An act that the user may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Which.
    pub act: Act,
    /// What its button says.
    pub reason: String,
    /// The action that no role of the user holds, and where.
    pub missing: MissingAccess,
}

fn needs(act: Act) -> Needs {
    match act {
        Act::TakeBackup => Needs::All(&["Microsoft.DBforPostgreSQL/flexibleServers/backups/write"]),
        Act::DeleteBackup => Needs::All(&["Microsoft.DBforPostgreSQL/flexibleServers/backups/delete"]),
        Act::LongTermBackup => Needs::All(&[
            "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
            "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
        ]),
        Act::Protect => Needs::All(&[
            "Microsoft.DataProtection/backupVaults/backupInstances/write",
            "Microsoft.DataProtection/backupVaults/validateForBackup/action",
        ]),
        Act::ChangePolicy => Needs::All(&["Microsoft.DataProtection/backupVaults/backupInstances/write"]),
        Act::BackUpInstance => {
            Needs::All(&["Microsoft.DataProtection/backupVaults/backupInstances/backup/action"])
        }
        Act::StopBackup => Needs::Any(&[
            "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
            "Microsoft.DataProtection/backupVaults/backupInstances/suspendBackups/action",
        ]),
        Act::ResumeBackup => Needs::Any(&[
            "Microsoft.DataProtection/backupVaults/backupInstances/resumeProtection/action",
            "Microsoft.DataProtection/backupVaults/backupInstances/resumeBackups/action",
        ]),
        Act::DeleteBackupData => {
            Needs::All(&["Microsoft.DataProtection/backupVaults/backupInstances/delete"])
        }
        Act::Undelete => {
            Needs::All(&["Microsoft.DataProtection/backupVaults/deletedBackupInstances/undelete/action"])
        }
        Act::Restore => Needs::All(&[
            "Microsoft.DataProtection/backupVaults/backupInstances/restore/action",
            "Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action",
        ]),
        Act::CreateVault | Act::ChangeVault => Needs::All(&["Microsoft.DataProtection/backupVaults/write"]),
        Act::CreatePolicy => Needs::All(&["Microsoft.DataProtection/backupVaults/backupPolicies/write"]),
        Act::DeletePolicy => Needs::All(&["Microsoft.DataProtection/backupVaults/backupPolicies/delete"]),
        Act::AssignRoles => Needs::All(&["Microsoft.Authorization/roleAssignments/write"]),
        Act::ChangeStorage => Needs::All(&["Microsoft.Storage/storageAccounts/write"]),
        Act::CreateContainer => {
            Needs::All(&["Microsoft.Storage/storageAccounts/blobServices/containers/write"])
        }
        Act::CreateSas => Needs::All(&["Microsoft.Storage/storageAccounts/listServiceSas/action"]),
    }
}

/// What of these acts the user may not do on a resource, by what Azure says of their roles there.
///
/// Azure tells each role that holds there, and whoever reads the resource has one: that it tells none says nothing.
pub fn lacking(acts: &[Act], scope: &ResourceId, permissions: &[Permission]) -> Vec<Lacking> {
    if permissions.is_empty() {
        return Vec::new();
    }
    let lacking = |act: &Act| {
        let is_missing = |action: &&&str| !are_allowed(permissions, action);
        let action = match needs(*act) {
            Needs::All(actions) => *actions.iter().find(is_missing)?,
            Needs::Any(actions) if actions.iter().all(|action| is_missing(&action)) => *actions.first()?,
            Needs::Any(_) => return None,
        };
        Some(Lacking {
            act: *act,
            reason: format!("You need {action} on {}.", scope.name()),
            missing: MissingAccess {
                action: action.to_owned(),
                scope: Some(scope.to_string()),
            },
        })
    };
    acts.iter().filter_map(lacking).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::act::tests::ALL, *};

    const SERVER: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";

    fn entry(actions: &[&str], not_actions: &[&str]) -> Permission {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Permission {
            actions: owned(actions),
            not_actions: owned(not_actions),
            ..Permission::default()
        }
    }

    fn acts_lacking(permissions: &[Permission]) -> Vec<Act> {
        let all = ALL.map(|(act, _)| act);
        let scope = SERVER.parse().expect("an id");
        lacking(&all, &scope, permissions)
            .into_iter()
            .map(|lacking| lacking.act)
            .collect()
    }

    #[test]
    fn what_a_role_holds_can_be_done_and_nothing_else() {
        let all = ALL.map(|(act, _)| act).to_vec();
        let without = |acts: &[Act]| {
            all.iter()
                .copied()
                .filter(|act| !acts.contains(act))
                .collect::<Vec<_>>()
        };
        let of_backups = "Microsoft.DBforPostgreSQL/flexibleServers/backups/*";
        let stop = "microsoft.dataprotection/backupvaults/backupinstances/STOPPROTECTION/action";
        for (permissions, expected) in [
            // Nobody knows.
            (vec![], vec![]),
            (vec![entry(&["*"], &[])], vec![]),
            (vec![entry(&["*/read"], &[])], all.clone()),
            (vec![entry(&[], &[])], all.clone()),
            (
                vec![entry(&["*"], &["Microsoft.Authorization/*/Write"])],
                vec![Act::AssignRoles],
            ),
            // What one entry withholds another grants.
            (
                vec![
                    entry(
                        &["*"],
                        &["Microsoft.Authorization/*/Write", "Microsoft.Storage/*"],
                    ),
                    entry(&["Microsoft.Authorization/roleAssignments/*"], &[]),
                ],
                vec![Act::ChangeStorage, Act::CreateContainer, Act::CreateSas],
            ),
            (
                vec![entry(&[of_backups], &[])],
                without(&[Act::TakeBackup, Act::DeleteBackup]),
            ),
            (
                vec![entry(&[of_backups], &["*/delete"])],
                without(&[Act::TakeBackup]),
            ),
            // One way to stop is enough, and of two actions that are both needed one is not.
            (vec![entry(&[stop], &[])], without(&[Act::StopBackup])),
            (
                vec![entry(
                    &["Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action"],
                    &[],
                )],
                all.clone(),
            ),
        ] {
            assert_eq!(acts_lacking(&permissions), expected, "{permissions:?}");
        }
    }

    #[test]
    fn the_action_that_is_missing_is_named_with_the_resource() {
        let scope = SERVER.parse().expect("an id");
        let start = "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action";
        let found = lacking(&[Act::LongTermBackup], &scope, &[entry(&[start], &[])]);
        let action = "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action".to_owned();
        assert_eq!(
            found,
            [Lacking {
                act: Act::LongTermBackup,
                reason: format!("You need {action} on pg-a."),
                missing: MissingAccess {
                    action,
                    scope: Some(SERVER.to_owned())
                },
            }]
        );
    }
}
