//! How long what a backup policy makes is kept, in a line; pure.

use arm_client::data_protection::{Criterion, FirstOf, PolicyRules};

use crate::components::protection::policy_words;
pub use crate::components::protection::policy_words::schedule;

/// How long backups with a tag are kept; *not known* where the policy says what cannot be read.
pub fn kept(rules: &PolicyRules, tag: &str) -> String {
    rules.kept(tag).map_or_else(
        || "for a time that is not known".to_owned(),
        |kept| format!("for {}", policy_words::kept(kept)),
    )
}

/// `Kept for 3 months; the first of a month for 1 year`.
pub fn retention(rules: &PolicyRules) -> String {
    let mut tags: Vec<_> = rules.tags.iter().collect();
    // The weakest first: it is what most backups get.
    tags.sort_by_key(|tag| std::cmp::Reverse((tag.is_default, tag.priority)));
    let of_tag = tags.into_iter().map(|tag| {
        let kept = kept(rules, &tag.name);
        match which(&tag.criteria) {
            _ if tag.is_default => format!("Kept {kept}"),
            Some(which) => format!("{which} {kept}"),
            None => format!("those tagged '{}' {kept}", tag.name),
        }
    });
    of_tag.collect::<Vec<_>>().join("; ")
}

/// `the first of a month`; nothing for criteria that are more than that.
fn which(criteria: &[Criterion]) -> Option<&'static str> {
    let [
        Criterion {
            first_of,
            weekdays,
            weeks,
            months,
        },
    ] = criteria
    else {
        return None;
    };
    let [first_of] = first_of.as_slice() else {
        return None;
    };
    let is_all = weekdays.is_empty() && weeks.is_empty() && months.is_empty();
    is_all.then_some(match first_of {
        FirstOf::All => "all",
        FirstOf::Day => "the first of a day",
        FirstOf::Week => "the first of a week",
        FirstOf::Month => "the first of a month",
        FirstOf::Year => "the first of a year",
    })
}

#[cfg(test)]
mod tests {
    use arm_client::data_protection::PolicyDuration;

    use super::*;

    #[test]
    fn the_retention_of_each_tag_is_told_from_the_weakest_to_the_strongest() {
        let first = "2026-03-08T02:00:00Z".parse().unwrap_or_default();
        let three = PolicyDuration::months(3);
        let weekly = PolicyRules::weekly(first, three, &[]);
        assert_eq!(retention(&weekly).replace('\u{a0}', " "), "Kept for 3 months");
        let tags = [
            ("Monthly", FirstOf::Month, PolicyDuration::months(12)),
            ("Yearly", FirstOf::Year, PolicyDuration::months(120)),
        ];
        let mut long = PolicyRules::weekly(first, three, &tags);
        assert_eq!(
            retention(&long).replace('\u{a0}', " "),
            "Kept for 3 months; the first of a month for 1 year; the first of a year for 10 years"
        );
        long.tags[1].criteria[0].weeks = vec!["Last".to_owned()];
        long.retentions[2].kept = None;
        assert_eq!(
            retention(&long).replace('\u{a0}', " "),
            "Kept for 3 months; those tagged 'Monthly' for 1 year; the first of a year for a time that is not known"
        );
    }
}
