//! A backup policy while it is being written; pure.

use arm_client::data_protection::{FirstOf, PolicyDuration, PolicyRules};
use arm_core::Timestamp;
use chrono::{Datelike as _, Days, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::policy_words::{DEFAULT_TAG, kept};
use crate::findings::{Finding, Severity, protection::several_weekly_runs};

/// The fewest and the most characters of a name (the limits of the Terraform provider `azurerm`).
const NAME: std::ops::RangeInclusive<usize> = 3..=150;

/// The longest that a backup is kept: ten years (reference E, *LTR*), in days by their largest count.
const LONGEST: u32 = 3660;

/// The days in the order of a week, which begins on Sunday for Azure Backup.
pub const DAYS: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

/// The tags beside the default one, in the order of their strength.
pub const TAGS: [(&str, FirstOf, &str); 3] = [
    ("Weekly", FirstOf::Week, "the first backup of each week"),
    ("Monthly", FirstOf::Month, "the first backup of each month"),
    ("Yearly", FirstOf::Year, "the first backup of each year"),
];

/// In what a length of time is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// How long backups are kept, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// How many.
    pub count: String,
    /// Of what.
    pub unit: Unit,
}

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDraft {
    /// The name.
    pub name: String,
    /// The days on which a backup is taken.
    pub days: Vec<Weekday>,
    /// When, in UTC: `02:30`.
    pub time: String,
    /// How long backups are kept that have no other tag.
    pub default: Kept,
    /// How long those of each of [`TAGS`] are kept; nothing where there is no such tag.
    pub tags: [Option<Kept>; 3],
}

/// What is wrong with a draft, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// With the name.
    pub name: Option<String>,
    /// With the days.
    pub days: Option<&'static str>,
    /// With the time.
    pub time: Option<&'static str>,
    /// With how long backups are kept.
    pub default: Option<&'static str>,
    /// With the same of each of [`TAGS`].
    pub tags: [Option<&'static str>; 3],
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// `months`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The unit of this word.
    pub fn of(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|unit| unit.word() == word);
        known.unwrap_or(Self::Days)
    }

    const fn in_days(self) -> u32 {
        match self {
            Self::Days => 1,
            Self::Weeks => 7,
            Self::Months => 30,
            Self::Years => 365,
        }
    }
}

impl Kept {
    /// So many of a unit.
    pub fn new(count: u32, unit: Unit) -> Self {
        Self {
            count: count.to_string(),
            unit,
        }
    }

    fn count(&self) -> Result<u32, &'static str> {
        let count: u32 = self
            .count
            .trim()
            .parse()
            .map_err(|_| "Give a whole number, such as 12.")?;
        match count.saturating_mul(self.unit.in_days()) {
            0 => Err("Backups are kept for one day at least."),
            1..=LONGEST => Ok(count),
            _ => Err("Backups are kept for 10 years at most."),
        }
    }

    fn duration(&self) -> Result<PolicyDuration, &'static str> {
        let count = self.count()?;
        Ok(match self.unit {
            Unit::Days => PolicyDuration::days(count),
            Unit::Weeks => PolicyDuration::days(7 * count),
            Unit::Months => PolicyDuration::months(count),
            Unit::Years => PolicyDuration::months(12 * count),
        })
    }
}

