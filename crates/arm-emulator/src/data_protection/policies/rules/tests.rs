use serde_json::json;

use super::*;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Sundays at 02:00 UTC from 4 January 2026 on, with tags by week, month and year.
fn policy() -> Value {
    let retention = |name: &str, duration: &str, is_default: bool| {
        json!({
            "objectType": "AzureRetentionRule",
            "name": name,
            "isDefault": is_default,
            "lifecycles": [{ "deleteAfter": { "objectType": "AbsoluteDeleteOption", "duration": duration } }],
        })
    };
    let tagging = |name: &str, priority: i64, criterion: &str| {
        json!({
            "isDefault": false,
            "taggingPriority": priority,
            "tagInfo": { "tagName": name },
            "criteria": [{ "objectType": "ScheduleBasedBackupCriteria", "absoluteCriteria": [criterion] }],
        })
    };
    json!({ "properties": { "policyRules": [
        {
            "objectType": "AzureBackupRule",
            "name": "BackupWeekly",
            "trigger": {
                "schedule": { "repeatingTimeIntervals": ["R/2026-01-04T02:00:00+00:00/P1W"] },
                "taggingCriteria": [
                    { "isDefault": true, "taggingPriority": 99, "tagInfo": { "tagName": "Default" } },
                    tagging("Monthly", 15, "FirstOfMonth"),
                    tagging("Yearly", 10, "FirstOfYear"),
                ],
            },
        },
        retention("Default", "P4W", true),
        retention("Monthly", "P6M", false),
        retention("Yearly", "P5Y", false),
    ] } })
}

#[test]
fn backups_are_due_after_one_moment_and_until_another() {
    let due = |from: &str, to: &str| -> Vec<String> {
        let due = due_between(&policy(), moment(from), moment(to));
        due.iter()
            .map(|due| due.format("%m-%d %H:%M").to_string())
            .collect()
    };
    assert_eq!(
        due("2025-01-01T00:00:00Z", "2026-01-12T00:00:00Z"),
        ["01-04 02:00", "01-11 02:00"]
    );
    assert_eq!(
        due("2026-01-04T02:00:00Z", "2026-01-11T02:00:00Z"),
        ["01-11 02:00"]
    );
    assert_eq!(
        due("2026-01-04T01:59:59Z", "2026-01-04T02:00:00Z"),
        ["01-04 02:00"]
    );
    assert!(due("2026-01-05T00:00:00Z", "2026-01-10T00:00:00Z").is_empty());
    assert_eq!(
        next_due(&policy(), moment("2026-01-04T02:00:00Z")),
        Some(moment("2026-01-11T02:00:00Z"))
    );
}

#[test]
fn the_strongest_tag_that_applies_is_given() {
    for (at, last, expected) in [
        ("2026-01-04T02:00:00Z", None, "Yearly"),
        ("2026-01-11T02:00:00Z", Some("2026-01-04T02:00:00Z"), "Default"),
        ("2026-02-01T02:00:00Z", Some("2026-01-25T02:00:00Z"), "Monthly"),
        ("2027-01-03T02:00:00Z", Some("2026-12-27T02:00:00Z"), "Yearly"),
    ] {
        assert_eq!(tag(&policy(), moment(at), last.map(moment)), expected, "{at}");
    }
}

#[test]
fn a_tag_tells_how_long_a_backup_is_kept() {
    let at = moment("2026-01-31T02:00:00Z");
    for (tag, expected) in [
        ("Default", "2026-02-28T02:00:00Z"),
        ("Monthly", "2026-07-31T02:00:00Z"),
        ("yearly", "2031-01-31T02:00:00Z"),
        ("Unheard of", "2026-02-28T02:00:00Z"),
    ] {
        assert_eq!(expiry(&policy(), tag, at), Some(moment(expected)), "{tag}");
    }
}

#[test]
fn criteria_are_read_as_the_portal_writes_them() {
    let sunday = moment("2026-03-29T02:00:00Z");
    for (criterion, expected) in [
        (
            json!({ "daysOfTheWeek": ["Sunday"], "weeksOfTheMonth": ["Last"] }),
            true,
        ),
        (json!({ "daysOfTheWeek": ["Monday"] }), false),
        (
            json!({ "daysOfTheWeek": ["Sunday"], "weeksOfTheMonth": ["First"] }),
            false,
        ),
        (
            json!({ "daysOfTheWeek": ["Sunday"], "monthsOfYear": ["March"] }),
            true,
        ),
        (
            json!({ "daysOfTheWeek": ["Sunday"], "monthsOfYear": ["January", "July"] }),
            false,
        ),
        (json!({ "absoluteCriteria": ["FirstOfWeek"] }), true),
        (json!({ "absoluteCriteria": ["FirstOfMonth"] }), false),
    ] {
        let last = Some(moment("2026-03-22T02:00:00Z"));
        assert_eq!(applies(&criterion, sunday, last), expected, "{criterion}");
    }
}

#[test]
fn repetitions_are_days_or_weeks() {
    for (interval, expected) in [
        ("R/2021-08-15T06:30:00+00:00/P1W", true),
        ("R/2021-08-15T06:30:00Z/P1D", true),
        ("R/2021-08-15T06:30:00+02:00/P7D", true),
        ("R/2021-08-15T06:30:00+00:00/P2W", false),
        ("R/2021-08-15T06:30:00+00:00/P1M", false),
        ("R/2021-08-15T06:30:00+00:00/PT4H", false),
        ("R/yesterday/P1W", false),
        ("2021-08-15T06:30:00+00:00/P1W", false),
        ("R/2021-08-15T06:30:00+00:00/P1W/x", false),
        ("", false),
    ] {
        assert_eq!(is_repetition(interval), expected, "{interval}");
    }
}
