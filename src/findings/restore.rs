//! What stands in the way of restoring files to a container (reference C1, E, G6; portal, *Limits*).
//!
//! The rules are those of the client's [`judge_restore_target`]; here they get their evidence, what can be done about them
//! in place, and words for what could not be looked at.

mod blob_look;

use arm_client::{
    authorization::MissingRole,
    data_protection::{BackupJob, BackupVault},
    storage::{
        AccountChange, Mending, RestoreTargetFacts, StorageAccount, TargetFinding, TargetRule,
        TargetSeverity, judge_restore_target, judge_unread_account,
    },
};
use arm_core::{ResourceId, Timestamp};

use super::{Finding, Fix, FixAct, Severity, gravest_first};
use crate::{
    problem::{Problem, ProblemKind},
    region, routes, text,
};

pub use blob_look::{BlobLook, Listed};

/// What is known of where files are to be restored to; an error is why something is not.
pub struct RestoreFacts<'a> {
    /// The vault that restores.
    pub vault: &'a BackupVault,
    /// The id of the account.
    pub account_id: &'a ResourceId,
    /// The account.
    pub account: Result<&'a StorageAccount, &'a Problem>,
    /// The container's name.
    pub container: &'a str,
    /// Whether the container is there.
    pub container_exists: Result<bool, &'a Problem>,
    /// What the vault's identity lacks there.
    pub missing_roles: Result<&'a [MissingRole], &'a Problem>,
    /// What the names of the files will begin with; empty as long as that is not settled.
    pub prefix: &'a str,
    /// What is known of the blobs that begin so already.
    pub look: &'a BlobLook,
    /// The last restore of the instance.
    pub last_restore: Result<Option<&'a LastRestore>, &'a Problem>,
    /// The present moment.
    pub now: Timestamp,
}

/// The last restore of an instance, as its job tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRestore {
    /// The job.
    pub job: ResourceId,
    /// When it began.
    pub started: Timestamp,
    /// Whether it has ended.
    pub has_ended: bool,
    /// The service's word for how it goes.
    pub status: String,
}

/// The ids of what is told by other parts of the page: the vault's identity, and the roles it lacks.
pub const TOLD_ELSEWHERE: [&str; 2] = [TargetRule::Identity.id(), TargetRule::Role.id()];

/// Everything that stands in the way, the gravest first.
pub fn restore(facts: &RestoreFacts) -> Vec<Finding> {
    let judged = match facts.account {
        Ok(account) => judge_restore_target(&as_target(facts, account)),
        Err(_) => judge_unread_account(facts.vault, facts.missing_roles.ok(), last(facts), facts.now),
    };
    let found = judged.into_iter().map(|found| finding(found, facts));
    gravest_first(found.chain(not_known(facts)).collect())
}

/// The change of the account that keeps a rule, where it is not kept.
pub fn change(rule: TargetRule, account: &StorageAccount, vault: &BackupVault) -> Option<AccountChange> {
    let facts = RestoreTargetFacts {
        vault,
        account,
        container: "",
        container_exists: None,
        missing_roles: None,
        prefix: "",
        prefix_is_taken: None,
        last_restore: None,
        now: Timestamp::default(),
    };
    let mut found = judge_restore_target(&facts).into_iter();
    match found.find(|found| found.rule == rule)?.mending {
        Mending::Change(change) => Some(change),
        _ => None,
    }
}

/// The last restore among the jobs of a vault: one that runs, else the newest.
pub fn last_restore(jobs: &[BackupJob], instance: &ResourceId) -> Option<LastRestore> {
    let restores = jobs.iter().filter(|job| {
        let operation = job.operation.as_deref().unwrap_or_default();
        operation.eq_ignore_ascii_case("Restore") && job.instance.as_ref() == Some(instance)
    });
    let restores = restores.filter_map(|job| {
        let status = job.status.as_ref();
        // Of a word that is not known the time of the end says whether it has ended.
        let has_ended = status.and_then(|status| status.has_ended());
        Some(LastRestore {
            job: job.id.clone(),
            started: job.started?,
            has_ended: has_ended.unwrap_or(job.ended.is_some()),
            status: status.map_or_else(|| "Unknown".to_owned(), ToString::to_string),
        })
    });
    restores.max_by_key(|restore| (!restore.has_ended, restore.started))
}

