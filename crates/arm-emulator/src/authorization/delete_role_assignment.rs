//! `DELETE /{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}` (reference C2).

use arm_core::Response;

use crate::{
    call::Call,
    operations::Effect,
    refusals::{Refusal, json_response},
    world::World,
};

/// Answers what was taken away, or 204 where there was nothing.
pub(crate) fn delete_role_assignment(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let Some(assignment) = world.document(&call.key()).cloned() else {
        return Ok(Response::new(204));
    };
    world.apply(Effect::Remove(call.key()));
    Ok(json_response(200, &assignment))
}
