//! The permission doctor: which role a principal lacks where. Pure; what is known comes in.

use arm_core::ResourceId;

use super::{Permission, Role, RoleAssignment, RoleNeed, actions, covers};

/// A role assignment together with what its role allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The assignment.
    pub assignment: RoleAssignment,
    /// What the role allows.
    pub permissions: Vec<Permission>,
}

/// A role that somebody lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRole {
    /// The role that would do.
    pub role: Role,
    /// Where it is to be assigned.
    pub scope: ResourceId,
    /// What cannot be done without it.
    pub actions: Vec<&'static str>,
}

/// The roles that `principal` lacks, in the order of `needs`; empty where nothing is missing.
///
/// `grants` are those that Azure lists as assigned to the principal (`assignedTo`), at the scope and above it: its
/// own and those of the groups it is in. Membership is Azure's to know, so every grant to a group in the list counts;
/// one to somebody else does not. What a role is called does not matter: what it allows does, a custom one included.
pub fn missing_roles(principal: &str, needs: &[RoleNeed], grants: &[Grant]) -> Vec<MissingRole> {
    let held: Vec<_> = grants
        .iter()
        .filter(|grant| is_for(principal, &grant.assignment))
        .collect();
    let lacking = |need: &RoleNeed| -> Vec<&'static str> {
        let needs = need.needs.iter().filter(|need| {
            !held.iter().any(|grant| {
                covers(&grant.assignment.scope, &need.at)
                    && actions::are_allowed(&grant.permissions, need.action, need.is_data)
            })
        });
        needs.map(|need| need.action).collect()
    };
    let missing = needs.iter().map(|need| MissingRole {
        role: need.role,
        scope: need.scope.clone(),
        actions: lacking(need),
    });
    missing.filter(|missing| !missing.actions.is_empty()).collect()
}

fn is_for(principal: &str, assignment: &RoleAssignment) -> bool {
    let is_group = assignment
        .principal_type
        .as_ref()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Group"));
    is_group || assignment.principal_id.eq_ignore_ascii_case(principal)
}

#[cfg(test)]
mod tests;
