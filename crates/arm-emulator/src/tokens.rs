//! Who asks (reference G8, design section 5, *Tokens*).

use arm_core::{Method, Request, Timestamp};
use serde_json::{Value, json};

use crate::{
    base64,
    directory::{self, Access},
    refusals::{self, Refusal, Rule, in_american_english},
};

/// Whoever sent the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// What errors call the client.
    pub(crate) client: String,
    pub(crate) object_id: String,
    /// The directory that issued the token; `None` for a token that is none of the emulator's.
    pub(crate) tenant: Option<&'static str>,
    pub(crate) access: Access,
    /// The authentication contexts that the token proves (`acrs`).
    contexts: Vec<String>,
}

/// Beginnings of the issuers of real tokens, in every cloud.
const MICROSOFT: [&str; 5] = [
    "https://sts.windows.net/",
    "https://sts.chinacloudapi.cn/",
    "https://login.microsoftonline.",
    "https://login.partner.microsoftonline.",
    "https://login.windows.net/",
];

/// Takes any bearer token but an expired one of the emulator and one of Microsoft's; all others only when `strict`.
pub(crate) fn authenticate(request: &Request, strict: bool, now: Timestamp) -> Result<Caller, Refusal> {
    let Some(header) = request.headers.get("Authorization") else {
        return Err(refuse(
            &refusals::AUTHENTICATION_FAILED,
            &["missing"],
            "The authentication failed because of missing 'Authorization' header.",
        ));
    };
    let token = header
        .split_once(' ')
        .filter(|(scheme, token)| scheme.eq_ignore_ascii_case("Bearer") && !token.trim().is_empty())
        .map(|(_, token)| token.trim());
    let Some(token) = token else {
        return Err(refuse(
            &refusals::AUTHENTICATION_FAILED,
            &["provided in an invalid format"],
            "The authentication scheme is not supported.",
        ));
    };
    match claims(token) {
        Some(claims) => check(&claims, strict, now),
        None if strict => Err(refuse(
            &refusals::INVALID_TOKEN,
            &[],
            "The access token is invalid.",
        )),
        None => Ok(stranger()),
    }
}

fn check(claims: &Value, strict: bool, now: Timestamp) -> Result<Caller, Refusal> {
    let text = |name: &str| claims[name].as_str().unwrap_or_default();
    let issuer = text("iss");
    if MICROSOFT
        .iter()
        .any(|known| issuer.to_ascii_lowercase().starts_with(known))
    {
        return Err(refuse(
            &refusals::FOREIGN_TOKEN,
            &[],
            "The token must not be sent here.",
        ));
    }
    let is_own = issuer.starts_with(directory::ISSUER);
    if strict && !is_own {
        return Err(refuse(
            &refusals::INVALID_TOKEN,
            &[],
            "The access token is invalid.",
        ));
    }
    if is_own || strict {
        let expires = claims["exp"]
            .as_i64()
            .and_then(|seconds| Timestamp::from_timestamp(seconds, 0));
        let expires = expires.unwrap_or(Timestamp::UNIX_EPOCH);
        if expires <= now {
            return Err(refuse(
                &refusals::EXPIRED_TOKEN,
                &[&in_american_english(expires), &in_american_english(now)],
                "The access token expired.",
            ));
        }
    }
    if strict && text("aud").trim_end_matches('/') != directory::AUDIENCE.trim_end_matches('/') {
        return Err(refuse(
            &refusals::WRONG_AUDIENCE,
            &[text("aud"), directory::AUDIENCE],
            "The access token has the wrong audience.",
        ));
    }
    let tenants = directory::DIRECTORIES.iter().map(|one| one.id);
    let tenant = tenants.clone().find(|id| id.eq_ignore_ascii_case(text("tid")));
    if strict && tenant.is_none() {
        let right = format!("{}{}/", directory::ISSUER, directory::TENANT_ID);
        return Err(refuse(
            &refusals::WRONG_TENANT,
            &[issuer, &right, directory::TENANT_ID],
            "The access token is from the wrong issuer.",
        ));
    }
    let is_it = |object_id: &str| object_id.eq_ignore_ascii_case(text("oid"));
    let users = directory::USERS.iter();
    let mut known = users.map(|user| (user.username, user.object_id, user.access, directory::TENANT_ID));
    let guests = directory::GUESTS.iter();
    let mut guests = guests.map(|guest| (guest.username, guest.object_id, guest.access, guest.directory));
    // A guest is somebody else in each directory.
    let known = known
        .find(|user| is_it(user.1))
        .or_else(|| guests.find(|guest| is_it(guest.1)));
    let contexts = claims["acrs"].as_array().into_iter().flatten();
    let contexts: Vec<_> = contexts.filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(match known {
        Some((username, object_id, access, home)) => Caller {
            client: username.to_owned(),
            object_id: object_id.to_owned(),
            tenant: Some(tenant.unwrap_or(home)),
            access,
            contexts,
        },
        None => Caller {
            tenant,
            contexts,
            ..stranger()
        },
    })
}

