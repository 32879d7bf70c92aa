//! `GET …/flexibleServers/{serverName}/backups` (reference A2).

use arm_core::Response;

use super::{BACKUP_TYPE, servers};
use crate::{call::Call, paging, refusals::Refusal, world::World};

/// Automatic and on-demand backups together; one that is being taken is not among them.
pub(crate) fn list_backups(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    servers::find(world, call)?;
    paging::page(world, call, world.below(&servers::key(call), BACKUP_TYPE))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{DEVELOPMENT, ORDERS, Rig, body, shown, sibling};

    #[test]
    fn somebody_without_any_right_is_refused() {
        let response = Rig::as_nobody().get(&format!("{ORDERS}/backups"));
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn a_version_without_backups_is_refused() {
        let mut rig = Rig::new();
        let response = rig.send(arm_core::Method::Get, &format!("{ORDERS}/backups"), "2021-06-01");
        assert_snapshot!(shown(&response), @r#"
        400
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "NoRegisteredProviderFound",
            "message": "No registered resource provider found for location '' and API version '2021-06-01' for type 'flexibleServers/backups'. The supported api-versions are '2022-12-01, 2023-03-01-preview, 2023-06-01-preview, 2023-12-01-preview, 2024-03-01-preview, 2024-08-01, 2024-11-01-preview, 2025-01-01-preview, 2025-06-01-preview, 2025-08-01, 2026-01-01-preview, 2026-04-01-preview, 2026-10-01'. The supported locations are 'westeurope, northeurope, germanywestcentral'."
          }
        }
        "#);
    }

    #[test]
    fn the_backups_of_no_server_are_not_found() {
        assert_snapshot!(shown(&Rig::new().get(&format!("{}/backups", sibling("pg-nowhere")))), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceNotFound",
            "message": "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/pg-nowhere' under resource group 'rg-commerce-prod' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
          }
        }
        "#);
    }

    #[test]
    fn automatic_and_on_demand_backups_are_listed_together() {
        let server = format!(
            "{}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod",
            sibling("x")
                .split("/providers/")
                .next()
                .unwrap_or_default()
                .replace("commerce", "billing")
        );
        assert_snapshot!(shown(&Rig::new().get(&format!("{server}/backups"))), @r#"
        200
        {
          "value": [
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-23T03:20:52.4641991+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639074136514641991",
              "name": "backup_639074136514641991",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-24T03:20:51.9519797+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639075000509519797",
              "name": "backup_639075000509519797",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-25T03:21:43.6171000+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639075865026171000",
              "name": "backup_639075865026171000",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-26T03:21:36.2333743+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639076728952333743",
              "name": "backup_639076728952333743",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-27T03:21:16.1465549+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639077592751465549",
              "name": "backup_639077592751465549",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-02-28T03:21:40.8806813+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639078456998806813",
              "name": "backup_639078456998806813",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Full",
                "completedTime": "2026-03-01T03:20:24.8258815+00:00",
                "source": "Automatic"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/backup_639079320238258815",
              "name": "backup_639079320238258815",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            },
            {
              "properties": {
                "backupType": "Customer On-Demand",
                "completedTime": "2026-02-27T06:59:48.6949840+00:00",
                "source": "Customer Initiated"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/backups/before-vat-change",
              "name": "before-vat-change",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
            }
          ]
        }
        "#);
    }

    #[test]
    fn each_server_has_the_backups_that_its_state_allows() {
        let in_group = |group: &str, name: &str| sibling(name).replace("rg-commerce-prod", group);
        let in_development = format!(
            "{DEVELOPMENT}/resourceGroups/rg-dev/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-dev-checkout"
        );
        for (server, automatic, on_demand) in [
            (ORDERS.to_owned(), 14, 3),
            (in_group("rg-billing-prod", "pg-billing-prod"), 7, 1),
            (sibling("pg-catalog-prod"), 35, 1),
            (sibling("pg-orders-ro-1"), 0, 0),
            (sibling("pg-loyalty-new"), 0, 0),
            (in_group("rg-hr", "pg-hr-archive"), 7, 0),
            (in_development, 7, 0),
        ] {
            let answer = body(&Rig::new().get(&format!("{server}/backups")));
            let count = |backup_type: &str| {
                let all = answer["value"].as_array().into_iter().flatten();
                all.filter(|backup| backup["properties"]["backupType"] == backup_type)
                    .count()
            };
            assert_eq!(
                (count("Full"), count("Customer On-Demand")),
                (automatic, on_demand),
                "{server}"
            );
        }
    }

    #[test]
    fn a_long_list_is_answered_in_pages_that_make_up_the_whole() {
        let mut rig = Rig::new();
        let path = format!("{ORDERS}/backups");
        let whole = body(&rig.get(&path))["value"].clone();
        rig.world.switches().page_size = 5;
        let mut pages = Vec::new();
        let mut answer = body(&rig.get(&path));
        loop {
            pages.push(answer["value"].as_array().cloned().unwrap_or_default());
            let Some(next) = answer["nextLink"].as_str() else {
                break;
            };
            assert!(
                next.starts_with("https://arm.emulator.invalid/subscriptions/"),
                "{next}"
            );
            answer = body(&rig.follow(next));
        }
        let sizes: Vec<_> = pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [5, 5, 5, 2]);
        assert_eq!(serde_json::Value::Array(pages.concat()), whole);
    }

    #[test]
    fn a_made_up_skip_token_is_refused() {
        assert_snapshot!(shown(&Rig::new().get(&format!("{ORDERS}/backups?$skiptoken=5"))), @r#"
        400
        x-ms-failure-cause: service
        {
          "error": {
            "code": "InvalidSkipToken",
            "message": "The skip token '5' is invalid."
          }
        }
        "#);
    }
}
