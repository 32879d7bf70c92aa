//! A backup vault while it is being written; pure.

use arm_client::data_protection::{Immutability, NewVault, Redundancy, SoftDelete};
use arm_core::ResourceId;

use crate::{region, routes};

/// The fewest and the most characters of a name (the limits of the Terraform provider `azurerm`).
const NAME: std::ops::RangeInclusive<usize> = 2..=50;

/// For how many days what is deleted is kept (reference E, *soft delete*).
const SOFT_DELETE_DAYS: std::ops::RangeInclusive<u32> = 14..=180;

/// How often and where data are kept: Azure's word, label, and what it means.
pub const REDUNDANCIES: [(Redundancy, &str, &str); 3] = [
    (
        Redundancy::Geo,
        "Geo-redundant",
        "In the paired region too: outlives the loss of a region.",
    ),
    (
        Redundancy::Zone,
        "Zone-redundant",
        "In three zones of the region: outlives the loss of a datacentre.",
    ),
    (
        Redundancy::Local,
        "Locally redundant",
        "Three times in one datacentre: the cheapest, and lost with the datacentre.",
    ),
];

/// Whether what is deleted is kept.
pub const SOFT_DELETES: [(SoftDelete, &str, &str); 3] = [
    (
        SoftDelete::On,
        "On",
        "Deleted backup data are kept for a while, and can be brought back.",
    ),
    (
        SoftDelete::AlwaysOn,
        "Always on",
        "As On, and nobody can turn it off again, not even you.",
    ),
    (SoftDelete::Off, "Off", "Deleted backup data are gone at once."),
];

/// Whether recovery points can be deleted before they expire.
pub const IMMUTABILITIES: [(Immutability, &str, &str); 3] = [
    (
        Immutability::Disabled,
        "Disabled",
        "Recovery points can be deleted before they expire.",
    ),
    (
        Immutability::Unlocked,
        "Enabled",
        "Recovery points stay until they expire; this can be turned off again.",
    ),
    (
        Immutability::Locked,
        "Enabled and locked",
        "Recovery points stay until they expire, and nobody can change that any more.",
    ),
];

/// What is typed and chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultDraft {
    /// The subscription's id; empty while none is chosen.
    pub subscription: String,
    /// The resource group; empty while none is chosen.
    pub group: String,
    /// The name.
    pub name: String,
    /// The region as people call it: `West Europe`.
    pub region: String,
    /// The label of the redundancy.
    pub redundancy: String,
    /// The label of the soft delete.
    pub soft_delete: String,
    /// For how many days.
    pub days: String,
    /// The label of the immutability.
    pub immutability: String,
}

/// What is wrong, field by field, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// With the subscription or the group.
    pub place: Option<&'static str>,
    /// With the name.
    pub name: Option<&'static str>,
    /// With the region.
    pub region: Option<&'static str>,
    /// With the days.
    pub days: Option<&'static str>,
}

impl Faults {
    /// The first of them.
    pub fn first(&self) -> Option<&'static str> {
        self.place.or(self.name).or(self.region).or(self.days)
    }
}

impl VaultDraft {
    /// With what Azure recommends: copies in the paired region, deleted data kept.
    pub fn new() -> Self {
        Self {
            subscription: String::new(),
            group: String::new(),
            name: String::new(),
            region: String::new(),
            redundancy: REDUNDANCIES[0].1.to_owned(),
            soft_delete: SOFT_DELETES[0].1.to_owned(),
            days: SOFT_DELETE_DAYS.start().to_string(),
            immutability: IMMUTABILITIES[0].1.to_owned(),
        }
    }

    /// What is wrong with it.
    pub fn faults(&self) -> Faults {
        Faults {
            place: match (self.subscription.as_str(), self.group.as_str()) {
                ("", _) => Some("Choose a subscription."),
                (_, "") => Some("Choose a resource group."),
                _ => None,
            },
            name: name_fault(&self.name),
            region: region::id(&self.region)
                .is_none()
                .then_some("Choose a region of Azure."),
            days: (self.keeps_deleted() && self.days().is_none()).then_some("Give 14 to 180 days."),
        }
    }

    /// Whether deleted data are kept for a while.
    pub fn keeps_deleted(&self) -> bool {
        *chosen(&SOFT_DELETES, &self.soft_delete) != SoftDelete::Off
    }

    /// What can never be taken back, in words.
    pub fn for_good(&self) -> Vec<&'static str> {
        let always = *chosen(&SOFT_DELETES, &self.soft_delete) == SoftDelete::AlwaysOn;
        let locked = *chosen(&IMMUTABILITIES, &self.immutability) == Immutability::Locked;
        let always = always.then_some("Soft delete stays on: what is deleted goes on being kept.");
        let locked = locked.then_some(
            "Recovery points stay until they expire: nobody can delete them before, nor stop paying for them.",
        );
        always.into_iter().chain(locked).collect()
    }

    /// The vault's id and what it is to be like, once nothing is wrong.
    pub fn vault(&self) -> Option<(ResourceId, NewVault)> {
        if self.faults().first().is_some() {
            return None;
        }
        let kind = routes::BACKUP_VAULT;
        let id = ResourceId::in_resource_group(&self.subscription, &self.group, kind, &self.name).ok()?;
        let new = NewVault {
            location: region::id(&self.region)?,
            redundancy: chosen(&REDUNDANCIES, &self.redundancy).clone(),
            soft_delete: chosen(&SOFT_DELETES, &self.soft_delete).clone(),
            soft_delete_days: self.days().unwrap_or(*SOFT_DELETE_DAYS.start()),
            immutability: chosen(&IMMUTABILITIES, &self.immutability).clone(),
        };
        Some((id, new))
    }

    /// The resource group in which it is to be, once one is chosen.
    pub fn group_id(&self) -> Option<ResourceId> {
        if self.subscription.is_empty() || self.group.is_empty() {
            return None;
        }
        format!(
            "/subscriptions/{}/resourceGroups/{}",
            self.subscription, self.group
        )
        .parse()
        .ok()
    }

    fn days(&self) -> Option<u32> {
        let days = self.days.trim().parse().ok()?;
        SOFT_DELETE_DAYS.contains(&days).then_some(days)
    }
}