fn as_target<'a>(facts: &RestoreFacts<'a>, account: &'a StorageAccount) -> RestoreTargetFacts<'a> {
    RestoreTargetFacts {
        vault: facts.vault,
        account,
        container: facts.container,
        container_exists: facts.container_exists.ok(),
        missing_roles: facts.missing_roles.ok(),
        prefix: facts.prefix,
        // As long as there is no prefix, none is taken.
        prefix_is_taken: match facts.prefix {
            "" => Some(false),
            _ => facts.look.is_taken(),
        },
        last_restore: last(facts),
        now: facts.now,
    }
}

fn last(facts: &RestoreFacts) -> Option<(Timestamp, bool)> {
    let last = facts.last_restore.ok().flatten();
    last.map(|restore| (restore.started, restore.has_ended))
}

fn finding(found: TargetFinding, facts: &RestoreFacts) -> Finding {
    Finding {
        id: found.rule.id(),
        severity: match found.severity {
            TargetSeverity::Blocks => Severity::Blocks,
            TargetSeverity::Warns => Severity::Warns,
            TargetSeverity::Unknown => Severity::Info,
        },
        evidence: evidence(&found, facts),
        fix: fix(&found, facts),
        title: regions(found.rule, facts).unwrap_or(found.what),
        consequence: match (found.rule, found.severity) {
            (TargetRule::Prefix, TargetSeverity::Unknown) if *facts.look == BlobLook::NotAsked => {
                format!("{NOT_ASKED} {BY_HAND}")
            }
            (TargetRule::Prefix, TargetSeverity::Unknown) => BY_HAND.to_owned(),
            _ => found.why,
        },
        mended: mended(found.rule),
    }
}

/// Blobs are listed by the account itself, which only an installation that says so asks (decision 22).
const NOT_ASKED: &str =
    "Azure Resource Manager lists no blobs, and this portal is not set up to ask the storage account.";

const BY_HAND: &str = "If there are any, the restore fails and overwrites nothing: the command below tells.";

/// The regions in the names that people use.
fn regions(rule: TargetRule, facts: &RestoreFacts) -> Option<String> {
    let account = facts.account.ok().filter(|_| rule == TargetRule::Region)?;
    let there = region::display_name(account.location.as_deref()?);
    let here = region::display_name(facts.vault.location.as_deref()?);
    Some(format!(
        "The storage account is in {there}, the Backup vault in {here}"
    ))
}

fn evidence(found: &TargetFinding, facts: &RestoreFacts) -> Option<String> {
    let account = facts.account.ok();
    let said = |value: Option<&String>| value.map_or("not set", String::as_str).to_owned();
    let evidence = match found.rule {
        TargetRule::Identity => format!("Azure gave no principal id of vault '{}'.", facts.vault.name),
        TargetRule::Blobs => {
            let kind = said(account?.kind.as_ref());
            format!("Its kind is {kind}, and Azure gave no endpoint for blobs.")
        }
        TargetRule::Subscription => {
            let state = said(facts.vault.cross_subscription_restore.as_ref());
            format!("crossSubscriptionRestoreSettings.state of the vault is {state}.")
        }
        TargetRule::Network if account?.has_no_public_network() => {
            "publicNetworkAccess is Disabled.".to_owned()
        }
        TargetRule::Network => {
            if account?.trusts_azure() {
                let name = &facts.vault.name;
                format!(
                    "defaultAction of its network rules is Deny, and no resource instance among them is '{name}'."
                )
            } else {
                let bypass = account?.bypass.as_deref().unwrap_or("None");
                format!("defaultAction of its network rules is Deny, bypass is {bypass}.")
            }
        }
        TargetRule::Replication => match account?.allow_cross_tenant_replication {
            Some(allowed) => format!("allowCrossTenantReplication is {allowed}."),
            None => "allowCrossTenantReplication is not set, which means false.".to_owned(),
        },
        TargetRule::CopyScope => {
            let scope = said(account?.allowed_copy_scope.as_ref());
            format!("allowedCopyScope is {scope}.")
        }
        TargetRule::Container => format!("Azure does not find it in '{}'.", facts.account_id.name()),
        TargetRule::Role => facts.missing_roles.err()?.reason.clone(),
        TargetRule::Prefix => facts.look.evidence()?,
        // What is the matter says it all.
        TargetRule::Region => return None,
        TargetRule::Running | TargetRule::Recent => {
            let last = facts.last_restore.ok().flatten()?;
            let began = text::sentence_moment(last.started);
            format!(
                "Job '{}' began on {began}; its status is {}.",
                last.job.name(),
                last.status
            )
        }
    };
    Some(evidence)
}

