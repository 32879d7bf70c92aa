//! What a flexible server is like, and what vaulted backups leave out (reference E, *LTR / vaulted*).

use arm_client::{FlexibleServer, ServerState};

use super::ProtectionFacts;
use crate::findings::{Finding, Fix, FixAct, Severity};

/// How much data a vaulted backup takes at most, in GiB: 1 TiB (support matrix).
const MOST_GIB: u32 = 1024;

/// From here on the limit is near, in GiB: four fifths of it, where a known fleet has its alert.
const NEAR_GIB: u32 = 820;

/// Replicas are not supported (support matrix).
pub(super) fn replica(facts: &ProtectionFacts) -> Option<Finding> {
    let role = facts.server?.replication_role.as_deref()?;
    let is_replica = ["AsyncReplica", "GeoAsyncReplica"]
        .iter()
        .any(|replica| replica.eq_ignore_ascii_case(role));
    is_replica.then(|| Finding {
        id: "protection-replica",
        severity: Severity::Blocks,
        title: "The server is a read replica".to_owned(),
        consequence: "Backup vaults take no replicas. Protect the primary server.".to_owned(),
        evidence: Some(format!(
            "Azure gave its replication role as '{role}'; Microsoft's support matrix."
        )),
        fix: None,
        mended: "The server is no replica",
    })
}

/// A backup of a server that is not ready ends with `ServerNotReadyForLongTermBackup` (reference B10); whether
/// protection can be configured all the same is not documented.
pub(super) fn not_ready(facts: &ProtectionFacts) -> Option<Finding> {
    let state = facts.server?.state.as_ref()?;
    let (title, mend) = match state {
        ServerState::Ready => return None,
        ServerState::Stopped => ("The server is stopped", "Start the server first."),
        ServerState::Dropping => (
            "The server is being deleted",
            "Nothing of it will be left to protect.",
        ),
        _ => ("The server is not ready", "Wait until its state is Ready."),
    };
    Some(Finding {
        id: "protection-not-ready",
        severity: Severity::Warns,
        title: title.to_owned(),
        consequence: format!(
            "Validation will probably fail, and a backup ends with ServerNotReadyForLongTermBackup. {mend}"
        ),
        evidence: Some(format!("Azure gave its state as '{state}'.")),
        fix: Some(Fix::Button {
            label: "Check again",
            act: FixAct::CheckAgain,
        }),
        mended: "The server is ready",
    })
}

/// Vaulted backups are taken as long-term retention backups are, which Premium SSD v2 does not offer (reference E).
pub(super) fn premium_v2(facts: &ProtectionFacts) -> Option<Finding> {
    let storage = facts.server?.storage_type.as_deref()?;
    storage.eq_ignore_ascii_case("PremiumV2_LRS").then(|| Finding {
        id: "protection-premium-v2",
        severity: Severity::Warns,
        title: "The server's storage is Premium SSD v2".to_owned(),
        consequence:
            "Azure takes no long-term backups of servers on this storage, so backups will probably fail. \
                      Dump the databases with pg_dump instead."
                .to_owned(),
        evidence: Some(format!(
            "Azure gave its storage type as '{storage}'; Microsoft's document on Premium SSD v2."
        )),
        fix: None,
        mended: "The server is on other storage",
    })
}

/// Data above 1 TiB make the backup fail (support matrix); what is known is the storage, not how much of it is used.
pub(super) fn size(facts: &ProtectionFacts) -> Option<Finding> {
    let size = facts
        .server
        .and_then(|server: &FlexibleServer| server.storage_size_gb)?;
    let (severity, title, consequence) = match size {
        0..NEAR_GIB => return None,
        NEAR_GIB..=MOST_GIB => (
            Severity::Info,
            "The server's storage comes near 1 TiB",
            "Backups fail once the databases together hold more than 1 TiB. Watch how much of the storage is used.",
        ),
        _ => (
            Severity::Warns,
            "The server may hold more than 1 TiB",
            "Where the databases together hold more than 1 TiB, backups fail. Look how much of the storage is used.",
        ),
    };
    Some(Finding {
        id: "protection-size",
        severity,
        title: title.to_owned(),
        consequence: consequence.to_owned(),
        evidence: Some(format!(
            "Its storage has {size}\u{a0}GiB; how much of it is used is not known here. Microsoft's support matrix."
        )),
        fix: None,
        mended: "The server's storage is well below 1 TiB",
    })
}
