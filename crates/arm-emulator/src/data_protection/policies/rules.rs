//! What a policy says: when backups are due, how each is tagged and how long it is kept (reference B4).

use arm_core::Timestamp;
use chrono::{Datelike, TimeDelta, Weekday};
use serde_json::Value;

use super::duration::Duration;
use crate::{postgres::servers::text, timestamps::later};

/// A time at which backups are due again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Repetition {
    first: Timestamp,
    days: i64,
}

/// The rule that says when backups are due.
pub(crate) fn backup_rule(policy: &Value) -> Option<&Value> {
    rules(policy).find(|rule| text(rule, "/objectType") == "AzureBackupRule")
}

/// The rule that says how long backups with a tag are kept.
pub(crate) fn retention_rule<'a>(policy: &'a Value, tag: &str) -> Option<&'a Value> {
    rules(policy).find(|rule| {
        text(rule, "/objectType") == "AzureRetentionRule" && text(rule, "/name").eq_ignore_ascii_case(tag)
    })
}

/// The tag of backups to which no other applies.
pub(crate) fn default_tag(policy: &Value) -> &str {
    let is_default = |rule: &&Value| rule["isDefault"] == true;
    rules(policy)
        .find(is_default)
        .map_or("Default", |rule| text(rule, "/name"))
}

pub(crate) fn rules(policy: &Value) -> impl Iterator<Item = &Value> {
    policy
        .pointer("/properties/policyRules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The moments after `from` and until `to` at which a backup is due, in their order.
pub(crate) fn due_between(policy: &Value, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
    let mut due: Vec<_> = repetitions(policy)
        .into_iter()
        .flat_map(|repetition| repetition.between(from, to))
        .collect();
    due.sort();
    due.dedup();
    due
}

/// The first moment after `from` at which a backup is due.
pub(crate) fn next_due(policy: &Value, from: Timestamp) -> Option<Timestamp> {
    let next = repetitions(policy)
        .into_iter()
        .map(|repetition| repetition.next(from));
    next.min()
}

/// `R/2021-08-15T06:30:00+00:00/P1W`: the count of repetitions, the first time, the distance.
fn repetitions(policy: &Value) -> Vec<Repetition> {
    let intervals = backup_rule(policy)
        .and_then(|rule| rule.pointer("/trigger/schedule/repeatingTimeIntervals"))
        .and_then(Value::as_array);
    let intervals = intervals.into_iter().flatten().filter_map(Value::as_str);
    intervals.filter_map(Repetition::parse).collect()
}

/// Whether a text is a repetition that the service knows: every day or every week.
pub(crate) fn is_repetition(interval: &str) -> bool {
    Repetition::parse(interval).is_some_and(|repetition| matches!(repetition.days, 1 | 7))
}

impl Repetition {
    fn parse(interval: &str) -> Option<Self> {
        let mut parts = interval.split('/');
        let (count, first, distance) = (parts.next()?, parts.next()?, parts.next()?);
        let days = Duration::parse(distance)?.whole_days()?;
        (count.starts_with('R') && parts.next().is_none()).then_some(())?;
        let first = first.parse().ok()?;
        Some(Self { first, days })
    }

    /// The first of its moments after `from`.
    fn next(self, from: Timestamp) -> Timestamp {
        if from < self.first {
            return self.first;
        }
        let passed = (from - self.first).num_days() / self.days + 1;
        later(self.first, TimeDelta::days(passed * self.days))
    }

    fn between(self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
        std::iter::successors(Some(self.next(from)), move |due| Some(self.next(*due)))
            .take_while(move |due| *due <= to)
    }
}

/// The tag of the scheduled backup at a moment, of which the last one before came at `last`.
///
/// Of all criteria that apply the one with the smallest number wins.
pub(crate) fn tag(policy: &Value, at: Timestamp, last: Option<Timestamp>) -> String {
    let criteria = backup_rule(policy)
        .and_then(|rule| rule.pointer("/trigger/taggingCriteria"))
        .and_then(Value::as_array);
    let applying = criteria.into_iter().flatten().filter(|tagging| {
        let listed = tagging["criteria"].as_array().into_iter().flatten();
        tagging["isDefault"] == true || listed.into_iter().any(|criterion| applies(criterion, at, last))
    });
    let first = applying.min_by_key(|tagging| tagging["taggingPriority"].as_i64().unwrap_or(i64::MAX));
    let name = first.map(|tagging| text(tagging, "/tagInfo/tagName"));
    name.unwrap_or(default_tag(policy)).to_owned()
}

/// When a backup with a tag expires.
pub(crate) fn expiry(policy: &Value, tag: &str, at: Timestamp) -> Option<Timestamp> {
    let rule = retention_rule(policy, tag).or_else(|| retention_rule(policy, default_tag(policy)))?;
    let duration = Duration::parse(text(rule, "/lifecycles/0/deleteAfter/duration"))?;
    Some(duration.after(at))
}

/// Whether a backup at a moment is one of those that the criterion means: all that it names must hold.
fn applies(criterion: &Value, at: Timestamp, last: Option<Timestamp>) -> bool {
    let words = |name: &str| -> Vec<&str> {
        let listed = criterion[name].as_array().into_iter().flatten();
        listed.filter_map(Value::as_str).collect()
    };
    let names = |name: &str, holds: &dyn Fn(&str) -> bool| {
        let words = words(name);
        words.is_empty() || words.into_iter().any(holds)
    };
    names("absoluteCriteria", &|word| is_first(word, at, last))
        && names("daysOfTheWeek", &|word| {
            word.parse::<Weekday>().is_ok_and(|day| day == at.weekday())
        })
        && names("weeksOfTheMonth", &|word| is_in_week(word, at))
        && names("monthsOfYear", &|word| {
            word.parse::<chrono::Month>()
                .is_ok_and(|month| month.number_from_month() == at.month())
        })
}

/// Whether the backup is the first of its day, week, month or year; weeks begin on Sunday.
fn is_first(word: &str, at: Timestamp, last: Option<Timestamp>) -> bool {
    let Some(last) = last else {
        return true;
    };
    let week = |moment: Timestamp| moment.date_naive().week(Weekday::Sun).first_day();
    match word {
        "AllBackup" => true,
        "FirstOfDay" => last.date_naive() < at.date_naive(),
        "FirstOfWeek" => week(last) < week(at),
        "FirstOfMonth" => (last.year(), last.month()) < (at.year(), at.month()),
        "FirstOfYear" => last.year() < at.year(),
        _ => false,
    }
}

/// Whether the moment's weekday occurs for the named time in its month.
fn is_in_week(word: &str, at: Timestamp) -> bool {
    let nth = (at.day() - 1) / 7;
    match word {
        "First" => nth == 0,
        "Second" => nth == 1,
        "Third" => nth == 2,
        "Fourth" => nth == 3,
        "Last" => (at + TimeDelta::days(7)).month() != at.month(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
