//! What the identity of a vault lacks, and what would mend it; pure.

use arm_client::{
    authorization::{MissingRole, Role, RoleNeed},
    data_protection::Datasource,
    key_vault::KeyVault,
};
use arm_core::ResourceId;

use crate::{code::Grants, findings::protection::Access, text};

/// The right to assign roles.
const ASSIGN: &str = "Microsoft.Authorization/roleAssignments/write";
/// The right to add access policies to a key vault.
const ADD_POLICY: &str = "Microsoft.KeyVault/vaults/accessPolicies/write";

/// Whose rights are looked into, and for what.
#[derive(Debug, Clone, PartialEq)]
pub struct Patient {
    /// The backup vault.
    pub vault: ResourceId,
    /// The object id of its identity.
    pub principal: String,
    /// What it is to back up.
    pub datasources: Vec<Datasource>,
    /// The key vaults that have the credentials of databases.
    pub key_vaults: Vec<ResourceId>,
    /// Where it is to write restored files.
    pub restores_to: Option<RestorePlace>,
}

/// A container that files are restored to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorePlace {
    /// The storage account.
    pub account: ResourceId,
    /// The container.
    pub container: ResourceId,
    /// The region, in one word.
    pub location: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Every role that it takes.
    pub needs: Vec<RoleNeed>,
    /// Those that the identity lacks.
    pub missing: Vec<MissingRole>,
    /// The key vaults that go by access policies, and whether one of them lets the identity read secrets.
    pub by_policies: Vec<(KeyVault, bool)>,
}

/// Where missing roles are assigned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AssignAt {
    /// Where Azure's documentation assigns each: no wider than the backup needs.
    #[default]
    Resource,
    /// At the resource group.
    Group,
    /// At the subscription.
    Subscription,
}

/// One thing that is to be given to the identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// A role at a scope.
    Role(Role, ResourceId),
    /// *Get* and *List* on the secrets of a key vault of this tenant.
    AccessPolicy(ResourceId, String),
}

impl Patient {
    /// Every role that it takes, each once; `by_roles` are the key vaults that go by roles.
    pub fn needs(&self, by_roles: &[&KeyVault]) -> Vec<RoleNeed> {
        let of_datasources = self.datasources.iter().flat_map(RoleNeed::of_backup);
        let place = self.restores_to.iter();
        let of_restore = place.map(|place| RoleNeed::of_restore(&place.account, Some(&place.container)));
        let of_secrets = by_roles.iter().map(|vault| RoleNeed::of_secrets(&vault.id));
        let mut merged: Vec<RoleNeed> = Vec::new();
        for need in of_datasources.chain(of_secrets).chain(of_restore) {
            let same = merged
                .iter_mut()
                .find(|known| known.role == need.role && known.scope == need.scope);
            match same {
                Some(same) => {
                    let new = need.needs.into_iter().filter(|one| !same.needs.contains(one));
                    let new: Vec<_> = new.collect();
                    same.needs.extend(new);
                }
                None => merged.push(need),
            }
        }
        merged
    }

    /// What cannot be done without them: `back up 'pg-orders-prod'`.
    pub fn purpose(&self) -> String {
        match (&self.restores_to, self.datasources.as_slice()) {
            (Some(place), _) => format!("restore to '{}'", place.container.name()),
            (None, [one]) => format!("back up '{}'", one.id.name()),
            (None, several) => format!("back up {}", text::count(several.len(), "datasource")),
        }
    }

    /// What follows once the roles should work, as a participle and on a button: a restore has yet to be validated.
    pub const fn again(&self) -> (&'static str, &'static str) {
        match self.restores_to {
            Some(_) => ("checked", "Check again"),
            None => ("validated", "Revalidate"),
        }
    }
}

impl Diagnosis {
    /// Whether nothing is missing.
    pub fn is_healthy(&self) -> bool {
        self.missing.is_empty() && self.by_policies.iter().all(|(_, lets)| *lets)
    }

    /// How many roles and access policies are missing.
    pub fn count(&self) -> usize {
        self.missing.len() + self.by_policies.iter().filter(|(_, lets)| !lets).count()
    }

