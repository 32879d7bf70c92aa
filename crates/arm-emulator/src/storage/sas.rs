//! Service SAS: how they are signed, and what the blob service says to one (reference G6, G7).

use arm_core::Timestamp;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::accounts;
use crate::{
    base64,
    postgres::servers::text,
    random::mix,
    refusals::{self, Refusal, Rule},
    target::Target,
    timestamps::in_milliseconds,
    world::World,
};

/// The version that the resource manager signs with (reference G6, its official example).
pub(super) const SIGNED_VERSION: &str = "2015-04-05";

/// What a backup does in a container: it reads, writes, deletes and lists (reference A3).
const NEEDED: &str = "rwdl";

/// The keys of every account.
pub(super) const KEYS: [&str; 2] = ["key1", "key2"];

/// The token of these parameters in their order, with its signature and without a question mark.
pub(super) fn token(seed: u64, key: &str, resource: &str, parameters: &[(String, String)]) -> String {
    let signature = sign(seed, key, resource, parameters);
    let signed = [("sig".to_owned(), signature)];
    let pairs = parameters.iter().chain(&signed);
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Whether a backup can use the container that a SAS URI names, and until when; else the words of the blob service.
///
/// The order of the checks is that of the service as far as its codes tell: account, signature, time, permission,
/// container. What comes in the URI is never part of what is answered.
pub(crate) fn check_use(world: &World, uri: &Target, now: Timestamp) -> Result<Timestamp, Refusal> {
    let account =
        accounts::at_origin(world, &uri.origin).ok_or_else(|| refuse(&refusals::BLOB_ACCOUNT_NOT_FOUND))?;
    if !accounts::is_reachable(account) {
        return Err(refuse(&refusals::BLOB_NETWORK_REFUSED));
    }
    let container = uri.segments.first().map_or("", String::as_str);
    let given: Vec<_> = uri.parameters().cloned().collect();
    let resource = format!("/blob/{}/{container}", text(account, "/name"));
    let expiry = check(world, account, &resource, &given, NEEDED, now)?;
    find_container(world, account, container)?;
    Ok(expiry)
}

/// Whether the parameters of a SAS let somebody do with a resource of the account what takes these letters.
pub(super) fn check(
    world: &World,
    account: &Value,
    resource: &str,
    given: &[(String, String)],
    needed: &str,
    now: Timestamp,
) -> Result<Timestamp, Refusal> {
    if !accounts::allows_keys(account) {
        return Err(refuse(&refusals::KEYS_NOT_PERMITTED));
    }
    if !is_signed(world.seed, resource, given) {
        return Err(authentication_failed("Signature did not match."));
    }
    let parameter = |name: &str| {
        let found = given.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let expiry = check_time(parameter("st"), parameter("se"), now)?;
    if parameter("sip").is_some() {
        return Err(refuse(&refusals::BLOB_SOURCE_REFUSED));
    }
    let permission = parameter("sp").unwrap_or_default();
    if !needed.chars().all(|letter| permission.contains(letter)) {
        return Err(refuse(&refusals::BLOB_PERMISSION_MISMATCH));
    }
    Ok(expiry)
}

/// The lower-case id of a container of the account.
pub(super) fn find_container(world: &World, account: &Value, name: &str) -> Result<String, Refusal> {
    let id = text(account, "/id").to_ascii_lowercase();
    let container = format!("{id}/blobservices/default/containers/{name}");
    match world.document(&container) {
        Some(_) => Ok(container),
        None => Err(refuse(&refusals::CONTAINER_NOT_FOUND)),
    }
}

/// What the blob service says once the time of a SAS is over.
pub(crate) fn expired(expiry: Timestamp, now: Timestamp) -> Refusal {
    out_of_time(None, expiry, now)
}

/// A moment as a SAS writes it: a date, with minutes, or with seconds and perhaps a fraction.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let with_seconds = text.strip_suffix('Z').map(|minutes| format!("{minutes}:00Z"));
    let candidates = [Some(text.to_owned()), with_seconds];
    let mut candidates = candidates.into_iter().flatten();
    candidates
        .find_map(|text| DateTime::parse_from_rfc3339(&text).ok())
        .map(|moment| moment.with_timezone(&Utc))
        .or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?.and_utc()))
}

