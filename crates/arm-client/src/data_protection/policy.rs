//! A backup policy: when backups are taken and how long each is kept.

use arm_core::{ResourceId, Timestamp};
use chrono::{Month, Weekday};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{DatasourceKind, PolicyDuration, vault::text};

/// What is read of a policy (reference B4).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct BackupPolicy {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// What it is for: `datasourceTypes`.
    pub datasource_types: Vec<String>,
    /// What it says.
    pub rules: PolicyRules,
}

/// What a policy says. Rules of kinds that are not known here are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PolicyRules {
    /// The name of the backup rule, which an on-demand backup has to name.
    pub rule: String,
    /// When backups are taken, as the service writes it: `R/2021-08-15T06:30:00+00:00/P1W`.
    pub intervals: Vec<String>,
    /// The time zone in which the portal shows them, such as `UTC`.
    pub time_zone: Option<String>,
    /// Which backups get which tag.
    pub tags: Vec<Tag>,
    /// How long backups with a tag are kept.
    pub retentions: Vec<Retention>,
}

/// Which backups get a tag; of all that apply the one with the smallest priority is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name: `Default`, `Weekly`, `Monthly`, `Yearly`.
    pub name: String,
    /// Whether all backups get it that get no other.
    pub is_default: bool,
    /// The smaller the stronger.
    pub priority: i64,
    /// Which backups get it: those that meet any of these.
    pub criteria: Vec<Criterion>,
}

/// Which backups are meant: all that is named must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Criterion {
    /// The first of a period.
    pub first_of: Vec<FirstOf>,
    /// On these days of the week.
    pub weekdays: Vec<Weekday>,
    /// In these weeks of the month: `First`, `Second`, `Third`, `Fourth`, `Last`.
    pub weeks: Vec<String>,
    /// In these months.
    pub months: Vec<Month>,
}

/// The first backup of a period; `All` is every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstOf {
    /// Every backup.
    All,
    /// Of a day.
    Day,
    /// Of a week, which begins on Sunday.
    Week,
    /// Of a month.
    Month,
    /// Of a year.
    Year,
}

/// How long backups with a tag are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// The tag's name.
    pub tag: String,
    /// Whether it holds for backups whose tag has no retention of its own.
    pub is_default: bool,
    /// For how long; `None` where the service writes what cannot be read.
    pub kept: Option<PolicyDuration>,
}

impl FirstOf {
    const ALL: [(Self, &str); 5] = [
        (Self::All, "AllBackup"),
        (Self::Day, "FirstOfDay"),
        (Self::Week, "FirstOfWeek"),
        (Self::Month, "FirstOfMonth"),
        (Self::Year, "FirstOfYear"),
    ];

    fn of(word: &str) -> Option<Self> {
        let found = Self::ALL
            .iter()
            .find(|(_, known)| known.eq_ignore_ascii_case(word))?;
        Some(found.0)
    }

    fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(known, _)| *known == self);
        found.map_or("AllBackup", |(_, word)| word)
    }
}

impl PolicyRules {
    /// A weekly policy whose first backup is at this moment; each tag with its period and how long it is kept.
    pub fn weekly(first: Timestamp, kept: PolicyDuration, tags: &[(&str, FirstOf, PolicyDuration)]) -> Self {
        let tag = |(index, (name, first_of, _)): (usize, &(&str, FirstOf, PolicyDuration))| Tag {
            name: (*name).to_owned(),
            is_default: false,
            // The later in the list the stronger: years come after months and weeks.
            priority: 20 - 5 * i64::try_from(index).unwrap_or(0),
            criteria: vec![Criterion {
                first_of: vec![*first_of],
                ..Criterion::default()
            }],
        };
        let default = Tag {
            name: "Default".to_owned(),
            is_default: true,
            priority: 99,
            criteria: Vec::new(),
        };
        let retention = |name: &str, kept: PolicyDuration| Retention {
            tag: name.to_owned(),
            is_default: name == "Default",
            kept: Some(kept),
        };
        Self {
            rule: "BackupWeekly".to_owned(),
            intervals: vec![format!("R/{}/P1W", first.format("%Y-%m-%dT%H:%M:%S+00:00"))],
            time_zone: Some("UTC".to_owned()),
            tags: std::iter::once(default)
                .chain(tags.iter().enumerate().map(tag))
                .collect(),
            retentions: std::iter::once(retention("Default", kept))
                .chain(tags.iter().map(|(name, _, kept)| retention(name, *kept)))
                .collect(),
        }
    }

    /// The body of the `PUT` of a policy, as the command line makes it (reference B4).
    pub fn body(&self, kind: DatasourceKind) -> Value {
        let store = json!({ "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase" });
        let mut rules: Vec<_> = self
            .retentions
            .iter()
            .map(|retention| {
                json!({
                    "lifecycles": [{
                        "deleteAfter": {
                            "objectType": "AbsoluteDeleteOption",
                            "duration": retention.kept.map(PolicyDuration::to_iso),
                        },
                        "targetDataStoreCopySettings": [],
                        "sourceDataStore": store,
                    }],
                    "isDefault": retention.is_default,
                    "name": retention.tag,
                    "objectType": "AzureRetentionRule",
                })
            })
            .collect();
        rules.push(json!({
            "backupParameters": { "backupType": "Full", "objectType": "AzureBackupParams" },
            "trigger": {
                "schedule": { "repeatingTimeIntervals": self.intervals, "timeZone": self.time_zone },
                "taggingCriteria": self.tags.iter().map(Tag::body).collect::<Vec<_>>(),
                "objectType": "ScheduleBasedTriggerContext",
            },
            "dataStore": store,
            "name": self.rule,
            "objectType": "AzureBackupRule",
        }));
        json!({ "properties": {
            "policyRules": rules,
            "datasourceTypes": [kind.as_str()],
            "objectType": "BackupPolicy",
        } })
    }