    /// The same for the findings.
    pub fn access(&self) -> Access<'_> {
        let closed = self.by_policies.iter().find(|(_, lets)| !lets);
        Access::Known {
            roles: &self.missing,
            key_vault: closed.map(|(vault, _)| &vault.id),
        }
    }

    /// Whether the identity lacks this role at this scope.
    pub fn is_missing(&self, need: &RoleNeed) -> bool {
        let mut missing = self.missing.iter();
        missing.any(|missing| missing.role == need.role && missing.scope == need.scope)
    }

    /// What would mend it; nothing twice.
    pub fn cure(&self, at: AssignAt) -> Vec<Grant> {
        let roles = self.missing.iter();
        let roles = roles.map(|missing| Grant::Role(missing.role, at.scope(&missing.scope)));
        self.grants(roles)
    }

    fn grants(&self, roles: impl Iterator<Item = Grant>) -> Vec<Grant> {
        let closed = self.by_policies.iter().filter(|(_, lets)| !lets);
        let policies = closed.map(|(vault, _)| {
            let tenant = vault.tenant_id.clone().unwrap_or_default();
            Grant::AccessPolicy(vault.id.clone(), tenant)
        });
        let mut grants = Vec::new();
        for grant in roles.chain(policies) {
            if !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        grants
    }
}

/// Everything that it takes, where nobody can tell what is there already.
pub fn all_of(patient: &Patient) -> Vec<Grant> {
    let needs = patient.needs(&[]).into_iter();
    needs.map(|need| Grant::Role(need.role, need.scope)).collect()
}

impl AssignAt {
    /// All of them, the recommended one first.
    pub const ALL: [Self; 3] = [Self::Resource, Self::Group, Self::Subscription];

    /// In Azure's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Resource => "Resource (recommended)",
            Self::Group => "Resource group",
            Self::Subscription => "Subscription",
        }
    }

    /// The one of this label.
    pub fn of(label: &str) -> Self {
        let known = Self::ALL.into_iter().find(|at| at.label() == label);
        known.unwrap_or_default()
    }

    /// What follows from it.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Resource => "No wider than needed.",
            Self::Group => "Holds for everything in the resource group.",
            Self::Subscription => "Holds for everything in the subscription.",
        }
    }

    /// Where a role is assigned that the documentation assigns at `scope`.
    fn scope(self, scope: &ResourceId) -> ResourceId {
        let is_high_enough = |id: &ResourceId| match self {
            Self::Resource => true,
            Self::Group => id.resource_type().is_none(),
            Self::Subscription => id.resource_group().is_none(),
        };
        let mut scope = scope.clone();
        while !is_high_enough(&scope) {
            match scope.parent() {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }
}

impl Grant {
    /// Where it holds.
    pub fn scope(&self) -> &ResourceId {
        match self {
            Self::Role(_, scope) | Self::AccessPolicy(scope, _) => scope,
        }
    }

    /// What whoever gives it must be allowed there.
    pub const fn takes(&self) -> &'static str {
        match self {
            Self::Role(..) => ASSIGN,
            Self::AccessPolicy(..) => ADD_POLICY,
        }
    }

    /// `'Reader' on resource group 'rg-billing-prod'`.
    pub fn words(&self) -> String {
        let (kind, name) = place(self.scope());
        let on = format!("on {} '{name}'", kind.to_ascii_lowercase());
        match self {
            Self::Role(role, _) => format!("'{}' {on}", role.name()),
            Self::AccessPolicy(..) => format!("Get and List on secrets {on}"),
        }
    }
}

/// The same for the code that a colleague is given.
pub fn as_code(patient: &Patient, grants: &[Grant]) -> Grants {
    let mut code = Grants {
        principal: patient.principal.clone(),
        location: location(patient),
        ..Grants::default()
    };
    for grant in grants {
        match grant {
            Grant::Role(role, scope) => code.roles.push((*role, scope.clone())),
            Grant::AccessPolicy(vault, tenant) => {
                code.key_vaults.push(vault.clone());
                code.tenant.clone_from(tenant);
            }
        }
    }
    code
}

/// The region of the first thing that it is about, in one word.
fn location(patient: &Patient) -> String {
    let of_datasource = patient.datasources.first().map(|datasource| &datasource.location);
    let of_place = patient.restores_to.as_ref().map(|place| &place.location);
    let letters = of_datasource
        .or(of_place)
        .into_iter()
        .flat_map(|name| name.chars());
    letters
        .filter(|letter| *letter != ' ')
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// What kind of thing a scope is, and what it is called.
pub fn place(scope: &ResourceId) -> (&'static str, &str) {
    let kind = scope.resource_type().unwrap_or_default().to_ascii_lowercase();
    let kind = match kind.as_str() {
        "" if scope.resource_group().is_some() => "Resource group",
        "" => "Subscription",
        "microsoft.keyvault/vaults" => "Key vault",
        "microsoft.storage/storageaccounts" => "Storage account",
        "microsoft.dbforpostgresql/flexibleservers" | "microsoft.dbforpostgresql/servers" => "Server",
        _ => "Resource",
    };
    (kind, scope.name())
}

#[cfg(test)]
mod tests;
