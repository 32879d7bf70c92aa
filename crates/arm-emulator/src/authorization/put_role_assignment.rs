//! `PUT /{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}` (reference C2).

use arm_core::Response;

use super::{
    DEFINITION_TYPE,
    role_assignments::{self, Assignment},
    roles,
};
use crate::{
    call::Call,
    checks, directory,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Answers 201, or 200 where everything is so already.
pub(crate) fn put_role_assignment(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let name = call.parameter("roleAssignmentName");
    if !checks::is_guid(name) {
        return Err(refusals::INVALID_ROLE_ASSIGNMENT_ID.refuse(&[name]));
    }
    let body = call.json()?.unwrap_or_default();
    let role = text(&body, "/properties/roleDefinitionId");
    let principal = text(&body, "/properties/principalId");
    if role.is_empty() || !checks::is_guid(principal) {
        let message = "the properties 'roleDefinitionId' and 'principalId' are required";
        return Err(refusals::INVALID_CONTENT.refuse(&[message]));
    }
    let scope = text(role_assignments::scope(world, call)?, "/id").to_owned();
    let guid = role.rsplit('/').next().unwrap_or_default();
    let subscription = call.parameter("subscriptionId");
    let custom = format!("/subscriptions/{subscription}/providers/{DEFINITION_TYPE}/{guid}");
    if roles::built_in(guid).is_none() && world.document(&custom.to_ascii_lowercase()).is_none() {
        return Err(refusals::ROLE_DEFINITION_NOT_FOUND.refuse(&[guid]));
    }
    let principal_type = match text(&body, "/properties/principalType") {
        "" => known_type(world, principal)
            .ok_or_else(|| refusals::PRINCIPAL_NOT_FOUND.refuse(&[principal, directory::TENANT_ID]))?,
        told => told,
    };
    let assignment = Assignment {
        scope: &scope,
        name,
        role: custom.clone(),
        principal,
        principal_type,
        created: call.now,
        created_by: &call.caller.object_id,
    };
    let assignment = assignment.document();
    if let Some(present) = world.document(&call.key()) {
        return if role_assignments::is_same(present, &assignment) {
            Ok(json_response(200, present))
        } else {
            Err(refusals::ROLE_ASSIGNMENT_FIXED.refuse(&[]))
        };
    }
    let key = scope.to_ascii_lowercase();
    if role_assignments::at(world, &key).any(|present| role_assignments::is_same(present, &assignment)) {
        return Err(refusals::ROLE_ASSIGNMENT_EXISTS.refuse(&[]));
    }
    world.put(assignment.clone());
    Ok(json_response(201, &assignment))
}

/// What the directory knows a principal as; a new identity may not be known there yet (reference C2).
fn known_type(world: &World, principal: &str) -> Option<&'static str> {
    let is_it = |id: &str| id.eq_ignore_ascii_case(principal);
    if directory::USERS.iter().any(|user| is_it(user.object_id)) {
        return Some("User");
    }
    if directory::GROUPS.iter().any(|group| is_it(group.object_id)) {
        return Some("Group");
    }
    let mut documents = world.documents.values();
    documents
        .any(|document| is_it(text(document, "/identity/principalId")))
        .then_some("ServicePrincipal")
}

#[cfg(test)]
mod tests;
