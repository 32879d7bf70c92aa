//! What is known to stand in the way of an act, said before it is done; pure.
//!
//! A rule is a function from what is known to a finding. It names its source, and claims no more than that source: what
//! is certain to fail blocks, what probably fails warns and shows its evidence. Each act has a file of rules.

mod long_term_backup;
pub mod protection;
pub mod restore;
mod storage_account;
mod take_backup;

use crate::rights::Act;
use arm_client::storage::TargetRule;

pub use long_term_backup::long_term_backup;
pub use storage_account::{blob_container, storage_account};
pub use take_backup::{MOST_ON_DEMAND, Running, TakeBackupFacts, take_backup};

/// How much stands in the way; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The act is certain to fail.
    Blocks,
    /// The act probably fails.
    Warns,
    /// Something to know, such as what could not be checked.
    Info,
    /// It stood in the way and does not any more.
    Mended,
}

/// What can be done about a finding in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// A link to a path of the app.
    Link {
        /// The link's text.
        label: &'static str,
        /// The path.
        path: String,
    },
    /// A button; the page that shows the finding knows what to do.
    Button {
        /// The button's text.
        label: &'static str,
        /// What the page is asked for.
        act: FixAct,
    },
}

/// What a page is asked to do about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixAct {
    /// To read again what the finding is about.
    CheckAgain,
    /// To show what the finding is about in the list below.
    ShowInList,
    /// To turn a vault's identity on.
    TurnIdentityOn,
    /// To show which roles are missing, and how to assign them.
    ShowMissingRoles,
    /// To let a vault restore to other subscriptions.
    AllowOtherSubscriptions,
    /// To change the storage account so that this rule is kept.
    ChangeAccount(TargetRule),
    /// To create the container.
    CreateContainer,
    /// To let another storage account be chosen.
    ChooseAccount,
    /// To let another file prefix be chosen.
    ChoosePrefix,
}

impl FixAct {
    /// What it leads to that changes something in Azure.
    pub fn changes(self) -> Option<Act> {
        match self {
            Self::TurnIdentityOn | Self::AllowOtherSubscriptions => Some(Act::ChangeVault),
            Self::ChangeAccount(_) => Some(Act::ChangeStorage),
            Self::CreateContainer => Some(Act::CreateContainer),
            Self::CheckAgain
            | Self::ShowInList
            | Self::ShowMissingRoles
            | Self::ChooseAccount
            | Self::ChoosePrefix => None,
        }
    }
}

/// Something that stands in the way, or might.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it; one finding per rule.
    pub id: &'static str,
    /// How much it stands in the way.
    pub severity: Severity,
    /// What is the matter, without a full stop.
    pub title: String,
    /// What comes of it, and what to do.
    pub consequence: String,
    /// What the finding rests on: a sentence.
    pub evidence: Option<String>,
    /// What can be done about it here.
    pub fix: Option<Fix>,
    /// The title once it does not stand in the way any more.
    pub mended: &'static str,
}

/// Puts the gravest first; findings of one severity keep their order.
pub fn gravest_first(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// The findings of now, and those shown before that are gone, as mended: what somebody has just mended is not taken out
/// of sight (visual specification 3, *Finding*).
pub fn with_mended(before: &[Finding], now: Vec<Finding>) -> Vec<Finding> {
    let is_gone = |finding: &&Finding| now.iter().all(|other| other.id != finding.id);
    let mended: Vec<_> = before.iter().filter(is_gone).map(mend).collect();
    gravest_first(now.into_iter().chain(mended).collect())
}

fn mend(finding: &Finding) -> Finding {
    Finding {
        id: finding.id,
        severity: Severity::Mended,
        title: finding.mended.to_owned(),
        consequence: String::new(),
        evidence: None,
        fix: None,
        mended: finding.mended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(id: &'static str, severity: Severity) -> Finding {
        Finding {
            id,
            severity,
            title: format!("{id} is wrong"),
            consequence: "It fails.".to_owned(),
            evidence: Some("Seen.".to_owned()),
            fix: None,
            mended: "It is right",
        }
    }

    fn ids(findings: &[Finding]) -> Vec<(&'static str, Severity)> {
        findings
            .iter()
            .map(|finding| (finding.id, finding.severity))
            .collect()
    }

    #[test]
    fn the_gravest_comes_first_and_what_is_mended_stays_to_be_seen() {
        use Severity::{Blocks, Info, Mended, Warns};
        let before = [finding("a", Warns), finding("b", Warns), finding("c", Info)];
        let first = with_mended(
            &before,
            vec![finding("c", Info), finding("d", Blocks), finding("b", Warns)],
        );
        assert_eq!(
            ids(&first),
            [("d", Blocks), ("b", Warns), ("c", Info), ("a", Mended)]
        );
        assert_eq!(first[3].title, "It is right");
        assert_eq!(first[3].evidence, None, "what it rested on is true no more");

        let second = with_mended(&first, vec![]);
        assert!(
            second.iter().all(|finding| finding.severity == Mended),
            "{second:?}"
        );
        let again = with_mended(&second, vec![finding("a", Warns)]);
        assert_eq!(again[0].title, "a is wrong", "it may come back");
        assert_eq!(again.len(), 4, "one finding per rule: {again:?}");
    }
}
