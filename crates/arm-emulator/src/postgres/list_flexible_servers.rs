//! `GET …/providers/Microsoft.DBforPostgreSQL/flexibleServers` of a subscription or a resource group (reference A1).

use arm_core::Response;

use super::SERVER_TYPE;
use crate::{call::Call, paging, refusals::Refusal, world::World};

/// The servers of a subscription or of a resource group.
pub(crate) fn list_flexible_servers(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let is_in_group = call.parameters.contains_key("resourceGroupName");
    let scope = call.key_above(if is_in_group { 4 } else { 2 });
    paging::page(world, call, world.below(&scope, SERVER_TYPE))
}

#[cfg(test)]
mod tests {
    use crate::testing::{DEVELOPMENT, PRODUCTION, Rig, body};

    const SANDBOX: &str = "/subscriptions/33333333-3333-4333-8333-333333333333";

    fn check(rig: &mut Rig, scope: &str, status: u16, names: &[&str]) {
        let response = rig.get(&format!(
            "{scope}/providers/Microsoft.DBforPostgreSQL/flexibleServers"
        ));
        let answer = body(&response);
        let listed: Vec<_> = answer["value"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|server| server["name"].as_str())
            .collect();
        assert_eq!((response.status, listed.as_slice()), (status, names), "{scope}");
    }

    #[test]
    fn servers_are_listed_by_subscription_and_by_group() {
        let mut rig = Rig::new();
        check(&mut rig, SANDBOX, 200, &[]);
        check(&mut rig, DEVELOPMENT, 200, &["pg-dev-checkout", "pg-metrics-v2"]);
        check(
            &mut rig,
            &format!("{PRODUCTION}/resourceGroups/rg-commerce-prod"),
            200,
            &[
                "pg-catalog-prod",
                "pg-loyalty-new",
                "pg-orders-prod",
                "pg-orders-ro-1",
            ],
        );
        check(
            &mut rig,
            &format!("{PRODUCTION}/resourceGroups/rg-nowhere"),
            404,
            &[],
        );
        check(&mut Rig::as_nobody(), DEVELOPMENT, 403, &[]);
        check(&mut Rig::as_reader_of_some(), SANDBOX, 403, &[]);
        check(
            &mut Rig::as_reader_of_some(),
            DEVELOPMENT,
            200,
            &["pg-dev-checkout", "pg-metrics-v2"],
        );
    }
}