impl PolicyDraft {
    /// What the command line's template has: once a week, kept for three months (reference B4).
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            days: vec![Weekday::Sun],
            time: "02:00".to_owned(),
            default: Kept::new(3, Unit::Months),
            tags: [None, None, None],
        }
    }

    /// What is wrong with it; `taken` are the names of the vault's policies.
    pub fn faults(&self, taken: &[String]) -> Faults {
        let fault = |kept: &Kept| kept.duration().err();
        Faults {
            name: name_fault(&self.name, taken),
            days: self
                .days
                .is_empty()
                .then_some("Choose the day on which a backup is taken."),
            time: self.time().err(),
            default: fault(&self.default),
            tags: std::array::from_fn(|index| self.tags[index].as_ref().and_then(fault)),
        }
    }

    /// What the policy says from `now` on, once it can be told.
    pub fn rules(&self, now: Timestamp) -> Option<PolicyRules> {
        let time = self.time().ok()?;
        let mut tags = Vec::new();
        for ((name, first_of, _), kept) in TAGS.iter().zip(&self.tags) {
            if let Some(kept) = kept {
                tags.push((*name, *first_of, kept.duration().ok()?));
            }
        }
        let firsts = DAYS.iter().filter(|day| self.days.contains(day));
        let firsts: Option<Vec<_>> = firsts.map(|day| first(now, *day, time)).collect();
        let firsts = firsts?;
        let mut rules = PolicyRules::weekly(*firsts.first()?, self.default.duration().ok()?, &tags);
        rules.intervals = firsts
            .iter()
            .map(|first| format!("R/{}/P1W", first.format("%Y-%m-%dT%H:%M:%S+00:00")))
            .collect();
        Some(rules)
    }

    fn time(&self) -> Result<NaiveTime, &'static str> {
        NaiveTime::parse_from_str(&self.time, "%H:%M").map_err(|_| "Give a time of the day, such as 02:30.")
    }
}

/// The next such day, tomorrow at the earliest: nobody wants the first backup in the minute of the policy.
fn first(now: Timestamp, day: Weekday, time: NaiveTime) -> Option<Timestamp> {
    let tomorrow = now.date_naive().checked_add_days(Days::new(1))?;
    let ahead = (7 + day.num_days_from_sunday() - tomorrow.weekday().num_days_from_sunday()) % 7;
    let date = tomorrow.checked_add_days(Days::new(ahead.into()))?;
    Some(date.and_time(time).and_utc())
}

fn name_fault(name: &str, taken: &[String]) -> Option<String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fault = if name.is_empty() {
        "Give the policy a name."
    } else if !name.chars().all(is_allowed) {
        "A name has letters, digits and hyphens."
    } else if !NAME.contains(&name.len()) {
        "A name has 3 to 150 characters."
    } else if taken.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Some(format!("The vault has a policy '{name}'."));
    } else {
        return None;
    };
    Some(fault.to_owned())
}

/// `weekly-sun-0200`, or with a number behind it where that is taken; the name says what the policy does.
pub fn suggest(draft: &PolicyDraft, taken: &[String]) -> String {
    let time: String = draft.time.chars().filter(char::is_ascii_digit).collect();
    let base = match draft.days.as_slice() {
        [day] => format!("weekly-{}-{time}", day.to_string().to_ascii_lowercase()),
        _ => format!("weekly-{time}"),
    };
    let base = base.trim_end_matches('-').to_owned();
    let is_taken = |name: &String| taken.iter().any(|known| known.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(base)
}

/// What is allowed and does not come true: several runs a week, tags that keep no longer than what they take the place of.
pub fn findings(rules: &PolicyRules) -> Vec<Finding> {
    let mut found = Vec::from_iter(several_weekly_runs(rules));
    let default = rules.kept(DEFAULT_TAG);
    let days = |duration: PolicyDuration| {
        let (months, days) = duration.parts();
        months * 30 + days
    };
    let shorter: Vec<_> = rules
        .tags
        .iter()
        .filter(|tag| !tag.is_default)
        .filter_map(|tag| Some((tag.name.clone(), rules.kept(&tag.name)?)))
        .filter(|(_, own)| default.is_some_and(|default| days(*own) < days(default)))
        .collect();
    if let (Some((tag, own)), Some(default)) = (shorter.first(), default) {
        found.push(Finding {
            id: "tag-shorter",
            severity: Severity::Warns,
            title: format!("Backups tagged {tag} are gone sooner than the others"),
            consequence: format!(
                "A backup with this tag is kept for {}, any other for {}. A tag is there to keep some backups longer.",
                kept(*own),
                kept(default)
            ),
            evidence: None,
            fix: None,
            mended: "Tags keep backups longer",
        });
    }
    found
}

#[cfg(test)]
mod tests;
