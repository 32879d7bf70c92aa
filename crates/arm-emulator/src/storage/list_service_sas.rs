//! `POST …/storageAccounts/{accountName}/listServiceSas` (reference G6).

use arm_core::Response;
use serde_json::{Value, json};

use super::{accounts, sas};
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// The letters of permissions that the description names.
const PERMISSIONS: &str = "rdwlacup";

/// A SAS of one container or blob, signed with a key of the account.
///
/// It is handed out for an account that takes no keys, too: that is not known, and so the flag is to be looked at.
pub(crate) fn list_service_sas(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = call.json()?.unwrap_or_default();
    let account = accounts::find(world, call)?;
    let resource = resource(&body, text(account, "/name"))?;
    let key = sas::given(&body, "keyToSign").unwrap_or(sas::KEYS[0]);
    if !sas::KEYS.contains(&key) {
        return Err(invalid("keyToSign"));
    }
    let parameters = parameters(&body)?;
    let token = sas::token(world.seed, key, &resource, &parameters);
    Ok(json_response(200, &json!({ "serviceSasToken": token })))
}

/// `/blob/{account}/{container}[/{blob}]` of the called account.
fn resource(body: &Value, account: &str) -> Result<String, Refusal> {
    let named = sas::given(body, "canonicalizedResource").unwrap_or_default();
    let mut parts = named.split('/');
    let head = [parts.next(), parts.next(), parts.next()];
    let is_here = head[0] == Some("")
        && head[1] == Some("blob")
        && head[2].is_some_and(|name| name.eq_ignore_ascii_case(account));
    let has_container = parts.next().is_some_and(|container| !container.is_empty());
    if is_here && has_container {
        Ok(named.to_owned())
    } else {
        Err(invalid("canonicalizedResource"))
    }
}

/// What is signed, in the order of the official example.
fn parameters(body: &Value) -> Result<Vec<(String, String)>, Refusal> {
    let identifier = sas::given(body, "signedIdentifier");
    if identifier.is_some_and(|identifier| identifier.len() > 64) {
        return Err(invalid("signedIdentifier"));
    }
    let is_free = identifier.is_none();
    let kind = sas::given(body, "signedResource").unwrap_or("c");
    if !matches!(kind, "b" | "c" | "f" | "s") {
        return Err(invalid("signedResource"));
    }
    let permission = sas::given(body, "signedPermission");
    let is_known = |letters: &str| letters.chars().all(|letter| PERMISSIONS.contains(letter));
    if !permission.is_some_and(is_known) && (is_free || permission.is_some()) {
        return Err(invalid("signedPermission"));
    }
    let protocol = sas::given(body, "signedProtocol");
    if protocol.is_some_and(|protocol| !matches!(protocol, "https" | "https,http")) {
        return Err(invalid("signedProtocol"));
    }
    let expiry = moment(body, "signedExpiry")?;
    if expiry.is_none() && is_free {
        return Err(invalid("signedExpiry"));
    }
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let all = [
        ("sv", owned(Some(sas::SIGNED_VERSION))),
        ("sr", owned(Some(kind))),
        ("si", owned(identifier)),
        ("st", moment(body, "signedStart")?),
        ("se", expiry),
        ("sip", owned(sas::given(body, "signedIp"))),
        ("spr", owned(protocol)),
        ("rscc", owned(sas::given(body, "rscc"))),
        ("rscd", owned(sas::given(body, "rscd"))),
        ("rsce", owned(sas::given(body, "rsce"))),
        ("rscl", owned(sas::given(body, "rscl"))),
        ("rsct", owned(sas::given(body, "rsct"))),
        ("sp", owned(permission)),
    ];
    let said = all.into_iter();
    Ok(said
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect())
}

/// A moment of the request, without its fraction of a second.
fn moment(body: &Value, name: &str) -> Result<Option<String>, Refusal> {
    let Some(given) = sas::given(body, name) else {
        return Ok(None);
    };
    let moment = sas::moment(given).ok_or_else(|| invalid(name))?;
    Ok(Some(moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()))
}

