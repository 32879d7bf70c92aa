//! Every path of the app as a function, so that a link cannot be mistyped; pure.

use arm_core::ResourceId;

/// The resource type of a flexible server.
pub const FLEXIBLE_SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

/// The resource type of a backup vault.
pub const BACKUP_VAULT: &str = "Microsoft.DataProtection/backupVaults";

/// The resource type of a storage account.
pub const STORAGE_ACCOUNT: &str = "Microsoft.Storage/storageAccounts";

/// The resource type of a job.
const BACKUP_JOB: &str = "Microsoft.DataProtection/backupVaults/backupJobs";

/// What a path of the app shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The servers of all subscriptions.
    Servers,
    /// *Backup and restore* of a server.
    Backups(ResourceId),
    /// *Long-term retention* of a server.
    LongTermRetention(ResourceId),
    /// *Protection* of a server: whether a backup vault protects it, and where.
    Protection(ResourceId),
    /// The wizard that puts servers or databases under a backup vault.
    Protect,
    /// The backup vaults of all subscriptions.
    Vaults,
    /// One backup vault.
    Vault(ResourceId),
    /// One backup instance of a vault.
    Instance(ResourceId),
    /// *Restore* of a backup instance.
    Restore(ResourceId),
    /// The jobs of one backup vault, which are a tab of it.
    VaultJobs(ResourceId),
    /// The backup and restore jobs of all vaults.
    Jobs,
    /// One job of a vault.
    Job(ResourceId),
    /// Every component in each state.
    #[cfg(debug_assertions)]
    Gallery,
    /// Nothing that the app has.
    Unknown,
}

impl Place {
    /// The place of a path, below the app's base path.
    pub fn at(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let parts: Vec<_> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
        match parts[..] {
            // People cut addresses back, and some hosts name their index.
            ["" | "servers" | "index.html"] => Self::Servers,
            #[cfg(debug_assertions)]
            ["gallery"] => Self::Gallery,
            ["servers", subscription_id, resource_group, name, page] => {
                let page = match page {
                    "backups" => Self::Backups,
                    "long-term-retention" => Self::LongTermRetention,
                    "protection" => Self::Protection,
                    _ => return Self::Unknown,
                };
                let [subscription_id, group, name] = [subscription_id, resource_group, name].map(decode);
                server_from_path(&subscription_id, &group, &name).map_or(Self::Unknown, page)
            }
            ["protect"] => Self::Protect,
            ["vaults"] => Self::Vaults,
            ["vaults", subscription_id, resource_group, vault] => {
                vault_from_path(subscription_id, resource_group, vault).map_or(Self::Unknown, Self::Vault)
            }
            [
                "vaults",
                subscription_id,
                resource_group,
                vault,
                "instances",
                instance,
            ] => {
                let vault = vault_from_path(subscription_id, resource_group, vault);
                let instance = vault.and_then(|vault| vault.child("backupInstances", &decode(instance)).ok());
                instance.map_or(Self::Unknown, Self::Instance)
            }
            [
                "vaults",
                subscription_id,
                resource_group,
                vault,
                "instances",
                instance,
                "restore",
            ] => {
                let vault = vault_from_path(subscription_id, resource_group, vault);
                let instance = vault.and_then(|vault| vault.child("backupInstances", &decode(instance)).ok());
                instance.map_or(Self::Unknown, Self::Restore)
            }
            ["vaults", subscription_id, resource_group, vault, "jobs", job] => {
                let vault = vault_from_path(subscription_id, resource_group, vault);
                let named = vault.and_then(|vault| vault.child("backupJobs", &decode(job)).ok());
                // Azure names a job by its name or by its whole id (reference B2).
                let whole = || decode(job).parse().ok().filter(|id| is_of(id, BACKUP_JOB));
                named.or_else(whole).map_or(Self::Unknown, Self::Job)
            }
            ["vaults", subscription_id, resource_group, vault, "jobs"] => {
                vault_from_path(subscription_id, resource_group, vault).map_or(Self::Unknown, Self::VaultJobs)
            }
            ["jobs"] => Self::Jobs,
            _ => Self::Unknown,
        }
    }
}

/// The servers of all subscriptions.
pub fn servers() -> String {
    "/".to_owned()
}

/// *Backup and restore* of a server.
pub fn backups(server: &ResourceId) -> String {
    format!("{}/backups", server_path(server))
}

/// *Long-term retention* of a server.
pub fn long_term_retention(server: &ResourceId) -> String {
    format!("{}/long-term-retention", server_path(server))
}

/// *Protection* of a server.
pub fn protection(server: &ResourceId) -> String {
    format!("{}/protection", server_path(server))
}

/// The wizard that puts something under a backup vault; with a server, for that one.
pub fn protect(server: Option<&ResourceId>) -> String {
    match server {
        Some(server) => format!("/protect?server={}", encode(server.as_str())),
        None => "/protect".to_owned(),
    }
}

