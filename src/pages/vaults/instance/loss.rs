//! What deleting the backup data of an instance takes away, and what stays.

use arm_client::data_protection::{BackupVault, Immutability, RecoveryPoint, SoftDelete};
use arm_core::Timestamp;
use chrono::Days;

use super::{Page, points};
use crate::{
    code,
    components::ShowAsCode,
    prelude::*,
    services::use_services,
    text,
    ui::{
        icon::{Icon, IconName},
        message_bar::{MessageBar, MessageIntent},
    },
};

/// What is lost and what stays, in sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The recovery points.
    pub points: String,
    /// Whether and until when they can be brought back.
    pub soft_delete: String,
    /// Whether they can be brought back for a while.
    pub is_kept: bool,
    /// Why Azure will probably refuse it.
    pub immutable: Option<&'static str>,
}

/// What is lost, as far as it is known; `None` for what has not been read.
pub fn loss(points: Option<&[RecoveryPoint]>, vault: Option<&BackupVault>, now: Timestamp) -> Loss {
    let has_points = points.is_none_or(|points| !points.is_empty());
    let is_immutable = matches!(
        vault.and_then(|vault| vault.immutability.as_ref()),
        Some(Immutability::Unlocked | Immutability::Locked)
    );
    let is_kept = matches!(
        vault.and_then(|vault| vault.soft_delete.as_ref()),
        Some(SoftDelete::On | SoftDelete::AlwaysOn)
    );
    Loss {
        points: lost_points(points),
        soft_delete: kept_until(vault, now),
        is_kept,
        immutable: (is_immutable && has_points).then_some(
            "Recovery points of an immutable vault cannot be deleted before they expire: Azure will probably refuse it.",
        ),
    }
}

fn lost_points(points: Option<&[RecoveryPoint]>) -> String {
    let Some(points) = points else {
        return "All recovery points; how many there are is not known, since their list could not be read."
            .to_owned();
    };
    let number = text::count(points.len(), "recovery point");
    match (points.len(), points::oldest(points), points::newest(points)) {
        (0, ..) => "There are no recovery points.".to_owned(),
        (1, Some(only), _) => format!("The only recovery point, of {}.", text::sentence_moment(only)),
        (_, Some(oldest), Some(newest)) => format!(
            "All {number}: the oldest of {}, the newest of {}.",
            text::sentence_moment(oldest),
            text::sentence_moment(newest)
        ),
        _ => format!("All {number}."),
    }
}

/// Until when the vault keeps what is deleted now (reference E, *soft delete*).
fn kept_until(vault: Option<&BackupVault>, now: Timestamp) -> String {
    let Some(vault) = vault else {
        return "Whether the vault keeps them for a while is not known: it could not be read.".to_owned();
    };
    match &vault.soft_delete {
        Some(SoftDelete::Off) => {
            "Soft delete of the vault is off: they are gone at once and for good.".to_owned()
        }
        Some(SoftDelete::On | SoftDelete::AlwaysOn) => {
            let days = vault.soft_delete_days.filter(|days| *days >= 1.0);
            let until = days.and_then(|days| now.checked_add_days(Days::new(days as u64)));
            match until {
                Some(until) => format!(
                    "The vault keeps them, soft-deleted, until {}: until then the backup instance can be undeleted.",
                    text::long_date(until)
                ),
                None => "The vault keeps them, soft-deleted, for a time that Azure does not tell.".to_owned(),
            }
        }
        Some(SoftDelete::Other(_)) | None => {
            "Azure does not tell whether the vault keeps them for a while.".to_owned()
        }
    }
}

/// The same as a card.
pub fn card(page: Page, now: Timestamp) -> AnyView {
    let told = page.points.data.with(|points| {
        page.vault
            .data
            .with(|vault| loss(points.as_deref(), vault.as_ref(), now))
    });
    let item = |icon: IconName, class: &'static str, sentence: String| {
        view! { <li><Icon name=icon class /> <span>{sentence}</span></li> }
    };
    let (icon, class) = if told.is_kept {
        (IconName::Clock, "")
    } else {
        (IconName::Warning, "icon-warning")
    };
    let immutable = told.immutable.map(|words| {
        view! { <MessageBar intent=MessageIntent::Warning title="The vault is immutable.">{words}</MessageBar> }
    });
    view! {
        <div class="dialog-card">
            <h3>"What this takes away"</h3>
            <ul class="consequences" role="list">
                {item(IconName::DismissCircle, "icon-error", told.points)}
                {item(icon, class, told.soft_delete)}
                {item(IconName::Stop, "", "Its protection: no further backups go to the vault.".to_owned())}
            </ul>
            <h3>"What stays"</h3>
            <ul class="consequences" role="list">
                {item(IconName::CheckmarkCircle, "icon-ok", "What is protected, with the backups that it has of its own.".to_owned())}
            </ul>
        </div>
        {immutable}
    }
    .into_any()
}

