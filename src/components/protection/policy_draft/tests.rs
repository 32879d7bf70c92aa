use super::*;

/// A Thursday.
const NOW: &str = "2026-03-12T09:41:00Z";

fn now() -> Timestamp {
    NOW.parse().expect("a moment")
}

fn draft() -> PolicyDraft {
    PolicyDraft::new("weekly")
}

#[test]
fn the_first_backup_is_on_the_next_such_day_from_tomorrow_on() {
    for (days, expected) in [
        (vec![Weekday::Sun], &["R/2026-03-15T02:30:00+00:00/P1W"][..]),
        (vec![Weekday::Thu], &["R/2026-03-19T02:30:00+00:00/P1W"]),
        (vec![Weekday::Fri], &["R/2026-03-13T02:30:00+00:00/P1W"]),
        (
            vec![Weekday::Sat, Weekday::Wed, Weekday::Sun],
            &[
                "R/2026-03-15T02:30:00+00:00/P1W",
                "R/2026-03-18T02:30:00+00:00/P1W",
                "R/2026-03-14T02:30:00+00:00/P1W",
            ],
        ),
    ] {
        let draft = PolicyDraft {
            days: days.clone(),
            time: "02:30".to_owned(),
            ..draft()
        };
        assert_eq!(draft.rules(now()).expect("rules").intervals, expected, "{days:?}");
    }
}

#[test]
fn tags_are_those_that_are_chosen_and_the_yearly_one_is_the_strongest() {
    let draft = PolicyDraft {
        tags: [
            None,
            Some(Kept::new(12, Unit::Months)),
            Some(Kept::new(10, Unit::Years)),
        ],
        ..draft()
    };
    let rules = draft.rules(now()).expect("rules");
    let mut tags: Vec<_> = rules
        .tags
        .iter()
        .map(|tag| (tag.priority, tag.name.as_str()))
        .collect();
    tags.sort_unstable();
    let names: Vec<_> = tags.iter().map(|(_, name)| *name).collect();
    assert_eq!(names, ["Yearly", "Monthly", "Default"]);
    let kept = |tag: &str| rules.kept(tag).map(PolicyDuration::to_iso);
    assert_eq!(kept("Default").as_deref(), Some("P3M"));
    assert_eq!(kept("Monthly").as_deref(), Some("P1Y"));
    assert_eq!(kept("Yearly").as_deref(), Some("P10Y"));
    assert_eq!(findings(&rules), []);
}

#[test]
fn every_field_says_what_is_wrong_with_it() {
    assert_eq!(draft().faults(&[]), Faults::default());
    let taken = ["Weekly".to_owned()];
    for (name, expected) in [
        ("", Some("Give the policy a name.")),
        ("ab", Some("A name has 3 to 150 characters.")),
        ("a_b_c", Some("A name has letters, digits and hyphens.")),
        ("weekly", Some("The vault has a policy 'weekly'.")),
        ("weekly-2", None),
    ] {
        let faults = PolicyDraft::new(name).faults(&taken);
        assert_eq!(faults.name.as_deref(), expected, "{name}");
    }
    assert!(PolicyDraft::new(&"a".repeat(151)).faults(&[]).name.is_some());
    for (count, unit, expected) in [
        ("1", Unit::Days, None),
        (" 12 ", Unit::Weeks, None),
        ("120", Unit::Months, None),
        ("10", Unit::Years, None),
        ("0", Unit::Days, Some("Backups are kept for one day at least.")),
        ("11", Unit::Years, Some("Backups are kept for 10 years at most.")),
        (
            "4294967295",
            Unit::Years,
            Some("Backups are kept for 10 years at most."),
        ),
        ("1.5", Unit::Years, Some("Give a whole number, such as 12.")),
        ("", Unit::Days, Some("Give a whole number, such as 12.")),
        ("-1", Unit::Days, Some("Give a whole number, such as 12.")),
    ] {
        let kept = Kept {
            count: count.to_owned(),
            unit,
        };
        let draft = PolicyDraft {
            default: kept.clone(),
            tags: [None, Some(kept), None],
            ..draft()
        };
        let faults = draft.faults(&[]);
        assert_eq!(
            (faults.default, faults.tags[1]),
            (expected, expected),
            "{count} {unit:?}"
        );
        assert_eq!(
            draft.rules(now()).is_some(),
            expected.is_none(),
            "{count} {unit:?}"
        );
    }
    for time in ["", "25:00", "2", "02:30:00"] {
        let draft = PolicyDraft {
            time: time.to_owned(),
            ..draft()
        };
        assert!(
            draft.faults(&[]).time.is_some() && draft.rules(now()).is_none(),
            "{time}"
        );
    }
    let without_days = PolicyDraft {
        days: Vec::new(),
        ..draft()
    };
    assert!(without_days.faults(&[]).days.is_some());
    assert_eq!(without_days.rules(now()), None);
}

#[test]
fn what_does_not_come_true_is_warned_of() {
    let ids = |draft: &PolicyDraft| -> Vec<_> {
        let rules = draft.rules(now()).expect("rules");
        findings(&rules).iter().map(|finding| finding.id).collect()
    };
    let two_days = PolicyDraft {
        days: vec![Weekday::Sun, Weekday::Wed],
        ..draft()
    };
    assert_eq!(ids(&two_days), ["several-weekly-runs"]);
    for (kept, expected) in [
        (Kept::new(4, Unit::Weeks), &["tag-shorter"][..]),
        (Kept::new(3, Unit::Months), &[]),
        (Kept::new(1, Unit::Years), &[]),
    ] {
        let draft = PolicyDraft {
            tags: [None, Some(kept), None],
            ..draft()
        };
        assert_eq!(ids(&draft), expected, "{draft:?}");
    }
}

#[test]
fn the_suggested_name_says_what_the_policy_does_and_is_not_taken() {
    let taken = ["Weekly-Sun-0200".to_owned(), "weekly-sun-0200-2".to_owned()];
    assert_eq!(suggest(&draft(), &[]), "weekly-sun-0200");
    assert_eq!(suggest(&draft(), &taken), "weekly-sun-0200-3");
    let two_days = PolicyDraft {
        days: vec![Weekday::Sun, Weekday::Wed],
        time: "14:30".to_owned(),
        ..draft()
    };
    assert_eq!(suggest(&two_days, &taken), "weekly-1430");
    let without_time = PolicyDraft {
        time: String::new(),
        ..draft()
    };
    assert_eq!(suggest(&without_time, &[]), "weekly-sun");
}