    fn read(rules: &[Value]) -> Self {
        let is = |rule: &&Value, kind: &str| rule["objectType"].as_str().is_some_and(|known| known == kind);
        let backup = rules.iter().find(|rule| is(rule, "AzureBackupRule"));
        let list = |pointer: &str| -> Vec<Value> {
            let listed = backup.and_then(|rule| rule.pointer(pointer)?.as_array().cloned());
            listed.unwrap_or_default()
        };
        let retentions = rules.iter().filter(|rule| is(rule, "AzureRetentionRule"));
        Self {
            rule: backup.and_then(|rule| text(rule, "/name")).unwrap_or_default(),
            intervals: list("/trigger/schedule/repeatingTimeIntervals")
                .iter()
                .filter_map(|interval| interval.as_str().map(str::to_owned))
                .collect(),
            time_zone: backup.and_then(|rule| text(rule, "/trigger/schedule/timeZone")),
            tags: list("/trigger/taggingCriteria").iter().map(Tag::read).collect(),
            retentions: retentions
                .map(|rule| Retention {
                    tag: text(rule, "/name").unwrap_or_default(),
                    is_default: rule["isDefault"] == true,
                    kept: text(rule, "/lifecycles/0/deleteAfter/duration")
                        .and_then(|duration| PolicyDuration::parse(&duration)),
                })
                .collect(),
        }
    }
}

impl Tag {
    fn read(tagging: &Value) -> Self {
        let criteria = tagging["criteria"].as_array().into_iter().flatten();
        Self {
            name: text(tagging, "/tagInfo/tagName").unwrap_or_default(),
            is_default: tagging["isDefault"] == true,
            priority: tagging["taggingPriority"].as_i64().unwrap_or(i64::MAX),
            criteria: criteria.map(Criterion::read).collect(),
        }
    }

    fn body(&self) -> Value {
        let mut body = json!({
            "tagInfo": { "tagName": self.name, "id": format!("{}_", self.name) },
            "taggingPriority": self.priority,
            "isDefault": self.is_default,
        });
        if !self.criteria.is_empty() {
            body["criteria"] = self.criteria.iter().map(Criterion::body).collect();
        }
        body
    }
}

impl Criterion {
    fn read(criterion: &Value) -> Self {
        let words = |name: &str| -> Vec<String> {
            let listed = criterion[name].as_array().into_iter().flatten();
            listed
                .filter_map(|word| word.as_str().map(str::to_owned))
                .collect()
        };
        Self {
            first_of: words("absoluteCriteria")
                .iter()
                .filter_map(|word| FirstOf::of(word))
                .collect(),
            weekdays: words("daysOfTheWeek")
                .iter()
                .filter_map(|word| word.parse().ok())
                .collect(),
            weeks: words("weeksOfTheMonth"),
            months: words("monthsOfYear")
                .iter()
                .filter_map(|word| word.parse().ok())
                .collect(),
        }
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        let mut put = |name: &str, words: Vec<String>| {
            if !words.is_empty() {
                body.insert(name.to_owned(), json!(words));
            }
        };
        let named = |word: &FirstOf| word.as_str().to_owned();
        put("absoluteCriteria", self.first_of.iter().map(named).collect());
        put(
            "daysOfTheWeek",
            self.weekdays
                .iter()
                .map(|day| full_name(*day).to_owned())
                .collect(),
        );
        put("weeksOfTheMonth", self.weeks.clone());
        put(
            "monthsOfYear",
            self.months.iter().map(|month| month.name().to_owned()).collect(),
        );
        body.insert("objectType".to_owned(), json!("ScheduleBasedBackupCriteria"));
        body.into()
    }
}

fn full_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

impl TryFrom<Value> for BackupPolicy {
    type Error = String;

    fn try_from(policy: Value) -> Result<Self, Self::Error> {
        let id: ResourceId = text(&policy, "/id")
            .and_then(|id| id.parse().ok())
            .ok_or("a policy without an id")?;
        let types = policy["properties"]["datasourceTypes"]
            .as_array()
            .into_iter()
            .flatten();
        let rules = policy["properties"]["policyRules"].as_array();
        Ok(Self {
            name: text(&policy, "/name").unwrap_or_else(|| id.name().to_owned()),
            datasource_types: types
                .filter_map(|kind| kind.as_str().map(str::to_owned))
                .collect(),
            rules: PolicyRules::read(rules.map_or(&[], Vec::as_slice)),
            id,
        })
    }
}

impl BackupPolicy {
    /// Whether the policy is for such a datasource.
    pub fn is_for(&self, kind: DatasourceKind) -> bool {
        let mut types = self.datasource_types.iter();
        types.any(|known| known.eq_ignore_ascii_case(kind.as_str()))
    }
}
