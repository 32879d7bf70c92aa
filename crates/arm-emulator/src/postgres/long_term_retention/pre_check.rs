//! `POST …/flexibleServers/{serverName}/ltrPreBackup` (reference A3).

use arm_core::Response;
use serde_json::json;

use super::{check_server, request};
use crate::{
    call::Call,
    postgres::servers,
    refusals::{Refusal, json_response},
    world::World,
};

/// How many containers a backup needs.
pub(crate) fn pre_check(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    request::check_server_name(call)?;
    request::backup_name(&call.json()?.unwrap_or_default())?;
    check_server::check_server(servers::find(world, call)?)?;
    let count = world.switches.long_term_containers;
    Ok(json_response(
        200,
        &json!({ "properties": { "numberOfContainers": count } }),
    ))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body, shown, sibling};

    const NAMED: &str = r#"{"backupSettings":{"backupName":"weekly-2026-03"}}"#;

    fn ask(rig: &mut Rig, server: &str, text: &str) -> Response {
        rig.post(&format!("{server}/ltrPreBackup"), VERSION, text)
    }

    #[test]
    fn a_reader_is_refused() {
        let response = ask(&mut Rig::as_reader(), ORDERS, NAMED);
        assert_eq!(response.status, 403, "{}", response.body);
        assert_eq!(
            response.headers.get("x-ms-error-code"),
            Some("AuthorizationFailed")
        );
    }

    #[test]
    fn a_server_that_is_not_there_is_not_found() {
        let response = ask(&mut Rig::new(), &sibling("pg-nowhere"), NAMED);
        assert_eq!(response.status, 404, "{}", response.body);
        assert_eq!(response.headers.get("x-ms-error-code"), Some("ResourceNotFound"));
    }

    #[test]
    fn a_name_is_needed() {
        for text in [
            "",
            "{}",
            r#"{"backupSettings":{}}"#,
            r#"{"backupSettings":{"backupName":"a_b"}}"#,
        ] {
            let response = ask(&mut Rig::new(), ORDERS, text);
            assert_eq!(response.status, 400, "{text}: {}", response.body);
            assert_eq!(
                body(&response)["error"]["code"],
                "InvalidParameterValue",
                "{text}"
            );
        }
    }

    #[test]
    fn a_server_of_which_there_can_be_none_is_refused_with_the_reason() {
        let stopped = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
        let premium_v2 = sibling("pg-metrics-v2")
            .replace("rg-commerce-prod", "rg-platform-dev")
            .replace(
                "11111111-1111-4111-8111-111111111111",
                "22222222-2222-4222-8222-222222222222",
            );
        for (server, status, code) in [
            (stopped, 409, "ServerNotReadyForLongTermBackup"),
            (sibling("pg-loyalty-new"), 409, "ServerNotReadyForLongTermBackup"),
            (sibling("pg-orders-ro-1"), 400, "OperationNotSupported"),
            (premium_v2, 400, "OperationNotSupported"),
        ] {
            let response = ask(&mut Rig::new(), &server, NAMED);
            let answered = body(&response)["error"]["code"].clone();
            assert_eq!((response.status, answered), (status, code.into()), "{server}");
        }
    }

    #[test]
    fn a_server_with_more_than_a_tebibyte_is_refused() {
        let mut rig = Rig::new();
        let server = rig
            .world
            .documents
            .get_mut(&ORDERS.to_ascii_lowercase())
            .expect("a server");
        server["properties"]["storage"]["storageSizeGB"] = json!(8192);
        assert_snapshot!(shown(&ask(&mut rig, ORDERS, NAMED)), @r#"
        400
        x-ms-failure-cause: service
        {
          "error": {
            "code": "OperationNotSupported",
            "message": "Long-term retention backups are not supported on servers with more than 1 TiB of data: 'pg-orders-prod'."
          }
        }
        "#);
    }

    #[test]
    fn one_container_is_asked_for_and_by_switch_more() {
        let mut rig = Rig::new();
        let before = rig.contents();
        let response = ask(&mut rig, ORDERS, NAMED);
        assert_snapshot!(shown(&response), @r#"
        200
        {
          "properties": {
            "numberOfContainers": 1
          }
        }
        "#);
        assert!(
            response.headers.get("x-ms-request-id").is_some(),
            "{:?}",
            response.headers
        );
        assert_eq!(rig.contents(), before);
        rig.world.switches().long_term_containers = 3;
        assert_eq!(
            body(&ask(&mut rig, ORDERS, NAMED))["properties"]["numberOfContainers"],
            3
        );
    }

    #[test]
    fn only_versions_with_long_term_retention_answer() {
        for (version, status) in [
            ("2023-03-01-preview", 400),
            ("2023-06-01-preview", 200),
            ("2026-10-01", 200),
        ] {
            let mut rig = Rig::new();
            let response = rig.post(&format!("{ORDERS}/ltrPreBackup"), version, NAMED);
            assert_eq!(response.status, status, "{version}: {}", response.body);
        }
        let response = Rig::new().send(Method::Get, &format!("{ORDERS}/ltrPreBackup"), VERSION);
        assert_eq!(response.status, 405, "{}", response.body);
    }
}
