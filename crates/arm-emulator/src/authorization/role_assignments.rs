//! What handlers ask of role assignments.

use arm_core::Timestamp;
use serde_json::{Value, json};

use super::ASSIGNMENT_TYPE;
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal},
    timestamps::with_z,
    world::World,
};

/// Who gets what where.
#[derive(Debug, Clone)]
pub(crate) struct Assignment<'a> {
    /// The scope's id in its canonical spelling.
    pub(crate) scope: &'a str,
    /// The GUID that names the assignment.
    pub(crate) name: &'a str,
    /// The role's full id.
    pub(crate) role: String,
    pub(crate) principal: &'a str,
    /// `User`, `Group` or `ServicePrincipal`.
    pub(crate) principal_type: &'a str,
    pub(crate) created: Timestamp,
    pub(crate) created_by: &'a str,
}

impl Assignment<'_> {
    /// The document in the live order of its keys.
    pub(crate) fn document(&self) -> Value {
        let created = with_z(self.created);
        json!({
            "properties": {
                "roleDefinitionId": self.role,
                "principalId": self.principal,
                "principalType": self.principal_type,
                "scope": self.scope,
                "condition": null,
                "conditionVersion": null,
                "createdOn": created,
                "updatedOn": created,
                "createdBy": self.created_by,
                "updatedBy": self.created_by,
                "delegatedManagedIdentityResourceId": null,
                "description": null,
            },
            "id": format!("{}/providers/{ASSIGNMENT_TYPE}/{}", self.scope, self.name),
            "type": ASSIGNMENT_TYPE,
            "name": self.name,
        })
    }
}

/// The lower-case id of the scope that the path names.
pub(crate) fn scope_key(call: &Call) -> String {
    let segments = &call.target.segments;
    let provider = segments
        .iter()
        .rposition(|segment| segment.eq_ignore_ascii_case("Microsoft.Authorization"));
    call.key_above(provider.unwrap_or(1) - 1)
}

/// The resource that the path names as the scope.
pub(crate) fn scope<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    let key = scope_key(call);
    world.document(&key).ok_or_else(|| {
        let mut segments = key.rsplit('/');
        let name = segments.next().unwrap_or_default();
        let resource_type = segments.next().unwrap_or_default();
        let namespace = call.parameter("namespace");
        refusals::RESOURCE_NOT_FOUND.refuse(&[
            &format!("{namespace}/{resource_type}/{name}"),
            call.parameter("resourceGroupName"),
        ])
    })
}

/// The assignments exactly at a scope (its lower-case id).
pub(crate) fn at<'a>(world: &'a World, scope: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let above = format!(
        "{scope}/providers/{}",
        ASSIGNMENT_TYPE.split('/').next().unwrap_or_default()
    );
    world.below(&above.to_ascii_lowercase(), ASSIGNMENT_TYPE)
}

/// The assignments at a scope and at all above it.
pub(crate) fn at_and_above<'a>(world: &'a World, scope: &str) -> Vec<&'a Value> {
    let ends = scope.match_indices('/').map(|(at, _)| at).skip(1);
    let scopes = ends.chain([scope.len()]).map(|end| &scope[..end]);
    scopes.flat_map(|scope| at(world, scope)).collect()
}

/// Whether two assignments say the same.
pub(crate) fn is_same(one: &Value, other: &Value) -> bool {
    let same = |pointer: &str| text(one, pointer).eq_ignore_ascii_case(text(other, pointer));
    let role = |assignment: &Value| {
        let id = text(assignment, "/properties/roleDefinitionId").to_ascii_lowercase();
        id.rsplit('/').next().map(str::to_owned)
    };
    same("/properties/principalId") && same("/properties/scope") && role(one) == role(other)
}
