//! Which role holds a missing action, whose owner can assign it, and what to ask them for; pure.

use arm_core::ResourceId;

use crate::{code::Az, problem::MissingAccess};

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asker {
    /// What they sign in with, such as `jonas@contoso.com`; empty where the directory gives none.
    pub username: String,
    /// Their id in the directory.
    pub object_id: String,
    /// The directory's id.
    pub tenant_id: String,
}

/// What *Backup Contributor* holds of Azure Backup, below `Microsoft.DataProtection/backupVaults/`, in lower case.
///
/// From its definition (`5e467623-bb1f-42f4-a55d-6e525e11384b`): stopping and resuming protection and deleting a vault are
/// not among it.
const OF_BACKUP_CONTRIBUTOR: [&str; 11] = [
    "write",
    "validateforbackup/action",
    "backuppolicies/write",
    "backuppolicies/delete",
    "backupinstances/write",
    "backupinstances/delete",
    "backupinstances/backup/action",
    "backupinstances/validaterestore/action",
    "backupinstances/restore/action",
    "backupinstances/findrestorabletimeranges/action",
    "deletedbackupinstances/undelete/action",
];

/// A built-in role that holds the action; the narrowest that is sure to.
///
/// `Reader` holds each `/read`, `Contributor` everything but granting access (reference G4, [D-RBAC]).
pub fn role(action: &str) -> &'static str {
    let action = action.to_ascii_lowercase();
    let of_backup = action.strip_prefix("microsoft.dataprotection/backupvaults/");
    if action.ends_with("/read") {
        "Reader"
    } else if action.starts_with("microsoft.authorization/") {
        "Role Based Access Control Administrator"
    } else if of_backup.is_some_and(|action| OF_BACKUP_CONTRIBUTOR.contains(&action)) {
        "Backup Contributor"
    } else {
        "Contributor"
    }
}

/// Which of these roles holds what the others do; none of them grants access but the one that does nothing else.
fn breadth(role: &str) -> usize {
    ["Reader", "Backup Contributor", "Contributor"]
        .iter()
        .position(|known| *known == role)
        .unwrap_or_default()
}

/// The resource on which a role has to be assigned: Azure names what is to be made, which may not be there yet.
pub fn resource(missing: &MissingAccess) -> Option<ResourceId> {
    let mut resource: ResourceId = missing.scope.as_deref()?.parse().ok()?;
    let is_child = |resource: &ResourceId| {
        resource
            .resource_type()
            .is_some_and(|kind| kind.split('/').count() > 2)
    };
    while is_child(&resource) {
        resource = resource.parent()?;
    }
    Some(resource)
}

/// Whose owner can assign the role: `rg-commerce-prod`.
pub fn owned(resource: Option<&ResourceId>) -> &str {
    match resource {
        Some(resource) => resource.resource_group().unwrap_or("the subscription"),
        None => "the resource",
    }
}

