//! What a browser lets a page of another origin read (reference D1, auth #55–#63).

use arm_core::{Headers, Request, Response};

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const EXPOSE_HEADERS: &str = "Access-Control-Expose-Headers";

/// Readable without being exposed (Fetch, *CORS-safelisted response-header name*).
const SAFELISTED: [&str; 7] = [
    "Cache-Control",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Expires",
    "Last-Modified",
    "Pragma",
];

/// Set by the edge in front of Azure, which does not list them (auth #56).
const EDGE: [&str; 2] = ["X-Cache", "X-MSEdge-Ref"];

/// The answer to a preflight: any origin, any method and the headers that were asked for.
///
/// No preflight of Azure was recorded (auth #58); pages of many origins are known to pass it.
pub(crate) fn preflight(request: &Request) -> Response {
    let mut response = Response::new(200)
        .with_header(ALLOW_ORIGIN, "*")
        .with_header(
            "Access-Control-Allow-Methods",
            "GET,HEAD,PUT,POST,PATCH,DELETE,OPTIONS",
        )
        .with_header("Access-Control-Max-Age", "3600");
    if let Some(asked) = request.headers.get("Access-Control-Request-Headers") {
        response.headers.set("Access-Control-Allow-Headers", asked);
    }
    response
}

/// Lets any page read the answer.
pub(crate) fn allow(response: Response) -> Response {
    response.with_header(ALLOW_ORIGIN, "*")
}

/// Lists the answer's own headers as exposed, as Azure does.
pub(crate) fn expose(response: Response) -> Response {
    let is_listed = |name: &&str| {
        !name.to_ascii_lowercase().starts_with("access-control-")
            && !is_among(&EDGE, name)
            && !is_among(&SAFELISTED, name)
    };
    let listed: Vec<_> = response
        .headers
        .iter()
        .map(|(name, _)| name)
        .filter(is_listed)
        .collect();
    let listed = listed.join(",");
    if listed.is_empty() {
        response
    } else {
        response.with_header(EXPOSE_HEADERS, listed)
    }
}

/// The answer as a script reads it: only safelisted and exposed headers are left.
pub(crate) fn readable(response: Response) -> Response {
    let exposed = response
        .headers
        .get(EXPOSE_HEADERS)
        .unwrap_or_default()
        .to_owned();
    let exposed: Vec<_> = exposed.split(',').collect();
    let is_readable = |name: &str| is_among(&SAFELISTED, name) || is_among(&exposed, name);
    let headers = response.headers.iter().filter(|(name, _)| is_readable(name));
    Response {
        headers: Headers::from_iter(headers),
        ..response
    }
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::{
        Reply,
        testing::{ORDERS, Rig, VERSION, url},
    };

    fn begun(rig: &mut Rig) -> Reply {
        rig.request(arm_core::Request::new(
            Method::Put,
            url(&format!("{ORDERS}/backups/b"), VERSION),
        ))
    }

    fn names(response: &arm_core::Response) -> String {
        response
            .headers
            .iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_preflight_allows_what_it_asks_for_without_a_token() {
        let request = arm_core::Request::new(Method::Options, url(ORDERS, VERSION))
            .with_header("Origin", "https://portal.example")
            .with_header("Access-Control-Request-Method", "PUT")
            .with_header(
                "Access-Control-Request-Headers",
                "authorization,x-ms-client-request-id",
            );
        let reply = Rig::new().world.handle(&request, crate::testing::noon());
        let response = reply.over_http();
        let shown: Vec<_> = response
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_eq!(response.status, 200);
        assert_snapshot!(shown.join("\n"), @r"
        Access-Control-Allow-Methods: GET,HEAD,PUT,POST,PATCH,DELETE,OPTIONS
        Access-Control-Max-Age: 3600
        Access-Control-Allow-Headers: authorization,x-ms-client-request-id
        Access-Control-Allow-Origin: *
        ");
    }

    #[test]
    fn each_answer_exposes_its_own_headers() {
        let response = begun(&mut Rig::new()).over_http();
        assert_eq!(response.headers.get("Access-Control-Allow-Origin"), Some("*"));
        let exposed = response
            .headers
            .get("Access-Control-Expose-Headers")
            .unwrap_or_default();
        assert_snapshot!(exposed.replace(',', "\n"), @r"
        Azure-AsyncOperation
        Location
        Retry-After
        x-ms-ratelimit-remaining-subscription-writes
        x-ms-ratelimit-remaining-subscription-global-writes
        x-ms-routing-request-id
        x-ms-request-id
        x-ms-correlation-request-id
        Strict-Transport-Security
        X-Content-Type-Options
        ");
    }

    #[test]
    fn a_browser_reads_what_is_exposed_and_what_it_always_reads() {
        let seen = begun(&mut Rig::new()).as_seen_by_a_browser().expect("an answer");
        assert_snapshot!(names(&seen), @r"
        Content-Type
        Azure-AsyncOperation
        Location
        Retry-After
        x-ms-ratelimit-remaining-subscription-writes
        x-ms-ratelimit-remaining-subscription-global-writes
        Cache-Control
        Pragma
        Expires
        x-ms-routing-request-id
        x-ms-request-id
        x-ms-correlation-request-id
        Strict-Transport-Security
        X-Content-Type-Options
        ");
    }

    #[test]
    fn hidden_headers_are_not_read() {
        let mut rig = Rig::new();
        rig.world.switches().hide_headers = true;
        let reply = begun(&mut rig);
        assert!(
            reply.over_http().headers.get("Azure-AsyncOperation").is_some(),
            "it is sent all the same"
        );
        let seen = reply.as_seen_by_a_browser().expect("an answer");
        assert_eq!(names(&seen), "Content-Type\nCache-Control\nPragma\nExpires");
        assert_eq!(seen.body, reply.response.body);
    }
}
