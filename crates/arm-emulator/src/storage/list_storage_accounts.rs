//! `GET …/providers/Microsoft.Storage/storageAccounts`, of a subscription and of a group (reference C3).

use arm_core::Response;

use super::ACCOUNT_TYPE;
use crate::{call::Call, paging, refusals::Refusal, world::World};

/// The accounts of a subscription or a resource group, by id.
pub(crate) fn list_storage_accounts(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let is_group = !call.parameter("resourceGroupName").is_empty();
    let above = call.key_above(if is_group { 4 } else { 2 });
    paging::page(world, call, world.below(&above, ACCOUNT_TYPE))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::{DEVELOPMENT, PRODUCTION, Rig, STORAGE_VERSION, body};

    const PROVIDER: &str = "providers/Microsoft.Storage/storageAccounts";

    fn names(rig: &mut Rig, scope: &str) -> Vec<String> {
        let mut answer = body(&rig.read(&format!("{scope}/{PROVIDER}"), STORAGE_VERSION));
        let mut names = Vec::new();
        loop {
            let items = answer["value"].as_array().cloned().unwrap_or_default();
            names.extend(
                items
                    .iter()
                    .map(|item| item["name"].as_str().unwrap_or_default().to_owned()),
            );
            let Some(next) = answer["nextLink"].as_str() else {
                return names;
            };
            answer = body(&rig.follow(next));
        }
    }

    #[test]
    fn somebody_without_any_right_is_refused() {
        let response = Rig::as_nobody().read(&format!("{PRODUCTION}/{PROVIDER}"), STORAGE_VERSION);
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn accounts_are_listed_by_subscription_and_by_group() {
        for page_size in [1000, 1] {
            let mut rig = Rig::new();
            rig.world.switches().page_size = page_size;
            assert_eq!(
                names(&mut rig, PRODUCTION),
                [
                    "stbillingkeyless",
                    "stcommercebackup",
                    "stpeoplefiles",
                    "stinsightsarchive"
                ]
            );
            assert_eq!(names(&mut rig, DEVELOPMENT), ["stdevscratch"]);
            let group = format!("{PRODUCTION}/resourceGroups/RG-Commerce-Prod");
            assert_eq!(names(&mut rig, &group), ["stcommercebackup"]);
        }
    }

    /// The five differ in what keeps a backup or a restored file out of them (reference C1, G6).
    #[test]
    fn accounts_differ_in_what_they_allow() {
        let mut rig = Rig::new();
        let mut all = Vec::new();
        for scope in [PRODUCTION, DEVELOPMENT] {
            let listed = body(&rig.read(&format!("{scope}/{PROVIDER}"), STORAGE_VERSION));
            all.extend(listed["value"].as_array().cloned().unwrap_or_default());
        }
        let told: Vec<_> = all
            .iter()
            .map(|account| {
                let property = |pointer: &str| account.pointer(pointer).cloned().unwrap_or(Value::Null);
                format!(
                    "{} {} keys {} tenants {} default {} blob {}",
                    account["name"].as_str().unwrap_or_default(),
                    account["kind"].as_str().unwrap_or_default(),
                    property("/properties/allowSharedKeyAccess"),
                    property("/properties/allowCrossTenantReplication"),
                    property("/properties/networkAcls/defaultAction"),
                    property("/properties/primaryEndpoints/blob"),
                )
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        stbillingkeyless StorageV2 keys false tenants true default "Allow" blob "https://stbillingkeyless.blob.core.windows.net/"
        stcommercebackup StorageV2 keys null tenants true default "Allow" blob "https://stcommercebackup.blob.core.windows.net/"
        stpeoplefiles FileStorage keys null tenants false default "Allow" blob null
        stinsightsarchive StorageV2 keys null tenants false default "Deny" blob "https://stinsightsarchive.blob.core.windows.net/"
        stdevscratch StorageV2 keys null tenants true default "Allow" blob "https://stdevscratch.blob.core.windows.net/"
        "#);
    }
}