fn check_time(start: Option<&str>, expiry: Option<&str>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let expiry = expiry.and_then(moment);
    let expiry =
        expiry.ok_or_else(|| authentication_failed("Signed expiry time is missing or cannot be read."))?;
    let start = start.and_then(moment);
    if expiry <= now || start.is_some_and(|start| now < start) {
        return Err(out_of_time(start, expiry, now));
    }
    Ok(expiry)
}

fn out_of_time(start: Option<Timestamp>, expiry: Timestamp, now: Timestamp) -> Refusal {
    let start = start.map(in_milliseconds).unwrap_or_default();
    let (expiry, now) = (in_milliseconds(expiry), in_milliseconds(now));
    authentication_failed(&format!(
        "Signature not valid in the specified time frame: Start [{start}] - Expiry [{expiry}] - Current [{now}]"
    ))
}

fn authentication_failed(detail: &str) -> Refusal {
    refusals::BLOB_AUTHENTICATION_FAILED.refuse(&[detail])
}

fn refuse(rule: &Rule) -> Refusal {
    rule.refuse(&[])
}

/// Whether the signature is one of the account's for the resource.
fn is_signed(seed: u64, resource: &str, given: &[(String, String)]) -> bool {
    let (signatures, signed): (Vec<_>, Vec<_>) = given.iter().cloned().partition(|(name, _)| name == "sig");
    let [(_, signature)] = signatures.as_slice() else {
        return false;
    };
    KEYS.iter()
        .any(|key| sign(seed, key, resource, &signed) == *signature)
}

/// 32 bytes in base64, like the HMAC-SHA256 of a real signature, and a function of all that is signed.
fn sign(seed: u64, key: &str, resource: &str, parameters: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    sorted.sort();
    let signed = format!("{key}\n{}\n{}", resource.to_ascii_lowercase(), sorted.join("\n"));
    let bytes: Vec<u8> = (0..4_u64)
        .flat_map(|part| mix(seed ^ part, &signed).to_be_bytes())
        .collect();
    base64::encode_bytes(&bytes)
}

/// Percent-encoding as the official example has it: `%3A`, `%3D`, capitals.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded += &format!("%{byte:02X}");
        }
    }
    encoded
}