/// Whoever comes with a token that names nobody: a script, a software development kit.
fn stranger() -> Caller {
    Caller {
        client: "00000000-0000-0000-0000-000000000000".to_owned(),
        object_id: "00000000-0000-0000-0000-000000000000".to_owned(),
        tenant: None,
        access: Access::All,
        contexts: Vec::new(),
    }
}

fn refuse(rule: &Rule, values: &[&str], description: &str) -> Refusal {
    let error = format!(r#"error="invalid_token", error_description="{description}""#);
    rule.refuse(values).with_challenge(challenge(&error))
}

/// Refuses a caller whose token is of another directory than the subscription that is asked for (auth #27).
pub(crate) fn check_tenant(caller: &Caller, tenant: &str) -> Result<(), Refusal> {
    match caller.tenant {
        Some(own) if !own.eq_ignore_ascii_case(tenant) => {
            let issuer = |tenant: &str| format!("{}{tenant}/", directory::ISSUER);
            let refusal = refusals::WRONG_TENANT.refuse(&[&issuer(own), &issuer(tenant), tenant]);
            let error =
                r#"error="invalid_token", error_description="The access token is from the wrong issuer.""#;
            Err(refusal.with_challenge(challenge_of(tenant, error)))
        }
        _ => Ok(()),
    }
}

fn challenge(error: &str) -> String {
    challenge_of(directory::TENANT_ID, error)
}

fn challenge_of(tenant: &str, error: &str) -> String {
    format!(r#"Bearer authorization_uri="https://login.windows.net/{tenant}", {error}"#)
}

/// Refuses to change anything for a caller whose token does not prove this authentication context (auth #31).
pub(crate) fn check_context(caller: &Caller, method: Method, context: Option<&str>) -> Result<(), Refusal> {
    let is_change = matches!(method, Method::Put | Method::Patch | Method::Delete);
    let Some(context) = context.filter(|_| is_change) else {
        return Ok(());
    };
    if caller.contexts.iter().any(|proved| proved == context) {
        return Ok(());
    }
    let claims = json!({ "access_token": { "acrs": { "essential": true, "value": context } } });
    Err(insufficient(&claims.to_string()))
}

/// Asks for a token that holds these claims, given as JSON text (auth #30).
pub(crate) fn insufficient(claims: &str) -> Refusal {
    let error = format!(
        r#"error="insufficient_claims", claims="{}""#,
        base64::encode(claims)
    );
    refusals::INSUFFICIENT_CLAIMS
        .refuse(&[])
        .with_challenge(challenge(&error))
}

/// The payload of a JSON Web Token; `None` for any other token. The signature is not looked at.
fn claims(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_, payload, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let claims: Value = serde_json::from_slice(&base64::decode(payload)?).ok()?;
    claims.is_object().then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{noon, token_of};

    fn request(authorization: &str) -> Request {
        Request::new(
            arm_core::Method::Get,
            "https://arm.emulator.invalid/subscriptions",
        )
        .with_header("authorization", authorization)
    }

    fn own(changes: Value) -> String {
        let mut claims = json!({
            "iss": format!("{}{}/", directory::ISSUER, directory::TENANT_ID),
            "aud": "https://management.azure.com",
            "tid": directory::TENANT_ID,
            "oid": "0a1b2c3d-0000-4000-8000-000000000002",
            "exp": noon().timestamp() + 1,
        });
        if let (Some(claims), Value::Object(changes)) = (claims.as_object_mut(), changes) {
            claims.extend(changes);
        }
        format!("Bearer {}", token_of(&claims))
    }

    fn check(authorization: &str, strict: bool, expected: Result<Access, &str>) {
        let answer = authenticate(&request(authorization), strict, noon());
        let answer = answer.map(|caller| caller.access).map_err(|refusal| refusal.code);
        assert_eq!(
            answer,
            expected.map_err(str::to_owned),
            "{authorization} {strict}"
        );
    }

    #[test]
    fn t11_any_bearer_is_taken_but_an_expired_and_a_real_one() {
        check("Bearer anything", false, Ok(Access::All));
        check("bearer a.b.c", false, Ok(Access::All));
        check("Bearer eyJ.%%%.c", false, Ok(Access::All));
        check(&own(json!({})), false, Ok(Access::Read));
        check(&own(json!({ "oid": "somebody else" })), false, Ok(Access::All));
        check(
            &own(json!({ "aud": "https://vault.azure.net" })),
            false,
            Ok(Access::Read),
        );
        check("Basic YTpi", false, Err("AuthenticationFailed"));
        check("Bearer ", false, Err("AuthenticationFailed"));
        check("token", false, Err("AuthenticationFailed"));
        check(
            &own(json!({ "exp": noon().timestamp() })),
            false,
            Err("ExpiredAuthenticationToken"),
        );
        check(
            &own(json!({ "exp": "soon" })),
            false,
            Err("ExpiredAuthenticationToken"),
        );
        for issuer in [
            "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/",
            "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
            "https://login.microsoftonline.us/x/v2.0",
            "https://login.partner.microsoftonline.cn/x/v2.0",
            "https://STS.chinacloudapi.cn/x/",
        ] {
            check(
                &own(json!({ "iss": issuer })),
                false,
                Err("InvalidAuthenticationToken"),
            );
        }
    }

    #[test]
    fn a_strict_world_checks_form_issuer_audience_and_tenant() {
        check(&own(json!({})), true, Ok(Access::Read));
        check("Bearer anything", true, Err("InvalidAuthenticationToken"));
        check(
            &own(json!({ "iss": "https://elsewhere.example/" })),
            true,
            Err("InvalidAuthenticationToken"),
        );
        check(&own(json!({ "exp": 0 })), true, Err("ExpiredAuthenticationToken"));
        check(
            &own(json!({ "aud": "https://vault.azure.net" })),
            true,
            Err("InvalidAuthenticationTokenAudience"),
        );
        check(
            &own(json!({ "tid": "another" })),
            true,
            Err("InvalidAuthenticationTokenTenant"),
        );
    }

    #[test]
    fn a_change_needs_the_context_that_the_switch_names() {
        let caller = |acrs: Value| {
            let request = request(&own(json!({ "acrs": acrs })));
            authenticate(&request, false, noon()).unwrap_or_else(|refusal| panic!("{}", refusal.message))
        };
        let check = |acrs: Value, method, context, is_allowed| {
            let answer = check_context(&caller(acrs.clone()), method, context);
            assert_eq!(answer.is_ok(), is_allowed, "{acrs} {method} {context:?}");
        };
        check(json!(["p1"]), Method::Put, Some("p1"), true);
        check(json!(["c1", "p1"]), Method::Delete, Some("p1"), true);
        check(json!(["p1"]), Method::Patch, Some("c1"), false);
        check(json!([]), Method::Put, Some("p1"), false);
        check(json!("p1"), Method::Put, Some("p1"), false);
        check(Value::Null, Method::Put, None, true);
        for method in [Method::Get, Method::Head, Method::Post] {
            check(Value::Null, method, Some("p1"), true);
        }
    }

    #[test]
    fn a_missing_token_is_answered_with_a_challenge() {
        let bare = Request::new(
            arm_core::Method::Get,
            "https://arm.emulator.invalid/subscriptions",
        );
        let refusal = authenticate(&bare, false, noon()).expect_err("there is no token");
        insta::assert_snapshot!(crate::testing::shown(&refusal.into_response()), @r#"
        401
        x-ms-failure-cause: gateway
        WWW-Authenticate: Bearer authorization_uri="https://login.windows.net/72f988bf-0000-4000-8000-00000000c0de", error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."
        {
          "error": {
            "code": "AuthenticationFailed",
            "message": "Authentication failed. The 'Authorization' header is missing."
          }
        }
        "#);
    }

    #[test]
    fn an_expired_token_is_told_both_times() {
        let refusal = authenticate(&request(&own(json!({ "exp": 1_772_328_896 }))), false, noon());
        insta::assert_snapshot!(refusal.expect_err("it has expired").message, @"The access token expiry UTC time '3/1/2026 1:34:56 AM' is earlier than current UTC time '3/1/2026 12:00:00 PM'.");
    }
}