fn fix(found: &TargetFinding, facts: &RestoreFacts) -> Option<Fix> {
    let (label, act) = match found.mending {
        Mending::TurnIdentityOn => ("Turn identity on", FixAct::TurnIdentityOn),
        Mending::AllowOtherSubscriptions => ("Allow other subscriptions", FixAct::AllowOtherSubscriptions),
        Mending::Change(_) => (label(found.rule), FixAct::ChangeAccount(found.rule)),
        Mending::CreateContainer => ("Create container", FixAct::CreateContainer),
        Mending::Assign(_) => ("Show what is missing", FixAct::ShowMissingRoles),
        Mending::OtherAccount => ("Choose another storage account", FixAct::ChooseAccount),
        Mending::OtherPrefix => ("Choose another file prefix", FixAct::ChoosePrefix),
        Mending::Wait(_) => {
            let job = &facts.last_restore.ok().flatten()?.job;
            return Some(Fix::Link {
                label: "Show job",
                path: routes::job(job)?,
            });
        }
        // The command to look with stands below the findings.
        Mending::Look => return None,
    };
    Some(Fix::Button { label, act })
}

/// What a change of the account is called on its button.
fn label(rule: TargetRule) -> &'static str {
    match rule {
        TargetRule::Network => "Let the vault in",
        TargetRule::CopyScope => "Permit copies from any storage account",
        _ => "Allow cross-tenant replication",
    }
}

fn mended(rule: TargetRule) -> &'static str {
    match rule {
        TargetRule::Identity => "The Backup vault has an identity",
        TargetRule::Blobs => "The storage account holds blobs",
        TargetRule::Subscription => "The Backup vault restores to other subscriptions",
        TargetRule::Region => "The storage account is in the vault\u{2019}s region",
        TargetRule::Network => "The storage account lets the Backup vault in",
        TargetRule::Replication => "The storage account allows cross-tenant replication",
        TargetRule::CopyScope => "The storage account permits copies from any storage account",
        TargetRule::Container => "The container is there",
        TargetRule::Role => "The identity of the Backup vault may write to the container",
        TargetRule::Prefix => "The file prefix is settled",
        TargetRule::Running => "No restore of this instance is running",
        TargetRule::Recent => "This instance was not restored in the last 24 hours",
    }
}

/// What could not be looked at; of an account that is not there nothing else is said.
fn not_known<'a>(facts: &RestoreFacts<'a>) -> impl Iterator<Item = Finding> + use<'a> {
    let account = facts.account_id.name();
    let of_account = facts.account.err().map(|problem| {
        let is_absent = problem.kind == ProblemKind::NotFound;
        Finding {
            severity: if is_absent {
                Severity::Blocks
            } else {
                Severity::Info
            },
            consequence: if is_absent {
                "Choose another storage account.".to_owned()
            } else {
                AT_VALIDATION.to_owned()
            },
            ..unknown(
                "restore-account",
                if is_absent {
                    format!("The storage account {account} is not there")
                } else {
                    format!("The settings of the storage account {account} could not be read")
                },
                problem,
                "The settings of the storage account are known",
            )
        }
    });
    let account_is_known = facts.account.is_ok();
    let of_container = facts.container_exists.err().filter(|_| account_is_known);
    let of_container = of_container.map(|problem| {
        unknown(
            "restore-container-unknown",
            format!(
                "Whether the container {} is there could not be checked",
                facts.container
            ),
            problem,
            "Whether the container is there is known",
        )
    });
    let of_jobs = facts.last_restore.err().map(|problem| Finding {
        consequence: "Azure recommends one restore a day; more can fail.".to_owned(),
        ..unknown(
            "restore-jobs-unknown",
            "Whether this instance was restored in the last 24 hours could not be checked".to_owned(),
            problem,
            "When this instance was last restored is known",
        )
    });
    [of_account, of_container, of_jobs].into_iter().flatten()
}

const AT_VALIDATION: &str = "The validation finds out whether anything stands in the way.";

fn unknown(id: &'static str, title: String, problem: &Problem, mended: &'static str) -> Finding {
    Finding {
        id,
        severity: Severity::Info,
        title,
        consequence: AT_VALIDATION.to_owned(),
        evidence: Some(problem.reason.clone()),
        fix: None,
        mended,
    }
}

#[cfg(test)]
mod tests;
