//! Whether vault and policy are ready: identity, roles, soft delete, runs a week.

use arm_client::data_protection::{PolicyRules, SoftDelete};
use arm_core::Timestamp;
use chrono::Days;

use super::{Access, ProtectionFacts};
use crate::{
    findings::{Finding, Fix, FixAct, Severity},
    text,
};

/// A vault without an identity cannot back up (reference B8).
pub(super) fn no_identity(facts: &ProtectionFacts) -> Option<Finding> {
    let vault = facts.vault?;
    vault.principal_id.is_none().then(|| Finding {
        id: "no-identity",
        severity: Severity::Blocks,
        title: "The vault has no identity".to_owned(),
        consequence: "A vault reaches what it protects with its own identity, to which roles are assigned. Turn it on first."
            .to_owned(),
        evidence: Some(format!("Azure gave no principal id of vault '{}'.", vault.name)),
        fix: Some(Fix::Button {
            label: "Turn identity on",
            act: FixAct::TurnIdentityOn,
        }),
        mended: "The vault has an identity",
    })
}

/// Validation fails with `UserErrorMissingRequiredPermissions` or `UserErrorMissingPermissionsOnSecretStore`
/// (reference B10, C1).
pub(super) fn missing_access(facts: &ProtectionFacts) -> Option<Finding> {
    let Access::Known { roles, key_vault } = facts.access else {
        return None;
    };
    let mut lacking: Vec<_> = roles
        .iter()
        .map(|missing| format!("'{}' on '{}'", missing.role.name(), missing.scope.name()))
        .collect();
    lacking.extend(key_vault.map(|vault| format!("Get and List on the secrets of '{}'", vault.name())));
    let (title, code) = match (roles.len(), key_vault) {
        (0, None) => return None,
        (0, Some(_)) => (
            "The vault's identity may not read the secret".to_owned(),
            "UserErrorMissingPermissionsOnSecretStore",
        ),
        (count, _) => (
            format!("The vault's identity lacks {}", text::count(count, "role")),
            "UserErrorMissingRequiredPermissions",
        ),
    };
    Some(Finding {
        id: "missing-roles",
        severity: Severity::Blocks,
        title,
        consequence: format!(
            "Validation fails with {code} until that is mended; a new role takes about a minute to work."
        ),
        evidence: Some(format!(
            "Not among its role assignments, inherited ones and those of its groups included: {}.",
            lacking.join(", ")
        )),
        fix: Some(Fix::Button {
            label: "Show what is missing",
            act: FixAct::ShowMissingRoles,
        }),
        mended: "The vault's identity has what it needs",
    })
}

/// Nothing is claimed of roles that cannot be read.
pub(super) fn access_unknown(facts: &ProtectionFacts) -> Option<Finding> {
    let Access::Unknown(problem) = facts.access else {
        return None;
    };
    Some(Finding {
        id: "roles-unknown",
        severity: Severity::Info,
        title: "The roles of the vault's identity are not known".to_owned(),
        consequence: "Azure checks them when the backup is validated.".to_owned(),
        evidence: Some(problem.reason.clone()),
        fix: Some(Fix::Button {
            label: "Check again",
            act: FixAct::CheckAgain,
        }),
        mended: "The roles of the vault's identity are known",
    })
}

pub(super) fn several_runs(facts: &ProtectionFacts) -> Option<Finding> {
    of_runs(&facts.policy?.rules)
}

/// Only one weekly backup runs, further ones of the week fail (support matrix, *limitation*).
pub(super) fn of_runs(rules: &PolicyRules) -> Option<Finding> {
    let runs = runs_in_four_weeks(rules)?.div_ceil(4);
    (runs > 1).then(|| Finding {
        id: "several-weekly-runs",
        severity: Severity::Warns,
        title: format!("The policy has {runs} runs a week"),
        consequence:
            "Azure takes one backup a week: the first of a week runs, further ones of that week fail. Take a \
                      policy with one run a week."
                .to_owned(),
        evidence: Some(format!(
            "Its schedule is {}; Microsoft's support matrix.",
            rules.intervals.join(", ")
        )),
        fix: None,
        mended: "The policy has one run a week",
    })
}

/// Counted long after every schedule has begun.
fn runs_in_four_weeks(rules: &PolicyRules) -> Option<usize> {
    const SUNDAY_IN_2100: i64 = 4_102_617_600;
    let from = Timestamp::from_timestamp(SUNDAY_IN_2100, 0)?;
    let runs = rules.backups_between(from, from.checked_add_days(Days::new(28))?)?;
    Some(runs.len())
}

/// Off, what is deleted is gone at once (reference E, *soft delete*).
pub(super) fn soft_delete_off(facts: &ProtectionFacts) -> Option<Finding> {
    let vault = facts.vault?;
    (vault.soft_delete == Some(SoftDelete::Off)).then(|| Finding {
        id: "soft-delete-off",
        severity: Severity::Info,
        title: "Soft delete is off".to_owned(),
        consequence: "Backup data that are deleted in this vault are gone at once. With soft delete they are kept for 14 days \
                      at least, the first 14 without charge."
            .to_owned(),
        evidence: Some(format!("Azure gave the soft delete of vault '{}' as 'Off'.", vault.name)),
        fix: None,
        mended: "Soft delete is on",
    })
}