/// What a label stands for; the first where it is none of them.
fn chosen<'a, T>(choices: &'a [(T, &str, &str); 3], label: &str) -> &'a T {
    let found = choices.iter().find(|(_, known, _)| *known == label);
    &found.unwrap_or(&choices[0]).0
}

/// What the choice of this label means.
pub fn meaning<T>(choices: &'static [(T, &'static str, &'static str); 3], label: &str) -> &'static str {
    let found = choices.iter().find(|(_, known, _)| *known == label);
    found.map_or("", |(_, _, meaning)| *meaning)
}

fn name_fault(name: &str) -> Option<&'static str> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() {
        Some("Give the vault a name.")
    } else if !name.chars().all(is_allowed) {
        Some("A name has letters, digits and hyphens.")
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some("A name begins with a letter.")
    } else if !NAME.contains(&name.len()) {
        Some("A name has 2 to 50 characters.")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> VaultDraft {
        VaultDraft {
            subscription: "s-1".to_owned(),
            group: "rg (prod)".to_owned(),
            name: "bv-new".to_owned(),
            region: "West Europe".to_owned(),
            ..VaultDraft::new()
        }
    }

    #[test]
    fn a_draft_becomes_the_vault_that_was_meant() {
        let (id, new) = draft().vault().expect("a vault");
        assert_eq!(
            id.as_str(),
            "/subscriptions/s-1/resourceGroups/rg (prod)/providers/Microsoft.DataProtection/backupVaults/bv-new"
        );
        let expected = NewVault {
            location: "westeurope".to_owned(),
            redundancy: Redundancy::Geo,
            soft_delete: SoftDelete::On,
            soft_delete_days: 14,
            immutability: Immutability::Disabled,
        };
        assert_eq!(new, expected);
        let other = VaultDraft {
            redundancy: "Locally redundant".to_owned(),
            soft_delete: "Off".to_owned(),
            days: "none".to_owned(),
            immutability: "Enabled".to_owned(),
            ..draft()
        };
        let (_, new) = other
            .vault()
            .expect("days count for nothing where soft delete is off");
        assert_eq!(
            (
                new.redundancy,
                new.soft_delete,
                new.soft_delete_days,
                new.immutability
            ),
            (Redundancy::Local, SoftDelete::Off, 14, Immutability::Unlocked)
        );
    }

    #[test]
    fn every_field_says_what_is_wrong_with_it() {
        let fault = |change: &dyn Fn(&mut VaultDraft)| {
            let mut draft = draft();
            change(&mut draft);
            assert_eq!(draft.vault().is_some(), draft.faults().first().is_none());
            draft.faults().first()
        };
        assert_eq!(fault(&|_| ()), None);
        assert_eq!(
            fault(&|draft| draft.subscription.clear()),
            Some("Choose a subscription.")
        );
        assert_eq!(
            fault(&|draft| draft.group.clear()),
            Some("Choose a resource group.")
        );
        for (name, expected) in [
            ("", Some("Give the vault a name.")),
            ("b", Some("A name has 2 to 50 characters.")),
            ("bv_new", Some("A name has letters, digits and hyphens.")),
            ("1bv", Some("A name begins with a letter.")),
            ("-bv", Some("A name begins with a letter.")),
            ("bv", None),
        ] {
            assert_eq!(
                fault(&|draft| name.clone_into(&mut draft.name)),
                expected,
                "{name}"
            );
        }
        assert!(fault(&|draft| draft.name = "b".repeat(51)).is_some());
        for (region, expected) in [
            ("west europe", None),
            ("northeurope", None),
            ("Atlantis", Some("Choose a region of Azure.")),
            ("", Some("Choose a region of Azure.")),
        ] {
            assert_eq!(
                fault(&|draft| region.clone_into(&mut draft.region)),
                expected,
                "{region}"
            );
        }
        for (days, expected) in [
            ("14", None),
            ("180", None),
            ("13", Some("Give 14 to 180 days.")),
            ("181", Some("Give 14 to 180 days.")),
            ("", Some("Give 14 to 180 days.")),
        ] {
            assert_eq!(
                fault(&|draft| days.clone_into(&mut draft.days)),
                expected,
                "{days}"
            );
        }
    }

    #[test]
    fn what_can_never_be_taken_back_is_named() {
        let for_good = |soft_delete: &str, immutability: &str| {
            let draft = VaultDraft {
                soft_delete: soft_delete.to_owned(),
                immutability: immutability.to_owned(),
                ..draft()
            };
            draft.for_good().len()
        };
        assert_eq!(for_good("On", "Enabled"), 0);
        assert_eq!(for_good("Always on", "Disabled"), 1);
        assert_eq!(for_good("Always on", "Enabled and locked"), 2);
        assert_eq!(
            meaning(&SOFT_DELETES, "Off"),
            "Deleted backup data are gone at once."
        );
    }
}
