//! `GET /{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}` (reference C2).

use arm_core::Response;

use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One role assignment.
pub(crate) fn get_role_assignment(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let name = call.parameter("roleAssignmentName");
    match world.document(&call.key()) {
        Some(assignment) => Ok(json_response(200, assignment)),
        None => Err(refusals::ROLE_ASSIGNMENT_NOT_FOUND.refuse(&[name])),
    }
}
