//! `HEAD /subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}`: is it there?

use arm_core::Response;

use crate::{call::Call, refusals::Refusal, world::World};

/// 204 for a group that is there; the router has refused all others.
pub(crate) fn head_resource_group(_: &mut World, _: &Call) -> Result<Response, Refusal> {
    Ok(Response::new(204))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{PRODUCTION, Rig};

    #[test]
    fn whether_a_group_is_there_is_told_without_a_body() {
        for (name, status) in [("rg-hr", 204), ("rg-nowhere", 404)] {
            let path = format!("{PRODUCTION}/resourcegroups/{name}");
            let response = Rig::new().send(Method::Head, &path, "2025-04-01");
            assert_eq!((response.status, response.body.as_str()), (status, ""), "{name}");
        }
    }
}