/// A text to send to somebody who can assign the role; all that is missing is missing on the same resource.
pub fn request(missing: &[MissingAccess], asker: &Asker, request_id: Option<&str>) -> String {
    let first = missing.first();
    let resource = first.and_then(resource);
    let scope = resource.as_ref().map(ResourceId::as_str);
    let named = first.and_then(|missing| missing.scope.as_deref());
    let mut actions: Vec<&str> = missing.iter().map(|missing| missing.action.as_str()).collect();
    actions.sort_unstable();
    actions.dedup();
    let role = actions
        .iter()
        .map(|action| role(action))
        .max_by_key(|role| breadth(role));
    let role = role.unwrap_or_default();
    let (what, it) = match actions.as_slice() {
        [one] => (
            format!("I need the action {one}"),
            "it, and so does a custom role with this action",
        ),
        all => (
            format!("I need the actions\n  {}", all.join("\n  ")),
            "them, and so does a custom role with these actions",
        ),
    };
    let mut lines = vec![
        what,
        format!(
            "on {}",
            scope.or(named).unwrap_or("a resource that Azure does not name")
        ),
        String::new(),
        format!("The role {role} holds {it}."),
        format!(
            "Whoever may assign roles there, such as an owner of {}, can do so:",
            owned(resource.as_ref())
        ),
    ];
    let assignee = [&asker.username, &asker.object_id]
        .into_iter()
        .find(|id| !id.is_empty());
    if let (Some(scope), Some(assignee)) = (scope, assignee) {
        let az = Az::command("role assignment create")
            .option("--assignee", assignee)
            .option("--role", role);
        lines.extend([String::new(), az.option("--scope", scope).line()]);
    }
    lines.push(String::new());
    let account = [
        ("My account", asker.username.as_str()),
        ("Object id", &asker.object_id),
        ("Directory", &asker.tenant_id),
        ("Azure's request id", request_id.unwrap_or_default()),
    ];
    let known = account.into_iter().filter(|(_, value)| !value.is_empty());
    lines.extend(known.map(|(key, value)| format!("{key}: {value}")));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "/subscriptions/s-1/resourceGroups/rg (prod)/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";

    fn missing(action: &str, scope: Option<String>) -> MissingAccess {
        MissingAccess {
            action: action.to_owned(),
            scope,
        }
    }

    #[test]
    fn the_narrowest_built_in_role_that_is_sure_to_hold_an_action() {
        for (action, expected) in [
            ("Microsoft.DBforPostgreSQL/flexibleServers/backups/read", "Reader"),
            ("Microsoft.DBforPostgreSQL/flexibleServers/backups/Read", "Reader"),
            (
                "Microsoft.DBforPostgreSQL/flexibleServers/backups/write",
                "Contributor",
            ),
            (
                "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
                "Contributor",
            ),
            (
                "Microsoft.DataProtection/backupVaults/backupInstances/restore/action",
                "Backup Contributor",
            ),
            (
                "Microsoft.DataProtection/backupVaults/deletedBackupInstances/undelete/action",
                "Backup Contributor",
            ),
            (
                "Microsoft.DataProtection/backupVaults/write",
                "Backup Contributor",
            ),
            ("Microsoft.DataProtection/backupVaults/backupJobs/read", "Reader"),
            (
                "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
                "Contributor",
            ),
            ("Microsoft.DataProtection/backupVaults/delete", "Contributor"),
            ("Microsoft.Authorization/roleAssignments/read", "Reader"),
            (
                "Microsoft.Authorization/roleAssignments/write",
                "Role Based Access Control Administrator",
            ),
        ] {
            assert_eq!(role(action), expected, "{action}");
        }
    }

    #[test]
    fn a_role_is_assigned_on_what_is_there() {
        let group = "/subscriptions/s-1/resourceGroups/rg-a";
        for (scope, expected, whose) in [
            (format!("{SERVER}/backups/b-1"), Some(SERVER), "rg (prod)"),
            (SERVER.to_owned(), Some(SERVER), "rg (prod)"),
            (group.to_owned(), Some(group), "rg-a"),
            (
                "/subscriptions/s-1".to_owned(),
                Some("/subscriptions/s-1"),
                "the subscription",
            ),
            ("/".to_owned(), None, "the resource"),
        ] {
            let resource = resource(&missing("x", Some(scope.clone())));
            assert_eq!(resource.as_ref().map(ResourceId::as_str), expected, "{scope}");
            assert_eq!(owned(resource.as_ref()), whose, "{scope}");
        }
    }

    #[test]
    fn the_request_says_what_is_missing_where_for_whom_and_how_it_is_given() {
        let write = missing("Microsoft.X/backups/write", Some(format!("{SERVER}/backups/b-1")));
        let asker = Asker {
            username: "jonas@contoso.com".to_owned(),
            object_id: "o-1".to_owned(),
            tenant_id: "t-1".to_owned(),
        };
        assert_eq!(
            request(std::slice::from_ref(&write), &asker, Some("r-1")),
            format!(
                "I need the action Microsoft.X/backups/write\non {SERVER}\n\n\
                 The role Contributor holds it, and so does a custom role with this action.\n\
                 Whoever may assign roles there, such as an owner of rg (prod), can do so:\n\n\
                 az role assignment create --assignee jonas@contoso.com --role Contributor --scope '{SERVER}'\n\n\
                 My account: jonas@contoso.com\nObject id: o-1\nDirectory: t-1\nAzure's request id: r-1\n"
            )
        );
        let (stop, run) = (
            "backupInstances/stopProtection/action",
            "backupInstances/backup/action",
        );
        let of_vault = |action: &str| {
            let action = format!("Microsoft.DataProtection/backupVaults/{action}");
            missing(&action, Some(SERVER.to_owned()))
        };
        let both = request(&[of_vault(stop), of_vault(run), of_vault(run)], &asker, None);
        let actions = format!(
            "I need the actions\n  Microsoft.DataProtection/backupVaults/{run}\n  \
             Microsoft.DataProtection/backupVaults/{stop}\non {SERVER}\n"
        );
        assert!(both.starts_with(&actions), "each once: {both}");
        assert!(
            both.contains("The role Contributor holds them, and so does a custom role with these actions.")
        );
        assert!(
            both.contains("--role Contributor --scope"),
            "the one that holds all: {both}"
        );
        let nameless = request(&[missing("Microsoft.X/read", None)], &Asker::default(), None);
        assert!(
            nameless.contains("on a resource that Azure does not name"),
            "{nameless}"
        );
        assert!(!nameless.contains("az role"), "{nameless}");
    }
}
