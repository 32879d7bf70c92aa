//! The judgement on where files are to be restored to, before anybody is asked (reference C1, E, G6; portal, *Limits*).
//!
//! Pure: what is known comes in, and what is not known is told as that. Each finding says how it is mended.

use std::time::Duration;

use arm_core::Timestamp;

use super::{AccountChange, StorageAccount};
use crate::{authorization::MissingRole, data_protection::BackupVault};

/// Azure recommends one restore of an instance a day; more can fail (portal, *Limits*).
const BETWEEN_RESTORES: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of a target.
#[derive(Debug, Clone)]
pub struct RestoreTargetFacts<'a> {
    /// The vault that restores.
    pub vault: &'a BackupVault,
    /// The account.
    pub account: &'a StorageAccount,
    /// The container's name.
    pub container: &'a str,
    /// Whether the container is there; `None` where that could not be read.
    pub container_exists: Option<bool>,
    /// What the vault's identity lacks there; `None` where that could not be read.
    pub missing_roles: Option<&'a [MissingRole]>,
    /// What the names of the files will begin with.
    pub prefix: &'a str,
    /// Whether blobs begin so already; `None` where the account lets no page look (CORS).
    pub prefix_is_taken: Option<bool>,
    /// When the last restore of the instance began, and whether it has ended.
    pub last_restore: Option<(Timestamp, bool)>,
    /// The present moment.
    pub now: Timestamp,
}

/// Something about a target of which a restore will, or may, fail.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetFinding {
    /// Which rule was not kept.
    pub rule: TargetRule,
    /// How bad that is.
    pub severity: TargetSeverity,
    /// What it is, without a full stop.
    pub what: String,
    /// What comes of it, and what to do: sentences.
    pub why: String,
    /// How it is mended.
    pub mending: Mending,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetSeverity {
    /// The restore is certain to fail.
    Blocks,
    /// The restore may fail.
    Warns,
    /// Nobody could look.
    Unknown,
}

/// How a finding is mended.
#[derive(Debug, Clone, PartialEq)]
pub enum Mending {
    /// The vault's own identity is turned on.
    TurnIdentityOn,
    /// The vault is let restore to other subscriptions.
    AllowOtherSubscriptions,
    /// The account is changed so, once the user has agreed to it.
    Change(AccountChange),
    /// The container is made.
    CreateContainer,
    /// The role is assigned to the vault's identity.
    Assign(MissingRole),
    /// Another account is chosen.
    OtherAccount,
    /// Another prefix is chosen.
    OtherPrefix,
    /// It is mended by waiting until then; `None` is until something has ended.
    Wait(Option<Timestamp>),
    /// Somebody looks by hand.
    Look,
}