/// The text at a member of a request, `None` where there is none or it is empty.
pub(super) fn given<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body[name].as_str().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Rig, noon, service_sas};

    /// Asks for a SAS, changes its URI, and gives the code with which its use is refused.
    fn code(account: &str, container: &str, extra: &str, change: fn(&str) -> String) -> String {
        let mut rig = Rig::new();
        let uri = change(&service_sas(&mut rig, account, container, extra));
        let uri = Target::parse(&uri).unwrap_or_else(|refusal| panic!("{uri}: {}", refusal.message));
        match check_use(&rig.world, &uri, rig.now) {
            Ok(_) => "usable".to_owned(),
            Err(refusal) => format!("{} {}", refusal.status, refusal.code),
        }
    }

    fn unchanged(uri: &str) -> String {
        uri.to_owned()
    }

    #[test]
    fn a_sas_is_refused_as_the_blob_service_does() {
        let rwdl = r#""signedPermission":"rwdl","signedExpiry":"2026-03-02T12:00:00Z""#;
        let from = r#""signedPermission":"rwdl","signedExpiry":"2026-03-02T12:00:00Z","signedStart":"2026-03-01T12:00:01Z""#;
        let expired = r#""signedPermission":"rwdl","signedExpiry":"2026-03-01T12:00:00Z""#;
        let reads = r#""signedPermission":"rl","signedExpiry":"2026-03-02T12:00:00Z""#;
        let from_here =
            r#""signedPermission":"rwdl","signedExpiry":"2026-03-02T12:00:00Z","signedIp":"198.51.100.7""#;
        let by_policy = r#""signedIdentifier":"policy""#;
        for (account, container, extra, expected) in [
            ("stcommercebackup", "ltr-orders", rwdl, "usable"),
            ("stinsightsarchive", "archive", rwdl, "403 AuthorizationFailure"),
            (
                "stbillingkeyless",
                "ltr-billing",
                rwdl,
                "403 KeyBasedAuthenticationNotPermitted",
            ),
            ("stcommercebackup", "ltr-orders", from, "403 AuthenticationFailed"),
            (
                "stcommercebackup",
                "ltr-orders",
                expired,
                "403 AuthenticationFailed",
            ),
            (
                "stcommercebackup",
                "ltr-orders",
                by_policy,
                "403 AuthenticationFailed",
            ),
            (
                "stcommercebackup",
                "ltr-orders",
                reads,
                "403 AuthorizationPermissionMismatch",
            ),
            (
                "stcommercebackup",
                "ltr-orders",
                from_here,
                "403 AuthorizationSourceIPMismatch",
            ),
            ("stcommercebackup", "gone", rwdl, "404 ContainerNotFound"),
        ] {
            assert_eq!(
                code(account, container, extra, unchanged),
                expected,
                "{account} {container} {extra}"
            );
        }
    }

    #[test]
    fn nothing_that_is_signed_can_be_changed() {
        let rwdl = r#""signedPermission":"rwdl","signedExpiry":"2026-03-02T12:00:00Z""#;
        let changes: [fn(&str) -> String; 7] = [
            |uri| uri.replace("2026-03-02", "2026-03-03"),
            |uri| uri.replace("sp=rwdl", "sp=racwdl"),
            |uri| uri.replace("ltr-orders", "ltr-catalog"),
            |uri| uri.replace("%3D", ""),
            |uri| uri.replace("sig=", "gis="),
            |uri| format!("{uri}&sip=198.51.100.7"),
            |uri| format!("{uri}&sig=again"),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let told = code("stcommercebackup", "ltr-orders", rwdl, change);
            assert_eq!(told, "403 AuthenticationFailed", "change {index}");
        }
        let elsewhere = |uri: &str| uri.replace("stcommercebackup", "stnowhere");
        assert_eq!(
            code("stcommercebackup", "ltr-orders", rwdl, elsewhere),
            "404 ResourceNotFound"
        );
    }

    #[test]
    fn a_refusal_tells_the_time_frame_and_nothing_of_the_signature() {
        let mut rig = Rig::new();
        let extra = r#""signedPermission":"rwdl","signedExpiry":"2026-03-01T11:00:00Z""#;
        let uri = service_sas(&mut rig, "stcommercebackup", "ltr-orders", extra);
        let target = Target::parse(&uri).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        let refusal = check_use(&rig.world, &target, rig.now).expect_err("an expired SAS");
        assert_eq!(
            refusal.message,
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. Signature not valid in the specified time frame: Start [] - Expiry [2026-03-01T11:00:00Z] - Current [2026-03-01T12:00:00Z]"
        );
    }

    #[test]
    fn moments_are_read_in_every_form_of_a_sas() {
        let at_noon = Some(noon());
        for (text, expected) in [
            ("2026-03-01T12:00:00Z", at_noon),
            ("2026-03-01T12:00:00.0000000Z", at_noon),
            ("2026-03-01T12:00Z", at_noon),
            ("2026-03-01T13:00:00+01:00", at_noon),
            ("2026-03-01", Some(noon() - chrono::TimeDelta::hours(12))),
            ("1 March 2026", None),
            ("", None),
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
    }
}