/// The wizard that puts something under this backup vault.
pub fn protect_in(vault: &ResourceId) -> String {
    format!("/protect?vault={}", encode(vault.as_str()))
}

/// The backup vaults of all subscriptions.
pub fn vaults() -> String {
    "/vaults".to_owned()
}

/// One backup vault: its instances.
pub fn vault(vault: &ResourceId) -> String {
    let group = vault.resource_group().unwrap_or_default();
    let [subscription_id, group, name] = [vault.subscription_id(), group, vault.name()].map(encode);
    format!("/vaults/{subscription_id}/{group}/{name}")
}

/// The policies of a backup vault; with a name, that policy in full.
pub fn vault_policies(of: &ResourceId, policy: Option<&str>) -> String {
    let policy = policy.map(|name| format!("&policy={}", encode(name)));
    format!("{}?tab=policies{}", vault(of), policy.unwrap_or_default())
}

/// The jobs of a backup vault.
pub fn vault_jobs(of: &ResourceId) -> String {
    format!("{}?tab=jobs", vault(of))
}

/// One backup instance; nothing where the id is none of an instance.
pub fn instance(instance: &ResourceId) -> Option<String> {
    let of = instance.parent()?;
    // Hosts take a path that ends in a name with a dot for a file.
    let slash = if instance.name().contains('.') { "/" } else { "" };
    Some(format!(
        "{}/instances/{}{slash}",
        vault(&of),
        encode(instance.name())
    ))
}

/// *Restore* of a backup instance, with a recovery point where one is chosen; nothing where the id is none of an instance.
pub fn restore(of: &ResourceId, recovery_point: Option<&str>) -> Option<String> {
    let path = instance(of)?;
    let point = recovery_point.map(|id| format!("?point={}", encode(id)));
    Some(format!(
        "{}/restore{}",
        path.trim_end_matches('/'),
        point.unwrap_or_default()
    ))
}

/// The jobs of all vaults.
pub fn jobs() -> String {
    "/jobs".to_owned()
}

/// One job of a vault; nothing where the id is none of a job.
pub fn job(job: &ResourceId) -> Option<String> {
    let of = job.parent()?;
    Some(format!("{}/jobs/{}", vault(&of), encode(job.name())))
}

/// *Backup and restore* of a server with the *Take backup* pane open.
pub fn take_backup(server: &ResourceId) -> String {
    format!("{}?pane=take-backup", backups(server))
}

/// *Backup and restore* of a server with its on-demand backups only.
pub fn on_demand_backups(server: &ResourceId) -> String {
    format!("{}?type=on-demand", backups(server))
}

/// The server that a path names, if its parts can be parts of an id.
pub fn server_from_path(subscription_id: &str, resource_group: &str, name: &str) -> Option<ResourceId> {
    ResourceId::in_resource_group(subscription_id, resource_group, FLEXIBLE_SERVER, name).ok()
}

fn vault_from_path(subscription_id: &str, resource_group: &str, name: &str) -> Option<ResourceId> {
    let [subscription_id, group, name] = [subscription_id, resource_group, name].map(decode);
    ResourceId::in_resource_group(&subscription_id, &group, BACKUP_VAULT, &name).ok()
}

fn is_of(id: &ResourceId, resource_type: &str) -> bool {
    id.resource_type()
        .is_some_and(|known| known.eq_ignore_ascii_case(resource_type))
}

fn server_path(server: &ResourceId) -> String {
    let group = server.resource_group().unwrap_or_default();
    let [subscription_id, group, name] = [server.subscription_id(), group, server.name()].map(encode);
    format!("/servers/{subscription_id}/{group}/{name}")
}

