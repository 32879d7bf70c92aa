//! `PUT` and `DELETE …/backupPolicies/{backupPolicyName}` (reference G5).

use arm_core::Response;
use serde_json::{Value, json};

use super::{duration::Duration, rules};
use crate::{
    call::Call,
    data_protection::{
        INSTANCE_TYPE, POLICY_TYPE,
        user_errors::{self, UserError},
        vaults,
    },
    operations::Effect,
    postgres::servers::text,
    refusals::{Refusal, json_response},
    world::World,
};

/// Answers 200 at once, for a new policy too.
pub(crate) fn put_policy(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::canonical_id(vaults::find(world, call)?);
    let body = call.json()?.unwrap_or_default();
    check(&body).map_err(|advice| invalid(&advice).refuse(call))?;
    let name = call.parameter("backupPolicyName");
    let policy = json!({
        // A `name` among the properties is taken and dropped (recorded, reference G5).
        "properties": {
            "policyRules": body["properties"]["policyRules"],
            "datasourceTypes": body["properties"]["datasourceTypes"],
            "objectType": "BackupPolicy",
        },
        "id": format!("{vault}/backupPolicies/{name}"),
        "name": name,
        "type": POLICY_TYPE,
    });
    world.apply(Effect::Put(policy.clone()));
    Ok(json_response(200, &policy))
}

/// Answers 200, or 204 where there is none; a policy in use stays.
pub(crate) fn delete_policy(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    let key = call.key();
    if world.document(&key).is_none() {
        return Ok(Response::new(204));
    }
    let uses =
        |instance: &&Value| text(instance, "/properties/policyInfo/policyId").eq_ignore_ascii_case(&key);
    let in_use = world.below(&vaults::key(call), INSTANCE_TYPE).find(uses);
    if let Some(instance) = in_use {
        let values = [call.parameter("backupPolicyName"), text(instance, "/name")];
        return Err(user_errors::POLICY_IN_USE.say(&values).refuse(call));
    }
    world.apply(Effect::Remove(key));
    Ok(Response::new(200))
}

fn invalid(advice: &str) -> UserError {
    user_errors::INVALID_INPUT.say(&[advice])
}

/// What a policy must have: a backup rule with a schedule, one default retention, a retention for each tag.
fn check(body: &Value) -> Result<(), String> {
    const FLEXIBLE: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
    const DATABASES: &str = "Microsoft.DBforPostgreSQL/servers/databases";
    let types = body
        .pointer("/properties/datasourceTypes")
        .and_then(Value::as_array);
    let types: Vec<_> = types.into_iter().flatten().filter_map(Value::as_str).collect();
    let is_known = |kind: &&str| {
        let known = [FLEXIBLE, DATABASES];
        known.iter().any(|known| known.eq_ignore_ascii_case(kind))
    };
    if types.is_empty() || !types.iter().all(is_known) {
        return Err(format!(
            "Specify '{FLEXIBLE}' or '{DATABASES}' as 'datasourceTypes'."
        ));
    }
    let Some(rule) = rules::backup_rule(body) else {
        return Err("Specify an AzureBackupRule.".to_owned());
    };
    let intervals = rule.pointer("/trigger/schedule/repeatingTimeIntervals");
    let intervals: Vec<_> = intervals
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|interval| interval.as_str().unwrap_or_default())
        .collect();
    if intervals.is_empty() || !intervals.iter().all(|interval| rules::is_repetition(interval)) {
        return Err("Specify repeating time intervals of one day or one week.".to_owned());
    }
    let is_daily = intervals.iter().any(|interval| interval.ends_with("/P1D"));
    if is_daily && types.iter().any(|kind| kind.eq_ignore_ascii_case(FLEXIBLE)) {
        return Err("Flexible servers are backed up weekly.".to_owned());
    }
    let retentions: Vec<_> = rules::rules(body)
        .filter(|rule| text(rule, "/objectType") == "AzureRetentionRule")
        .collect();
    if retentions.iter().filter(|rule| rule["isDefault"] == true).count() != 1 {
        return Err("Specify exactly one default AzureRetentionRule.".to_owned());
    }
    let is_kept = |rule: &&Value| Duration::parse(text(rule, "/lifecycles/0/deleteAfter/duration")).is_some();
    if !retentions.iter().all(is_kept) {
        return Err(
            "Specify the duration of each AzureRetentionRule in days, weeks, months or years.".to_owned(),
        );
    }
    let tags = rule.pointer("/trigger/taggingCriteria").and_then(Value::as_array);
    for tagging in tags.into_iter().flatten() {
        let tag = text(tagging, "/tagInfo/tagName");
        if rules::retention_rule(body, tag).is_none() {
            return Err(format!("Specify an AzureRetentionRule for the tag '{tag}'."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
