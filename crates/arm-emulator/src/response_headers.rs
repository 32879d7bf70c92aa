//! The headers that every answer of Azure carries (reference D).

use arm_core::{Request, Response, Timestamp};

use crate::world::World;

/// Adds what is not there yet.
pub(crate) fn add(
    world: &mut World,
    request: &Request,
    correlation_id: &str,
    response: &mut Response,
    now: Timestamp,
) {
    let mut add = |name: &str, value: String| {
        if response.headers.get(name).is_none() {
            response.headers.set(name, value);
        }
    };
    add("Cache-Control", "no-cache".to_owned());
    add("Pragma", "no-cache".to_owned());
    add("Expires", "-1".to_owned());
    let request_id = world.random.guid();
    let region_time = now.format("WESTEUROPE:%Y%m%dT%H%M%SZ");
    add("x-ms-routing-request-id", format!("{region_time}:{request_id}"));
    add("x-ms-request-id", request_id);
    add("x-ms-correlation-request-id", correlation_id.to_owned());
    let returns_id = request.headers.get("x-ms-return-client-request-id");
    if returns_id.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        && let Some(id) = request.headers.get("x-ms-client-request-id")
    {
        add("x-ms-client-request-id", id.to_owned());
    }
    add(
        "Strict-Transport-Security",
        "max-age=31536000; includeSubDomains".to_owned(),
    );
    add("X-Content-Type-Options", "nosniff".to_owned());
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, VERSION, url};

    #[test]
    fn every_answer_carries_the_headers_of_azure() {
        let response = Rig::new().get(ORDERS);
        let shown: Vec<_> = response
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_snapshot!(shown.join("\n"), @r"
        Content-Type: application/json; charset=utf-8
        x-ms-ratelimit-remaining-subscription-reads: 1099
        x-ms-ratelimit-remaining-subscription-global-reads: 16499
        Cache-Control: no-cache
        Pragma: no-cache
        Expires: -1
        x-ms-routing-request-id: WESTEUROPE:20260301T120000Z:f45c0cba-9c56-45e7-a57b-445f1ff82bc7
        x-ms-request-id: f45c0cba-9c56-45e7-a57b-445f1ff82bc7
        x-ms-correlation-request-id: a4b06b2b-d6dc-4489-af12-2be4b8beb6f5
        Strict-Transport-Security: max-age=31536000; includeSubDomains
        X-Content-Type-Options: nosniff
        ");
    }

    #[test]
    fn ids_of_the_caller_come_back_where_the_caller_says_so() {
        for (returned, expected) in [("false", None), ("True", Some("mine"))] {
            let request = Request::new(Method::Get, url(ORDERS, VERSION))
                .with_header("x-ms-client-request-id", "mine")
                .with_header("x-ms-correlation-request-id", "ours")
                .with_header("x-ms-return-client-request-id", returned);
            let headers = Rig::new().request(request).response.headers;
            assert_eq!(headers.get("x-ms-client-request-id"), expected, "{returned}");
            assert_eq!(headers.get("x-ms-correlation-request-id"), Some("ours"));
        }
    }
}
