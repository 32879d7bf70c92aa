//! Where the Azure portal shows a resource; pure.

use arm_core::ResourceId;

use crate::config::Cloud;

/// The portal's page of the resource, in the user's directory; none for what only the emulator has.
pub fn link(cloud: Cloud, tenant: Option<&str>, resource: &ResourceId) -> Option<String> {
    let portal = match cloud {
        Cloud::Public => "https://portal.azure.com",
        Cloud::UsGovernment => "https://portal.azure.us",
        Cloud::China => "https://portal.azure.cn",
        Cloud::Emulator => return None,
    };
    let directory = tenant.map(|tenant| format!("@{tenant}/")).unwrap_or_default();
    Some(format!("{portal}/#{directory}resource{resource}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_real_cloud_has_its_portal() {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        let server = id.parse().expect("an id");
        for (cloud, tenant, expected) in [
            (
                Cloud::Public,
                Some("t"),
                Some(format!("https://portal.azure.com/#@t/resource{id}")),
            ),
            (
                Cloud::Public,
                None,
                Some(format!("https://portal.azure.com/#resource{id}")),
            ),
            (
                Cloud::UsGovernment,
                Some("t"),
                Some(format!("https://portal.azure.us/#@t/resource{id}")),
            ),
            (
                Cloud::China,
                Some("t"),
                Some(format!("https://portal.azure.cn/#@t/resource{id}")),
            ),
            (Cloud::Emulator, Some("t"), None),
        ] {
            assert_eq!(link(cloud, tenant, &server), expected, "{cloud:?}");
        }
    }
}