fn invalid(name: &str) -> Refusal {
    refusals::INVALID_VALUES.refuse(&[name])
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, body, shown};

    fn ask(rig: &mut Rig, text: &str) -> Response {
        rig.post(&format!("{STORAGE}/listServiceSas"), STORAGE_VERSION, text)
    }

    const WHOLE: &str = r#"{"canonicalizedResource":"/blob/stcommercebackup/ltr-orders","signedResource":"c","signedPermission":"l","signedExpiry":"2026-05-24T11:32:48.8457197Z"}"#;

    #[test]
    fn who_may_only_read_gets_none() {
        assert_snapshot!(shown(&ask(&mut Rig::as_reader(), WHOLE)), @r#"
        403
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "AuthorizationFailed",
            "message": "The client 'jonas.weber@contoso.com' with object id '0a1b2c3d-0000-4000-8000-000000000002' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/listServiceSas/action' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup' or the scope is invalid. If access was recently granted, please refresh your credentials."
          }
        }
        "#);
    }

    #[test]
    fn what_cannot_be_signed_is_refused() {
        for (from, to, member) in [
            ("/blob/stcommercebackup/ltr-orders", "", "canonicalizedResource"),
            (
                "/blob/stcommercebackup/",
                "/blob/stother/",
                "canonicalizedResource",
            ),
            (
                "/blob/stcommercebackup/ltr-orders",
                "/blob/stcommercebackup",
                "canonicalizedResource",
            ),
            (
                "/blob/stcommercebackup/",
                "/file/stcommercebackup/",
                "canonicalizedResource",
            ),
            (r#""c""#, r#""container""#, "signedResource"),
            (r#""l""#, r#""lx""#, "signedPermission"),
            (r#""signedPermission":"l","#, "", "signedPermission"),
            (
                r#","signedExpiry":"2026-05-24T11:32:48.8457197Z""#,
                "",
                "signedExpiry",
            ),
            ("2026-05-24T11:32:48.8457197Z", "tomorrow", "signedExpiry"),
            (
                r#""signedResource""#,
                r#""signedStart":"now","signedResource""#,
                "signedStart",
            ),
            (
                r#""signedResource""#,
                r#""signedProtocol":"http","signedResource""#,
                "signedProtocol",
            ),
            (
                r#""signedResource""#,
                r#""keyToSign":"key3","signedResource""#,
                "keyToSign",
            ),
        ] {
            assert!(WHOLE.contains(from), "{from}");
            let response = ask(&mut Rig::new(), &WHOLE.replace(from, to));
            let error = body(&response)["error"].clone();
            assert_eq!(
                (response.status, error["code"].as_str()),
                (400, Some("InvalidValuesForRequestParameters"))
            );
            let message = error["message"].as_str().unwrap_or_default();
            assert!(message.contains(member), "{from} to {to}: {message}");
        }
        let nowhere = STORAGE.replace("stcommercebackup", "stnowhere");
        let response = Rig::new().post(&format!("{nowhere}/listServiceSas"), STORAGE_VERSION, WHOLE);
        assert_eq!(response.status, 404, "{}", response.body);
    }

    #[test]
    fn the_token_of_the_official_example_has_its_shape() {
        let mut rig = Rig::new();
        let before = rig.contents();
        let answer = body(&ask(&mut rig, WHOLE));
        let token = answer["serviceSasToken"].as_str().unwrap_or_default();
        let (signed, signature) = token.split_once("&sig=").unwrap_or_default();
        assert_eq!(signed, "sv=2015-04-05&sr=c&se=2026-05-24T11%3A32%3A48Z&sp=l");
        assert!(signature.ends_with("%3D"), "{signature}");
        assert!(!signature.contains(['+', '/', '=']), "{signature}");
        assert_eq!(rig.contents(), before, "nothing is kept");
    }

    #[test]
    fn everything_that_is_asked_for_is_signed() {
        let asked = r#"{"canonicalizedResource":"/blob/stcommercebackup/ltr-orders","signedPermission":"rwdl",
            "signedProtocol":"https","signedStart":"2026-03-01T12:00:00Z","signedExpiry":"2026-03-02",
            "signedIp":"198.51.100.0-198.51.100.9","signedIdentifier":"weekly","keyToSign":"key2","rscc":"no-cache"}"#;
        let answer = body(&ask(&mut Rig::new(), asked));
        let token = answer["serviceSasToken"].as_str().unwrap_or_default();
        let signed = token.split("&sig=").next().unwrap_or_default();
        assert_eq!(
            signed,
            "sv=2015-04-05&sr=c&si=weekly&st=2026-03-01T12%3A00%3A00Z&se=2026-03-02T00%3A00%3A00Z&sip=198.51.100.0-198.51.100.9&spr=https&rscc=no-cache&sp=rwdl"
        );
    }
}