/// *Show as code*.
pub fn code(page: Page) -> AnyView {
    let origin = use_services().config.arm.clone();
    let samples = page.id.with_value(|id| code::protection::delete(&origin, id));
    view! {
        <div class="pane-code"><ShowAsCode label="Delete these backup data" samples=Signal::stored(samples) /></div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn vault(soft_delete: &str, immutability: &str) -> BackupVault {
        serde_json::from_value(json!({
            "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv",
            "properties": { "securitySettings": {
                "softDeleteSettings": { "state": soft_delete, "retentionDurationInDays": 14.0 },
                "immutabilitySettings": { "state": immutability },
            } },
        }))
        .unwrap_or_else(|error| panic!("{error}"))
    }

    fn points(times: &[&str]) -> Vec<RecoveryPoint> {
        let point = |time: &&str| {
            let point = json!({ "properties": { "recoveryPointId": "7", "recoveryPointTime": time } });
            serde_json::from_value(point).unwrap_or_else(|error| panic!("{error}"))
        };
        times.iter().map(point).collect()
    }

    fn now() -> Timestamp {
        "2026-03-12T09:41:00Z".parse().unwrap_or_default()
    }

    #[test]
    fn the_recovery_points_that_go_are_counted() {
        let check = |points: Option<&[RecoveryPoint]>, expected: &str| {
            assert_eq!(loss(points, None, now()).points.replace('\u{a0}', " "), expected);
        };
        check(
            None,
            "All recovery points; how many there are is not known, since their list could not be read.",
        );
        check(Some(&[]), "There are no recovery points.");
        check(
            Some(&points(&["2026-03-08T02:00:00Z"])),
            "The only recovery point, of 8 Mar 2026, 02:00 UTC.",
        );
        check(
            Some(&points(&["2026-03-08T02:00:00Z", "2026-01-04T02:00:00Z"])),
            "All 2 recovery points: the oldest of 4 Jan 2026, 02:00 UTC, the newest of 8 Mar 2026, 02:00 UTC.",
        );
    }

    #[test]
    fn soft_delete_says_until_when_they_can_come_back() {
        for (soft_delete, expected, is_kept) in [
            (
                "Off",
                "Soft delete of the vault is off: they are gone at once and for good.",
                false,
            ),
            (
                "OFF",
                "Soft delete of the vault is off: they are gone at once and for good.",
                false,
            ),
            (
                "On",
                "The vault keeps them, soft-deleted, until 26 Mar 2026: until then the backup instance can be undeleted.",
                true,
            ),
            (
                "AlwaysOn",
                "The vault keeps them, soft-deleted, until 26 Mar 2026: until then the backup instance can be undeleted.",
                true,
            ),
            (
                "Sometimes",
                "Azure does not tell whether the vault keeps them for a while.",
                false,
            ),
        ] {
            let told = loss(Some(&[]), Some(&vault(soft_delete, "Disabled")), now());
            assert_eq!(
                (told.soft_delete.as_str(), told.is_kept),
                (expected, is_kept),
                "{soft_delete}"
            );
        }
        assert!(loss(None, None, now()).soft_delete.contains("not known"));
    }

    #[test]
    fn an_immutable_vault_probably_refuses_unless_there_is_nothing_to_keep() {
        let one = points(&["2026-03-08T02:00:00Z"]);
        for (immutability, points, expected) in [
            ("Disabled", Some(one.as_slice()), false),
            ("Unlocked", Some(one.as_slice()), true),
            ("Locked", None, true),
            ("Locked", Some(&[][..]), false),
        ] {
            let told = loss(points, Some(&vault("On", immutability)), now());
            assert_eq!(told.immutable.is_some(), expected, "{immutability}");
        }
    }
}
