//! `GET …/flexibleServers/{serverName}/ltrBackupOperations` (reference A3).

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{OPERATION_TYPE, get_operation, request};
use crate::{
    call::Call,
    paging,
    postgres::servers::{self, text},
    refusals::Refusal,
    timestamps::in_milliseconds,
    world::World,
};

/// By how much a start differs between this list and a single reading (recorded: by milliseconds).
const START_DIFFERS: TimeDelta = TimeDelta::milliseconds(7);

/// All long-term retention backups that were ever begun, running ones as they stand now.
pub(crate) fn list_operations(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    request::check_server_name(call)?;
    servers::find(world, call)?;
    let listed: Vec<Value> = world
        .below(&servers::key(call), OPERATION_TYPE)
        .map(|document| started_a_bit_later(get_operation::as_it_stands(world, document, call.now)))
        .collect();
    paging::page(world, call, listed.iter())
}

fn started_a_bit_later(mut document: Value) -> Value {
    let started: Option<Timestamp> = text(&document, "/properties/startTime").parse().ok();
    if let Some(started) = started {
        document["properties"]["startTime"] = json!(in_milliseconds(started + START_DIFFERS));
    }
    document
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, body, shown, sibling};

    fn billing() -> String {
        sibling("pg-billing-prod").replace("rg-commerce-prod", "rg-billing-prod")
    }

    #[test]
    fn who_may_not_read_is_refused_and_no_server_is_not_found() {
        for (rig, server, status) in [
            (Rig::as_nobody(), ORDERS.to_owned(), 403),
            (Rig::new(), sibling("pg-nowhere"), 404),
            (Rig::new(), sibling("pg_"), 400),
        ] {
            let mut rig = rig;
            let response = rig.get(&format!("{server}/ltrBackupOperations"));
            assert_eq!(response.status, status, "{server}: {}", response.body);
            assert!(response.headers.get("x-ms-error-code").is_some(), "{server}");
        }
    }

    #[test]
    fn backups_of_every_end_are_listed() {
        assert_snapshot!(shown(&Rig::as_reader().get(&format!("{}/ltrBackupOperations", billing()))), @r#"
        200
        {
          "value": [
            {
              "properties": {
                "backupName": "for-the-audit",
                "datasourceSizeInBytes": 132070244352,
                "dataTransferredInBytes": 12216497570,
                "backupMetadata": "",
                "startTime": "2026-01-14T16:00:00.007Z",
                "endTime": "2026-01-14T16:09:59.03Z",
                "percentComplete": 37.0,
                "status": "Cancelled"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/ltrBackupOperations/for-the-audit",
              "name": "for-the-audit",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
            },
            {
              "properties": {
                "backupName": "for-the-audit-b",
                "datasourceSizeInBytes": 132070244352,
                "dataTransferredInBytes": 0,
                "backupMetadata": "",
                "startTime": "2026-01-14T20:00:00.007Z",
                "endTime": "2026-01-14T20:00:32.38Z",
                "percentComplete": 0.0,
                "status": "Failed",
                "errorCode": "KeyBasedAuthenticationNotPermitted",
                "errorMessage": "Key based authentication is not permitted on this storage account."
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/ltrBackupOperations/for-the-audit-b",
              "name": "for-the-audit-b",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
            },
            {
              "properties": {
                "backupName": "yearly-a",
                "datasourceSizeInBytes": 103079215104,
                "dataTransferredInBytes": 25769803700,
                "backupMetadata": "",
                "startTime": "2025-02-11T04:00:00.007Z",
                "endTime": "2025-02-11T04:22:23Z",
                "percentComplete": 100.0,
                "status": "Succeeded"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/ltrBackupOperations/yearly-a",
              "name": "yearly-a",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
            },
            {
              "properties": {
                "backupName": "yearly-b",
                "datasourceSizeInBytes": 129922760704,
                "dataTransferredInBytes": 32480690100,
                "backupMetadata": "",
                "startTime": "2025-12-31T02:00:00.007Z",
                "endTime": "2025-12-31T02:26:39Z",
                "percentComplete": 100.0,
                "status": "Succeeded"
              },
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-billing-prod/ltrBackupOperations/yearly-b",
              "name": "yearly-b",
              "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_server_without_any_has_an_empty_list() {
        let server = sibling("pg-catalog-prod");
        assert_eq!(
            Rig::new().get(&format!("{server}/ltrBackupOperations")).body,
            r#"{"value":[]}"#
        );
    }

    #[test]
    fn a_long_list_is_answered_in_pages() {
        let mut rig = Rig::new();
        rig.world.switches().page_size = 1;
        let mut answer = body(&rig.get(&format!("{}/ltrBackupOperations", billing())));
        let mut names = Vec::new();
        loop {
            names.push(answer["value"][0]["name"].clone());
            let Some(next) = answer["nextLink"].as_str() else {
                break;
            };
            answer = body(&rig.follow(next));
        }
        assert_eq!(names.len(), 4, "{names:?}");
    }
}
