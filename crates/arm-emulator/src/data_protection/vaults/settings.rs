//! The settings of a vault: what they may be, which cannot be taken back, and how they score (reference B8, G5).

use serde_json::{Value, json};

use crate::{
    data_protection::user_errors::{self, UserError},
    postgres::servers::text,
};

pub(crate) const SOFT_DELETE: &str = "/properties/securitySettings/softDeleteSettings/state";
pub(crate) const IMMUTABILITY: &str = "/properties/securitySettings/immutabilitySettings/state";
const CROSS_SUBSCRIPTION: &str = "/properties/featureSettings/crossSubscriptionRestoreSettings/state";
const REDUNDANCY: &str = "/properties/storageSettings/0/type";

/// Settings and their values; the last one of those marked so cannot be left again.
const SETTINGS: [(&str, &str, &[&str], bool); 4] = [
    (
        "softDeleteSettings.state",
        SOFT_DELETE,
        &["Off", "On", "AlwaysOn"],
        true,
    ),
    (
        "immutabilitySettings.state",
        IMMUTABILITY,
        &["Disabled", "Unlocked", "Locked"],
        true,
    ),
    (
        "crossSubscriptionRestoreSettings.state",
        CROSS_SUBSCRIPTION,
        &["Disabled", "Enabled", "PermanentlyDisabled"],
        true,
    ),
    (
        "storageSettings.type",
        REDUNDANCY,
        &["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
        false,
    ),
];

/// Whether deleted instances are kept for a while.
pub(crate) fn has_soft_delete(vault: &Value) -> bool {
    !text(vault, SOFT_DELETE).eq_ignore_ascii_case("Off")
}

/// For how many days deleted instances are kept.
pub(crate) fn soft_delete_days(vault: &Value) -> f64 {
    vault
        .pointer("/properties/securitySettings/softDeleteSettings/retentionDurationInDays")
        .and_then(Value::as_f64)
        .unwrap_or(14.0)
}

/// Whether recovery points cannot be deleted before they expire.
pub(crate) fn is_immutable(vault: &Value) -> bool {
    matches!(text(vault, IMMUTABILITY), "Unlocked" | "Locked")
}

/// Refuses values that do not exist, and a duration of soft delete outside 14 to 180 days.
pub(crate) fn check(vault: &Value) -> Result<(), UserError> {
    for (name, pointer, values, _) in SETTINGS {
        let value = text(vault, pointer);
        if !value.is_empty() && !values.iter().any(|known| known.eq_ignore_ascii_case(value)) {
            let advice = format!("Specify one of {} for '{name}'.", values.join(", "));
            return Err(user_errors::INVALID_INPUT.say(&[&advice]));
        }
    }
    if text(vault, REDUNDANCY).is_empty() {
        return Err(user_errors::INVALID_INPUT.say(&["Specify 'storageSettings'."]));
    }
    if has_soft_delete(vault) && !(14.0..=180.0).contains(&soft_delete_days(vault)) {
        let advice = "Specify 14 to 180 days for 'retentionDurationInDays'.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]));
    }
    Ok(())
}

/// Refuses to take back what cannot be taken back, and another redundancy.
pub(crate) fn check_change(before: &Value, after: &Value) -> Result<(), UserError> {
    for (name, pointer, values, is_one_way) in SETTINGS {
        let (old, new) = (text(before, pointer), text(after, pointer));
        let is_last = values.last().is_some_and(|last| last.eq_ignore_ascii_case(old));
        if !old.eq_ignore_ascii_case(new) && (is_last || !is_one_way) {
            return Err(user_errors::ONE_WAY.say(&[name, old, new]));
        }
    }
    Ok(())
}

/// Writes what the service makes of the settings (recorded for some of them, reference G5).
pub(crate) fn score(vault: &mut Value) {
    let security = match (has_soft_delete(vault), is_immutable(vault)) {
        (false, false) => "None",
        (true, true) => "Adequate",
        _ => "Minimum",
    };
    let level = match text(vault, REDUNDANCY) {
        "GeoRedundant" => "Good",
        "ZoneRedundant" => "Fair",
        _ => "Poor",
    };
    vault["properties"]["secureScore"] = json!(security);
    vault["properties"]["bcdrSecurityLevel"] = json!(level);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(soft_delete: &str, immutability: &str, redundancy: &str) -> Value {
        json!({ "properties": {
            "storageSettings": [{ "datastoreType": "VaultStore", "type": redundancy }],
            "securitySettings": {
                "softDeleteSettings": { "state": soft_delete, "retentionDurationInDays": 14.0 },
                "immutabilitySettings": { "state": immutability },
            },
        } })
    }

    #[test]
    fn what_can_be_changed_back_is_told_from_what_cannot() {
        for (before, after, expected) in [
            (
                ("Off", "Disabled", "LocallyRedundant"),
                ("On", "Unlocked", "LocallyRedundant"),
                true,
            ),
            (
                ("On", "Unlocked", "LocallyRedundant"),
                ("Off", "Disabled", "LocallyRedundant"),
                true,
            ),
            (
                ("On", "Disabled", "LocallyRedundant"),
                ("AlwaysOn", "Locked", "LocallyRedundant"),
                true,
            ),
            (
                ("AlwaysOn", "Disabled", "LocallyRedundant"),
                ("On", "Disabled", "LocallyRedundant"),
                false,
            ),
            (
                ("On", "Locked", "LocallyRedundant"),
                ("On", "Unlocked", "LocallyRedundant"),
                false,
            ),
            (
                ("On", "Disabled", "LocallyRedundant"),
                ("On", "Disabled", "GeoRedundant"),
                false,
            ),
        ] {
            let [before, after] = [before, after].map(|(soft, immutable, kind)| vault(soft, immutable, kind));
            assert_eq!(
                check_change(&before, &after).is_ok(),
                expected,
                "{before} {after}"
            );
        }
    }

    #[test]
    fn values_that_do_not_exist_are_refused() {
        for (settings, expected) in [
            (vault("OFF", "disabled", "ZoneRedundant"), true),
            (vault("Perhaps", "Disabled", "ZoneRedundant"), false),
            (vault("On", "Disabled", "Redundant"), false),
            (vault("On", "Disabled", ""), false),
        ] {
            assert_eq!(check(&settings).is_ok(), expected, "{settings}");
        }
    }
}
