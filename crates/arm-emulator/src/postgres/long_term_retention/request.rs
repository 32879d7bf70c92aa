//! What the requests of long-term retention hold, and the limits that the document states.

use serde_json::{Value, json};

use crate::{
    call::Call,
    refusals::{self, Refusal},
    target::Target,
};

/// The pattern of server and backup names (reference A1); we anchor it at its end, which it is not there.
const PATTERN: &str = "^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*";

/// Refuses a server's name outside the document's limits.
pub(super) fn check_server_name(call: &Call) -> Result<(), Refusal> {
    let name = call.parameter("serverName");
    if (3..=63).contains(&name.len()) && is_name(name) {
        return Ok(());
    }
    let limits = json!({ "minLength": 3, "maxLength": 63, "pattern": PATTERN });
    let rule = "a name of 3 to 63 letters and digits with single dashes between them";
    Err(invalid("serverName", rule, limits))
}

/// Refuses the name of a backup outside the document's limits.
pub(super) fn check_backup_name(name: &str, place: &str) -> Result<(), Refusal> {
    if is_name(name) {
        return Ok(());
    }
    let rule = "a name of letters and digits with single dashes between them";
    Err(invalid(place, rule, json!({ "pattern": PATTERN })))
}

/// `backupSettings.backupName`, which both requests need.
pub(super) fn backup_name(body: &Value) -> Result<String, Refusal> {
    const PLACE: &str = "backupSettings.backupName";
    let settings = member(body, "backupSettings", "backupSettings")?;
    let name = member(settings, "backupName", PLACE)?.as_str();
    let name = name.ok_or_else(|| invalid(PLACE, "a text", json!({ "type": "string" })))?;
    check_backup_name(name, PLACE)?;
    Ok(name.to_owned())
}

/// `targetDetails.sasUriList`, one container's URI for each that is asked for.
pub(super) fn sas_uris(body: &Value, containers: usize) -> Result<Vec<Target>, Refusal> {
    const PLACE: &str = "targetDetails.sasUriList";
    let details = member(body, "targetDetails", "targetDetails")?;
    let list = member(details, "sasUriList", PLACE)?.as_array();
    let list = list.ok_or_else(|| invalid(PLACE, "a list of SAS URIs", json!({ "type": "array" })))?;
    if list.len() != containers {
        let rule = format!("{containers} SAS URIs, as many as the pre-check asks for");
        let limits = json!({ "minItems": containers, "maxItems": containers });
        return Err(invalid(PLACE, &rule, limits));
    }
    list.iter().map(sas_uri).collect()
}

/// A URI of https with a container in its path.
///
/// The refusal repeats what was sent, signature included: whether the service does so is not known, and a client
/// that shows its words unchecked is found out.
fn sas_uri(given: &Value) -> Result<Target, Refusal> {
    let text = given.as_str().unwrap_or_default();
    let uri = Target::parse(text).ok();
    let uri = uri.filter(|uri| uri.origin.starts_with("https://") && !uri.segments.concat().is_empty());
    let refusal = || refusals::INVALID_SAS_URI.refuse(&[text]);
    uri.ok_or_else(|| refusal().with_limits("targetDetails.sasUriList", json!({ "format": "uri" })))
}

fn member<'a>(object: &'a Value, name: &str, place: &str) -> Result<&'a Value, Refusal> {
    let member = object.get(name).filter(|member| !member.is_null());
    member.ok_or_else(|| invalid(place, "it, as it is required", json!({ "required": true })))
}

fn invalid(place: &str, rule: &str, limits: Value) -> Refusal {
    refusals::INVALID_VALUE
        .refuse(&[place, rule])
        .with_limits(place, limits)
}

fn is_name(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    name.split('-').all(is_part)
}