/// Percent-encodes what a path segment cannot hold as it stands (RFC 3986, 3.3).
fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Undoes [`encode`]; what is not valid stays as it is, and is then no part of an id.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_app() {
        let server = server_from_path("s-1", "rg (prod) ü", "pg-a").expect("an id");
        let bv = vault_from_path("s-1", "rg", "bv-a").expect("an id");
        let protected = bv.child("backupInstances", "pg-a-1").expect("an id");
        let paths = [
            protection(&server),
            protect(Some(&bv)),
            protect_in(&bv),
            vault(&bv),
            instance(&protected).expect("a path"),
            vault_policies(&bv, None),
            vault_policies(&bv, Some("weekly & long")),
            vault_jobs(&bv),
            restore(&protected, Some("a b")).expect("a path"),
            jobs(),
            servers(),
            backups(&server),
            take_backup(&server),
            on_demand_backups(&server),
            long_term_retention(&server),
        ];
        assert_eq!(
            paths,
            [
                "/servers/s-1/rg%20%28prod%29%20%C3%BC/pg-a/protection",
                "/protect?server=%2Fsubscriptions%2Fs-1%2FresourceGroups%2Frg%2Fproviders%2FMicrosoft.DataProtection%2FbackupVaults%2Fbv-a",
                "/protect?vault=%2Fsubscriptions%2Fs-1%2FresourceGroups%2Frg%2Fproviders%2FMicrosoft.DataProtection%2FbackupVaults%2Fbv-a",
                "/vaults/s-1/rg/bv-a",
                "/vaults/s-1/rg/bv-a/instances/pg-a-1",
                "/vaults/s-1/rg/bv-a?tab=policies",
                "/vaults/s-1/rg/bv-a?tab=policies&policy=weekly%20%26%20long",
                "/vaults/s-1/rg/bv-a?tab=jobs",
                "/vaults/s-1/rg/bv-a/instances/pg-a-1/restore?point=a%20b",
                "/jobs",
                "/",
                "/servers/s-1/rg%20%28prod%29%20%C3%BC/pg-a/backups",
                "/servers/s-1/rg%20%28prod%29%20%C3%BC/pg-a/backups?pane=take-backup",
                "/servers/s-1/rg%20%28prod%29%20%C3%BC/pg-a/backups?type=on-demand",
                "/servers/s-1/rg%20%28prod%29%20%C3%BC/pg-a/long-term-retention",
            ]
        );
    }

    #[test]
    fn a_path_leads_to_the_page_that_it_was_made_for() {
        let server = server_from_path("s-1", "rg (prod) ü", "pg-a").expect("an id");
        let bv = vault_from_path("s-1", "rg (prod) ü", "bv-a").expect("an id");
        let protected = bv.child("backupInstances", "pg-a-1").expect("an id");
        let dotted = bv.child("backupInstances", "pgs-crm.prod-1").expect("an id");
        let ended = bv.child("backupJobs", "1f2e-3d").expect("an id");
        assert!(instance(&dotted).is_some_and(|path| path.ends_with("/pgs-crm.prod-1/")));
        for (path, place) in [
            (servers(), Place::Servers),
            (String::new(), Place::Servers),
            (backups(&server), Place::Backups(server.clone())),
            (format!("{}/", backups(&server)), Place::Backups(server.clone())),
            (
                long_term_retention(&server),
                Place::LongTermRetention(server.clone()),
            ),
            ("/servers".to_owned(), Place::Servers),
            ("/servers/".to_owned(), Place::Servers),
            ("/index.html".to_owned(), Place::Servers),
            (protection(&server), Place::Protection(server.clone())),
            (protect(None), Place::Protect),
            (vaults(), Place::Vaults),
            (vault(&bv), Place::Vault(bv.clone())),
            (
                instance(&protected).expect("a path"),
                Place::Instance(protected.clone()),
            ),
            (
                instance(&dotted).expect("a path"),
                Place::Instance(dotted.clone()),
            ),
            (
                restore(&protected, None).expect("a path"),
                Place::Restore(protected.clone()),
            ),
            (
                restore(&dotted, None).expect("a path"),
                Place::Restore(dotted.clone()),
            ),
            (job(&ended).expect("a path"), Place::Job(ended.clone())),
            (
                format!("{}/jobs/{}", vault(&bv), encode(ended.as_str())),
                Place::Job(ended),
            ),
            (
                format!("{}/jobs/{}", vault(&bv), encode(bv.as_str())),
                Place::Unknown,
            ),
            (format!("{}/jobs", vault(&bv)), Place::VaultJobs(bv.clone())),
            (format!("{}/jobs/", vault(&bv)), Place::VaultJobs(bv.clone())),
            (jobs(), Place::Jobs),
            ("/vaults/s/rg".to_owned(), Place::Unknown),
            ("/vaults/s/rg/bv/instances".to_owned(), Place::Unknown),
            ("/vaults/s/rg/bv/instances/a%2Fb".to_owned(), Place::Unknown),
            (
                "/servers/s/rg/pg/long-term-retention/x".to_owned(),
                Place::Unknown,
            ),
            ("/servers/s/rg/pg/restore".to_owned(), Place::Unknown),
            ("/servers/s/rg/pg/backups/x".to_owned(), Place::Unknown),
            ("/servers/s/../pg/backups".to_owned(), Place::Unknown),
            ("/servers/s/rg/a%2Fb/backups".to_owned(), Place::Unknown),
            ("/servers/s/rg/%E4/backups".to_owned(), Place::Unknown),
            ("/servers/s/rg/%+f/backups".to_owned(), Place::Unknown),
        ] {
            assert_eq!(Place::at(&path), place, "{path}");
        }
    }

    #[test]
    fn a_path_cannot_leave_its_resource() {
        for (group, name) in [
            ("..", "pg"),
            ("rg", ".."),
            ("rg/x", "pg"),
            ("", "pg"),
            ("rg", "a?b"),
        ] {
            assert_eq!(server_from_path("s-1", group, name), None, "{group} {name}");
        }
    }
}
