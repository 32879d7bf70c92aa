//! `GET /subscriptions/{subscriptionId}` (reference C4).

use arm_core::Response;

use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One subscription.
pub(crate) fn get_subscription(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let subscription = world.document(&call.key());
    let subscription = subscription
        .ok_or_else(|| refusals::SUBSCRIPTION_NOT_FOUND.refuse(&[call.parameter("subscriptionId")]))?;
    Ok(json_response(200, subscription))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{DEVELOPMENT, PRODUCTION, Rig, body};

    #[test]
    fn a_subscription_is_answered_to_whoever_may_read_it() {
        let nowhere = PRODUCTION.replace("1111-4111", "1111-4112");
        for (mut rig, path, status) in [
            (Rig::as_nobody(), DEVELOPMENT, 403),
            (Rig::new(), nowhere.as_str(), 404),
            (Rig::as_reader(), DEVELOPMENT, 200),
        ] {
            let response = rig.send(Method::Get, path, "2022-12-01");
            assert_eq!(response.status, status, "{path}: {}", response.body);
        }
        let subscription = body(&Rig::new().send(Method::Get, DEVELOPMENT, "2022-12-01"));
        assert_eq!(
            subscription["displayName"], "Contoso Development",
            "{subscription}"
        );
    }
}
