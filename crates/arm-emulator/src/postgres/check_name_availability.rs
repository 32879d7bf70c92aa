//! `POST …/checkNameAvailability`, with and without a location (reference A5).

use arm_core::Response;
use serde_json::{Value, json};

use super::{SERVER_TYPE, servers};
use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Whether a new server can have a name.
pub(crate) fn check_name_availability(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = call.json()?.unwrap_or_default();
    let Some(name) = body["name"].as_str() else {
        return Err(refusals::INVALID_CONTENT.refuse(&["the member 'name' is no text"]));
    };
    let resource_type = body["type"].as_str().unwrap_or_default();
    if !resource_type.eq_ignore_ascii_case(SERVER_TYPE) {
        return Err(refusals::INVALID_VALUE.refuse(&["type", SERVER_TYPE]));
    }
    let refused = if !servers::is_server_name(name) {
        Some(("Invalid", servers::NAME_RULE))
    } else if servers::is_taken(world, name) {
        Some(("AlreadyExists", "Specified server name is already used."))
    } else {
        None
    };
    let mut answer = json!({
        "name": name,
        "type": resource_type,
        "nameAvailable": refused.is_none(),
        "message": refused.map_or("", |(_, message)| message),
    });
    if let Some((reason, _)) = refused {
        answer["reason"] = Value::from(reason);
    }
    Ok(json_response(200, &answer))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{PRODUCTION, Rig, VERSION, body, shown};

    const PROVIDER: &str = "providers/Microsoft.DBforPostgreSQL";

    fn ask(rig: &mut Rig, path: &str, text: &str) -> Response {
        let path = format!("{PRODUCTION}/{PROVIDER}/{path}");
        rig.post(&path, VERSION, text)
    }

    fn named(name: &str) -> String {
        json!({ "name": name, "type": SERVER_TYPE }).to_string()
    }

    #[test]
    fn a_free_name_is_told_as_recorded() {
        let mut rig = Rig::new();
        let before = rig.contents();
        let response = ask(
            &mut rig,
            "locations/westeurope/checkNameAvailability",
            &named("pg-new"),
        );
        assert_snapshot!(shown(&response), @r#"
        200
        {
          "name": "pg-new",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers",
          "nameAvailable": true,
          "message": ""
        }
        "#);
        assert_eq!(rig.contents(), before);
    }

    #[test]
    fn a_name_belongs_to_one_server_in_all_subscriptions() {
        for (name, reason) in [
            ("pg-new", Value::Null),
            ("pg-orders-prod", "AlreadyExists".into()),
            ("pg-dev-checkout", "AlreadyExists".into()),
            ("pg", "Invalid".into()),
            ("pg--new", Value::Null),
            ("Pg-new", "Invalid".into()),
            ("wrong-~server", "Invalid".into()),
            ("pg-", "Invalid".into()),
            ("pg_new", "Invalid".into()),
            ("-pg", "Invalid".into()),
            (&"p".repeat(64), "Invalid".into()),
        ] {
            let answer = body(&ask(&mut Rig::new(), "checkNameAvailability", &named(name)));
            assert_eq!(answer["reason"], reason, "{name}: {answer}");
            assert_eq!(answer["nameAvailable"], reason.is_null(), "{name}: {answer}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let other_type = r#"{"name":"pg-new","type":"Microsoft.DBforMySQL/flexibleServers"}"#;
        for (rig, path, text, status, code) in [
            (
                Rig::as_reader(),
                "checkNameAvailability",
                named("pg-new"),
                403,
                "AuthorizationFailed",
            ),
            (
                Rig::new(),
                "checkNameAvailability",
                String::new(),
                400,
                "InvalidRequestContent",
            ),
            (
                Rig::new(),
                "checkNameAvailability",
                "{".to_owned(),
                400,
                "InvalidRequestContent",
            ),
            (
                Rig::new(),
                "checkNameAvailability",
                "[]".to_owned(),
                400,
                "InvalidRequestContent",
            ),
            (
                Rig::new(),
                "checkNameAvailability",
                r#"{"name":7}"#.to_owned(),
                400,
                "InvalidRequestContent",
            ),
            (
                Rig::new(),
                "checkNameAvailability",
                other_type.to_owned(),
                400,
                "InvalidParameterValue",
            ),
            (
                Rig::new(),
                "locations/atlantis/checkNameAvailability",
                named("pg-new"),
                400,
                "NoRegisteredProviderFound",
            ),
        ] {
            let mut rig = rig;
            let response = ask(&mut rig, path, &text);
            let answer = body(&response)["error"]["code"].clone();
            assert_eq!((response.status, answer), (status, code.into()), "{path} {text}");
        }
    }
}
