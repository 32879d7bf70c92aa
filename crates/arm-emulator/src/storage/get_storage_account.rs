//! `GET …/storageAccounts/{accountName}` (reference C3, G6).

use arm_core::Response;

use super::accounts;
use crate::{
    call::Call,
    postgres::servers,
    refusals::{Refusal, json_response},
    world::World,
};

/// One account.
pub(crate) fn get_storage_account(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let account = accounts::find(world, call)?;
    Ok(json_response(200, &servers::with_id(world, call, account)))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, shown};

    #[test]
    fn somebody_without_any_right_is_refused() {
        let response = Rig::as_nobody().read(STORAGE, STORAGE_VERSION);
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn an_account_that_is_not_there_is_not_found() {
        let response = Rig::new().read(&format!("{STORAGE}x"), STORAGE_VERSION);
        assert_snapshot!(shown(&response), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceNotFound",
            "message": "The Resource 'Microsoft.Storage/storageAccounts/stcommercebackupx' under resource group 'rg-commerce-prod' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
          }
        }
        "#);
    }

    #[test]
    fn an_account_is_answered_whole() {
        assert_snapshot!(shown(&Rig::as_reader().read(STORAGE, STORAGE_VERSION)), @r#"
        200
        {
          "sku": {
            "name": "Standard_ZRS",
            "tier": "Standard"
          },
          "kind": "StorageV2",
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup",
          "name": "stcommercebackup",
          "type": "Microsoft.Storage/storageAccounts",
          "location": "westeurope",
          "tags": {},
          "properties": {
            "keyCreationTime": {
              "key1": "2025-02-04T12:00:00.0000000Z",
              "key2": "2025-02-04T12:00:00.0000000Z"
            },
            "allowCrossTenantReplication": true,
            "privateEndpointConnections": [],
            "minimumTlsVersion": "TLS1_2",
            "allowBlobPublicAccess": false,
            "networkAcls": {
              "ipv6Rules": [],
              "bypass": "AzureServices",
              "virtualNetworkRules": [],
              "ipRules": [],
              "defaultAction": "Allow"
            },
            "supportsHttpsTrafficOnly": true,
            "provisioningState": "Succeeded",
            "creationTime": "2025-02-04T12:00:00.0000000Z",
            "primaryEndpoints": {
              "dfs": "https://stcommercebackup.dfs.core.windows.net/",
              "web": "https://stcommercebackup.z6.web.core.windows.net/",
              "blob": "https://stcommercebackup.blob.core.windows.net/",
              "queue": "https://stcommercebackup.queue.core.windows.net/",
              "table": "https://stcommercebackup.table.core.windows.net/",
              "file": "https://stcommercebackup.file.core.windows.net/"
            },
            "primaryLocation": "westeurope",
            "statusOfPrimary": "available"
          }
        }
        "#);
    }
}