macro_rules! rules {
    ($($(#[$meta:meta])* $rule:ident = $id:literal,)+) => {
        /// A rule that a target is held against.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum TargetRule {
            $($(#[$meta])* $rule,)+
        }

        impl TargetRule {
            /// Every rule, in the order in which they are judged.
            pub const ALL: &[Self] = &[$(Self::$rule,)+];

            /// A name that does not change.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => $id,)+
                }
            }
        }
    };
}

rules! {
    /// The vault has an identity.
    Identity = "restore-identity",
    /// The account has blobs.
    Blobs = "restore-blobs",
    /// The vault may restore to the account's subscription.
    Subscription = "restore-subscription",
    /// The account is in the vault's region.
    Region = "restore-region",
    /// The vault comes through the account's network.
    Network = "restore-network",
    /// The account lets blobs be copied across tenants.
    Replication = "restore-replication",
    /// The account lets blobs be copied from anywhere.
    CopyScope = "restore-copy-scope",
    /// The container is there.
    Container = "restore-container",
    /// The vault's identity may write blobs.
    Role = "restore-role",
    /// No blob begins with the prefix.
    Prefix = "restore-prefix",
    /// No restore of the instance runs.
    Running = "restore-running",
    /// No restore of the instance began in the last 24 hours.
    Recent = "restore-recent",
}

/// Everything about a target of which a restore fails or may fail, in the order of [`TargetRule::ALL`]; nothing where it
/// is as it should be.
pub fn judge_restore_target(facts: &RestoreTargetFacts) -> Vec<TargetFinding> {
    let rules = [
        identity,
        blobs,
        subscription,
        region,
        network,
        replication,
        copy_scope,
        container,
        role,
        prefix,
        last_restore,
    ];
    rules.into_iter().filter_map(|rule| rule(facts)).collect()
}

/// What can be said where the account cannot be read: of the vault, its identity's roles and the last restore.
pub fn judge_unread_account(
    vault: &BackupVault,
    missing_roles: Option<&[MissingRole]>,
    last_restore: Option<(Timestamp, bool)>,
    now: Timestamp,
) -> Vec<TargetFinding> {
    let found = [
        without_identity(vault),
        lacking_role(vault, missing_roles),
        of_last_restore(last_restore, now),
    ];
    found.into_iter().flatten().collect()
}

fn identity(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    without_identity(facts.vault)
}

fn without_identity(vault: &BackupVault) -> Option<TargetFinding> {
    vault.principal_id.is_none().then(|| TargetFinding {
        rule: TargetRule::Identity,
        severity: TargetSeverity::Blocks,
        what: format!("The Backup vault {} has no identity", vault.name),
        why: "It cannot write to a storage account without one. Turn its system-assigned identity on."
            .to_owned(),
        mending: Mending::TurnIdentityOn,
    })
}

fn blobs(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    facts.account.blob_endpoint.is_none().then(|| TargetFinding {
        rule: TargetRule::Blobs,
        severity: TargetSeverity::Blocks,
        what: format!("The storage account {} holds no blobs", facts.account.name),
        why: "Files are restored to a container of blobs. Choose another storage account.".to_owned(),
        mending: Mending::OtherAccount,
    })
}

fn subscription(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    let state = facts
        .vault
        .cross_subscription_restore
        .as_deref()
        .unwrap_or("Enabled");
    if !is_across_subscriptions(facts) || state.eq_ignore_ascii_case("Enabled") {
        return None;
    }
    let is_final = state.eq_ignore_ascii_case("PermanentlyDisabled");
    let (why, mending) = if is_final {
        (
            "That cannot be changed any more. Choose a storage account in the vault’s subscription.",
            Mending::OtherAccount,
        )
    } else {
        (
            "Allow it in the vault’s properties, or choose a storage account in the vault’s subscription.",
            Mending::AllowOtherSubscriptions,
        )
    };
    Some(TargetFinding {
        rule: TargetRule::Subscription,
        severity: TargetSeverity::Blocks,
        what: format!(
            "The Backup vault {} does not restore to other subscriptions",
            facts.vault.name
        ),
        why: why.to_owned(),
        mending,
    })
}

/// Whether the account is in another subscription than the vault, and so its container is to be named by its id.
fn is_across_subscriptions(facts: &RestoreTargetFacts) -> bool {
    let (account, vault) = (
        facts.account.id.subscription_id(),
        facts.vault.id.subscription_id(),
    );
    !account.eq_ignore_ascii_case(vault)
}

fn region(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    let plain = |location: &Option<String>| {
        location
            .as_deref()
            .map(|text| text.replace(' ', "").to_lowercase())
    };
    let (account, vault) = plain(&facts.account.location).zip(plain(&facts.vault.location))?;
    (account != vault).then(|| TargetFinding {
        rule: TargetRule::Region,
        severity: TargetSeverity::Warns,
        what: format!("The storage account is in {account}, the Backup vault in {vault}"),
        why: "Restores stay in the vault’s region or go to its pair. Choose a storage account in the vault’s region.".to_owned(),
        mending: Mending::OtherAccount,
    })
}

fn network(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    let account = facts.account;
    let denies = account
        .default_action
        .as_deref()
        .is_some_and(|action| action.eq_ignore_ascii_case("Deny"));
    let is_let_in = account.trusts_azure() && is_admitted(facts);
    if !account.has_no_public_network() && (!denies || is_let_in) {
        return None;
    }
    let tenant = facts.vault.tenant_id.as_deref().unwrap_or_default();
    let what = if account.has_no_public_network() {
        "cannot be reached through the public network"
    } else {
        "lets in selected networks only"
    };
    Some(TargetFinding {
        rule: TargetRule::Network,
        severity: TargetSeverity::Blocks,
        what: format!("The storage account {} {what}", account.name),
        why: "Azure Backup writes through the public endpoint. Let the Backup vault in as a resource instance, together with trusted services.".to_owned(),
        mending: Mending::Change(AccountChange::admit(account, &facts.vault.id, tenant)),
    })
}

/// Whether a rule of the firewall names the vault, or all vaults of its group or its subscription.
fn is_admitted(facts: &RestoreTargetFacts) -> bool {
    let vault = facts.vault.id.as_str().to_lowercase();
    let rules = facts.account.network_acls["resourceAccessRules"].as_array();
    rules.into_iter().flatten().any(|rule| {
        let named = rule["resourceId"].as_str().unwrap_or_default().to_lowercase();
        let named = if named.contains("/resourcegroups/") {
            named
        } else {
            named.replacen("/providers/", "/resourcegroups/*/providers/", 1)
        };
        let (mut one, mut other) = (named.split('/'), vault.split('/'));
        loop {
            match (one.next(), other.next()) {
                (None, None) => return true,
                (Some(one), Some(other)) if one == "*" || one == other => {}
                _ => return false,
            }
        }
    })
}

fn replication(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    (facts.account.allow_cross_tenant_replication != Some(true)).then(|| TargetFinding {
        rule: TargetRule::Replication,
        severity: TargetSeverity::Blocks,
        what: format!("The storage account {} does not allow cross-tenant replication", facts.account.name),
        why: "The backup lies in a tenant of Microsoft’s and is copied from there. New storage accounts have it turned off.".to_owned(),
        mending: Mending::Change(AccountChange::replicate_across_tenants(facts.account)),
    })
}

fn copy_scope(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    let scope = facts.account.allowed_copy_scope.as_deref().unwrap_or("All");
    (!scope.eq_ignore_ascii_case("All")).then(|| TargetFinding {
        rule: TargetRule::CopyScope,
        severity: TargetSeverity::Blocks,
        what: format!("The storage account {} permits copies only from the scope {scope}", facts.account.name),
        why: "The backup is copied from a storage account of Microsoft’s. Permit copies from any storage account.".to_owned(),
        mending: Mending::Change(AccountChange::copy_from_anywhere(facts.account)),
    })
}

fn container(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    (facts.container_exists == Some(false)).then(|| TargetFinding {
        rule: TargetRule::Container,
        severity: TargetSeverity::Blocks,
        what: format!("The container {} is not there", facts.container),
        why: "The restore does not create it.".to_owned(),
        mending: Mending::CreateContainer,
    })
}

fn role(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    lacking_role(facts.vault, facts.missing_roles)
}

fn lacking_role(vault: &BackupVault, missing: Option<&[MissingRole]>) -> Option<TargetFinding> {
    let Some(missing) = missing else {
        return Some(TargetFinding {
            rule: TargetRule::Role,
            severity: TargetSeverity::Unknown,
            what: "Whether the Backup vault may write to the container could not be checked".to_owned(),
            why: "You may not read its role assignments. The validation finds it out.".to_owned(),
            mending: Mending::Look,
        });
    };
    let missing = missing.first()?.clone();
    Some(TargetFinding {
        rule: TargetRule::Role,
        severity: TargetSeverity::Blocks,
        what: format!(
            "The identity of {} lacks the role {} on {}",
            vault.name,
            missing.role.name(),
            missing.scope.name()
        ),
        why: "It cannot write the files without it. A new assignment takes minutes to become effective."
            .to_owned(),
        mending: Mending::Assign(missing),
    })
}

fn prefix(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    let prefix = facts.prefix;
    match facts.prefix_is_taken {
        Some(false) => None,
        Some(true) => Some(TargetFinding {
            rule: TargetRule::Prefix,
            severity: TargetSeverity::Blocks,
            what: format!("Blobs in the container begin with {prefix} already"),
            why: "Nothing is overwritten: the restore fails. Choose another file prefix.".to_owned(),
            mending: Mending::OtherPrefix,
        }),
        None => Some(TargetFinding {
            rule: TargetRule::Prefix,
            severity: TargetSeverity::Unknown,
            what: format!("Whether blobs begin with {prefix} already could not be checked"),
            why: "The storage account lets no page of this site list its blobs. If there are any, the restore fails.".to_owned(),
            mending: Mending::Look,
        }),
    }
}

fn last_restore(facts: &RestoreTargetFacts) -> Option<TargetFinding> {
    of_last_restore(facts.last_restore, facts.now)
}

fn of_last_restore(last: Option<(Timestamp, bool)>, now: Timestamp) -> Option<TargetFinding> {
    let (started, has_ended) = last?;
    if has_ended {
        recent(started, now)
    } else {
        Some(running())
    }
}

fn running() -> TargetFinding {
    TargetFinding {
        rule: TargetRule::Running,
        severity: TargetSeverity::Warns,
        what: "A restore of this instance is running".to_owned(),
        why: "A second one beside it may not begin. Wait until it has ended.".to_owned(),
        mending: Mending::Wait(None),
    }
}

fn recent(started: Timestamp, now: Timestamp) -> Option<TargetFinding> {
    let until = started + BETWEEN_RESTORES;
    (now < until).then(|| TargetFinding {
        rule: TargetRule::Recent,
        severity: TargetSeverity::Warns,
        what: "This instance was restored in the last 24 hours".to_owned(),
        why: "Azure recommends one restore a day; more can fail.".to_owned(),
        mending: Mending::Wait(Some(until)),
    })
}

#[cfg(test)]
mod tests;
